import { html, type TemplateResult } from "lit";

import type { ExceptionRequest } from "../../../domain/exceptions/types.ts";
import { requestStateMark, waitingWord } from "../../i18n/requests.ts";

/** A request's state in word, icon and colour. */
export function stateMark(request: Pick<ExceptionRequest, "state" | "delegatedTo">): TemplateResult {
  const { icon, tone } = requestStateMark(request.state);
  return html`<span class="chip ${tone}"><wa-icon name=${icon}></wa-icon>${waitingWord(request)}</span>`;
}

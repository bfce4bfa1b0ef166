import { html, type TemplateResult } from "lit";

import type { ExceptionRequest } from "../../../domain/exceptions/types.ts";
import { requestStateMark, requestStateShort, waitingWord } from "../../i18n/requests.ts";

/**
 * A request's state in word, icon and colour.
 *
 * @param short where there is little room
 */
export function stateMark(request: Pick<ExceptionRequest, "state" | "delegatedTo">, short = false): TemplateResult {
  const { icon, tone } = requestStateMark(request.state);
  return html`<span class="chip ${tone}"><wa-icon name=${icon}></wa-icon>${short ? requestStateShort(request.state) : waitingWord(request)}</span>`;
}

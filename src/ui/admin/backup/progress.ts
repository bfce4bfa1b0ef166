import { html, nothing, type TemplateResult } from "lit";

import type { BackupStatus } from "../../../app/api/backup.ts";
import { workingWord } from "./words.ts";

/** What is going on, and how far it is. */
export function progress(working: BackupStatus["working"]): TemplateResult | typeof nothing {
  if (working === null) return nothing;
  const { what, done, total } = working;
  return html`<div class="stack" role="status">
    <p>${workingWord(what)}</p>
    <wa-progress-bar label=${workingWord(what)} .value=${total === 0 ? 0 : Math.min(100, Math.round((100 * done) / total))} ?indeterminate=${total === 0}></wa-progress-bar>
  </div>`;
}

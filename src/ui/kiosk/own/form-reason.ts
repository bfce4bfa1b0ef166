import { msg } from "@lit/localize";
import { html, type TemplateResult } from "lit";

const LONGEST = 500;

/** The reason: ready-made ones first, and room for own words below. */
export function reasonField(reason: string, ready: readonly string[], change: (reason: string) => void): TemplateResult {
  return html`<div class="field" role="group" aria-label=${msg("Reason", { id: "own.form.reason" })}>
    <span class="label">${msg("Reason", { id: "own.form.reason" })}</span>
    <div class="chips">${ready.map((words) => html`<button type="button" class="chip" aria-pressed=${words === reason} @click=${() => change(words)}>${words}</button>`)}</div>
    <textarea
      rows="2"
      maxlength=${LONGEST}
      autocomplete="off"
      aria-label=${msg("In your own words", { id: "own.form.own-words" })}
      placeholder=${msg("In your own words", { id: "own.form.own-words" })}
      .value=${reason}
      @input=${(event: Event) => change((event.target as HTMLTextAreaElement).value)}
    ></textarea>
  </div>`;
}

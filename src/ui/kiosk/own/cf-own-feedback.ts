import { msg } from "@lit/localize";
import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import type { AttendanceFailure } from "../../../app/api/attendance.ts";
import type { Observable } from "../../../app/observable.ts";
import type { Feedback } from "../../../domain/exceptions/types.ts";
import { iconCheck } from "../../components/icons.ts";
import { sentences } from "../../i18n/sentences.ts";
import { kioskStyles } from "../kiosk-styles.ts";
import { OwnElement } from "./own-element.ts";
import { ownFailureText } from "./own-words.ts";
import { pagesStyles } from "./pages-styles.ts";

const LONGEST = 1000;

function topicWord(topic: Feedback["topic"]): string {
  switch (topic) {
    case "technical":
      return msg("The tablet", { id: "own.feedback.technical" });
    case "management":
      return msg("How we work", { id: "own.feedback.management" });
    case "other":
      return msg("Something else", { id: "own.feedback.other" });
  }
}

/** Tell us something, with one's name or without. */
@customElement("cf-own-feedback")
export class CfOwnFeedback extends OwnElement {
  static override readonly styles = [kioskStyles, pagesStyles];

  @state() private topic: Feedback["topic"] = "technical";

  @state() private text = "";

  @state() private anonymous = false;

  @state() private sent = false;

  @state() private working = false;

  @state() private trouble: AttendanceFailure | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.text = "";
  }

  protected override followed(): readonly Observable<unknown>[] {
    return [];
  }

  readonly #send = async (): Promise<void> => {
    const { attendance } = this;
    if (attendance === null || this.working) return;
    this.working = true;
    const given = await attendance.giveFeedback(this.topic, this.text, this.anonymous);
    this.working = false;
    this.trouble = given.ok ? null : given.error;
    if (!given.ok) return;
    this.sent = true;
    this.text = "";
  };

  #ready(): readonly string[] {
    if (this.topic !== "technical") return [];
    return [
      msg("It takes long to recognise me", { id: "own.feedback.slow" }),
      msg("It often does not recognise me", { id: "own.feedback.not-recognised" }),
      msg("The screen is hard to read", { id: "own.feedback.screen" }),
      msg("It is too loud", { id: "own.feedback.loud" }),
    ];
  }

  override render(): TemplateResult {
    const { trouble } = this;
    if (this.sent) {
      return html`<div class="stack" role="status">
        <p class="card good">${msg("Thank you. It was passed on.", { id: "own.feedback.thanks" })} ${this.anonymous ? msg("Nobody can tell from whom it came.", { id: "own.feedback.thanks.anonymous" }) : msg("The answer will be under Messages.", { id: "own.feedback.thanks.named" })}</p>
      </div>`;
    }
    return html`<div class="scroll stack" tabindex="0" role="region" aria-label=${msg("Feedback", { id: "own.feedback" })}>
      <div class="chips" role="group" aria-label=${msg("About", { id: "own.feedback.about" })}>
        ${(["technical", "management", "other"] as const).map((topic) => html`<button type="button" class="chip" aria-pressed=${topic === this.topic} @click=${() => (this.topic = topic)}>${topicWord(topic)}</button>`)}
      </div>
      ${this.#ready().length === 0 ? nothing : html`<div class="chips">${this.#ready().map((words) => html`<button type="button" class="chip" aria-pressed=${words === this.text} @click=${() => (this.text = words)}>${words}</button>`)}</div>`}
      <textarea rows="4" maxlength=${LONGEST} autocomplete="off" aria-label=${msg("In your own words", { id: "own.form.own-words" })} placeholder=${msg("In your own words", { id: "own.form.own-words" })} .value=${this.text} @input=${(event: Event) => (this.text = (event.target as HTMLTextAreaElement).value)}></textarea>
      <div class="chips" role="group" aria-label=${msg("With your name?", { id: "own.feedback.name" })}>
        <button type="button" class="chip" aria-pressed=${!this.anonymous} @click=${() => (this.anonymous = false)}>${msg("With my name", { id: "own.feedback.named" })}</button>
        <button type="button" class="chip" aria-pressed=${this.anonymous} @click=${() => (this.anonymous = true)}>${msg("Without my name", { id: "own.feedback.anonymous" })}</button>
      </div>
      ${this.anonymous ? html`<p class="quiet-text">${msg("Kept without your name and without the time: it is written down hours later. Nobody can answer you then.", { id: "own.feedback.anonymous.what" })}</p>` : nothing}
      ${trouble === null ? nothing : html`<p class="trouble" role="alert">${sentences(ownFailureText(trouble).happened, ownFailureText(trouble).todo)}</p>`}
      <div class="row"><button type="button" class="button primary" ?disabled=${this.text.trim() === "" || this.working} @click=${() => void this.#send()}>${iconCheck()}${msg("Send it", { id: "own.feedback.send" })}</button></div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-own-feedback": CfOwnFeedback;
  }
}

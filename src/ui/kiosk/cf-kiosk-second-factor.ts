import { localized, msg, str } from "@lit/localize";
import { LitElement, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { Kiosk } from "../../app/api/kiosk.ts";
import "../components/cf-countdown.ts";
import "../components/cf-keypad.ts";
import type { PadKey } from "../components/cf-keypad.ts";
import { iconBack, iconHelp, iconKeypad } from "../components/icons.ts";
import { LEAST_PIN_DIGITS, PIN_FIELD, textAfter } from "../components/pad-text.ts";
import { entryStyles } from "./entry-styles.ts";
import { KioskWishEvent } from "./events.ts";
import { kioskStyles } from "./kiosk-styles.ts";
import { pinTooShortText, secondFactorMessage } from "./pin-message.ts";
import { secondFactorText } from "./texts.ts";
import { ToldFailure } from "./told-failure.ts";
import { TypedKeys } from "./typed-keys.ts";

/**
 * The PIN after the face. Says neither whom the face may be nor why it is asked: it is the same for everyone.
 *
 * @event cf-touched - A key was pressed.
 * @event cf-open-pin - Number and PIN were chosen instead.
 * @event cf-dismiss - Back to the first screen.
 */
@customElement("cf-kiosk-second-factor")
@localized()
export class CfKioskSecondFactor extends LitElement {
  static override readonly styles = [kioskStyles, entryStyles];

  /** How the PIN is checked. */
  @property({ attribute: false }) submit: Kiosk["submitSecondFactor"] | null = null;

  /** Wall time at which the screen goes back by itself. */
  @property({ type: Number }) endsAt = 0;

  @property() helpContact = "";

  @state() private pin = "";

  @state() private checking = false;

  readonly #keys = new TypedKeys(
    this,
    (key) => this.#press(key),
    () => this.#back(),
  );

  readonly #trouble = new ToldFailure(this);

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // What was typed is not kept in a screen that nobody sees.
    this.pin = "";
  }

  readonly #back = (): void => void this.dispatchEvent(new KioskWishEvent("cf-dismiss"));

  readonly #openPin = (): void => void this.dispatchEvent(new KioskWishEvent("cf-open-pin"));

  #press(key: PadKey): void {
    if (this.checking) return;
    this.dispatchEvent(new KioskWishEvent("cf-touched"));
    if (key.kind === "enter") {
      if (this.pin.length < LEAST_PIN_DIGITS) this.#trouble.tell("too-short");
      else void this.#check();
      return;
    }
    this.#trouble.tell(null);
    this.pin = textAfter(this.pin, key, PIN_FIELD);
  }

  async #check(): Promise<void> {
    if (this.submit === null) return;
    this.checking = true;
    const result = await this.submit(this.pin);
    this.checking = false;
    this.pin = "";
    if (this.isConnected && !result.ok) this.#trouble.tell(result.error);
  }

  #message(): TemplateResult | string {
    const { told, nowMs } = this.#trouble;
    if (told === "too-short") return pinTooShortText();
    if (told !== null) return secondFactorMessage(told, nowMs);
    if (this.checking) return html`<span class="hint">${msg("Checking", { id: "kiosk.pin.checking" })}</span>`;
    return html`<span class="hint">${msg("One more step, and you are done.", { id: "kiosk.second-factor.hint" })}</span>`;
  }

  override render(): TemplateResult {
    const digits = this.pin.length;
    return html`
      <div class="entry">
        <h1 class="statement">${secondFactorText()}</h1>
        <div class="fields one">
          <p class="field active">
            <span class="label">${msg("PIN", { id: "kiosk.pin.pin" })}<span class="unseen">${digits === 0 ? nothing : msg(str`, ${digits} digits entered`, { id: "kiosk.pin.entered" })}</span></span>
            <span class="value dots">${Array.from({ length: digits }, () => html`<i></i>`)}</span>
          </p>
        </div>
        <p class="message" role="status">${this.#message()}</p>
        <div class="foot two">
          <button type="button" class="button" @click=${this.#openPin}>${iconKeypad()}${msg("Use number and PIN", { id: "kiosk.second-factor.pin" })}</button>
          <button type="button" class="button" @click=${this.#back}>${iconBack()}${msg("Back", { id: "kiosk.pin.back" })}</button>
          ${this.helpContact === "" ? nothing : html`<p class="help">${iconHelp()}<span>${msg(str`PIN forgotten? ${this.helpContact}`, { id: "kiosk.pin.forgotten" })}</span></p>`}
        </div>
      </div>
      <cf-keypad ?disabled=${this.checking} enter-label=${msg("Done", { id: "kiosk.pin.done" })} @cf-key=${this.#keys.padded}></cf-keypad>
      <cf-countdown .endsAt=${this.endsAt}></cf-countdown>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-kiosk-second-factor": CfKioskSecondFactor;
  }
}

import { localized, msg, str } from "@lit/localize";
import { LitElement, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { Kiosk } from "../../app/api/kiosk.ts";
import "../components/cf-countdown.ts";
import "../components/cf-keypad.ts";
import type { PadKey } from "../components/cf-keypad.ts";
import { iconBack, iconHelp } from "../components/icons.ts";
import { LEAST_PIN_DIGITS, NUMBER_FIELD, PIN_FIELD, textAfter } from "../components/pad-text.ts";
import { entryStyles } from "./entry-styles.ts";
import { KioskWishEvent } from "./events.ts";
import { kioskStyles } from "./kiosk-styles.ts";
import { pinMessage, pinTooShortText } from "./pin-message.ts";
import { ToldFailure } from "./told-failure.ts";
import { TypedKeys } from "./typed-keys.ts";

type FieldName = "number" | "pin";

/**
 * Employee number and PIN on one pad. Keyboards and badge readers type into it too.
 *
 * The fields are no text inputs: no keyboard slides over the pad, no input method swallows the letters of a number,
 * and the browser offers to remember nothing.
 *
 * @event cf-touched - A key was pressed.
 * @event cf-dismiss - Back to the first screen.
 */
@customElement("cf-kiosk-pin")
@localized()
export class CfKioskPin extends LitElement {
  static override readonly styles = [kioskStyles, entryStyles];

  /** How number and PIN are checked. */
  @property({ attribute: false }) submit: Kiosk["submitPin"] | Kiosk["submitOwn"] | null = null;

  /** What comes after; null for a punch, which needs no telling. */
  @property() purpose: "own" | null = null;

  /** Wall time at which the screen goes back by itself; 0 where there is nothing to go back to. */
  @property({ type: Number }) endsAt = 0;

  @property() helpContact = "";

  @state() private number = "";

  @state() private pin = "";

  @state() private active: FieldName = "number";

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
    this.number = "";
    this.pin = "";
  }

  readonly #back = (): void => {
    this.number = "";
    this.pin = "";
    this.active = "number";
    this.#trouble.tell(null);
    this.dispatchEvent(new KioskWishEvent("cf-dismiss"));
  };

  readonly #toNumber = (): void => {
    this.active = "number";
  };

  readonly #toPin = (): void => {
    this.active = "pin";
  };

  #press(key: PadKey): void {
    if (this.checking) return;
    this.dispatchEvent(new KioskWishEvent("cf-touched"));
    if (key.kind === "enter") {
      this.#enter();
      return;
    }
    this.#trouble.tell(null);
    if (this.active === "number") this.number = textAfter(this.number, key, NUMBER_FIELD);
    else if (key.kind === "backspace" && this.pin === "") this.active = "number";
    else this.pin = textAfter(this.pin, key, PIN_FIELD);
  }

  #enter(): void {
    if (this.number === "") this.active = "number";
    else if (this.active === "number" && this.pin.length < LEAST_PIN_DIGITS) this.active = "pin";
    else if (this.pin.length < LEAST_PIN_DIGITS) this.#trouble.tell("too-short");
    else void this.#check();
  }

  async #check(): Promise<void> {
    if (this.submit === null) return;
    this.checking = true;
    const result = await this.submit(this.number, this.pin);
    this.checking = false;
    this.pin = "";
    if (!this.isConnected) return;
    if (result.ok) {
      this.number = "";
      this.active = "number";
      return;
    }
    this.active = "pin";
    this.#trouble.tell(result.error);
  }

  #message(): TemplateResult | string {
    const { told, nowMs } = this.#trouble;
    if (told === "too-short") return pinTooShortText();
    if (told !== null) return pinMessage(told, nowMs);
    if (this.checking) return html`<span class="hint">${msg("Checking", { id: "kiosk.pin.checking" })}</span>`;
    if (this.purpose === "own") return html`<span class="hint">${msg("To see what is kept of you. Nothing is clocked.", { id: "kiosk.own.hint" })}</span>`;
    return html`<span class="hint">${msg("Ends by itself if nothing is typed.", { id: "kiosk.pin.hint" })}</span>`;
  }

  override render(): TemplateResult {
    const numberActive = this.active === "number";
    const digits = this.pin.length;
    return html`
      <div class="entry">
        <h1 class="statement">${numberActive ? msg("Your employee number", { id: "kiosk.pin.ask-number" }) : msg("Your PIN", { id: "kiosk.pin.ask-pin" })}</h1>
        <div class="fields">
          <button type="button" class="field ${numberActive ? "active" : ""}" aria-pressed=${numberActive} @click=${this.#toNumber}>
            <span class="label">${msg("Employee number", { id: "kiosk.pin.number" })}</span>
            <span class="value">${this.number}</span>
          </button>
          <button type="button" class="field ${numberActive ? "" : "active"}" aria-pressed=${!numberActive} @click=${this.#toPin}>
            <span class="label">${msg("PIN", { id: "kiosk.pin.pin" })}<span class="unseen">${digits === 0 ? nothing : msg(str`, ${digits} digits entered`, { id: "kiosk.pin.entered" })}</span></span>
            <span class="value dots">${Array.from({ length: digits }, () => html`<i></i>`)}</span>
          </button>
        </div>
        <p class="message" role="status">${this.#message()}</p>
        <div class="foot">
          ${this.endsAt === 0 ? nothing : html`<button type="button" class="button" @click=${this.#back}>${iconBack()}${msg("Back", { id: "kiosk.pin.back" })}</button>`}
          ${this.helpContact === "" ? nothing : html`<p class="help">${iconHelp()}<span>${msg(str`PIN forgotten? ${this.helpContact}`, { id: "kiosk.pin.forgotten" })}</span></p>`}
        </div>
      </div>
      <cf-keypad
        ?alphanumeric=${numberActive}
        ?disabled=${this.checking}
        enter-label=${numberActive ? msg("Next", { id: "kiosk.pin.next" }) : msg("Done", { id: "kiosk.pin.done" })}
        @cf-key=${this.#keys.padded}
      ></cf-keypad>
      ${this.endsAt === 0 ? nothing : html`<cf-countdown .endsAt=${this.endsAt}></cf-countdown>`}
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-kiosk-pin": CfKioskPin;
  }
}

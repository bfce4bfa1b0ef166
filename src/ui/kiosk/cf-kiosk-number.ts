import { localized, msg } from "@lit/localize";
import { LitElement, html, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { Kiosk } from "../../app/api/kiosk.ts";
import "../components/cf-countdown.ts";
import "../components/cf-keypad.ts";
import type { PadKey } from "../components/cf-keypad.ts";
import { iconBack, iconKeypad } from "../components/icons.ts";
import { NUMBER_FIELD, textAfter } from "../components/pad-text.ts";
import { entryStyles } from "./entry-styles.ts";
import { KioskWishEvent } from "./events.ts";
import { kioskStyles } from "./kiosk-styles.ts";
import { numberText, usePinText } from "./texts.ts";
import { TypedKeys } from "./typed-keys.ts";

/**
 * The employee number that is typed, or read from a badge, before the face is compared with that person alone.
 *
 * @event cf-touched - A key was pressed.
 * @event cf-open-pin - The PIN way was chosen.
 * @event cf-dismiss - Back to the first screen.
 */
@customElement("cf-kiosk-number")
@localized()
export class CfKioskNumber extends LitElement {
  static override readonly styles = [kioskStyles, entryStyles];

  /** Where the number goes. */
  @property({ attribute: false }) submit: Kiosk["submitNumber"] | null = null;

  /** Wall time at which the screen goes back by itself. */
  @property({ type: Number }) endsAt = 0;

  /** What was typed on the first screen and opened this one. */
  @property() typed = "";

  @state() private number = "";

  @state() private missing = false;

  readonly #keys = new TypedKeys(
    this,
    (key) => this.#press(key),
    () => this.#back(),
  );

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // What was typed is not kept in a screen that nobody sees.
    this.number = "";
  }

  override willUpdate(): void {
    if (!this.hasUpdated) this.number = this.typed;
  }

  readonly #back = (): void => void this.dispatchEvent(new KioskWishEvent("cf-dismiss"));

  readonly #openPin = (): void => void this.dispatchEvent(new KioskWishEvent("cf-open-pin"));

  #press(key: PadKey): void {
    this.dispatchEvent(new KioskWishEvent("cf-touched"));
    this.missing = key.kind === "enter" && this.number === "";
    if (key.kind !== "enter") this.number = textAfter(this.number, key, NUMBER_FIELD);
    else if (!this.missing) this.submit?.(this.number);
  }

  override render(): TemplateResult {
    return html`
      <div class="entry">
        <h1 class="statement">${numberText()}</h1>
        <div class="fields one">
          <p class="field active">
            <span class="label">${msg("Employee number", { id: "kiosk.pin.number" })}</span>
            <span class="value">${this.number}</span>
          </p>
        </div>
        <p class="message" role="status">
          ${this.missing
            ? msg("Please enter your employee number first.", { id: "kiosk.number.missing" })
            : html`<span class="hint">${msg("Only this person's face is compared.", { id: "kiosk.number.hint" })}</span>`}
        </p>
        <div class="foot">
          <button type="button" class="button" @click=${this.#openPin}>${iconKeypad()}${usePinText()}</button>
          <button type="button" class="button" @click=${this.#back}>${iconBack()}${msg("Back", { id: "kiosk.pin.back" })}</button>
        </div>
      </div>
      <cf-keypad alphanumeric enter-label=${msg("Next", { id: "kiosk.pin.next" })} @cf-key=${this.#keys.padded}></cf-keypad>
      <cf-countdown .endsAt=${this.endsAt}></cf-countdown>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-kiosk-number": CfKioskNumber;
  }
}

import { localized, msg, str } from "@lit/localize";
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { Kiosk } from "../../app/api/kiosk.ts";
import type { BadgeFailure } from "../../app/ports/badges.ts";
import "../components/cf-countdown.ts";
import "../components/cf-keypad.ts";
import type { PadKey } from "../components/cf-keypad.ts";
import { iconBack, iconBadge, iconHelp, iconKeypad } from "../components/icons.ts";
import { LEAST_PIN_DIGITS, PIN_FIELD, textAfter } from "../components/pad-text.ts";
import { entryStyles } from "./entry-styles.ts";
import { KioskWishEvent } from "./events.ts";
import { kioskStyles } from "./kiosk-styles.ts";
import { pinTooShortText, secondFactorMessage } from "./pin-message.ts";
import { secondFactorText } from "./texts.ts";
import { ToldFailure } from "./told-failure.ts";
import { TypedKeys } from "./typed-keys.ts";

/**
 * The PIN after the face, or the badge. Says neither whom the face may be nor why it is asked: it is the same for everyone.
 *
 * @event cf-touched - A key was pressed.
 * @event cf-open-pin - Number and PIN were chosen instead.
 * @event cf-dismiss - Back to the first screen.
 */
@customElement("cf-kiosk-second-factor")
@localized()
export class CfKioskSecondFactor extends LitElement {
  static override readonly styles = [
    kioskStyles,
    entryStyles,
    css`
      .entry {
        grid-template-rows: auto auto auto 1fr auto;
      }

      .badge {
        display: flex;
        align-items: center;
        gap: 0.7em;
        font-size: var(--kiosk-body);
        line-height: 1.35;
      }

      .badge .icon {
        inline-size: clamp(44px, 7.6vmin, 84px);
        block-size: clamp(44px, 7.6vmin, 84px);
        color: var(--cf-accent);
        stroke-width: 1.6;
      }

      @media (max-width: 520px) {
        .badge .icon {
          inline-size: 28px;
          block-size: 28px;
        }

        :host([badges]) .field {
          min-block-size: 64px;
          padding-block: 4px;
        }
      }
    `,
  ];

  /** How the PIN is checked. */
  @property({ attribute: false }) submit: Kiosk["submitSecondFactor"] | null = null;

  /** Wall time at which the screen goes back by itself. */
  @property({ type: Number }) endsAt = 0;

  @property() helpContact = "";

  /** A badge will do as well, and is looked for meanwhile. */
  @property({ type: Boolean, reflect: true }) badges = false;

  /** Nothing can be shown to the camera at the moment. */
  @property({ type: Boolean, attribute: "no-camera" }) noCamera = false;

  /** The badge that was shown last was none that counts. */
  @property({ attribute: false }) told: BadgeFailure | null = null;

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

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("told") || this.told === null) return;
    // A reader with a cable has typed its digits here too.
    this.pin = "";
    this.#trouble.tell(this.told);
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
        <h1 class="statement">${secondFactorText(this.badges)}</h1>
        <div class="fields one">
          <p class="field active">
            <span class="label">${msg("PIN", { id: "kiosk.pin.pin" })}<span class="unseen">${digits === 0 ? nothing : msg(str`, ${digits} digits entered`, { id: "kiosk.pin.entered" })}</span></span>
            <span class="value dots">${Array.from({ length: digits }, () => html`<i></i>`)}</span>
          </p>
        </div>
        ${this.badges
          ? html`<p class="badge">${iconBadge()}<span>${this.noCamera ? msg("Or hold your badge to the reader.", { id: "kiosk.second-factor.badge.reader" }) : msg("Or show your badge to the camera.", { id: "kiosk.second-factor.badge" })}</span></p>`
          : nothing}
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

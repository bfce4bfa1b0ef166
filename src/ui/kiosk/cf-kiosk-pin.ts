import { localized, msg, str } from "@lit/localize";
import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { Kiosk } from "../../app/api/kiosk.ts";
import type { LedgerFailure, PinFailure } from "../../app/ports/ledger.ts";
import "../components/cf-countdown.ts";
import "../components/cf-keypad.ts";
import type { PadKey, PadKeyEvent } from "../components/cf-keypad.ts";
import { iconBack, iconHelp } from "../components/icons.ts";
import { NUMBER_FIELD, PIN_FIELD, padKeyOf, textAfter } from "../components/pad-text.ts";
import { KioskWishEvent } from "./events.ts";
import { kioskStyles } from "./kiosk-styles.ts";
import { pinMessage } from "./pin-message.ts";

/** Fewer digits are no PIN: they are not sent, so that a slip of the finger is not counted as a try. */
const LEAST_PIN_DIGITS = 4;

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
  static override readonly styles = [
    kioskStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
        gap: var(--kiosk-gap) clamp(24px, 6vmin, 96px);
        align-content: center;
        block-size: 100%;
        max-inline-size: 1500px;
        margin-inline: auto;
      }

      .entry {
        display: grid;
        grid-template-rows: auto auto 1fr auto;
        gap: var(--kiosk-gap);
      }

      .fields {
        display: grid;
        gap: var(--cf-target-gap);
      }

      .field {
        display: grid;
        gap: 4px;
        min-block-size: clamp(84px, 14vmin, 140px);
        padding: clamp(10px, 1.8vmin, 20px) clamp(16px, 2.4vmin, 28px);
        border: 2px solid var(--cf-edge);
        border-radius: var(--cf-radius);
        background: var(--cf-raised);
        text-align: start;
      }

      .field.active {
        border-color: var(--cf-accent);
        box-shadow: inset 0 0 0 2px var(--cf-accent);
      }

      .label {
        font-size: var(--kiosk-small);
        font-weight: 600;
        color: var(--cf-ink-quiet);
      }

      .active .label {
        color: var(--cf-accent);
      }

      .value {
        display: flex;
        align-items: center;
        min-block-size: 1.2em;
        font-size: clamp(32px, 5.6vmin, 60px);
        font-weight: 600;
        line-height: 1.2;
        font-variant-numeric: tabular-nums;
        overflow-wrap: anywhere;
      }

      .value.dots {
        gap: 0.28em;
      }

      .value.dots i {
        inline-size: 0.36em;
        block-size: 0.36em;
        border-radius: 50%;
        background: currentcolor;
      }

      .active .value::after {
        content: "";
        inline-size: 3px;
        block-size: 0.95em;
        margin-inline-start: 3px;
        background: var(--cf-accent);
        animation: caret 1.1s steps(2, jump-none) infinite;
      }

      @keyframes caret {
        to {
          opacity: 0;
        }
      }

      .message {
        min-block-size: 2.8em;
        font-size: var(--kiosk-body);
        font-weight: 550;
        line-height: 1.4;
        color: var(--cf-care);
      }

      .message .hint {
        font-weight: 400;
        color: var(--cf-ink-quiet);
      }

      .foot {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--cf-target-gap);
      }

      .help {
        display: flex;
        align-items: center;
        gap: 0.5em;
        font-size: var(--kiosk-small);
        color: var(--cf-ink-quiet);
      }

      cf-countdown {
        grid-column: 1 / -1;
        color: var(--cf-accent);
      }

      @media (orientation: portrait) {
        :host {
          grid-template-columns: minmax(0, 1fr);
          align-content: space-between;
          max-inline-size: 720px;
        }

        .entry {
          grid-template-rows: auto auto auto auto;
          gap: clamp(10px, 2vmin, 28px);
        }

        .message {
          min-block-size: 1.4em;
        }
      }

      @media (orientation: portrait) and (max-width: 520px) {
        .fields {
          grid-template-columns: 1fr 1fr;
          gap: 8px;
        }

        .field {
          min-block-size: 76px;
          padding: 8px 12px;
        }

        .value {
          font-size: 26px;
        }

        .statement {
          font-size: 28px;
        }

        .help {
          inline-size: min-content;
          flex: 1;
        }
      }
    `,
  ];

  /** How number and PIN are checked. */
  @property({ attribute: false }) submit: Kiosk["submitPin"] | null = null;

  /** Wall time at which the screen goes back by itself. */
  @property({ type: Number }) endsAt = 0;

  @property() helpContact = "";

  @state() private number = "";

  @state() private pin = "";

  @state() private active: FieldName = "number";

  @state() private checking = false;

  @state() private failure: PinFailure | LedgerFailure | "too-short" | null = null;

  @state() private now = 0;

  #timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("keydown", this.#typed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("keydown", this.#typed);
    clearInterval(this.#timer);
    // What was typed is not kept in a screen that nobody sees.
    this.number = "";
    this.pin = "";
  }

  readonly #typed = (event: KeyboardEvent): void => {
    if (event.key === "Escape") {
      this.#back();
      return;
    }
    const key = padKeyOf(event);
    if (key === undefined) return;
    const at = event.composedPath()[0];
    // Enter on another button is that button's own.
    if (key.kind === "enter" && at instanceof HTMLButtonElement && !at.classList.contains("field")) return;
    event.preventDefault();
    this.#press(key);
  };

  readonly #padded = (event: PadKeyEvent): void => this.#press(event.detail);

  readonly #back = (): void => void this.dispatchEvent(new KioskWishEvent("cf-dismiss"));

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
    this.#tell(null);
    if (this.active === "number") this.number = textAfter(this.number, key, NUMBER_FIELD);
    else if (key.kind === "backspace" && this.pin === "") this.active = "number";
    else this.pin = textAfter(this.pin, key, PIN_FIELD);
  }

  #enter(): void {
    if (this.number === "") this.active = "number";
    else if (this.active === "number" && this.pin.length < LEAST_PIN_DIGITS) this.active = "pin";
    else if (this.pin.length < LEAST_PIN_DIGITS) this.#tell("too-short");
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
    this.#tell(result.error);
  }

  #tell(failure: PinFailure | LedgerFailure | "too-short" | null): void {
    clearInterval(this.#timer);
    this.failure = failure;
    this.now = Date.now();
    if (failure !== null && failure !== "too-short" && failure.kind === "pin/locked") {
      this.#timer = setInterval(() => {
        this.now = Date.now();
        if (this.now >= failure.until) clearInterval(this.#timer);
      }, 1000);
    }
  }

  #message(): TemplateResult | string {
    if (this.failure === "too-short") return msg(str`A PIN has ${LEAST_PIN_DIGITS} digits or more.`, { id: "kiosk.pin.too-short" });
    if (this.failure !== null) return pinMessage(this.failure, this.now);
    if (this.checking) return html`<span class="hint">${msg("Checking", { id: "kiosk.pin.checking" })}</span>`;
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
          <button type="button" class="button" @click=${this.#back}>${iconBack()}${msg("Back", { id: "kiosk.pin.back" })}</button>
          ${this.helpContact === "" ? nothing : html`<p class="help">${iconHelp()}<span>${msg(str`PIN forgotten? ${this.helpContact}`, { id: "kiosk.pin.forgotten" })}</span></p>`}
        </div>
      </div>
      <cf-keypad
        ?alphanumeric=${numberActive}
        ?disabled=${this.checking}
        enter-label=${numberActive ? msg("Next", { id: "kiosk.pin.next" }) : msg("Done", { id: "kiosk.pin.done" })}
        @cf-key=${this.#padded}
      ></cf-keypad>
      <cf-countdown .endsAt=${this.endsAt}></cf-countdown>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-kiosk-pin": CfKioskPin;
  }
}

import { localized, msg, str } from "@lit/localize";
import { LitElement, css, html, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

import type { Kiosk } from "../../app/api/kiosk.ts";
import type { PinFailure } from "../../app/ports/ledger.ts";
import "../components/cf-keypad.ts";
import type { PadKey, PadKeyEvent } from "../components/cf-keypad.ts";
import { iconClose } from "../components/icons.ts";
import { PIN_FIELD, padKeyOf, textAfter } from "../components/pad-text.ts";
import { kioskStyles } from "./kiosk-styles.ts";
import { pinMessage } from "./pin-message.ts";

/** An unattended dialog closes, so that the kiosk does not stay behind it. */
const CLOSES_AFTER_MS = 30_000;

/**
 * Asks for the administrator's PIN before the kiosk is left.
 *
 * @event cf-left - The PIN was right.
 */
@customElement("cf-leave-dialog")
@localized()
export class CfLeaveDialog extends LitElement {
  static override readonly styles = [
    kioskStyles,
    css`
      dialog {
        inline-size: min(520px, calc(100vw - 32px));
        max-block-size: calc(100dvh - 32px);
        padding: clamp(16px, 3vmin, 32px);
        border: none;
        border-radius: var(--cf-radius-large);
        background: var(--cf-ground);
        color: var(--cf-ink);
        box-shadow: var(--cf-shadow);
        overflow: auto;
      }

      dialog::backdrop {
        background: rgb(0 0 0 / 60%);
      }

      .content {
        display: grid;
        gap: clamp(12px, 2vmin, 20px);
      }

      .top {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 16px;
      }

      h2 {
        font-size: clamp(24px, 3.4vmin, 34px);
        font-weight: 650;
        line-height: 1.2;
      }

      .close {
        display: grid;
        place-items: center;
        flex: none;
        inline-size: var(--cf-target);
        block-size: var(--cf-target);
        border: none;
        border-radius: 50%;
        background: none;
        font-size: 24px;
      }

      .pin {
        display: flex;
        align-items: center;
        justify-content: center;
        gap: 14px;
        min-block-size: 64px;
        border: 2px solid var(--cf-edge);
        border-radius: var(--cf-radius);
        background: var(--cf-raised);
      }

      .pin i {
        inline-size: 14px;
        block-size: 14px;
        border-radius: 50%;
        background: currentcolor;
      }

      .message {
        min-block-size: 2.7em;
        font-size: 18px;
        line-height: 1.35;
        color: var(--cf-ink-quiet);
      }

      .message.care {
        font-weight: 550;
        color: var(--cf-care);
      }

      cf-keypad {
        --key: clamp(64px, 9vmin, 84px);
      }
    `,
  ];

  /** How the PIN is checked. */
  @property({ attribute: false }) leave: Kiosk["leave"] | null = null;

  @query("dialog") private readonly dialog!: HTMLDialogElement;

  @state() private pin = "";

  @state() private checking = false;

  @state() private failure: PinFailure | null = null;

  @state() private now = 0;

  #idle: ReturnType<typeof setTimeout> | undefined;

  get open(): boolean {
    return this.hasUpdated && this.dialog.open;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#idle);
  }

  show(): void {
    this.pin = "";
    this.failure = null;
    if (!this.dialog.open) this.dialog.showModal();
    this.#stayAwhile();
  }

  close(): void {
    this.dialog.close();
  }

  #stayAwhile(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.close(), CLOSES_AFTER_MS);
  }

  readonly #close = (): void => this.close();

  readonly #closed = (): void => {
    clearTimeout(this.#idle);
    this.pin = "";
    this.failure = null;
  };

  readonly #padded = (event: PadKeyEvent): void => {
    event.stopPropagation();
    this.#press(event.detail);
  };

  readonly #typed = (event: KeyboardEvent): void => {
    // The PIN screen may be open underneath: its keys are not meant here, nor these there.
    event.stopPropagation();
    const key = padKeyOf(event);
    if (key === undefined) return;
    if (key.kind === "enter" && event.composedPath()[0] instanceof HTMLButtonElement) return;
    event.preventDefault();
    this.#press(key);
  };

  #press(key: PadKey): void {
    if (this.checking) return;
    this.#stayAwhile();
    if (key.kind === "enter") {
      if (this.pin !== "") void this.#check();
      return;
    }
    this.failure = null;
    this.pin = textAfter(this.pin, key, PIN_FIELD);
  }

  async #check(): Promise<void> {
    if (this.leave === null) return;
    this.checking = true;
    const result = await this.leave(this.pin);
    this.checking = false;
    this.pin = "";
    if (!this.isConnected) return;
    if (result.ok) {
      this.close();
      this.dispatchEvent(new CustomEvent("cf-left"));
      return;
    }
    this.now = Date.now();
    this.failure = result.error;
  }

  #message(): string {
    const { failure } = this;
    if (failure === null) return msg("For administrators: enter the kiosk PIN.", { id: "kiosk.leave.hint" });
    return failure.kind === "pin/wrong" || failure.kind === "pin/not-issued" ? msg("That PIN is not right.", { id: "kiosk.leave.wrong" }) : pinMessage(failure, this.now);
  }

  override render(): TemplateResult {
    const digits = this.pin.length;
    return html`
      <dialog aria-labelledby="title" @close=${this.#closed} @keydown=${this.#typed}>
        <div class="content">
          <div class="top">
            <h2 id="title">${msg("Leave the kiosk", { id: "kiosk.leave.title" })}</h2>
            <button type="button" class="close" aria-label=${msg("Close", { id: "kiosk.leave.close" })} @click=${this.#close}>${iconClose()}</button>
          </div>
          <div class="pin" role="img" aria-label=${msg(str`Kiosk PIN, ${digits} digits entered`, { id: "kiosk.leave.entered" })}>${Array.from({ length: digits }, () => html`<i></i>`)}</div>
          <p class="message ${this.failure === null ? "" : "care"}" role="status">${this.#message()}</p>
          <cf-keypad ?disabled=${this.checking} enter-label=${msg("Leave", { id: "kiosk.leave.enter" })} @cf-key=${this.#padded}></cf-keypad>
        </div>
      </dialog>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-leave-dialog": CfLeaveDialog;
  }
}

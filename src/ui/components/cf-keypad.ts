import { localized, msg } from "@lit/localize";
import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { iconBackspace } from "./icons.ts";

/** One key: a character, or what the two others do. */
export type PadKey = { readonly kind: "character"; readonly character: string } | { readonly kind: "backspace" } | { readonly kind: "enter" };

export class PadKeyEvent extends CustomEvent<PadKey> {
  constructor(key: PadKey) {
    super("cf-key", { detail: key, bubbles: true, composed: true });
  }
}

const DIGITS = Array.from("123456789");
/** What an employee number may hold besides digits. */
const LETTERS = Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZ-_./");

/**
 * Keys on the screen, for fingers in gloves.
 *
 * @summary Digits; letters too where they are allowed.
 * @event cf-key - {@link PadKeyEvent}, for every key pressed.
 */
@customElement("cf-keypad")
@localized()
export class CfKeypad extends LitElement {
  static override readonly shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  static override readonly styles = css`
    :host {
      display: block;
      container-type: inline-size;
      --key: clamp(64px, 11.2vmin, 104px);
      --gap: clamp(8px, 2vmin, 16px);
    }

    *,
    *::before,
    *::after {
      box-sizing: border-box;
    }

    .keys {
      display: grid;
      grid-template-columns: repeat(3, minmax(var(--cf-target), 1fr));
      grid-auto-rows: var(--key);
      gap: var(--cf-target-gap);
    }

    .keys.letters {
      grid-template-columns: repeat(6, minmax(0, 1fr));
      grid-auto-rows: clamp(56px, 9.4vmin, 88px);
      gap: var(--gap);
    }

    /* A phone has no room for six keys of a glove's width. */
    @container (inline-size < 430px) {
      .keys.letters {
        gap: 6px;
      }
    }

    .keys.letters .wide {
      grid-column: span 3;
    }

    button {
      display: grid;
      place-items: center;
      padding: 0;
      border: 2px solid var(--cf-line);
      border-radius: var(--cf-radius);
      background: var(--cf-raised);
      color: var(--cf-ink);
      font: inherit;
      font-size: clamp(28px, 4.6vmin, 44px);
      font-weight: 550;
      font-variant-numeric: tabular-nums;
      cursor: pointer;
      touch-action: manipulation;
      user-select: none;
      -webkit-tap-highlight-color: transparent;
    }

    .letters button {
      font-size: clamp(22px, 3.4vmin, 34px);
    }

    button:active {
      background: var(--cf-accent-ground);
      border-color: var(--cf-accent);
    }

    button:disabled {
      cursor: default;
      opacity: 0.55;
    }

    button.plain {
      border-color: transparent;
      background: transparent;
      font-size: clamp(20px, 3vmin, 30px);
      font-weight: 600;
    }

    button.enter {
      border-color: var(--cf-accent);
      background: var(--cf-accent);
      color: var(--cf-on-accent);
      font-size: clamp(20px, 3vmin, 30px);
      font-weight: 650;
    }

    .icon {
      inline-size: 1.4em;
      block-size: 1.4em;
    }

    .unseen {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }

    .enter-row {
      display: grid;
      margin-block-start: var(--cf-target-gap);
      grid-auto-rows: max(var(--cf-target), 9vmin);
    }

    :focus-visible {
      outline: 4px solid var(--cf-focus);
      outline-offset: 3px;
    }
  `;

  /** What the enter key says. */
  @property({ attribute: "enter-label" }) enterLabel = "";

  /** Offers the letters that an employee number may hold. */
  @property({ type: Boolean }) alphanumeric = false;

  @property({ type: Boolean }) disabled = false;

  @state() private lettersShown = false;

  override willUpdate(): void {
    if (!this.alphanumeric) this.lettersShown = false;
  }

  #press(key: PadKey): void {
    this.dispatchEvent(new PadKeyEvent(key));
  }

  readonly #toggleLetters = (): void => {
    this.lettersShown = !this.lettersShown;
  };

  readonly #backspace = (): void => this.#press({ kind: "backspace" });

  readonly #enter = (): void => this.#press({ kind: "enter" });

  #key(character: string): TemplateResult {
    return html`<button type="button" ?disabled=${this.disabled} @click=${() => this.#press({ kind: "character", character })}>${character}</button>`;
  }

  #backspaceKey(kind: string): TemplateResult {
    return html`<button type="button" class="plain ${kind}" ?disabled=${this.disabled} aria-label=${msg("Delete the last character", { id: "kiosk.pad.backspace" })} @click=${this.#backspace}>
      ${iconBackspace()}
    </button>`;
  }

  #lettersKey(kind: string): TemplateResult | typeof nothing {
    if (!this.alphanumeric) return nothing;
    const label = this.lettersShown ? msg("Show digits", { id: "kiosk.pad.digits" }) : msg("Show letters", { id: "kiosk.pad.letters" });
    return html`<button type="button" class="plain ${kind}" ?disabled=${this.disabled} @click=${this.#toggleLetters}>
      <span>${this.lettersShown ? "123" : "ABC"} <span class="unseen">${label}</span></span>
    </button>`;
  }

  override render(): TemplateResult {
    return html`
      ${this.lettersShown
        ? html`<div class="keys letters">${LETTERS.map((letter) => this.#key(letter))} ${this.#lettersKey("wide")} ${this.#backspaceKey("wide")}</div>`
        : html`<div class="keys">
            ${DIGITS.map((digit) => this.#key(digit))} ${this.alphanumeric ? this.#lettersKey("") : html`<span></span>`} ${this.#key("0")} ${this.#backspaceKey("")}
          </div>`}
      <div class="enter-row"><button type="button" class="enter" ?disabled=${this.disabled} @click=${this.#enter}>${this.enterLabel}</button></div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-keypad": CfKeypad;
  }

  interface HTMLElementEventMap {
    "cf-key": PadKeyEvent;
  }
}

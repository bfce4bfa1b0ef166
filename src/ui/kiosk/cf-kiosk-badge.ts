import { localized, msg } from "@lit/localize";
import { LitElement, css, html, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { BadgeFailure } from "../../app/ports/badges.ts";
import "../components/cf-countdown.ts";
import { iconBack, iconBadge, iconKeypad } from "../components/icons.ts";
import { failureText } from "../i18n/failures.ts";
import { sentences } from "../i18n/sentences.ts";
import { KioskWishEvent } from "./events.ts";
import { kioskStyles } from "./kiosk-styles.ts";
import { showBadgeText } from "./texts.ts";

/** After this long without a code it is said what may be the matter, milliseconds. */
const HINT_AFTER_MS = 6000;

/**
 * A badge is held before the camera. A badge that cannot be read any more is told of kindly, and the PIN is beside it.
 *
 * @event cf-open-pin - The PIN way was chosen.
 * @event cf-dismiss - Back to the first screen.
 */
@customElement("cf-kiosk-badge")
@localized()
export class CfKioskBadge extends LitElement {
  static override readonly styles = [
    kioskStyles,
    css`
      :host {
        display: grid;
        grid-template-rows: 1fr auto auto;
        gap: var(--kiosk-gap);
        block-size: 100%;
      }

      .said {
        display: grid;
        align-content: center;
        gap: clamp(12px, 2.4vmin, 28px);
      }

      .sign .icon {
        inline-size: clamp(56px, 12vmin, 132px);
        block-size: clamp(56px, 12vmin, 132px);
        color: var(--cf-accent);
        stroke-width: 1.5;
      }

      .told {
        font-size: var(--kiosk-body);
        font-weight: 600;
        line-height: 1.4;
        color: var(--cf-care);
      }

      cf-countdown {
        color: var(--cf-accent);
      }
    `,
  ];

  @property({ attribute: false }) told: BadgeFailure | null = null;

  /** Wall time at which the screen goes back by itself. */
  @property({ type: Number }) endsAt = 0;

  /** There is no picture to look in: a reader with a cable still types. */
  @property({ type: Boolean, attribute: "no-camera" }) noCamera = false;

  @state() private slow = false;

  #timer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setTimeout(() => (this.slow = true), HINT_AFTER_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("told") && this.told !== null) this.slow = false;
  }

  readonly #openPin = (): void => void this.dispatchEvent(new KioskWishEvent("cf-open-pin"));

  readonly #back = (): void => void this.dispatchEvent(new KioskWishEvent("cf-dismiss"));

  #message(): TemplateResult {
    const { told } = this;
    if (told !== null) {
      const { happened, todo } = failureText(told);
      return html`<p class="told">${sentences(happened, todo)}</p>`;
    }
    if (this.noCamera) return html`<p class="told">${msg("The camera does not work at the moment. The reader is beside the tablet; without one, use your PIN.", { id: "kiosk.badge.no-camera" })}</p>`;
    if (this.slow) return html`<p class="body">${msg("Hold it a little farther away, flat and in the light. If the code is worn, use your PIN and have a new badge printed.", { id: "kiosk.badge.slow" })}</p>`;
    return html`<p class="body">${msg("The code towards the camera, a hand's width away.", { id: "kiosk.badge.how" })}</p>`;
  }

  override render(): TemplateResult {
    return html`
      <div class="said">
        <div class="sign">${iconBadge()}</div>
        <h1 class="statement">${this.noCamera ? msg("Hold your badge to the reader", { id: "kiosk.badge.reader" }) : showBadgeText()}</h1>
        <div role="status">${this.#message()}</div>
      </div>
      <div class="buttons">
        <button type="button" class="button" @click=${this.#openPin}>${iconKeypad()}${msg("Use number and PIN", { id: "kiosk.second-factor.pin" })}</button>
        <button type="button" class="button" @click=${this.#back}>${iconBack()}${msg("Back", { id: "kiosk.pin.back" })}</button>
      </div>
      <cf-countdown .endsAt=${this.endsAt}></cf-countdown>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-kiosk-badge": CfKioskBadge;
  }
}

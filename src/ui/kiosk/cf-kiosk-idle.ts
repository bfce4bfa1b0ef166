import { localized, msg, str } from "@lit/localize";
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { FaceClosed } from "../../domain/compliance/face-use.ts";
import type { Failure } from "../../domain/errors.ts";
import { iconBadge, iconFace, iconHelp, iconKeypad, iconPersonAdd, iconRecord } from "../components/icons.ts";
import "./cf-clock.ts";
import { KioskWishEvent } from "./events.ts";
import { kioskStyles } from "./kiosk-styles.ts";
import { minutesAndSeconds } from "./pin-message.ts";
import { myRecordsText, numberText } from "./texts.ts";

function faceText(): string {
  return msg("Face", { id: "kiosk.way.face" });
}

function readyText(): string {
  return msg("Ready in a moment", { id: "kiosk.way.face.starting" });
}

/**
 * The first screen: the time, and the ways to punch at equal rank.
 *
 * @event cf-open-pin - The PIN way was chosen.
 * @event cf-open-badge - The badge way was chosen.
 * @event cf-open-number - The number is to be typed, the face comes after it.
 * @event cf-open-list - A supervisor wants to attest who is here.
 * @event cf-open-own - Somebody wants to see their own record.
 * @event cf-beckon - The face way was touched: nothing to open, the mirror shows where to look.
 */
@customElement("cf-kiosk-idle")
@localized()
export class CfKioskIdle extends LitElement {
  static override readonly styles = [
    kioskStyles,
    css`
      :host {
        display: grid;
        grid-template-rows: 1fr auto auto;
        gap: var(--kiosk-gap);
        block-size: 100%;
      }

      .time {
        display: grid;
        align-content: center;
        min-block-size: 0;
      }

      .ways {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 180px), 1fr));
        gap: var(--cf-target-gap);
      }

      .way {
        display: grid;
        grid-template-columns: auto 1fr;
        align-items: center;
        column-gap: clamp(14px, 2.2vmin, 24px);
        min-block-size: clamp(104px, 21vmin, 220px);
        padding: clamp(14px, 2.6vmin, 32px);
        border: 2px solid var(--cf-edge);
        border-radius: var(--cf-radius-large);
        background: var(--cf-raised);
        color: var(--cf-ink);
        text-align: start;
        transition: background-color var(--cf-motion) var(--cf-ease);
      }

      button.way:active {
        background: var(--cf-accent-ground);
      }

      .way .icon {
        inline-size: clamp(44px, 7.6vmin, 84px);
        block-size: clamp(44px, 7.6vmin, 84px);
        color: var(--cf-accent);
        stroke-width: 1.6;
      }

      .name {
        display: block;
        font-size: clamp(26px, 4.4vmin, 48px);
        font-weight: 650;
        line-height: 1.15;
      }

      .how {
        display: block;
        margin-block-start: 0.25em;
        font-size: clamp(17px, 2.7vmin, 28px);
        line-height: 1.3;
        color: var(--cf-ink-quiet);
        text-wrap: balance;
      }

      /* Three beside each other, the sign above the word: none is larger, none is below another. */
      .ways.three {
        grid-template-columns: repeat(3, minmax(0, 1fr));
      }

      .three .way {
        grid-template-columns: minmax(0, 1fr);
        align-content: center;
        justify-items: center;
        row-gap: 8px;
        padding: clamp(10px, 1.8vmin, 24px);
        text-align: center;
      }

      .three .name {
        font-size: clamp(22px, 3.6vmin, 40px);
      }

      .three .how {
        font-size: clamp(15px, 2.2vmin, 24px);
      }

      /* A long word beside short ones. */
      .listed .name {
        font-size: clamp(22px, 3.4vmin, 40px);
      }

      @media (max-width: 520px) {
        .three .how {
          display: none;
        }

        .three.listed .name {
          font-size: 17px;
        }
      }

      .own {
        margin-block-start: calc(-0.5 * var(--kiosk-gap));
      }

      /* For as long as it is the only way. */
      .main {
        border-color: var(--cf-accent);
        background: var(--cf-accent-ground);
      }

      .closed {
        border: 2px dashed var(--cf-edge);
        background: none;
      }

      .closed .icon {
        color: var(--cf-ink-quiet);
      }

      .closed .name {
        font-size: clamp(20px, 2.9vmin, 32px);
      }
    `,
  ];

  @property() zone = "UTC";

  /** People who can be recognised. */
  @property({ type: Number }) enrolled = 0;

  /** Why the face way is closed; it is then told beside, not offered here. */
  @property({ attribute: false }) faceFault: Failure | null = null;

  /** Why the site does not use faces. */
  @property({ attribute: false }) faceClosed: FaceClosed | null = null;

  @property({ type: Boolean }) starting = false;

  @property() site = "";

  /** Wall time until which the face way rests; the PIN is the way meanwhile. Null when it is open. */
  @property({ type: Number }) restsUntil: number | null = null;

  /** The number is typed before the face is looked at. */
  @property({ type: Boolean, attribute: "number-first" }) numberFirst = false;

  /** Badges were handed out: showing one is a way of the same rank. */
  @property({ type: Boolean }) badges = false;

  /** Nothing can be shown to the camera at the moment. */
  @property({ type: Boolean, attribute: "no-camera" }) noCamera = false;

  /** A supervisor can attest who is here: offered while the face way is closed by a fault. */
  @property({ type: Boolean }) list = false;

  /** People can look at their own record here. */
  @property({ type: Boolean }) own = false;

  @state() private nowMs = 0;

  #timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#watch();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("restsUntil")) this.#watch();
  }

  /** The time left is told second by second, and only while there is any. */
  #watch(): void {
    clearInterval(this.#timer);
    this.nowMs = Date.now();
    if (this.restsUntil === null) return;
    this.#timer = setInterval(() => {
      this.nowMs = Date.now();
    }, 1000);
  }

  readonly #openNumber = (): void => void this.dispatchEvent(new KioskWishEvent("cf-open-number"));

  readonly #openBadge = (): void => void this.dispatchEvent(new KioskWishEvent("cf-open-badge"));

  readonly #openPin = (): void => void this.dispatchEvent(new KioskWishEvent("cf-open-pin"));

  readonly #openList = (): void => void this.dispatchEvent(new KioskWishEvent("cf-open-list"));

  readonly #openOwn = (): void => void this.dispatchEvent(new KioskWishEvent("cf-open-own"));

  readonly #beckon = (): void => void this.dispatchEvent(new KioskWishEvent("cf-beckon"));

  #faceWay(): TemplateResult | undefined {
    if (this.faceFault !== null) return undefined;
    if (this.faceClosed !== null) {
      const off = this.faceClosed === "switched-off";
      return html`<div class="way closed">
        ${iconFace()}
        <span>
          <span class="name">${off ? msg("Faces are not used here", { id: "kiosk.way.face.off" }) : msg("Faces are not in use yet", { id: "kiosk.way.face.not-assessed" })}</span>
          <span class="how">${off ? msg("The site has switched them off", { id: "kiosk.way.face.off.how" }) : msg("An impact assessment comes first", { id: "kiosk.way.face.not-assessed.how" })}</span>
        </span>
      </div>`;
    }
    if (this.starting) {
      return html`<div class="way closed">
        ${iconFace()}
        <span><span class="name">${faceText()}</span><span class="how">${readyText()}</span></span>
      </div>`;
    }
    if (this.enrolled === 0) {
      return html`<div class="way closed">
        ${iconPersonAdd()}
        <span>
          <span class="name">${msg("No faces enrolled yet", { id: "kiosk.way.face.none" })}</span>
          <span class="how">${msg("An administrator adds people", { id: "kiosk.way.face.none.how" })}</span>
        </span>
      </div>`;
    }
    if (this.restsUntil !== null) {
      const left = this.restsUntil - this.nowMs;
      return html`<div class="way closed">
        ${iconFace()}
        <span>
          <span class="name">${msg("Face: back in a moment", { id: "kiosk.way.face.rests" })}</span>
          <span class="how">${left > 0 ? msg(str`Open again in ${minutesAndSeconds(left)}`, { id: "kiosk.way.face.rests.how" }) : readyText()}</span>
        </span>
      </div>`;
    }
    if (this.numberFirst) {
      return html`<button type="button" class="way" @click=${this.#openNumber}>
        ${iconFace()}
        <span><span class="name">${faceText()}</span><span class="how">${numberText()}</span></span>
      </button>`;
    }
    return html`<button type="button" class="way" @click=${this.#beckon}>
      ${iconFace()}
      <span><span class="name">${faceText()}</span><span class="how">${msg("Just come near", { id: "kiosk.way.face.how" })}</span></span>
    </button>`;
  }

  #ways(): TemplateResult {
    const listed = this.list && this.faceFault !== null;
    return html`<div class="ways ${this.badges && (this.faceFault === null || listed) ? "three" : ""} ${listed ? "listed" : ""}" role="group" aria-label=${msg("Ways to clock in or out", { id: "kiosk.ways" })}>
      ${this.#faceWay()}
      <button type="button" class="way ${this.restsUntil === null && this.faceClosed === null ? "" : "main"}" @click=${this.#openPin}>
        ${iconKeypad()}
        <span><span class="name">${msg("PIN", { id: "kiosk.way.pin" })}</span><span class="how">${msg("With your employee number", { id: "kiosk.way.pin.how" })}</span></span>
      </button>
      ${this.badges
        ? html`<button type="button" class="way" @click=${this.#openBadge}>
            ${iconBadge()}
            <span><span class="name">${msg("Badge", { id: "kiosk.way.badge" })}</span><span class="how">${this.noCamera && !this.starting ? msg("To the reader beside the tablet", { id: "kiosk.way.badge.reader" }) : msg("Show its code", { id: "kiosk.way.badge.how" })}</span></span>
          </button>`
        : nothing}
      ${listed
        ? html`<button type="button" class="way" @click=${this.#openList}>
            ${iconHelp()}
            <span><span class="name">${msg("Supervisor", { id: "kiosk.way.list" })}</span><span class="how">${msg("Signs in, ticks who is here", { id: "kiosk.way.list.how" })}</span></span>
          </button>`
        : nothing}
    </div>`;
  }

  override render(): TemplateResult {
    return html`
      <h1 class="unseen">${this.site === "" ? msg("Clock in or out", { id: "kiosk.idle.title" }) : msg(str`Clock in or out at ${this.site}`, { id: "kiosk.idle.title-at" })}</h1>
      <div class="time"><cf-clock .zone=${this.zone}></cf-clock></div>
      ${this.faceFault?.kind === "ledger/retired" ? nothing : this.#ways()}
      ${this.own ? html`<button type="button" class="quiet own" @click=${this.#openOwn}>${iconRecord()}${myRecordsText()}</button>` : nothing}
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-kiosk-idle": CfKioskIdle;
  }
}

import { localized, msg, str } from "@lit/localize";
import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { KioskState } from "../../app/api/kiosk.ts";
import type { Punch } from "../../domain/attendance/types.ts";
import "../components/cf-countdown.ts";
import { iconAgain, iconCare, iconHelp, iconIn, iconKeypad, iconOut, iconQuestion, iconRecord, iconUndo } from "../components/icons.ts";
import { directionText } from "../i18n/direction.ts";
import { failureText } from "../i18n/failures.ts";
import { timeToTheSecond } from "../i18n/format.ts";
import { KioskWishEvent, type KioskWish } from "./events.ts";
import { kioskStyles } from "./kiosk-styles.ts";
import { alreadyRecordedText, myRecordsText, notRecognisedText, notRecordedText, otherDirection, recordedText, tryAgainText, undoneText, usePinText } from "./texts.ts";

export type OutcomeState = Extract<KioskState, { kind: "recorded" | "already-recorded" | "undone" | "not-recognised" | "not-recorded" }>;

/** How a name is set that is longer than a line, or than two, has room for; a Chinese character takes the place of two letters. */
function lengthOf(name: string): "" | "long" | "very long" {
  const letters = name.replace(/\p{Script=Han}/gu, "nn").length;
  return letters > 28 ? "very long" : letters > 14 ? "long" : "";
}

/**
 * What came of it, to be read from 1.5 m, and the ways on.
 *
 * @event cf-change-direction - The punch is to go the other way.
 * @event cf-not-me - The punch is to be taken back.
 * @event cf-open-pin - The PIN way was chosen.
 * @event cf-open-own - The person wants to see their own record.
 * @event cf-dismiss - Back to the first screen.
 */
@customElement("cf-kiosk-outcome")
@localized()
export class CfKioskOutcome extends LitElement {
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
        gap: clamp(10px, 2vmin, 24px);
        min-block-size: 0;
      }

      .direction {
        display: flex;
        align-items: center;
        gap: 0.3em;
        font-size: var(--kiosk-outcome);
        font-weight: 700;
        line-height: 1.05;
        color: var(--cf-good);
      }

      .direction .icon {
        inline-size: 0.9em;
        block-size: 0.9em;
        stroke-width: 2.4;
      }

      .already .direction {
        color: var(--cf-accent);
      }

      .name {
        font-size: clamp(56px, 10.5vmin, 120px);
        font-weight: 650;
        line-height: 1.1;
        letter-spacing: -0.01em;
        overflow-wrap: anywhere;
        text-wrap: balance;
      }

      /* A long name is set a little smaller rather than pushing the time off the screen. */
      .name.long {
        font-size: clamp(44px, 7vmin, 56px);
      }

      .name.very {
        display: -webkit-box;
        overflow: hidden;
        font-size: clamp(32px, 5.2vmin, 56px);
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 3;
      }

      .when {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        column-gap: 0.6em;
        font-size: clamp(36px, 6.6vmin, 76px);
        font-weight: 550;
        line-height: 1.15;
        font-variant-numeric: tabular-nums;
      }

      .when small {
        font-size: 0.55em;
        font-weight: 600;
        color: var(--cf-good);
      }

      .already .when small {
        color: var(--cf-accent);
      }

      .receipt {
        font-size: clamp(20px, 3.4vmin, 40px);
        color: var(--cf-ink-quiet);
      }

      .receipt span {
        font-family: var(--cf-font-mono);
        font-size: 0.95em;
      }

      .care .statement {
        display: flex;
        align-items: center;
        gap: 0.35em;
      }

      .care .statement .icon {
        color: var(--cf-care);
      }

      .statement.large {
        font-size: clamp(40px, 8vmin, 96px);
      }

      .help {
        display: flex;
        align-items: center;
        gap: 0.6em;
        font-size: var(--kiosk-body);
        line-height: 1.35;
      }

      .help .icon {
        inline-size: 1.5em;
        block-size: 1.5em;
        color: var(--cf-care);
      }

      .buttons {
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 280px), 1fr));
      }

      .buttons .quiet {
        grid-column: 1 / -1;
      }

      cf-countdown {
        color: var(--cf-good);
      }

      cf-countdown.care {
        color: var(--cf-care);
      }

      cf-countdown.already {
        color: var(--cf-accent);
      }
    `,
  ];

  @property({ attribute: false }) outcome: OutcomeState | null = null;

  @property() zone = "UTC";

  /** Whom to call; empty when nobody was named. */
  @property() helpContact = "";

  /** Whoever is named here can go on to their own record. */
  @property({ type: Boolean }) own = false;

  /** Nothing of this counts. */
  @property({ type: Boolean }) practice = false;

  #wish(wish: KioskWish): () => void {
    return () => void this.dispatchEvent(new KioskWishEvent(wish));
  }

  readonly #changeDirection = this.#wish("cf-change-direction");

  readonly #notMe = this.#wish("cf-not-me");

  readonly #openPin = this.#wish("cf-open-pin");

  readonly #dismiss = this.#wish("cf-dismiss");

  readonly #openOwn = this.#wish("cf-open-own");

  #punch(punch: Punch, shown: Punch, name: string, already: boolean): TemplateResult {
    const other = otherDirection(punch.direction);
    return html`
      <div class="said ${already ? "already" : ""}">
        <p class="direction">${shown.direction === "in" ? iconIn() : iconOut()}${directionText(shown.direction)}</p>
        <h1 class="name ${lengthOf(name)}">${name}</h1>
        <p class="when"><span>${timeToTheSecond(shown.wallMs, this.zone)}</span> <small>${already ? alreadyRecordedText() : this.practice ? msg("Practice", { id: "kiosk.recorded.practice" }) : recordedText()}</small></p>
        ${shown.receipt === "" ? nothing : html`<p class="receipt">${msg("Receipt", { id: "kiosk.receipt" })} <span>${shown.receipt}</span></p>`}
      </div>
      <div class="buttons">
        <button type="button" class="button" @click=${this.#changeDirection}>
          ${other === "in" ? iconIn() : iconOut()}${already
            ? msg(str`Record ${directionText(other)} instead`, { id: "kiosk.record-other" })
            : msg(str`Change to ${directionText(other)}`, { id: "kiosk.change-direction" })}
        </button>
        <button type="button" class="button" @click=${this.#notMe}>${iconUndo()}${msg("Not me", { id: "kiosk.not-me" })}</button>
        ${this.own ? html`<button type="button" class="quiet" @click=${this.#openOwn}>${iconRecord()}${myRecordsText()}</button>` : nothing}
      </div>
    `;
  }

  #again(): TemplateResult {
    return html`<button type="button" class="button primary" @click=${this.#dismiss}>${iconAgain()}${tryAgainText()}</button>`;
  }

  #pin(): TemplateResult {
    return html`<button type="button" class="button" @click=${this.#openPin}>${iconKeypad()}${usePinText()}</button>`;
  }

  #help(): TemplateResult | typeof nothing {
    if (this.helpContact === "") return nothing;
    return html`<p class="help">${iconHelp()}<span>${msg(str`Help: ${this.helpContact}`, { id: "kiosk.help" })}</span></p>`;
  }

  #said(outcome: OutcomeState): TemplateResult {
    switch (outcome.kind) {
      case "recorded":
        return this.#punch(outcome.punch, outcome.punch, outcome.name, false);
      case "already-recorded":
        return this.#punch(outcome.punch, outcome.previous, outcome.name, true);
      case "undone":
        return html`
          <div class="said">
            <h1 class="statement large">${undoneText()}</h1>
            <p class="body">${msg("It does not count. Please try again, or use your PIN.", { id: "kiosk.undone.on" })}</p>
          </div>
          <div class="buttons">${this.#again()} ${this.#pin()}</div>
        `;
      case "not-recognised":
        return html`
          <div class="said care">
            <h1 class="statement large">${iconQuestion()}${notRecognisedText()}</h1>
            <p class="body">${msg("Try once more, or use your PIN.", { id: "kiosk.not-recognised.on" })}</p>
            ${this.#help()}
          </div>
          <div class="buttons">${this.#again()} ${this.#pin()}</div>
        `;
      case "not-recorded": {
        const { happened, todo } = failureText(outcome.failure);
        return html`
          <div class="said care">
            <h1 class="statement large">${iconCare()}${notRecordedText()}</h1>
            <p class="statement">${happened}</p>
            <p class="body">${todo}</p>
            ${this.#help()}
          </div>
          ${outcome.failure.kind === "ledger/retired" ? nothing : html`<div class="buttons">${this.#again()} ${this.#pin()}</div>`}
        `;
      }
    }
  }

  override render(): TemplateResult | typeof nothing {
    const { outcome } = this;
    if (outcome === null) return nothing;
    const tone = outcome.kind === "recorded" ? "good" : outcome.kind === "not-recognised" ? "care" : "already";
    return html`${this.#said(outcome)} ${outcome.kind === "not-recorded" ? nothing : html`<cf-countdown class=${tone} .endsAt=${outcome.endsAt}></cf-countdown>`}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-kiosk-outcome": CfKioskOutcome;
  }
}

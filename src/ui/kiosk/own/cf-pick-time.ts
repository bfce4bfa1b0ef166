import { localized, msg } from "@lit/localize";
import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { MinuteOfDay } from "../../../domain/attendance/rules/types.ts";
import { kioskStyles } from "../kiosk-styles.ts";
import { PickedEvent } from "./cf-pick-day.ts";

const MINUTES_A_DAY = 1440;

/** `09:05`; after midnight of the day after, `26:00` as it is written for night shifts. */
export function clockText(minute: MinuteOfDay): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

/**
 * A time of day, chosen with a finger: the likely ones as buttons, hours and minutes step by step.
 *
 * @event cf-picked - Minutes after midnight.
 */
@customElement("cf-pick-time")
@localized()
export class CfPickTime extends LitElement {
  static override readonly styles = [
    kioskStyles,
    css`
      :host {
        display: grid;
        justify-items: start;
        gap: 12px;
      }

      .likely {
        display: flex;
        flex-wrap: wrap;
        gap: 10px;
      }

      .clock {
        display: grid;
        grid-template-columns: repeat(2, var(--cf-target)) auto repeat(2, var(--cf-target));
        align-items: center;
        gap: 8px;
      }

      .clock output {
        padding-inline: 12px;
        font-size: clamp(32px, 5vmin, 52px);
        font-weight: 650;
        font-variant-numeric: tabular-nums;
      }

      button {
        min-block-size: var(--cf-target);
        min-inline-size: var(--cf-target);
        padding: 4px 14px;
        border: 2px solid var(--cf-edge);
        border-radius: var(--cf-radius);
        background: var(--cf-raised);
        font-size: clamp(17px, 2.3vmin, 24px);
        font-weight: 600;
        font-variant-numeric: tabular-nums;
      }

      .clock button {
        position: relative;
        padding: 0;
      }

      button[aria-pressed="true"] {
        border-color: var(--cf-accent);
        background: var(--cf-accent);
        color: var(--cf-on-accent);
      }

      @media (max-width: 520px) {
        .clock {
          grid-template-columns: repeat(2, 54px) auto repeat(2, 54px);
          gap: 4px;
        }

        .clock button {
          min-inline-size: 54px;
        }

        .clock output {
          padding-inline: 4px;
        }
      }
    `,
  ];

  @property({ type: Number }) value: MinuteOfDay = 540;

  /** What a screen reader calls it. */
  @property() label = "";

  /** What it probably is. */
  @property({ attribute: false }) likely: readonly MinuteOfDay[] = [];

  #set(minute: number): void {
    this.value = ((minute % MINUTES_A_DAY) + MINUTES_A_DAY) % MINUTES_A_DAY;
    this.dispatchEvent(new PickedEvent(this.value));
  }

  #step(by: number, words: string, text: string): TemplateResult {
    return html`<button type="button" @click=${() => this.#set(this.value + by)}><span class="unseen">${words}</span><span aria-hidden="true">${text}</span></button>`;
  }

  override render(): TemplateResult {
    return html`
      ${this.likely.length === 0
        ? nothing
        : html`<div class="likely">${this.likely.map((minute) => html`<button type="button" aria-pressed=${minute === this.value} @click=${() => this.#set(minute)}>${clockText(minute)}</button>`)}</div>`}
      <div class="clock" role="group" aria-label=${this.label}>
        ${this.#step(-60, msg("One hour earlier", { id: "own.time.hour-less" }), "−1 h")} ${this.#step(-5, msg("Five minutes earlier", { id: "own.time.five-less" }), "−5")}
        <output aria-live="polite">${clockText(this.value)}</output>
        ${this.#step(5, msg("Five minutes later", { id: "own.time.five-more" }), "+5")} ${this.#step(60, msg("One hour later", { id: "own.time.hour-more" }), "+1 h")}
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-pick-time": CfPickTime;
  }
}

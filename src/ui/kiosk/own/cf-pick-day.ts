import { localized, msg } from "@lit/localize";
import { LitElement, css, html, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { startOfDay } from "../../../domain/attendance/day.ts";
import { addDays, daysBetween, monthOf, weekdayOf } from "../../../domain/attendance/rules/days.ts";
import type { Day, Month } from "../../../domain/attendance/rules/types.ts";
import { calendarMonth, dayInWords, weekdayInitials } from "../../i18n/format.ts";
import { locale } from "../../i18n/localize.ts";
import { kioskStyles } from "../kiosk-styles.ts";

export class PickedEvent<T> extends CustomEvent<T> {
  constructor(value: T) {
    super("cf-picked", { detail: value, bubbles: true, composed: true });
  }
}

function monthBy(month: Month, by: number): Month {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 + by)).toISOString().slice(0, 7);
}

/**
 * A day, chosen with a finger.
 *
 * @event cf-picked - The day, `YYYY-MM-DD`.
 */
@customElement("cf-pick-day")
@localized()
export class CfPickDay extends LitElement {
  static override readonly styles = [
    kioskStyles,
    css`
      :host {
        display: grid;
        gap: 8px;
      }

      .months {
        display: grid;
        grid-template-columns: var(--cf-target) 1fr var(--cf-target);
        align-items: center;
        font-size: var(--kiosk-body);
        font-weight: 650;
        text-align: center;
      }

      .days {
        display: grid;
        grid-template-columns: repeat(7, minmax(0, 1fr));
        gap: clamp(3px, 0.8vmin, 8px);
      }

      .weekday {
        font-size: var(--kiosk-small);
        color: var(--cf-ink-quiet);
        text-align: center;
      }

      button {
        min-block-size: clamp(48px, 8vmin, 64px);
        padding: 0;
        border: 2px solid var(--cf-edge);
        border-radius: var(--cf-radius-small);
        background: var(--cf-raised);
        font-size: clamp(18px, 2.6vmin, 26px);
        font-variant-numeric: tabular-nums;
      }

      .months button {
        min-block-size: var(--cf-target);
      }

      button[aria-pressed="true"] {
        border-color: var(--cf-accent);
        background: var(--cf-accent);
        color: var(--cf-on-accent);
        font-weight: 700;
      }

      button:disabled {
        border-color: transparent;
        background: none;
        opacity: 0.5;
      }

      .today:not([aria-pressed="true"]) {
        border-color: var(--cf-accent);
      }
    `,
  ];

  @property() value: Day = "";

  @property() today: Day = "";

  /** First and last day that can be chosen; empty for none. */
  @property() min: Day = "";

  @property() max: Day = "";

  @property() zone = "UTC";

  @state() private month: Month | null = null;

  #pick(day: Day): void {
    this.value = day;
    this.dispatchEvent(new PickedEvent(day));
  }

  override render(): TemplateResult {
    const month = this.month ?? monthOf(this.value === "" ? this.today : this.value);
    const days = daysBetween(`${month}-01`, addDays(`${monthBy(month, 1)}-01`, -1));
    const [first = ""] = days;
    return html`
      <div class="months">
        <button type="button" aria-label=${msg("The month before", { id: "own.month.before" })} ?disabled=${this.min !== "" && month <= monthOf(this.min)} @click=${() => (this.month = monthBy(month, -1))}>‹</button>
        <span>${calendarMonth(month, locale.value)}</span>
        <button type="button" aria-label=${msg("The month after", { id: "own.month.after" })} ?disabled=${this.max !== "" && month >= monthOf(this.max)} @click=${() => (this.month = monthBy(month, 1))}>›</button>
      </div>
      <div class="days">
        ${weekdayInitials(locale.value).map((name) => html`<span class="weekday" aria-hidden="true">${name}</span>`)} ${Array.from({ length: weekdayOf(first) }, () => html`<span></span>`)}
        ${days.map(
          (day) => html`<button
            type="button"
            class=${day === this.today ? "today" : ""}
            aria-pressed=${day === this.value}
            aria-label=${dayInWords(startOfDay(day, this.zone), this.zone, locale.value)}
            ?disabled=${(this.min !== "" && day < this.min) || (this.max !== "" && day > this.max)}
            @click=${() => this.#pick(day)}
          >
            ${Number(day.slice(8))}
          </button>`,
        )}
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-pick-day": CfPickDay;
  }
}

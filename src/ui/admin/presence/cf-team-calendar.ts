import { msg, updateWhenLocaleChanges } from "@lit/localize";
import { LitElement, css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { PersonDays } from "../../../app/api/attendance.ts";
import type { DayResult } from "../../../domain/attendance/engine/types.ts";
import { weekdayOf } from "../../../domain/attendance/rules/days.ts";
import { markWords } from "../../i18n/mark-words.ts";
import { locale } from "../../i18n/localize.ts";
import { PLAIN_NAMES, type DayNames } from "../parts/cf-day.ts";
import { base } from "../parts/styles.ts";
import { paths } from "../route.ts";
import { glanceOf, SIGNS, type Glance } from "./glance.ts";
import { glanceWord } from "./words.ts";

const SATURDAY = 5;
const SHOWN: readonly Glance[] = ["fine", "care", "missing", "absent", "leave", "away", "overtime", "waiting"];

/** A month of a team: a line for each person, a sign for each day, and the day itself when it is pressed. */
@customElement("cf-team-calendar")
export class TeamCalendarElement extends LitElement {
  static override readonly styles = [
    base,
    css`
      :host {
        display: grid;
        gap: var(--cf-space-3);
      }

      .scroll {
        overflow-x: auto;
        border: 1px solid var(--cf-line);
        border-radius: var(--cf-radius-small);
        background: var(--cf-raised);
      }

      table {
        border-collapse: collapse;
        font-size: 14px;
      }

      th,
      td {
        padding: 0;
        border-block-end: 1px solid var(--cf-line);
        text-align: center;
        font-weight: 400;
      }

      thead th {
        min-inline-size: 34px;
        padding-block: 6px;
        background: var(--cf-sunken);
        line-height: 1.2;
      }

      thead th.end {
        color: var(--cf-ink-quiet);
      }

      th[scope="row"] {
        position: sticky;
        inset-inline-start: 0;
        z-index: 1;
        min-inline-size: 132px;
        max-inline-size: 176px;
        padding-inline: 12px;
        overflow: hidden;
        text-align: start;
        text-overflow: ellipsis;
        white-space: nowrap;
        background: var(--cf-raised);
      }

      thead th:first-child {
        position: sticky;
        inset-inline-start: 0;
        z-index: 1;
        padding-inline: 12px;
        text-align: start;
      }

      td button {
        inline-size: 100%;
        min-block-size: 40px;
        border: 0;
        background: none;
        color: inherit;
        font: inherit;
        cursor: pointer;
      }

      td button:hover,
      td button[aria-pressed="true"] {
        background: var(--cf-accent-ground);
      }

      td button:focus-visible {
        outline-offset: -3px;
      }

      .fine {
        color: var(--cf-good);
      }

      .care,
      .missing,
      .absent {
        color: var(--cf-care);
        font-weight: 700;
      }

      .away,
      .leave,
      .overtime {
        color: var(--cf-accent);
        font-weight: 700;
      }

      .legend {
        display: flex;
        flex-wrap: wrap;
        gap: 4px var(--cf-space-3);
        padding: 0;
        list-style: none;
        font-size: 14px;
      }
    `,
  ];

  @property({ attribute: false }) people: readonly PersonDays[] = [];
  @property() zone = "UTC";
  /** What shifts, kinds of leave and tablets are called. */
  @property({ attribute: false }) names: DayNames = PLAIN_NAMES;
  @state() private chosen: { readonly personId: string; readonly day: string } | null = null;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  private says(day: DayResult, glance: Glance): string {
    const marks = markWords();
    return [glanceWord(glance), ...day.marks.map((mark) => marks[mark]).filter((word) => word !== glanceWord(glance))].join(", ");
  }

  override render(): TemplateResult | typeof nothing {
    const days = this.people[0]?.days.map(({ day }) => day) ?? [];
    if (days.length === 0) return nothing;
    const weekday = new Intl.DateTimeFormat(locale.value, { weekday: "narrow", timeZone: "UTC" });
    const open = this.people.find(({ person }) => person.id === this.chosen?.personId);
    const result = open?.days.find(({ day }) => day === this.chosen?.day);
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${msg("Calendar of the team", { id: "presence.calendar" })}>
        <table>
          <thead>
            <tr>
              <th scope="col">${msg("Name", { id: "report.column.name" })}</th>
              ${days.map((day) => html`<th scope="col" class=${weekdayOf(day) >= SATURDAY ? "end" : ""}>${Number(day.slice(8))}<br /><span aria-hidden="true">${weekday.format(Date.parse(day))}</span></th>`)}
            </tr>
          </thead>
          <tbody>
            ${this.people.map(
              ({ person, days: own }) =>
                html`<tr>
                  <th scope="row"><a href=${paths.person(person.id)}>${person.name}</a></th>
                  ${own.map((day) => {
                    const glance = glanceOf(day);
                    const pressed = this.chosen?.personId === person.id && this.chosen.day === day.day;
                    return html`<td>
                      <button type="button" class=${glance} aria-pressed=${pressed ? "true" : "false"} title=${this.says(day, glance)} aria-label=${`${person.name} ${day.day} ${this.says(day, glance)}`} @click=${() => (this.chosen = pressed ? null : { personId: person.id, day: day.day })}>
                        ${SIGNS[glance]}
                      </button>
                    </td>`;
                  })}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <ul class="legend">
        ${SHOWN.map((glance) => html`<li><span class=${glance} aria-hidden="true">${SIGNS[glance]}</span> ${glanceWord(glance)}</li>`)}
      </ul>
      ${open === undefined || result === undefined
        ? nothing
        : html`<section class="card" aria-live="polite">
            <h3>${open.person.name} · ${result.day}</h3>
            <cf-day .result=${result} zone=${this.zone} .names=${this.names}></cf-day>
          </section>`}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-team-calendar": TeamCalendarElement;
  }
}

import { msg, str } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import type { MissingPunch, OwnAttendance, OwnNotice } from "../../../app/api/own-attendance.ts";
import type { Observable } from "../../../app/observable.ts";
import type { DayMark, PunchUse } from "../../../domain/attendance/engine/types.ts";
import { iconIn, iconOut } from "../../components/icons.ts";
import { directionText } from "../../i18n/direction.ts";
import { timeToTheMinute } from "../../i18n/format.ts";
import { markText } from "../../i18n/reasons.ts";
import { lateTodo, lateWord, waitingWord } from "../../i18n/requests.ts";
import { sentences } from "../../i18n/sentences.ts";
import { kioskStyles } from "../kiosk-styles.ts";
import { OwnElement } from "./own-element.ts";
import { confirmMonthWord, dayWord, ownFailureText, shiftWord, untilWord } from "./own-words.ts";
import { pagesStyles } from "./pages-styles.ts";

/** More are found in the calendar. */
const SHOWN_AT_MOST = 3;
const QUIET_MARKS: ReadonlySet<DayMark> = new Set<DayMark>(["waiting", "suppressed", "undone"]);

/** Today at a glance, and what is missing with the way to make it up. */
@customElement("cf-own-today")
export class CfOwnToday extends OwnElement {
  static override readonly styles = [
    kioskStyles,
    pagesStyles,
    css`
      .punches {
        display: flex;
        flex-wrap: wrap;
        gap: 6px 1.4em;
      }

      .punch {
        display: inline-flex;
        align-items: center;
        gap: 0.4em;
        font-weight: 650;
        font-variant-numeric: tabular-nums;
      }

      .gone {
        text-decoration: line-through;
        color: var(--cf-ink-quiet);
      }

      @media (orientation: landscape) {
        .missing {
          grid-template-columns: 1fr auto;
          align-items: center;
        }
      }
    `,
  ];

  protected override followed({ today, notices, requests }: OwnAttendance): readonly Observable<unknown>[] {
    return [today, notices, requests];
  }

  #today(): TemplateResult {
    const today = this.attendance?.today.value ?? null;
    if (today === null) return html`<div class="card" role="status"><h2>${msg("Today", { id: "own.today" })}</h2><p class="quiet-text">${msg("Reading", { id: "kiosk.own.reading" })}</p></div>`;
    const { result, shift, failure } = today;
    const marks = (result?.marks ?? []).filter((mark) => !QUIET_MARKS.has(mark));
    return html`<div class="card">
      <h2>${msg("Today", { id: "own.today" })} · ${shiftWord(shift, this.zone)}</h2>
      ${failure === null ? this.#punches(result?.punches ?? []) : html`<p class="trouble">${sentences(ownFailureText(failure).happened, ownFailureText(failure).todo)}</p>`}
      ${marks.length === 0 ? nothing : html`<p class="chips">${marks.map((mark) => html`<span class="chip">${markText(mark).word}</span>`)}</p>`}
    </div>`;
  }

  #punches(punches: readonly PunchUse[]): TemplateResult {
    if (punches.length === 0) return html`<p class="quiet-text">${msg("No punch yet today", { id: "own.today.none" })}</p>`;
    return html`<p class="punches">
      ${punches.map(({ direction, wallMs, use }) => html`<span class="punch ${use === "suppressed" || use === "undone" || use === "ignored" ? "gone" : ""}">${direction === "in" ? iconIn() : iconOut()}${directionText(direction)} ${timeToTheMinute(wallMs, this.zone)}</span>`)}
    </p>`;
  }

  #missing(punch: MissingPunch): TemplateResult {
    const { day, direction, wallMs, shiftName, allowance, outage, request } = punch;
    const asked = this.attendance?.requests.value.find(({ id }) => id === request) ?? null;
    const { late, quota, remaining, lastDay } = allowance;
    return html`<li class="card missing ${asked === null ? "care" : ""}">
      <div>
        <h2>${markText(direction === "in" ? "missing-in" : "missing-out").word}: ${dayWord(day, this.zone)} ${timeToTheMinute(wallMs, this.zone)}</h2>
        <p class="quiet-text">
          ${shiftName}${outage === null ? nothing : html` · ${msg("Recognition was down then: this is cited", { id: "own.missing.outage" })}`}
          ${asked !== null ? nothing : late !== null ? html`<br />${sentences(lateWord(late), lateTodo(late))}` : html`<br />${quota < 0 ? untilWord(lastDay) : msg(str`${remaining} of ${quota} make-up punches left · until ${lastDay}`, { id: "own.missing.left" })}`}
        </p>
      </div>
      ${asked !== null
        ? html`<button type="button" class="button" @click=${() => this.go({ page: "request", id: asked.id })}>${waitingWord(asked)}</button>`
        : html`<button type="button" class="button primary" @click=${() => this.go({ page: "form", start: { kind: "make-up", missing: punch, day } })}>${late === null ? msg("Make it up", { id: "own.missing.make-up" }) : msg("Ask HR", { id: "own.missing.ask-hr" })}</button>`}
    </li>`;
  }

  #notice(): TemplateResult | typeof nothing {
    const notices = this.attendance?.notices.value ?? [];
    const month = notices.find((notice): notice is Extract<OwnNotice, { kind: "month" }> => notice.kind === "month");
    if (month === undefined) return nothing;
    return html`<button type="button" class="card" @click=${() => this.go({ page: "month", month: month.month })}>
      <h2>${confirmMonthWord(month.month)}</h2>
      ${month.by === null ? nothing : html`<span class="quiet-text">${untilWord(month.by)}</span>`}
    </button>`;
  }

  override render(): TemplateResult | typeof nothing {
    if (this.attendance === null) return nothing;
    const missing = this.attendance.today.value?.missing ?? [];
    const open = missing.filter(({ request }) => request === null);
    const shown = [...open, ...missing.filter(({ request }) => request !== null)].slice(0, SHOWN_AT_MOST);
    return html`<div class="stack">
      ${this.#today()}
      ${shown.length === 0 ? nothing : html`<ul aria-label=${msg("What is missing", { id: "own.missing" })}>${shown.map((punch) => this.#missing(punch))}</ul>`}
      ${missing.length > shown.length ? html`<p class="quiet-text">${msg(str`${missing.length - shown.length} more in the calendar`, { id: "own.missing.more" })}</p>` : nothing}
      ${this.#notice()}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-own-today": CfOwnToday;
  }
}

import { msg, str } from "@lit/localize";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { OwnAttendance, OwnMonth } from "../../../app/api/own-attendance.ts";
import type { Observable } from "../../../app/observable.ts";
import type { DayResult, PunchUse } from "../../../domain/attendance/engine/types.ts";
import { weekdayOf } from "../../../domain/attendance/rules/days.ts";
import type { Day, Month } from "../../../domain/attendance/rules/types.ts";
import type { Failure } from "../../../domain/errors.ts";
import { iconBack, iconCheck, iconIn, iconOut, iconQuestion } from "../../components/icons.ts";
import { directionText } from "../../i18n/direction.ts";
import { longDate, timeToTheSecond, weekdayInitials } from "../../i18n/format.ts";
import { locale } from "../../i18n/localize.ts";
import { markText, reasonSentence, type ReasonWords } from "../../i18n/reasons.ts";
import { minutesWord } from "../../i18n/requests.ts";
import { sentences } from "../../i18n/sentences.ts";
import { kioskStyles } from "../kiosk-styles.ts";
import { glanceOf, glanceShape, glanceWord, type Glance } from "./marks.ts";
import { monthStyles } from "./month-styles.ts";
import { OwnElement } from "./own-element.ts";
import { dayWord, monthWord, ownFailureText, punchUseWord, shiftWord, untilWord } from "./own-words.ts";
import { pagesStyles } from "./pages-styles.ts";

const LEGEND: readonly Exclude<Glance, "none">[] = ["good", "care", "missing", "absent", "away", "extra", "waiting"];
/** How far back the calendar goes, months. */
const BACK_AT_MOST = 12;

function monthBy(month: Month, by: number): Month {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 + by)).toISOString().slice(0, 7);
}

/** A month of one's own, day by day, with what each came to and why; and agreeing with it. */
@customElement("cf-own-month")
export class CfOwnMonth extends OwnElement {
  static override readonly styles = [kioskStyles, pagesStyles, monthStyles];

  /** What is shown first; this month when null. */
  @property() first: Month | null = null;

  /** The day that it is now. */
  @property() today: Day = "";

  @state() private month: Month = "";

  @state() private shown: OwnMonth | null = null;

  @state() private trouble: Failure | null = null;

  @state() private day: Day | null = null;

  @state() private working = false;

  @state() private confirmed = false;

  override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has("attendance") || changed.has("first")) void this.#show(this.first ?? this.today.slice(0, 7));
  }

  protected override followed({ today, requests }: OwnAttendance): readonly Observable<unknown>[] {
    return [today, requests];
  }

  async #show(month: Month): Promise<void> {
    const { attendance } = this;
    this.month = month;
    this.day = null;
    this.confirmed = false;
    this.shown = null;
    this.trouble = null;
    if (attendance === null) return;
    const read = await attendance.month(month);
    if (this.month !== month) return;
    if (read.ok) this.shown = read.value;
    else this.trouble = read.error;
  }

  readonly #confirm = async (): Promise<void> => {
    const { attendance, month } = this;
    if (attendance === null || this.working) return;
    this.working = true;
    const confirmed = await attendance.confirm(month);
    await this.#show(month);
    this.working = false;
    if (confirmed.ok) this.confirmed = true;
    else this.trouble = confirmed.error;
  };

  #cell(result: DayResult | undefined, day: Day): TemplateResult {
    const planned = this.shown?.shifts.find((shift) => shift.day === day) ?? null;
    const glance = result === undefined ? "none" : glanceOf(result);
    const short = planned?.shifts.map(({ shift }) => shift.short).join(" ") ?? "";
    const words = [dayWord(day, this.zone), shiftWord(planned, this.zone), ...(glance === "none" ? [] : [glanceWord(glance)])].join(", ");
    return html`<button
      type="button"
      class="cell ${planned?.shifts.length === 0 ? "free" : ""} ${day === this.today ? "today" : ""}"
      aria-pressed=${day === this.day}
      @click=${() => (this.day = day)}
    >
      <span class="unseen">${words}</span>
      <span class="number" aria-hidden="true">${Number(day.slice(8))}</span>
      ${glance === "none" ? nothing : glanceShape(glance)}
      <span class="short" aria-hidden="true">${short}</span>
    </button>`;
  }

  #calendar({ days, shifts }: OwnMonth): TemplateResult {
    const byDay = new Map(days.map((result) => [result.day, result]));
    const all = shifts.length > 0 ? shifts.map(({ day }) => day) : days.map(({ day }) => day);
    const [first] = all;
    return html`<div class="calendar" role="group" aria-label=${monthWord(this.month)}>
        ${weekdayInitials(locale.value).map((name) => html`<span class="weekday" aria-hidden="true">${name}</span>`)}
        ${Array.from({ length: first === undefined ? 0 : weekdayOf(first) }, () => html`<span></span>`)}
        ${all.map((day) => this.#cell(byDay.get(day), day))}
      </div>
      <p class="legend">${LEGEND.map((glance) => html`<span>${glanceShape(glance)}${glanceWord(glance)}</span>`)}</p>`;
  }

  #detail(day: Day, shown: OwnMonth): TemplateResult {
    const result = shown.days.find((one) => one.day === day) ?? null;
    const planned = shown.shifts.find((one) => one.day === day) ?? null;
    const offered = this.attendance?.offered ?? [];
    const past = day <= this.today;
    return html`<div class="card detail" role="region" aria-label=${dayWord(day, this.zone)}>
      <h2>${dayWord(day, this.zone)}</h2>
      <p>${shiftWord(planned, this.zone)}</p>
      ${result === null || result.marks.length === 0 ? nothing : html`<p class="chips">${result.marks.map((mark) => html`<span class="chip">${markText(mark).word}</span>`)}</p>`}
      ${result === null ? nothing : html`<ul class="punches">${result.punches.map((punch) => this.#punch(punch, day))}</ul>`}
      ${result === null ? nothing : html`<ul class="reasons">${result.reasons.map((reason) => html`<li>${reasonSentence(reason, this.#names())}</li>`)}</ul>`}
      <div class="row">
        ${past && offered.includes("make-up") ? html`<button type="button" class="button" @click=${() => this.go({ page: "form", start: { kind: "make-up", day } })}>${msg("Make up a punch", { id: "own.day.make-up" })}</button>` : nothing}
        ${past && offered.includes("appeal") ? html`<button type="button" class="button" @click=${() => this.go({ page: "form", start: { kind: "appeal", about: { day } } })}>${iconQuestion()}${msg("I do not agree", { id: "own.day.appeal" })}</button>` : nothing}
        <button type="button" class="button" @click=${() => (this.day = null)}>${iconBack()}${msg("To the month", { id: "own.day.back" })}</button>
      </div>
    </div>`;
  }

  #names(): ReasonWords {
    const shifts = this.shown?.shifts.flatMap(({ shifts: each }) => each.map(({ shift }) => shift)) ?? [];
    const kinds = this.attendance?.leaveKinds ?? [];
    return {
      zone: this.zone,
      deviceName: (id) => id,
      shiftName: (id) => shifts.find((shift) => shift.id === id)?.name ?? id,
      leaveName: (id) => {
        const kind = kinds.find((one) => one.id === id);
        return kind === undefined ? id : locale.value === "zh-Hans" ? (kind.nameZh ?? kind.name) : kind.name;
      },
    };
  }

  #punch(punch: PunchUse, day: Day): TemplateResult {
    const note = punchUseWord(punch);
    const correctable = punch.requestId === undefined && this.attendance?.offered.includes("correction") === true && (punch.use === "in" || punch.use === "out" || punch.use === "between" || punch.use === "stray");
    return html`<li>
      <span class="direction">${punch.direction === "in" ? iconIn() : iconOut()}${directionText(punch.direction)}</span>
      <span class="numbers">${timeToTheSecond(punch.wallMs, this.zone)}</span>
      <span class="quiet-text">${note}</span>
      ${correctable ? html`<button type="button" class="quiet" @click=${() => this.go({ page: "form", start: { kind: "correction", day, cites: { device: punch.device, seq: punch.seq } } })}>${msg("Correct", { id: "own.punch.correct" })}</button>` : nothing}
    </li>`;
  }

  #totals({ totals }: OwnMonth): TemplateResult {
    const { workdays, attendedDays, minutes, counts } = totals;
    const overtime = minutes.overtime.workday + minutes.overtime.rest + minutes.overtime.holiday;
    const rows: readonly (readonly [string, string])[] = [
      [msg("Days worked", { id: "own.total.days" }), `${attendedDays} / ${workdays}`],
      [msg("Hours attended", { id: "own.total.attended" }), minutesWord(minutes.attended)],
      [markText("late").word, `${counts.late + counts["serious-late"]} · ${minutesWord(minutes.late)}`],
      [markText("early").word, `${counts.early} · ${minutesWord(minutes.early)}`],
      [msg("Absent", { id: "own.glance.absent" }), minutesWord(minutes.absent)],
      [markText("leave").word, minutesWord(minutes.leave)],
      [msg("Overtime", { id: "own.glance.extra" }), minutesWord(overtime)],
    ];
    return html`<dl>${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
  }

  #confirmation(shown: OwnMonth): TemplateResult {
    const { confirmable, confirmedAt, changedSince, lockedAt, confirmBy } = shown;
    const on = (at: number): string => longDate(at, this.zone, locale.value);
    if (lockedAt !== null) return html`<p class="card">${msg(str`Closed on ${on(lockedAt)}. What comes in later is added to it and never changes it.`, { id: "own.month.closed" })}</p>`;
    if (confirmable === "done" && confirmedAt !== null) return html`<p class="card good done" role="status">${iconCheck()}<span>${msg(str`You confirmed it on ${on(confirmedAt)}.`, { id: "own.month.done" })}</span></p>`;
    const blocked = confirmable === "now" ? null : ownFailureText({ kind: `month/${confirmable}` });
    return html`<div class="card ${confirmable === "now" ? "care" : ""}">
      ${changedSince ? html`<p><strong>${msg("Something has changed since you confirmed it. Please look at it again.", { id: "own.month.changed-since" })}</strong></p>` : nothing}
      ${blocked === null
        ? html`<p>${msg("By confirming you say that these days are right. If one is not, press it first and say so.", { id: "own.month.confirm.what" })}</p>
            ${confirmBy === null ? nothing : html`<p class="quiet-text">${untilWord(confirmBy)}</p>`}
            <button type="button" class="button primary" ?disabled=${this.working} @click=${() => void this.#confirm()}>${iconCheck()}${msg(str`Confirm ${monthWord(shown.month)}`, { id: "own.month.confirm" })}</button>`
        : html`<p class="quiet-text">${sentences(blocked.happened, blocked.todo)}</p>`}
    </div>`;
  }

  override render(): TemplateResult {
    const { shown, trouble, month } = this;
    const thisMonth = this.today.slice(0, 7);
    return html`<div class="scroll stack" tabindex="0" role="region" aria-label=${month === "" ? "" : monthWord(month)}>
      <div class="months">
        <button type="button" class="button" ?disabled=${month <= monthBy(thisMonth, -BACK_AT_MOST)} aria-label=${msg("The month before", { id: "own.month.before" })} @click=${() => void this.#show(monthBy(month, -1))}>‹</button>
        <h2>${month === "" ? nothing : monthWord(month)}</h2>
        <button type="button" class="button" ?disabled=${month > thisMonth} aria-label=${msg("The month after", { id: "own.month.after" })} @click=${() => void this.#show(monthBy(month, 1))}>›</button>
      </div>
      ${trouble === null ? nothing : html`<p class="trouble" role="alert">${sentences(ownFailureText(trouble).happened, ownFailureText(trouble).todo)}</p>`}
      ${this.confirmed ? html`<p class="unseen" role="status">${msg("Confirmed", { id: "own.month.confirmed" })}</p>` : nothing}
      ${shown === null ? (trouble === null ? html`<p role="status" class="quiet-text">${msg("Reading", { id: "kiosk.own.reading" })}</p>` : nothing) : html`${this.day === null ? this.#calendar(shown) : this.#detail(this.day, shown)} ${this.day === null ? html`${this.#confirmation(shown)} ${this.#totals(shown)}` : nothing}`}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-own-month": CfOwnMonth;
  }
}

import { msg, str } from "@lit/localize";
import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import type { MonthState, Progress } from "../../../app/api/attendance.ts";
import { lastPeriod } from "../../../domain/reports/period.ts";
import { addDays, lastDayOf } from "../../../domain/attendance/rules/days.ts";
import type { DayResult } from "../../../domain/attendance/engine/types.ts";
import type { Failure } from "../../../domain/errors.ts";
import type { Person, PersonId } from "../../../domain/people/types.ts";
import { hoursText } from "../../../domain/reports/hours.ts";
import { markText } from "../../i18n/reasons.ts";
import { reportWords } from "../../i18n/report-words.ts";
import { Allowed } from "../parts/allowed.ts";
import { confirmed } from "../parts/confirm.ts";
import { AdminElement } from "../parts/element.ts";
import { failed } from "../parts/failed.ts";
import { under } from "../parts/fields.ts";
import { Follow } from "../parts/follow.ts";
import { count, dateTime, day } from "../parts/format.ts";
import { base } from "../parts/styles.ts";
import { keepInAddress, paths } from "../route.ts";
import { monthStyles } from "./styles.ts";

type PersonState = MonthState["people"][number];

const isMonth = (text: string): boolean => /^\d{4}-(?:0[1-9]|1[0-2])$/.test(text);
const isUnconfirmed = ({ confirmedAt, changedSince, lockedAt }: PersonState): boolean => lockedAt === null && (confirmedAt === null || changedSince);

/** Closing a month: what stands in the way first, then the people, then the closing itself. */
@customElement("cf-months")
export class MonthsElement extends AdminElement {
  static override styles = [base, monthStyles];

  @state() private month = "";
  @state() private data: MonthState | null = null;
  @state() private failure: Failure | null = null;
  @state() private progress: Progress | null = null;
  @state() private reason = "";
  @state() private reasonMissing = false;
  @state() private reminded: number | null = null;
  @state() private closed: number | null = null;
  /** Whose days are shown. */
  @state() private open: PersonId | null = null;
  @state() private days: readonly DayResult[] | null = null;

  private readonly settings = new Follow(this, () => this.administration.setup.settings);
  readonly #allowed = new Allowed(this);
  #reading: AbortController | null = null;

  constructor() {
    super();
    new Follow(this, () => this.administration.attendance.days.revision, () => void this.read());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const asked = new URLSearchParams(location.search).get("month") ?? "";
    this.month = isMonth(asked) ? asked : lastPeriod("month", this.today).to.slice(0, 7);
    void this.read();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#reading?.abort();
  }

  private get zone(): string {
    return this.settings.value?.zone ?? "UTC";
  }

  private get today(): string {
    return day(Date.now(), this.zone);
  }

  private async read(): Promise<void> {
    this.#reading?.abort();
    const reading = new AbortController();
    this.#reading = reading;
    const state = await this.administration.attendance.months.state(this.month, (progress) => (this.progress = progress.done < progress.total ? progress : null), reading.signal);
    if (this.#reading !== reading) return;
    this.progress = null;
    if (state.ok) this.data = state.value;
    this.failure = state.ok ? null : state.error;
  }

  private go(step: -1 | 1): void {
    const first = `${this.month}-01`;
    this.month = addDays(first, step === 1 ? 31 : -1).slice(0, 7);
    this.data = null;
    this.closed = null;
    this.reminded = null;
    this.open = null;
    keepInAddress({ month: this.month });
    void this.read();
  }

  private async remind(people: readonly PersonId[]): Promise<void> {
    const done = await confirmed(this, () => this.administration.attendance.months.remind(this.month, people));
    this.failure = done.ok ? null : done.error;
    this.reminded = done.ok ? done.value : null;
    await this.read();
  }

  private async close(people: readonly PersonId[], needsReason: boolean): Promise<void> {
    this.reasonMissing = needsReason && this.reason.trim() === "";
    if (this.reasonMissing) return;
    const done = await confirmed(this, () => this.administration.attendance.months.close(this.month, people, this.reason, (progress) => (this.progress = progress)));
    this.progress = null;
    const failure = done.ok ? null : done.error;
    this.closed = done.ok ? done.value : null;
    if (done.ok) this.reason = "";
    await this.read();
    this.failure = failure ?? this.failure;
  }

  override render(): TemplateResult {
    const { data } = this;
    return html`<div class="page">
      <div class="head">
        <h1 tabindex="-1">${msg("Months", { id: "admin.nav.months" })}</h1>
        <div class="row">
          <wa-button appearance="outlined" @click=${() => this.go(-1)}><wa-icon name="chevron-left" label=${msg("Month before", { id: "months.before" })}></wa-icon></wa-button>
          <strong class="month numbers" aria-live="polite">${this.month}</strong>
          <wa-button appearance="outlined" ?disabled=${this.month >= this.today.slice(0, 7)} @click=${() => this.go(1)}><wa-icon name="chevron-right" label=${msg("Month after", { id: "months.after" })}></wa-icon></wa-button>
        </div>
      </div>
      ${failed(this.failure)} ${this.working()}
      ${data === null || data.month !== this.month ? (this.failure === null ? html`<p role="status"><wa-spinner></wa-spinner></p>` : nothing) : data.people.length === 0 ? html`<p class="quiet">${msg("Nobody was to be here in this month.", { id: "months.nobody" })}</p>` : html`${this.checklist(data)}${this.people(data)}${this.closing(data)}`}
    </div>`;
  }

  private working(): TemplateResult | typeof nothing {
    const { progress } = this;
    if (progress === null) return nothing;
    const label = msg("Working", { id: "months.working" });
    return html`<wa-progress-bar label=${label} .value=${progress.total === 0 ? 0 : Math.round((100 * progress.done) / progress.total)} ?indeterminate=${progress.total === 0}></wa-progress-bar>`;
  }

  private checklist({ people, unsynced, month }: MonthState): TemplateResult {
    const unconfirmed = people.filter(isUnconfirmed);
    const undecided = people.reduce((sum, person) => sum + person.undecided, 0);
    const unsettled = people.filter(({ totals, lockedAt }) => lockedAt === null && totals.open > 0).length;
    const afterLock = people.reduce((sum, person) => sum + person.afterLock, 0);
    const mayRemind = this.#allowed.has("requests.decide") && month < this.today.slice(0, 7);
    const line = (done: boolean, words: string, more: TemplateResult | typeof nothing = nothing): TemplateResult =>
      html`<li class=${done ? "done" : "open"}><wa-icon name=${done ? "circle-check" : "warning"}></wa-icon><div class="grow">${words}</div>${more}</li>`;
    return html`<section class="card stack" aria-labelledby="checklist">
      <h2 id="checklist">${msg("Before it is closed", { id: "months.checklist" })}</h2>
      <ul class="checklist">
        ${line(month < this.today.slice(0, 7), month < this.today.slice(0, 7) ? msg("The month is over.", { id: "months.over" }) : msg("The month is not over yet.", { id: "months.not-over" }))}
        ${line(
          unconfirmed.length === 0,
          unconfirmed.length === 0 ? msg("Everybody has confirmed the month.", { id: "months.confirmed-all" }) : msg(str`Not confirmed: ${count(unconfirmed.length)} of ${count(people.length)} people.`, { id: "months.unconfirmed" }),
          unconfirmed.length === 0 || !mayRemind ? nothing : html`<wa-button size="s" appearance="outlined" @click=${() => void this.remind(unconfirmed.map(({ person }) => person.id))}>${msg("Remind all of them", { id: "months.remind-all" })}</wa-button>`,
        )}
        ${line(
          undecided === 0,
          undecided === 0 ? msg("No request waits.", { id: "months.decided" }) : msg(str`Requests not decided: ${count(undecided)}.`, { id: "months.undecided" }),
          undecided === 0 ? nothing : html`<a href=${`/admin/requests?from=${month}-01&to=${lastDayOf(month)}`}>${msg("To the requests", { id: "months.to-requests" })}</a>`,
        )}
        ${line(unsettled === 0, unsettled === 0 ? msg("Every day is settled.", { id: "months.settled" }) : msg(str`People with days that are not settled: ${count(unsettled)}.`, { id: "months.unsettled" }))}
        ${line(
          unsynced.length === 0,
          unsynced.length === 0 ? msg("Every tablet was heard of after the month's end.", { id: "months.synced" }) : msg(str`Tablets not heard of since: ${unsynced.map(({ device, untilMs }) => `${device} (${dateTime(untilMs, this.zone).slice(0, 16)})`).join(", ")}`, { id: "months.unsynced" }),
        )}
        ${afterLock === 0 ? nothing : line(false, msg(str`Came in after the closing: ${count(afterLock)}. A closed day stays as it is; a correction adds to it.`, { id: "months.after-lock" }))}
      </ul>
      ${this.reminded === null ? nothing : html`<p class="mark good" role="status"><wa-icon name="check"></wa-icon>${msg(str`Reminded: ${count(this.reminded)} people. They see it at the kiosk.`, { id: "months.reminded" })}</p>`}
    </section>`;
  }

  private actionsOf({ id, name }: Person, month: string): TemplateResult {
    const last = lastDayOf(month);
    return html`<a href=${`${paths.reports}?report=daily&from=${month}-01&to=${last}&person=${encodeURIComponent(id)}`}>${msg("Each day", { id: "months.each-day" })}</a>${this.#allowed.has("requests.file")
        ? html`<button type="button" class="link" aria-expanded=${this.open === id ? "true" : "false"} @click=${() => void this.openDays(id)}>${msg("Correct a day", { id: "months.correct" })}<span class="visually-hidden">: ${name}</span></button>`
        : nothing}`;
  }

  private people({ people, month }: MonthState): TemplateResult {
    const { columns } = reportWords();
    const time = (minutes: number): string => (minutes === 0 ? "" : hoursText(minutes, "h:mm"));
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${msg("People of the month", { id: "months.people" })}>
      <table>
        <thead>
          <tr>
            <th scope="col">${columns["name"]}</th>
            <th scope="col">${columns["state"]}</th>
            ${["attended-days", "worked", "late", "early", "absent", "leave", "overtime", "open"].map((id) => html`<th scope="col" class="number">${columns[id]}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${people.map((each) => {
            const { person, totals } = each;
            const { minutes } = totals;
            const overtime = minutes.overtime.workday + minutes.overtime.rest + minutes.overtime.holiday;
            return html`<tr>
              <th scope="row"><a href=${paths.person(person.id)}>${person.name}</a><br /><span class="small quiet">${person.employeeNumber} · ${person.department}</span></th>
              <td>
                ${this.stateOf(each)}
                <div class="actions">${this.actionsOf(person, month)}</div>
              </td>
              <td class="number">${totals.attendedDays} / ${totals.workdays}</td>
              ${[minutes.worked, minutes.late, minutes.early, minutes.absent, minutes.leave, overtime].map((value) => html`<td class="number">${time(value)}</td>`)}
              <td class="number">${totals.open === 0 ? "" : count(totals.open)}</td>
            </tr>
            ${this.open === person.id ? html`<tr><td colspan="10">${this.daysOf(person.id, person.name)}</td></tr>` : nothing}`;
          })}
        </tbody>
      </table>
    </div>`;
  }

  /** The days of one person, each leading to its correction: an open month's and a closed one's. */
  private daysOf(personId: PersonId, name: string): TemplateResult {
    const { days } = this;
    if (days === null) return html`<p role="status"><wa-spinner></wa-spinner></p>`;
    return html`<ul class="days" aria-label=${msg(str`Days of ${name}`, { id: "months.correct.days" })}>
      ${days.map(({ day: date, marks }) => html`<li><a class="numbers" href=${`${paths.requests}?correct=${encodeURIComponent(personId)}&day=${date}`}>${date}</a> <span class="small quiet">${marks.map((mark) => markText(mark).word).join(", ")}</span></li>`)}
    </ul>`;
  }

  private async openDays(personId: PersonId): Promise<void> {
    const { month } = this;
    this.open = this.open === personId ? null : personId;
    this.days = null;
    if (this.open === null) return;
    const last = lastDayOf(month);
    const read = await this.administration.attendance.days.results({ from: `${month}-01`, to: last < this.today ? last : this.today, personId });
    if (this.open !== personId || this.month !== month) return;
    if (read.ok) this.days = read.value.people[0]?.days ?? [];
    else this.failure = read.error;
  }

  private stateOf(person: PersonState): TemplateResult {
    const { lockedAt, confirmedAt, changedSince, remindedAt, afterLock, undecided } = person;
    const more = html`${undecided === 0 ? nothing : html`<br /><span class="small">${msg(str`${undecided} not decided`, { id: "months.person.undecided" })}</span>`}${afterLock === 0
      ? nothing
      : html`<br /><span class="mark care small"><wa-icon name="warning"></wa-icon>${msg(str`${afterLock} after closing`, { id: "months.person.after-lock" })}</span>`}`;
    if (lockedAt !== null) return html`<span class="mark"><wa-icon name="shield"></wa-icon>${msg("closed", { id: "report.state.locked" })}</span>${more}`;
    if (confirmedAt !== null && !changedSince) return html`<span class="mark good"><wa-icon name="check"></wa-icon>${msg("confirmed", { id: "months.person.confirmed" })}</span>${more}`;
    const words = changedSince ? msg("confirmed, changed since", { id: "months.person.changed" }) : msg("not confirmed", { id: "months.person.unconfirmed" });
    return html`<span class="mark care"><wa-icon name="clock"></wa-icon>${words}</span>${remindedAt === null ? nothing : html`<br /><span class="small quiet">${msg(str`reminded ${dateTime(remindedAt, this.zone).slice(0, 10)}`, { id: "months.person.reminded" })}</span>`}${more}`;
  }

  private closing({ people, unsynced, month }: MonthState): TemplateResult | typeof nothing {
    if (!this.#allowed.has("months.close") || month >= this.today.slice(0, 7)) return nothing;
    const open = people.filter(({ lockedAt }) => lockedAt === null);
    if (open.length === 0) {
      return html`<section class="card stack">
        <p class="mark good"><wa-icon name="shield"></wa-icon>${this.closed === null ? msg("The month is closed for everybody here.", { id: "months.closed" }) : msg(str`Closed for ${count(this.closed)} people.`, { id: "months.closed.now" })}</p>
        <p>${msg("What has to change after that is asked for as a correction, and somebody else agrees to it.", { id: "months.closed.then" })} <a href="/admin/requests">${msg("To the requests", { id: "months.to-requests" })}</a></p>
      </section>`;
    }
    const inTheWay = unsynced.length > 0 || open.some((each) => isUnconfirmed(each) || each.undecided > 0 || each.totals.open > 0);
    return html`<section class="card stack" aria-labelledby="close">
      <h2 id="close">${msg("Close the month", { id: "months.close" })}</h2>
      <p>${msg(str`The days of ${count(open.length)} people stay as they are now. Nothing can open them again; later changes are corrections with a reason.`, { id: "months.close.what" })}</p>
      ${inTheWay
        ? html`<wa-textarea label=${msg("Why it is closed although something stands in the way", { id: "months.close.reason" })} rows="2" maxlength="500" .value=${this.reason} @input=${(event: Event) => {
            this.reason = (event.target as HTMLTextAreaElement).value;
            this.reasonMissing = false;
          }}>${under(this.reasonMissing ? msg("Write a sentence: it stands in the log.", { id: "months.close.reason.missing" }) : undefined)}</wa-textarea>`
        : nothing}
      <div><wa-button variant="brand" ?disabled=${this.progress !== null} @click=${() => void this.close(open.map(({ person }) => person.id), inTheWay)}>${msg(str`Close ${month} for ${count(open.length)} people`, { id: "months.close.do" })}</wa-button></div>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-months": MonthsElement;
  }
}

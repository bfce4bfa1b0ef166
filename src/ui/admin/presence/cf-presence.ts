import { msg, str } from "@lit/localize";
import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import type { DayResults, Present } from "../../../app/api/attendance.ts";
import type { OutageSpell, Watermark } from "../../../domain/attendance/engine/types.ts";
import { addDays, lastDayOf, monthOf } from "../../../domain/attendance/rules/days.ts";
import type { Failure } from "../../../domain/errors.ts";
import { shortTime } from "../../../domain/reports/punches.ts";
import { wallClock } from "../../../domain/reports/wall-clock.ts";
import { locale } from "../../i18n/localize.ts";
import { Allowed } from "../parts/allowed.ts";
import { namesOf } from "../parts/cf-day.ts";
import { AdminElement } from "../parts/element.ts";
import { failed } from "../parts/failed.ts";
import { Follow } from "../parts/follow.ts";
import { count, dateTime, day } from "../parts/format.ts";
import { base } from "../parts/styles.ts";
import { keepInAddress, paths } from "../route.ts";
import "./cf-team-calendar.ts";
import { presenceStyles } from "./styles.ts";
import { presentWord } from "./words.ts";

/** Read anew this often even when nothing came in: somebody is missing because time passes, milliseconds. */
const REFRESH_MS = 60_000;
/** A burst of punches is one reading, milliseconds. */
const SETTLE_MS = 500;
/** A tablet that has been silent for so long is looked at, milliseconds. */
const SILENT_MS = 24 * 3_600_000;
const ORDER: readonly Present["state"][] = ["missing", "in", "away", "leave", "out", "expected", "free"];

/** What somebody wants to know in the morning: who is here, who is missing, what needs me, is every tablet well. */
@customElement("cf-presence")
export class PresenceElement extends AdminElement {
  static override styles = [base, presenceStyles];

  @state() private present: readonly Present[] | null = null;
  @state() private waiting = 0;
  @state() private month: DayResults | null = null;
  @state() private outages: readonly OutageSpell[] = [];
  @state() private failure: Failure | null = null;
  @state() private readAt: number | null = null;
  @state() private department = new URLSearchParams(location.search).get("department") ?? "";
  @state() private shown: Present["state"] | null = null;

  private readonly settings = new Follow(this, () => this.administration.setup.settings);
  private readonly rows = new Follow(this, () => this.administration.people.rows);
  private readonly camera = new Follow(this, () => this.administration.device.cameraAlarm);
  private readonly storage = new Follow(this, () => this.administration.device.storage);
  readonly #allowed = new Allowed(this);
  #timer: ReturnType<typeof setInterval> | undefined;
  #soon: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;

  constructor() {
    super();
    new Follow(this, () => this.administration.attendance.days.revision, () => this.soon());
    new Follow(this, () => this.administration.attendance.requests.revision, () => this.soon());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => void this.read(), REFRESH_MS);
    void this.read();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
    clearTimeout(this.#soon);
  }

  private soon(): void {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => void this.read(), SETTLE_MS);
  }

  private get zone(): string {
    return this.settings.value?.zone ?? "UTC";
  }

  private async read(): Promise<void> {
    const turn = ++this.#turn;
    const { days, requests, outages } = this.administration.attendance;
    const today = day(Date.now(), this.zone);
    const of = this.department === "" ? {} : { department: this.department };
    const [present, waiting, month, down] = await Promise.all([
      days.presence(this.department === "" ? undefined : this.department),
      requests.list({ mine: true }),
      days.results({ from: `${today.slice(0, 7)}-01`, to: lastDayOf(monthOf(today)), ...of }),
      outages.list(addDays(today, -1), today),
    ]);
    if (turn !== this.#turn) return;
    this.failure = present.ok ? (month.ok ? null : month.error) : present.error;
    if (present.ok) this.present = present.value;
    this.waiting = waiting.ok ? waiting.value.length : 0;
    this.month = month.ok ? month.value : null;
    this.outages = down;
    this.readAt = Date.now();
  }

  private chooseDepartment(department: string): void {
    this.department = department;
    keepInAddress({ department });
    void this.read();
  }

  override render(): TemplateResult {
    const { present } = this;
    return html`<div class="page wide">
      <div class="head">
        <div>
          <h1 tabindex="-1">${msg("Who is here", { id: "admin.nav.presence" })}</h1>
          ${this.readAt === null ? nothing : html`<p class="small quiet numbers" role="status">${msg(str`As of ${dateTime(this.readAt, this.zone)}; follows by itself.`, { id: "presence.as-of" })}</p>`}
        </div>
        ${this.departments()}
      </div>
      ${failed(this.failure)}
      ${present === null ? (this.failure === null ? html`<p role="status"><wa-spinner></wa-spinner></p>` : nothing) : html`${this.answers(present)}${this.people(present)}`}
      ${this.calendar()}
    </div>`;
  }

  private departments(): TemplateResult | typeof nothing {
    const names = [...new Set((this.rows.value ?? []).map(({ person }) => person.department))].filter((name) => name !== "").sort();
    if (names.length < 2) return names[0] === undefined ? nothing : html`<span class="chip">${names[0]}</span>`;
    return html`<div>
      <label class="visually-hidden" for="department">${msg("Department", { id: "report.column.department" })}</label>
      <select id="department" class="native" @change=${(event: Event) => this.chooseDepartment((event.target as HTMLSelectElement).value)}>
        <option value="" ?selected=${this.department === ""}>${msg("All departments", { id: "presence.all" })}</option>
        ${names.map((name) => html`<option value=${name} ?selected=${name === this.department}>${name}</option>`)}
      </select>
    </div>`;
  }

  private answers(present: readonly Present[]): TemplateResult {
    const number = (state: Present["state"]): number => present.filter((each) => each.state === state).length;
    const silent = this.silent();
    const down = this.outages.filter(({ toMs }) => toMs === null);
    const tablets = silent.length + down.length + (this.isWell ? 0 : 1);
    const missing = number("missing");
    return html`<div class="answers">
      ${this.answer("in", "good", msg("Here now", { id: "presence.here" }), number("in"), msg(str`of ${count(present.length)}`, { id: "presence.of" }))}
      ${this.answer("missing", missing > 0 ? "care" : "good", msg("Not here yet", { id: "presence.missing" }), missing, this.missingNote(missing, silent.length > 0))}
      ${this.#allowed.has("requests.decide")
        ? html`<a class="answer ${this.waiting > 0 ? "care" : "good"}" href="/admin/requests?show=mine">
            <span>${msg("Needs me", { id: "presence.needs-me" })}</span><strong>${count(this.waiting)}</strong><span class="small">${this.waiting === 0 ? msg("Nothing waits for you.", { id: "presence.needs-me.none" }) : msg("requests to decide", { id: "presence.needs-me.some" })}</span>
          </a>`
        : nothing}
      <div class="answer ${tablets > 0 ? "care" : "good"}">
        <span>${msg("Tablets", { id: "presence.tablets" })}</span>
        <strong>${tablets > 0 ? html`<wa-icon name="warning"></wa-icon>` : html`<wa-icon name="circle-check"></wa-icon>`}</strong>
        <span class="small">${tablets === 0 ? msg("Every tablet is well.", { id: "presence.tablets.well" }) : this.tabletLines(silent, down)}</span>
      </div>
    </div>`;
  }

  /** Whoever came past a tablet that nothing is known of may be here all the same. */
  private missingNote(missing: number, isSilent: boolean): string {
    if (missing === 0) return msg("Everybody who is due is here.", { id: "presence.missing.none" });
    return isSilent ? msg("due and not seen by the tablets that were heard of", { id: "presence.missing.unsure" }) : msg("due and not here", { id: "presence.missing.some" });
  }

  /** Of this tablet. */
  private get isWell(): boolean {
    return (this.camera.value ?? null) === null && (this.storage.value?.losses.length ?? 0) === 0;
  }

  private silent(): readonly Watermark[] {
    const now = this.month?.asOf.at ?? Date.now();
    return (this.month?.watermarks ?? []).filter(({ untilMs }) => now - untilMs > SILENT_MS);
  }

  private tabletLines(silent: readonly Watermark[], down: readonly OutageSpell[]): TemplateResult {
    const alarm = this.isWell ? nothing : html`<a href=${paths.device}>${msg("This tablet wants to be looked at", { id: "presence.tablets.device" })}</a>`;
    return html`<span class="lines">
      ${down.map(({ device, fromMs }) => html`<span>${msg(str`${device} does not recognise since ${dateTime(fromMs, this.zone).slice(5, 16)}`, { id: "presence.tablets.down" })}</span>`)}
      ${silent.map(({ device, untilMs }) => html`<span>${msg(str`${device} was last heard of ${dateTime(untilMs, this.zone).slice(5, 16)}`, { id: "presence.tablets.silent" })}</span>`)} ${alarm}
    </span>`;
  }

  private answer(state: Present["state"], css: string, label: string, value: number, note: string): TemplateResult {
    const chosen = this.shown === state;
    return html`<button type="button" class="answer ${css}" aria-pressed=${chosen ? "true" : "false"} @click=${() => (this.shown = chosen ? null : state)}><span>${label}</span><strong>${count(value)}</strong><span class="small">${note}</span></button>`;
  }

  private people(present: readonly Present[]): TemplateResult {
    if (present.length === 0) return html`<p class="quiet">${msg("Nobody is on the roster yet. Add people first.", { id: "presence.empty" })}</p>`;
    const states = ORDER.filter((state) => this.shown === null || this.shown === state);
    const wall = wallClock(this.zone);
    const today = day(Date.now(), this.zone);
    return html`<div class="groups">
      ${states.map((state) => {
        const those = present.filter((each) => each.state === state);
        if (those.length === 0) return nothing;
        return html`<section class="group ${state}" aria-label=${presentWord(state)}>
          <h2>${presentWord(state)} <span class="quiet numbers">${count(those.length)}</span></h2>
          <ul>
            ${those.map(
              ({ person, since, shift }) =>
                html`<li>
                  <a href=${paths.person(person.id)}>${person.name}</a>
                  <span class="small quiet numbers">${since !== null && (state === "in" || state === "out") ? shortTime(wall(since), today) : shift?.shifts[0]?.shift.name ?? ""}</span>
                </li>`,
            )}
          </ul>
        </section>`;
      })}
    </div>`;
  }

  private calendar(): TemplateResult | typeof nothing {
    const { month } = this;
    if (month === null || month.people.length === 0) return nothing;
    return html`<section class="stack" aria-labelledby="calendar">
      <h2 id="calendar">${msg("This month", { id: "presence.month" })}</h2>
      <cf-team-calendar .people=${month.people.slice(0, CALENDAR_PEOPLE)} zone=${this.zone} .names=${namesOf(this.administration.attendance.rules.book.value, locale.value)}></cf-team-calendar>
      ${month.people.length > CALENDAR_PEOPLE ? html`<p class="small quiet">${msg(str`The first ${CALENDAR_PEOPLE} of ${count(month.people.length)} people. Choose a department to see others.`, { id: "presence.month.more" })}</p>` : nothing}
    </section>`;
  }
}

/** More lines than that nobody reads. */
const CALENDAR_PEOPLE = 60;

declare global {
  interface HTMLElementTagNameMap {
    "cf-presence": PresenceElement;
  }
}

import "@lit-labs/virtualizer";
import type { LitVirtualizer } from "@lit-labs/virtualizer";
import { msg, str } from "@lit/localize";
import { html, nothing, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";

import type { PlanFailure } from "../../../app/api/attendance.ts";
import { calendarDay } from "../../../domain/attendance/day.ts";
import { addDays, daysBetween, weekdayOf } from "../../../domain/attendance/rules/days.ts";
import type { ShiftOnDay } from "../../../domain/attendance/rules/shift-on-day.ts";
import type { Day, Shift } from "../../../domain/attendance/rules/types.ts";
import type { EpochMs } from "../../../domain/clock.ts";
import type { Failure } from "../../../domain/errors.ts";
import type { PersonId } from "../../../domain/people/types.ts";
import { Allowed } from "../parts/allowed.ts";
import { AdminElement } from "../parts/element.ts";
import { Follow } from "../parts/follow.ts";
import { count } from "../parts/format.ts";
import { base } from "../parts/styles.ts";
import { ifThere, tableStyles } from "../parts/table.ts";
import { keepInAddress, paths } from "../route.ts";
import { shiftMark, shiftMarkStyles } from "../rules/shift-mark.ts";
import { noRulesWord, planFailureWord, previewFailureWord } from "../rules/words.ts";
import { inverse, matching, needed, readChoice, SPANS, staffed, type CellChange, type Choice, type RosterRow } from "./cells.ts";
import "./cf-assign-dialog.ts";
import type { Assigned } from "./cf-assign-dialog.ts";
import "./cf-duty-dialog.ts";
import type { DutyChanged } from "./cf-duty-dialog.ts";
import { printRoster } from "./print-roster.ts";
import { rosterStyles } from "./styles.ts";
import { cellWords, changedWord, dayHeading, stretch } from "./words.ts";

/** What a press on a cell puts there: a shift, nothing (`free`), or again what the pattern says. */
type Brush = { readonly kind: "shift"; readonly shift: Shift } | { readonly kind: "free" } | { readonly kind: "pattern" };

const UNDO_AT_MOST = 50;

/** How one change is taken back. */
type Undo = { readonly kind: "days"; readonly back: readonly CellChange[] } | ({ readonly kind: "assigned" } & Assigned) | ({ readonly kind: "duty" } & DutyChanged);

/** Who works what: people by days, with shifts painted over single days, patterns given to many, and every step taken back. */
@customElement("cf-schedule")
export class ScheduleElement extends AdminElement {
  static override styles = [base, tableStyles, shiftMarkStyles, rosterStyles];

  @state() private choice: Choice = readChoice(location.search, calendarDay(Date.now() as EpochMs, "UTC"));
  @state() private rows: readonly RosterRow[] | null = null;
  @state() private failure: Failure | null = null;
  @state() private notDone: PlanFailure | null = null;
  @state() private said = "";
  @state() private brush: Brush | null = null;
  /** Cells under a brush that is still held down. */
  @state() private painted: ReadonlyMap<string, CellChange> = new Map();
  @state() private chosen: ReadonlySet<PersonId> = new Set();
  @state() private assigning = false;
  @state() private duty: PersonId | null = null;
  @state() private undoable = 0;
  /** On a phone the filters are folded away; elsewhere they are always there. */
  @state() private filtersOpen = false;
  /** By person, the days on which they are away by an approved request. */
  @state() private away: ReadonlyMap<string, string> = new Map();

  @query("lit-virtualizer") private list?: LitVirtualizer | null;
  @query(".head-line") private headLine?: HTMLElement | null;

  private readonly settings = new Follow(this, () => this.administration.setup.settings);
  private readonly book = new Follow(this, () => this.administration.attendance.rules.book);
  readonly #allowed = new Allowed(this);
  readonly #undo: Undo[] = [];
  #at = { row: 0, column: 0 };
  #reads = 0;
  #work: Promise<void> = Promise.resolve();

  private readonly moved = (): void => {
    if (location.pathname !== paths.schedule) return;
    this.choice = readChoice(location.search, this.today);
    void this.read();
  };

  private readonly released = (): void => void this.paintPainted();

  constructor() {
    super();
    new Follow(
      this,
      () => this.administration.attendance.schedule.revision,
      () => void this.read(),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("popstate", this.moved);
    window.addEventListener("pointerup", this.released);
    this.choice = readChoice(location.search, this.today);
    void this.read();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("popstate", this.moved);
    window.removeEventListener("pointerup", this.released);
  }

  private get today(): Day {
    return calendarDay(Date.now() as EpochMs, this.settings.value?.zone ?? "UTC");
  }

  private get to(): Day {
    return addDays(this.choice.from, this.choice.span - 1);
  }

  private get mayChange(): boolean {
    return this.#allowed.has("plans.change");
  }

  private async read(): Promise<void> {
    this.#reads += 1;
    const read = this.#reads;
    const { from, department } = this.choice;
    const found = await this.administration.attendance.schedule.shifts({ from, to: this.to, ...(department === "" ? {} : { department }) });
    if (read !== this.#reads) return;
    this.rows = found.ok ? found.value : [];
    this.failure = found.ok ? null : found.error;
    await this.readAway(read);
  }

  /** Who is on leave or away: what was approved is the only thing that is shown here. */
  private async readAway(read: number): Promise<void> {
    if (!this.#allowed.has("requests.read")) return;
    const found = await this.administration.attendance.requests.list({ from: this.choice.from, to: this.to, states: ["approved"] });
    if (read !== this.#reads || !found.ok) return;
    const zone = this.settings.value?.zone ?? "UTC";
    const away = new Map<string, string>();
    for (const { request } of found.value) {
      const { content, personId } = request;
      if (content.kind !== "leave" && content.kind !== "trip" && content.kind !== "outing") continue;
      const word = content.kind === "leave" ? msg("leave", { id: "report.mark.leave" }) : content.kind === "trip" ? msg("business trip", { id: "report.mark.trip" }) : msg("outing", { id: "report.mark.outing" });
      for (const day of daysBetween(calendarDay(content.fromMs, zone), calendarDay((content.toMs - 1) as EpochMs, zone))) away.set(`${personId} ${day}`, word);
    }
    this.away = away;
  }

  private change(change: Partial<Choice>): void {
    this.choice = { ...this.choice, ...change };
    const { from, span, department, search } = this.choice;
    keepInAddress({ from, span: span === 14 ? "" : String(span), department, q: search });
    if (change.search === undefined) void this.read();
  }

  /** One after the other, so that what is taken back is what was there. */
  private apply(changes: readonly CellChange[], keepUndo: boolean): Promise<void> {
    this.#work = this.#work.then(async () => {
      const rows = this.rows ?? [];
      const wanted = needed(rows, changes);
      if (wanted.length === 0) return;
      const back = inverse(rows, wanted);
      this.notDone = null;
      this.said = "";
      const done = await this.administration.attendance.schedule.setDays(wanted);
      if (!done.ok) {
        this.notDone = done.error;
        return;
      }
      if (keepUndo) this.remember({ kind: "days", back });
      this.said = changedWord(wanted.length);
      await this.read();
    });
    return this.#work;
  }

  private remember(back: Undo): void {
    this.#undo.push(back);
    if (this.#undo.length > UNDO_AT_MOST) this.#undo.shift();
    this.undoable = this.#undo.length;
  }

  private undo(): void {
    const back = this.#undo.pop();
    this.undoable = this.#undo.length;
    if (back?.kind === "days") void this.apply(back.back, false);
    else if (back !== undefined) this.takeBack(back);
  }

  /** What was given to people is taken back for all of them, or for nobody. */
  private takeBack(back: Exclude<Undo, { readonly kind: "days" }>): void {
    this.#work = this.#work.then(async () => {
      const { schedule } = this.administration.attendance;
      this.notDone = null;
      const done = back.kind === "assigned" ? await schedule.takeBack(back.people, back.from) : await schedule.setDuty(back.personId, back.before);
      this.said = done.ok ? msg("Taken back.", { id: "schedule.taken-back" }) : "";
      if (!done.ok) {
        // It can be tried again once what stands in the way is gone.
        this.notDone = done.error;
        this.remember(back);
      }
      await this.read();
    });
  }

  private copyLastWeek(): void {
    const people = this.shown.map(({ person }) => person.id);
    const { from } = this.choice;
    const week = new Set(daysBetween(from, addDays(from, 6)));
    const cells = this.shown.flatMap(({ person, days }) => days.filter(({ day }) => week.has(day)).map(({ day }) => ({ personId: person.id, day })));
    this.#work = this.#work.then(async () => {
      const back = inverse(this.rows ?? [], cells);
      this.notDone = null;
      const done = await this.administration.attendance.schedule.copy(people, addDays(from, -7), 7, from);
      if (!done.ok) {
        this.notDone = done.error;
        return;
      }
      this.said = done.value === 0 ? msg("Nothing to copy: last week had no single days.", { id: "schedule.copied.none" }) : changedWord(done.value);
      if (done.value > 0) this.remember({ kind: "days", back });
      await this.read();
    });
  }

  private get shown(): readonly RosterRow[] {
    return matching(this.rows ?? [], this.choice.search);
  }

  private idsOf(brush: Brush): readonly string[] | null {
    return brush.kind === "shift" ? [brush.shift.id] : brush.kind === "free" ? [] : null;
  }

  private paint(personId: PersonId, day: Day): void {
    const { brush } = this;
    if (brush === null || !this.mayChange) return;
    this.painted = new Map([...this.painted, [`${personId} ${day}`, { personId, day, shiftIds: this.idsOf(brush) }]]);
  }

  private async paintPainted(): Promise<void> {
    if (this.painted.size === 0) return;
    const changes = [...this.painted.values()];
    await this.apply(changes, true);
    this.painted = new Map();
  }

  private async pressed(event: KeyboardEvent, row: number, column: number): Promise<void> {
    const moves: Readonly<Record<string, readonly [number, number]>> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Home: [0, -column], End: [0, this.choice.span - 1 - column], PageUp: [-10, 0], PageDown: [10, 0] };
    const rows = this.shown;
    const at = rows[row];
    const day = at?.days[column]?.day;
    if (at === undefined || day === undefined) return;
    if ((event.key === " " || event.key === "Enter") && this.mayChange) {
      event.preventDefault();
      this.paint(at.person.id, day);
      await this.paintPainted();
    } else if ((event.key === "Delete" || event.key === "Backspace") && this.mayChange) {
      event.preventDefault();
      await this.apply([{ personId: at.person.id, day, shiftIds: null }], true);
    } else if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.undo();
    } else if (/^[0-9]$/.test(event.key) && !event.ctrlKey && !event.metaKey) {
      const brush = this.brushes[event.key === "0" ? 9 : Number(event.key) - 1];
      if (brush !== undefined) this.brush = brush;
    } else {
      const move = moves[event.key];
      if (move === undefined) return;
      event.preventDefault();
      await this.focusCell(Math.max(0, Math.min(rows.length - 1, row + move[0])), Math.max(0, Math.min(this.choice.span - 1, column + move[1])));
    }
  }

  private async focusCell(row: number, column: number): Promise<void> {
    this.#at = { row, column };
    this.requestUpdate();
    const { list } = this;
    const find = (): HTMLElement | null => list?.querySelector<HTMLElement>(`[data-cell="${row} ${column}"]`) ?? null;
    if (find() === null) {
      list?.element(row)?.scrollIntoView({ block: "nearest" });
      await list?.layoutComplete;
    }
    await this.updateComplete;
    const cell = find();
    cell?.focus({ preventScroll: true });
    cell?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  private get shifts(): readonly Shift[] {
    const { attendance } = this.administration;
    return (attendance.rules.inForce(this.to) ?? attendance.rules.inForce(this.choice.from))?.shifts ?? [];
  }

  private get brushes(): readonly Brush[] {
    return [...this.shifts.map((shift): Brush => ({ kind: "shift", shift })), { kind: "free" }, { kind: "pattern" }];
  }

  override render(): TemplateResult {
    const rows = this.shown;
    return html`<div class="list-page">
      <div class="head">
        <h1 tabindex="-1">${msg("Schedule", { id: "admin.nav.schedule" })}</h1>
        <div class="row">
          ${this.mayChange
            ? html`<wa-button appearance="outlined" ?disabled=${this.undoable === 0} @click=${() => this.undo()}>${msg("Undo", { id: "schedule.undo" })}</wa-button>
                <wa-button appearance="outlined" ?disabled=${rows.length === 0} @click=${() => this.copyLastWeek()}>${msg("Copy last week", { id: "schedule.copy" })}</wa-button>
                <wa-button appearance="outlined" ?disabled=${rows.length === 0} @click=${() => (this.assigning = true)}>${this.chosen.size === 0 ? msg("Give a pattern", { id: "schedule.assign" }) : msg(str`Give a pattern to ${count(this.chosen.size)}`, { id: "schedule.assign.to" })}</wa-button>`
            : nothing}
          <wa-button appearance="outlined" ?disabled=${rows.length === 0} @click=${() => printRoster(`${msg("Schedule", { id: "admin.nav.schedule" })} ${stretch(this.choice.from, this.to)}`, rows, daysBetween(this.choice.from, this.to))}>${msg("Print", { id: "schedule.print" })}</wa-button>
        </div>
      </div>
      ${this.filters()} ${this.palette()}
      <p class="small" role="status">${this.notDone === null ? (this.said === "" ? html`<span class="quiet">${stretch(this.choice.from, this.to)} · ${msg(str`${count(rows.length)} people`, { id: "schedule.people" })}</span>` : html`<span class="mark good"><wa-icon name="circle-check"></wa-icon>${this.said}</span>`) : html`<span class="field-error"><wa-icon name="warning"></wa-icon>${planFailureWord(this.notDone, (id) => this.nameOf(id))}</span>`}</p>
      ${this.grid(rows)}
      ${this.assigning
        ? html`<cf-assign-dialog .administration=${this.administration} .people=${this.chosen.size === 0 ? rows.map(({ person }) => person.id) : [...this.chosen]} .from=${this.choice.from > this.today ? this.choice.from : addDays(this.today, 1)} @cf-close=${() => (this.assigning = false)} @cf-done=${({ detail }: CustomEvent<Assigned>) => {
            this.remember({ kind: "assigned", ...detail });
            this.assigning = false;
            this.chosen = new Set();
            void this.read();
          }}></cf-assign-dialog>`
        : nothing}
      ${this.duty === null ? nothing : html`<cf-duty-dialog .administration=${this.administration} .personId=${this.duty} .name=${this.nameOf(this.duty)} .mayChange=${this.mayChange} @cf-done=${({ detail }: CustomEvent<DutyChanged>) => this.remember({ kind: "duty", ...detail })} @cf-close=${() => (this.duty = null)}></cf-duty-dialog>`}
    </div>`;
  }

  private nameOf(id: string): string {
    return this.rows?.find(({ person }) => person.id === id)?.person.name ?? "";
  }

  private filters(): TemplateResult {
    const { from, span, department, search } = this.choice;
    const departments = [...new Set(this.administration.people.rows.value.map(({ person }) => person.department))].filter((name) => name !== "").sort();
    const step = (weeks: number): void => this.change({ from: addDays(from, weeks * 7) });
    return html`<div class="filters ${this.filtersOpen ? "open" : ""}">
      <div class="week">
        <label class="native-label" for="from">${msg("Week of", { id: "schedule.week" })}</label>
        <div class="weeks"><wa-button appearance="outlined" @click=${() => step(-1)}><wa-icon name="chevron-left" label=${msg("A week earlier", { id: "schedule.earlier" })}></wa-icon></wa-button><input class="native" id="from" type="date" .value=${from} @change=${(event: Event) => {
          const { value } = event.target as HTMLInputElement;
          if (value !== "") this.change({ from: addDays(value, -weekdayOf(value)) });
        }} /><wa-button appearance="outlined" @click=${() => step(1)}><wa-icon name="chevron-right" label=${msg("A week later", { id: "schedule.later" })}></wa-icon></wa-button></div>
      </div>
      <div class="extra">
        <label class="native-label" for="span">${msg("Show", { id: "schedule.span" })}</label>
        <select class="native" id="span" @change=${(event: Event) => this.change({ span: SPANS[(event.target as HTMLSelectElement).selectedIndex] ?? 14 })}>${SPANS.map((days) => html`<option value=${days} ?selected=${days === span}>${days === 7 ? msg("1 week", { id: "schedule.one-week" }) : msg(str`${days / 7} weeks`, { id: "schedule.weeks" })}</option>`)}</select>
      </div>
      ${departments.length < 2
        ? nothing
        : html`<div class="extra">
            <label class="native-label" for="department">${msg("Department", { id: "admin.field.department" })}</label>
            <select class="native" id="department" @change=${(event: Event) => this.change({ department: (event.target as HTMLSelectElement).value })}><option value="" ?selected=${department === ""}>${msg("All", { id: "schedule.all" })}</option>${departments.map((name) => html`<option value=${name} ?selected=${name === department}>${name}</option>`)}</select>
          </div>`}
      <wa-button class="toggle" appearance="outlined" aria-expanded=${this.filtersOpen ? "true" : "false"} @click=${() => (this.filtersOpen = !this.filtersOpen)}>${msg("Filters", { id: "admin.filters" })}</wa-button>
      <div class="wide extra">
        <label class="native-label" for="search">${msg("Name or number", { id: "schedule.search" })}</label>
        <input class="native" id="search" type="search" autocomplete="off" .value=${search} @input=${(event: Event) => this.change({ search: (event.target as HTMLInputElement).value })} />
      </div>
    </div>`;
  }

  private palette(): TemplateResult | typeof nothing {
    if (this.shifts.length === 0) return nothing;
    if (!this.mayChange) return html`<div class="brushes">${this.shifts.map((shift) => html`<span class="brush">${shiftMark(shift, this.shifts)}${shift.name}</span>`)}</div>`;
    const same = (one: Brush): boolean => this.brush !== null && one.kind === this.brush.kind && (one.kind !== "shift" || (this.brush.kind === "shift" && this.brush.shift.id === one.shift.id));
    return html`<fieldset class="brushes">
      <legend>${this.brush === null ? msg("Choose a shift, then press or draw over days", { id: "schedule.brush" }) : msg("Press or draw over days; choose it again to put it down", { id: "schedule.brush.held" })}</legend>
      ${this.brushes.map(
        (brush) =>
          html`<button class="brush" type="button" aria-pressed=${same(brush) ? "true" : "false"} @click=${() => (this.brush = same(brush) ? null : brush)}>
            ${brush.kind === "shift" ? html`${shiftMark(brush.shift, this.shifts)}${brush.shift.name}` : brush.kind === "free" ? html`<span aria-hidden="true">–</span>${msg("Free", { id: "rules.pattern.free" })}` : html`<wa-icon name="refresh"></wa-icon>${msg("By the pattern", { id: "schedule.brush.pattern" })}`}
          </button>`,
      )}
    </fieldset>`;
  }

  private grid(rows: readonly RosterRow[]): TemplateResult {
    if (this.rows === null) return html`<p role="status"><wa-spinner></wa-spinner></p>`;
    if (this.failure?.kind === "attendance/no-rules" || (this.book.value?.versions.length ?? 0) === 0) {
      return html`<div class="empty"><h2>${msg("No rules yet", { id: "rules.first" })}</h2><p>${noRulesWord()}</p>${this.#allowed.has("rules.read") ? html`<a href=${paths.rules}>${msg("To the rules", { id: "schedule.to-rules" })}</a>` : nothing}</div>`;
    }
    if (this.failure !== null) return html`<p class="field-error" role="alert"><wa-icon name="warning"></wa-icon>${previewFailureWord(this.failure)}</p>`;
    if (rows.length === 0) return html`<div class="empty"><p>${msg("Nobody fits. Choose another department or name.", { id: "schedule.nobody" })}</p></div>`;
    const days = daysBetween(this.choice.from, this.to);
    const counts = staffed(rows, days.length);
    const { today } = this;
    return html`<div class="roster" role="grid" aria-label=${msg("Schedule", { id: "admin.nav.schedule" })} aria-rowcount=${rows.length + 1} aria-colcount=${days.length + 1} style="--count: ${days.length}">
      <div class="head-line" role="rowgroup">
        <div class="days" role="row" aria-rowindex="1">
          <span class="corner small" role="columnheader">${msg("At work", { id: "schedule.at-work" })}</span>
          ${days.map((day, index) => html`<span role="columnheader" class="numbers ${weekdayOf(day) > 4 ? "off" : ""} ${day === today ? "today" : ""}"><strong>${dayHeading(day)}</strong>${counts[index]}</span>`)}
        </div>
      </div>
      <lit-virtualizer
        scroller
        role="rowgroup"
        .items=${rows}
        .keyFunction=${ifThere<RosterRow, string>(({ person }) => person.id, String)}
        .renderItem=${ifThere((row: RosterRow, index: number) => this.row(row, index), () => html``)}
        @scroll=${(event: Event) => {
          if (this.headLine) this.headLine.scrollLeft = (event.target as HTMLElement).scrollLeft;
        }}
      ></lit-virtualizer>
    </div>`;
  }

  private row({ person, days }: RosterRow, index: number): TemplateResult {
    const chosen = this.chosen.has(person.id);
    return html`<div class="person" role="row" aria-rowindex=${index + 2} style="--count: ${days.length}">
      <div class="name" role="rowheader">
        ${this.mayChange
          ? html`<input type="checkbox" .checked=${chosen} aria-label=${msg(str`Choose ${person.name}`, { id: "schedule.choose" })} @change=${() => {
              const next = new Set(this.chosen);
              if (chosen) next.delete(person.id);
              else next.add(person.id);
              this.chosen = next;
            }} />`
          : nothing}
        <button type="button" title=${person.name} @click=${() => (this.duty = person.id)}>${person.name}</button>
      </div>
      ${days.map((on, column) => this.cell(person.id, person.name, on, index, column))}
    </div>`;
  }

  private cell(personId: PersonId, name: string, on: ShiftOnDay, row: number, column: number): TemplateResult {
    const key = `${personId} ${on.day}`;
    const painted = this.painted.get(key);
    const away = this.away.get(key);
    const single = on.source === "roster" || on.source === "swap";
    const gone = on.free === "not-yet-employed" || on.free === "left" || on.free === "exempt";
    const shifts = painted === undefined || painted.shiftIds === null ? on.shifts.map(({ shift }) => shift) : this.shifts.filter(({ id }) => painted.shiftIds?.includes(id) === true);
    const freeMark = on.dayKind === "holiday" ? msg("H", { id: "schedule.holiday.short" }) : gone ? "" : "–";
    // What is seen comes first in what is said, for those who speak to the page.
    const seen = [...(shifts.length > 0 ? shifts.map((shift) => shift.short) : [freeMark]), ...(away === undefined ? [] : [away])].join(" ");
    const at = this.#at.row === row && this.#at.column === column;
    return html`<div
      role="gridcell"
      class="cell ${single ? "single" : ""} ${on.dayKind === "holiday" ? "holiday" : ""} ${gone ? "away" : ""} ${painted === undefined ? "" : "painted"} ${this.mayChange ? "" : "locked"}"
      data-cell="${row} ${column}"
      tabindex=${at ? "0" : "-1"}
      title=${cellWords(on)}
      aria-label="${seen}, ${name}, ${dayHeading(on.day)}: ${cellWords(on)}"
      @focus=${() => (this.#at = { row, column })}
      @keydown=${(event: KeyboardEvent) => void this.pressed(event, row, column)}
      @pointerdown=${(event: PointerEvent) => {
        if (event.button === 0) this.paint(personId, on.day);
        // A finger that draws on would otherwise stay with the first cell.
        (event.target as HTMLElement).releasePointerCapture(event.pointerId);
      }}
      @pointerenter=${(event: PointerEvent) => {
        if (event.buttons === 1 && this.painted.size > 0) this.paint(personId, on.day);
      }}
    >
      ${shifts.length > 0 ? shifts.map((shift) => shiftMark(shift, this.shifts)) : html`<span class="free" aria-hidden="true">${freeMark}</span>`}
      ${away === undefined ? nothing : html`<span class="leave">${away}</span>`}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-schedule": ScheduleElement;
  }
}

import { msg, str } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import type { ShiftPattern } from "../../../domain/attendance/rules/types.ts";
import { locale } from "../../i18n/localize.ts";
import { freshId, replaced, without } from "./draft.ts";
import { checkInput, errorLine, numberInput, selectInput, textInput } from "./inputs.ts";
import { RulesPart } from "./rules-part.ts";
import { dayOfCycle, patternSentence, weekdayNames } from "./summary.ts";

const CYCLE_AT_MOST = 366;
/** A day may have two shifts; more are hardly worked. */
const SHIFTS_A_DAY = 2;

/** Patterns: which shift on which day of a week, or of a cycle that goes on. */
@customElement("cf-rule-patterns")
export class RulePatternsElement extends RulesPart {
  static override styles = [
    ...RulesPart.styles,
    css`
      .days {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(144px, 1fr));
        gap: var(--cf-space-2);
      }

      .days select.native {
        padding-inline: 8px 28px;
      }
    `,
  ];

  @state() private opened: string | null = null;

  private put(index: number, change: Partial<ShiftPattern>): void {
    const pattern = this.rules.patterns[index];
    if (pattern !== undefined) this.change({ patterns: replaced(this.rules.patterns, index, { ...pattern, ...change }) });
  }

  private add(): void {
    const id = freshId("pattern", this.rules.patterns);
    const first = this.rules.shifts[0];
    const works = first === undefined ? [] : [first.id];
    this.opened = id;
    this.change({ patterns: [...this.rules.patterns, { id, name: "", kind: "weekly", days: [works, works, works, works, works, [], []], followsCalendar: true }] });
  }

  private setKind(index: number, pattern: ShiftPattern, kind: ShiftPattern["kind"]): void {
    if (kind === pattern.kind) return;
    const { anchor = new Date().toISOString().slice(0, 10), ...rest } = pattern;
    const week = Array.from({ length: 7 }, (_, day) => rest.days[day] ?? []);
    this.change({ patterns: replaced(this.rules.patterns, index, kind === "weekly" ? { ...rest, kind, days: week } : { ...rest, kind, anchor }) });
  }

  private setLength(index: number, { days }: ShiftPattern, length: number): void {
    if (!Number.isInteger(length) || length < 1 || length > CYCLE_AT_MOST) return;
    this.put(index, { days: Array.from({ length }, (_, day) => days[day] ?? []) });
  }

  override render(): TemplateResult {
    return html`<p class="quiet">${msg("A pattern says on which days which shift is worked: the same every week, or in a cycle that turns over and over.", { id: "rules.patterns.what" })}</p>
      ${this.rules.patterns.map((pattern, index) => this.pattern(pattern, index))}
      ${this.form.locked ? nothing : html`<div><wa-button appearance="outlined" @click=${() => this.add()}><wa-icon slot="start" name="plus"></wa-icon>${msg("Add a pattern", { id: "rules.patterns.add" })}</wa-button></div>`}`;
  }

  private pattern(pattern: ShiftPattern, index: number): TemplateResult {
    const path = `patterns.${index}`;
    const { form } = this;
    return html`<details class="card" ?open=${this.opened === pattern.id}>
      <summary><span></span><span><span class="title">${pattern.name === "" ? msg("New pattern", { id: "rules.patterns.new" }) : pattern.name}</span><br /><span class="small quiet">${patternSentence(pattern)}</span></span><wa-icon class="turn" name="chevron-down"></wa-icon></summary>
      <div class="inside">
        <div class="fields">
          ${textInput(form, { path: `${path}.name`, label: msg("Name", { id: "rules.name" }), value: pattern.name, maxlength: 60, onChange: (name) => this.put(index, { name }) })}
          ${selectInput(form, { path: `${path}.kind`, label: msg("Turns", { id: "rules.pattern.kind" }), value: pattern.kind, of: [["weekly", msg("Every week", { id: "rules.pattern.weekly" })], ["cycle", msg("In a cycle", { id: "rules.pattern.cycle" })]], onChange: (kind) => this.setKind(index, pattern, kind) })}
          ${pattern.kind === "cycle"
            ? html`${numberInput(form, { path: `${path}.days`, label: msg("Days of the cycle", { id: "rules.pattern.length" }), value: pattern.days.length, onChange: (length) => this.setLength(index, pattern, length) })}
              ${textInput(form, { path: `${path}.anchor`, type: "date", label: msg("Day 1 of the cycle is on", { id: "rules.pattern.anchor" }), value: pattern.anchor ?? "", onChange: (anchor) => this.put(index, { anchor }) })}`
            : nothing}
        </div>
        ${pattern.kind === "cycle" ? nothing : errorLine(form, `${path}.days`)}
        <div class="days">${pattern.days.map((ids, day) => this.day(pattern, index, ids, day))}</div>
        ${checkInput(form, msg("Follows the calendar: holidays are free, make-up workdays are worked", { id: "rules.pattern.follows" }), pattern.followsCalendar, (followsCalendar) => this.put(index, { followsCalendar }))}
        ${form.locked ? nothing : html`<div class="part"><div><wa-button size="small" appearance="plain" @click=${() => this.change({ patterns: without(this.rules.patterns, index) })}><wa-icon slot="start" name="xmark"></wa-icon>${msg("Take this pattern out", { id: "rules.pattern.remove" })}</wa-button></div></div>`}
      </div>
    </details>`;
  }

  private day(pattern: ShiftPattern, index: number, ids: readonly string[], day: number): TemplateResult {
    const path = `patterns.${index}.days.${day}`;
    const label = pattern.kind === "weekly" ? (weekdayNames(locale.value)[day] ?? "") : dayOfCycle(day + 1);
    const none: readonly [string, string] = ["", msg("Free", { id: "rules.pattern.free" })];
    const put = (at: number, id: string): void => {
      const changed = [...ids.slice(0, at), ...(id === "" ? [] : [id]), ...ids.slice(at + 1)];
      this.put(index, { days: replaced(pattern.days, day, changed) });
    };
    const choices = (id: string): readonly (readonly [string, string])[] => [none, ...this.rules.shifts.map((shift) => [shift.id, shift.name] as const), ...(id === "" || this.rules.shifts.some((shift) => shift.id === id) ? [] : [[id, "?"] as const])];
    const shown = ids.length === 0 ? [""] : ids.length < SHIFTS_A_DAY && this.#second.has(path) ? [...ids, ""] : ids;
    return html`<div>
      ${shown.map((id, at) => selectInput(this.form, { path: at === 0 ? path : `${path}.${at}`, label: at === 0 ? label : msg(str`${label}, second shift`, { id: "rules.pattern.second" }), value: id, of: choices(id), onChange: (chosen) => put(at, chosen) }))}
      ${errorLine({ ...this.form, problems: this.form.left.has(path) || this.form.left.has("*") ? [] : this.form.problems }, path)}
      ${ids.length === 1 && shown.length === 1 && !this.form.locked
        ? html`<wa-button size="small" appearance="plain" @click=${() => {
            this.#second.add(path);
            this.requestUpdate();
          }}>${msg("Second shift", { id: "rules.pattern.add-second" })}</wa-button>`
        : nothing}
    </div>`;
  }

  /** Days on which a place for a second shift was asked for. */
  readonly #second = new Set<string>();
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-rule-patterns": RulePatternsElement;
  }
}

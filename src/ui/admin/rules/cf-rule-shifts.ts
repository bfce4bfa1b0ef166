import { msg, str } from "@lit/localize";
import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import type { Shift, ShiftBreak, ShiftKind, ShiftPeriod } from "../../../domain/attendance/rules/types.ts";
import { freshId, replaced, without } from "./draft.ts";
import { checkInput, clockInput, errorLine, numberInput, selectInput, textInput } from "./inputs.ts";
import { RulesPart } from "./rules-part.ts";
import { shiftMark } from "./shift-mark.ts";
import { shiftSentence } from "./summary.ts";
import { shiftKindWord } from "./words.ts";

const KINDS: readonly ShiftKind[] = ["fixed", "flexible", "hours"];
const PERIODS_AT_MOST = 3;
const NEW_SHIFT: Omit<Shift, "id"> = { name: "", short: "", kind: "fixed", periods: [{ start: 540, end: 1080 }], breaks: [] };
/** From ten in the evening to six in the morning. */
const NIGHT: ShiftPeriod = { start: 1320, end: 1800 };

/** Shifts: their kind, their times and their breaks. */
@customElement("cf-rule-shifts")
export class RuleShiftsElement extends RulesPart {
  @state() private opened: string | null = null;

  private put(index: number, change: Partial<Shift>): void {
    const shift = this.rules.shifts[index];
    if (shift !== undefined) this.change({ shifts: replaced(this.rules.shifts, index, { ...shift, ...change }) });
  }

  private add(): void {
    const id = freshId("shift", this.rules.shifts);
    this.opened = id;
    this.change({ shifts: [...this.rules.shifts, { ...NEW_SHIFT, id }] });
  }

  private setKind(index: number, shift: Shift, kind: ShiftKind): void {
    const { latestStart = 600, requiredMinutes = 240, ...rest } = shift;
    const periods = kind === "fixed" ? rest.periods : rest.periods.slice(0, 1);
    const made: Shift = { ...rest, kind, periods, ...(kind === "flexible" ? { latestStart } : {}), ...(kind === "hours" ? { requiredMinutes } : {}) };
    this.change({ shifts: replaced(this.rules.shifts, index, made) });
  }

  override render(): TemplateResult {
    const { shifts } = this.rules;
    return html`<p class="quiet">${msg("A shift says from when to when people work on a day. Times after midnight are written on: 26:00 is two in the morning of the next day.", { id: "rules.shifts.what" })}</p>
      ${shifts.map((shift, index) => this.shift(shift, index))}
      ${this.form.locked ? nothing : html`<div><wa-button appearance="outlined" @click=${() => this.add()}><wa-icon slot="start" name="plus"></wa-icon>${msg("Add a shift", { id: "rules.shifts.add" })}</wa-button></div>`}`;
  }

  private shift(shift: Shift, index: number): TemplateResult {
    const path = `shifts.${index}`;
    const { form } = this;
    return html`<details class="card" ?open=${this.opened === shift.id}>
      <summary>${shiftMark(shift, this.rules.shifts)}<span><span class="title">${shift.name === "" ? msg("New shift", { id: "rules.shifts.new" }) : shift.name}</span><br /><span class="small quiet">${shiftSentence(shift)}</span></span><wa-icon class="turn" name="chevron-down"></wa-icon></summary>
      <div class="inside">
        <div class="fields">
          ${textInput(form, { path: `${path}.name`, label: msg("Name", { id: "rules.name" }), value: shift.name, maxlength: 60, onChange: (name) => this.put(index, { name }) })}
          ${textInput(form, { path: `${path}.short`, label: msg("Short name", { id: "rules.shift.short" }), hint: msg("1 to 3 characters, for the schedule", { id: "rules.shift.short.hint" }), value: shift.short, maxlength: 6, onChange: (short) => this.put(index, { short }) })}
          ${selectInput(form, { path: `${path}.kind`, label: msg("Kind", { id: "rules.shift.kind" }), value: shift.kind, of: KINDS.map((kind) => [kind, shiftKindWord(kind)] as const), onChange: (kind) => this.setKind(index, shift, kind) })}
          ${shift.kind === "flexible" ? clockInput(form, { path: `${path}.latestStart`, label: msg("Latest start", { id: "rules.shift.latest" }), value: shift.latestStart ?? Number.NaN, onChange: (latestStart) => this.put(index, { latestStart }) }) : nothing}
          ${shift.kind === "hours" ? numberInput(form, { path: `${path}.requiredMinutes`, label: msg("To be worked", { id: "rules.shift.required" }), unit: msg("minutes", { id: "rules.unit.minutes" }), value: shift.requiredMinutes ?? Number.NaN, onChange: (requiredMinutes) => this.put(index, { requiredMinutes }) }) : nothing}
        </div>
        <div class="part">
          <h2 class="sub">${shift.periods.length > 1 ? msg("Working periods of the split shift", { id: "rules.shift.periods" }) : msg("Working time", { id: "rules.shift.period" })}</h2>
          ${errorLine(form, `${path}.periods`)}
          ${shift.periods.map((period, at) => this.spell(period, `${path}.periods.${at}`, (changed) => this.put(index, { periods: replaced(shift.periods, at, changed) }), shift.periods.length > 1 ? () => this.put(index, { periods: without(shift.periods, at) }) : null))}
          ${shift.kind !== "fixed" || form.locked
            ? nothing
            : html`<div class="row">
                ${shift.periods.length < PERIODS_AT_MOST ? html`<wa-button size="small" appearance="outlined" @click=${() => this.put(index, { periods: [...shift.periods, after(shift.periods)] })}>${msg("Split: one more period", { id: "rules.shift.split" })}</wa-button>` : nothing}
                ${shift.periods.length === 1 ? html`<wa-button size="small" appearance="outlined" @click=${() => this.put(index, { periods: [NIGHT], breaks: [] })}>${msg(str`Night: ${"22:00–30:00"}`, { id: "rules.shift.night" })}</wa-button>` : nothing}
              </div>`}
        </div>
        <div class="part">
          <h2 class="sub">${msg("Breaks", { id: "rules.shift.breaks" })}</h2>
          ${errorLine(form, `${path}.breaks`)}
          ${shift.breaks.length === 0 ? html`<p class="small quiet">${msg("None. Every minute counts as work.", { id: "rules.shift.no-breaks" })}</p>` : nothing}
          ${shift.breaks.map((each, at) => html`${this.spell(each, `${path}.breaks.${at}`, (changed) => this.put(index, { breaks: replaced<ShiftBreak>(shift.breaks, at, { ...each, ...changed }) }), () => this.put(index, { breaks: without(shift.breaks, at) }))}
            ${checkInput(form, msg("Paid: counts as work", { id: "rules.shift.paid" }), each.paid, (paid) => this.put(index, { breaks: replaced(shift.breaks, at, { ...each, paid }) }))}`)}
          ${form.locked ? nothing : html`<div><wa-button size="small" appearance="outlined" @click=${() => this.put(index, { breaks: [...shift.breaks, middle(shift)] })}>${msg("Add a break", { id: "rules.shift.add-break" })}</wa-button></div>`}
        </div>
        ${form.locked ? nothing : html`<div class="part"><div><wa-button size="small" appearance="plain" @click=${() => this.change({ shifts: without(this.rules.shifts, index) })}><wa-icon slot="start" name="xmark"></wa-icon>${msg("Take this shift out", { id: "rules.shift.remove" })}</wa-button></div></div>`}
      </div>
    </details>`;
  }

  private spell(spell: ShiftPeriod, path: string, put: (changed: ShiftPeriod) => void, remove: (() => void) | null): TemplateResult {
    const { form } = this;
    return html`<div class="spell">
      ${clockInput(form, { path: `${path}.start`, label: msg("From", { id: "rules.spell.from" }), value: spell.start, onChange: (start) => put({ ...spell, start }) })}
      ${clockInput(form, { path: `${path}.end`, label: msg("To", { id: "rules.spell.to" }), value: spell.end, onChange: (end) => put({ ...spell, end }) })}
      ${remove === null || form.locked ? nothing : html`<div><wa-button size="small" appearance="plain" @click=${remove}>${msg("Take out", { id: "rules.take-out" })}</wa-button></div>`}
    </div>`;
  }
}

/** An hour after the last period, four hours long, as far as the day goes. */
function after(periods: readonly ShiftPeriod[]): ShiftPeriod {
  const start = Math.min((periods.at(-1)?.end ?? 480) + 60, 1380);
  return { start, end: start + 240 };
}

/** An hour in the middle. */
function middle({ periods }: Shift): ShiftBreak {
  const { start = 540, end = 1080 } = periods[0] ?? {};
  const half = Math.floor((start + end) / 120) * 60 - 60;
  return { start: half, end: half + 60, paid: false };
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-rule-shifts": RuleShiftsElement;
  }
}

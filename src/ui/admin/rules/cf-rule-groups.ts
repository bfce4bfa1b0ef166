import { msg } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import type { HealthField, MakeUpKind, MakeUpPolicy, OvertimeApproval, OvertimeRule, Pairing, Rounding, RuleGroup } from "../../../domain/attendance/rules/types.ts";
import { ROUNDING_UNITS } from "../../../domain/attendance/rules/validate-group.ts";
import { EMPLOYMENT_TYPES } from "../../../domain/people/types.ts";
import { approvalStepWord, healthFieldWord, makeUpKindWord } from "../../i18n/requests.ts";
import { employmentType } from "../parts/words.ts";
import { freshId, moved, replaced, without } from "./draft.ts";
import { checkInput, checksInput, errorLine, numberInput, optionalInput, selectInput, textInput } from "./inputs.ts";
import { RulesPart } from "./rules-part.ts";
import { belongsWord, groupSentences, inARow } from "./summary.ts";
import { overtimeApprovalWord, pairingWord } from "./words.ts";

const PAIRINGS: readonly Pairing[] = ["single", "multiple", "record-only"];
const APPROVALS: readonly OvertimeApproval[] = ["request", "after", "automatic", "none"];
const MAKE_UP_KINDS: readonly MakeUpKind[] = ["missing", "late", "early", "normal"];
const HEALTH: readonly HealthField[] = ["condition", "temperature", "itinerary", "attachment"];

/** Groups: whom the rules are for, and what they are. */
@customElement("cf-rule-groups")
export class RuleGroupsElement extends RulesPart {
  static override styles = [
    ...RulesPart.styles,
    css`
      .sentence {
        padding: var(--cf-space-3);
        border-inline-start: 4px solid var(--cf-accent);
        background: var(--cf-accent-ground);
        border-radius: var(--cf-radius-small);
      }
    `,
  ];

  @state() private opened: string | null = null;

  private put(index: number, change: Partial<RuleGroup>): void {
    const group = this.rules.groups[index];
    if (group !== undefined) this.change({ groups: replaced(this.rules.groups, index, { ...group, ...change }) });
  }

  /** A new one goes before the last, which stays for everybody. */
  private add(): void {
    const last = this.rules.groups.at(-1);
    if (last === undefined) return;
    const id = freshId("group", this.rules.groups);
    this.opened = id;
    this.change({ groups: [...this.rules.groups.slice(0, -1), { ...last, id, name: "", departments: null, employmentTypes: null }, last] });
  }

  override render(): TemplateResult {
    const { groups } = this.rules;
    return html`<p class="quiet">${msg("Each person belongs to the first group that fits. The last one is for everybody.", { id: "rules.groups.what" })}</p>
      ${errorLine(this.form, "groups")} ${groups.map((group, index) => this.group(group, index))}
      ${this.form.locked ? nothing : html`<div><wa-button appearance="outlined" @click=${() => this.add()}><wa-icon slot="start" name="plus"></wa-icon>${msg("Add a group", { id: "rules.groups.add" })}</wa-button></div>`}`;
  }

  private group(group: RuleGroup, index: number): TemplateResult {
    const { groups } = this.rules;
    const { form } = this;
    const last = index === groups.length - 1;
    return html`<details class="card" ?open=${this.opened === group.id || groups.length === 1}>
      <summary><span class="numbers quiet">${index + 1}</span><span><span class="title">${group.name === "" ? msg("New group", { id: "rules.groups.new" }) : group.name}</span><br /><span class="small quiet">${belongsWord(group)}</span></span><wa-icon class="turn" name="chevron-down"></wa-icon></summary>
      <div class="inside">
        <p class="sentence">${inARow(groupSentences(group, this.rules))}</p>
        ${this.who(group, index, last)} ${this.times(group, index)} ${group.pairing === "record-only" ? nothing : html`${this.rounding(group, index)} ${this.overtime(group, index)}`} ${this.makeUp(group, index)} ${this.decisions(group, index)}
        ${form.locked || last
          ? nothing
          : html`<div class="part"><div class="row">
              <wa-button size="small" appearance="outlined" ?disabled=${index === 0} @click=${() => this.change({ groups: moved(groups, index, -1) })}><wa-icon slot="start" name="arrow-up"></wa-icon>${msg("Further up", { id: "rules.up" })}</wa-button>
              <wa-button size="small" appearance="outlined" ?disabled=${index >= groups.length - 2} @click=${() => this.change({ groups: moved(groups, index, 1) })}><wa-icon slot="start" name="arrow-down"></wa-icon>${msg("Further down", { id: "rules.down" })}</wa-button>
              <wa-button size="small" appearance="plain" @click=${() => this.change({ groups: without(groups, index) })}><wa-icon slot="start" name="xmark"></wa-icon>${msg("Take this group out", { id: "rules.group.remove" })}</wa-button>
            </div></div>`}
      </div>
    </details>`;
  }

  private who(group: RuleGroup, index: number, last: boolean): TemplateResult {
    const path = `groups.${index}`;
    const { form } = this;
    const departments = [...new Set([...this.administration.people.rows.value.map(({ person }) => person.department), ...(group.departments ?? [])])].filter((name) => name !== "").sort();
    return html`<div class="fields">
        ${textInput(form, { path: `${path}.name`, label: msg("Name", { id: "rules.name" }), value: group.name, maxlength: 60, onChange: (name) => this.put(index, { name }) })}
        ${selectInput(form, { path: `${path}.patternId`, label: msg("Pattern", { id: "rules.pattern" }), value: group.patternId, of: [...this.rules.patterns.map(({ id, name }) => [id, name] as const), ...(this.rules.patterns.some(({ id }) => id === group.patternId) ? [] : [[group.patternId, "?"] as const])], onChange: (patternId) => this.put(index, { patternId }) })}
        ${selectInput(form, { path: `${path}.pairing`, label: msg("Punches are read as", { id: "rules.pairing" }), value: group.pairing, of: PAIRINGS.map((pairing) => [pairing, pairingWord(pairing)] as const), onChange: (pairing) => this.put(index, { pairing }) })}
      </div>
      ${last
        ? html`<p class="small quiet">${msg("This group is for everybody who fits no other.", { id: "rules.group.last" })}</p>`
        : html`${departments.length === 0 ? nothing : checksInput(form, { path: `${path}.departments`, label: msg("Departments; none chosen: all", { id: "rules.group.departments" }), value: group.departments ?? [], of: departments.map((name) => [name, name] as const), onChange: (chosen) => this.put(index, { departments: chosen.length === 0 ? null : chosen }) })}
            ${checksInput(form, { path: `${path}.employmentTypes`, label: msg("Employment; none chosen: all", { id: "rules.group.types" }), value: group.employmentTypes ?? [], of: EMPLOYMENT_TYPES.map((type) => [type, employmentType(type)] as const), onChange: (chosen) => this.put(index, { employmentTypes: chosen.length === 0 ? null : chosen }) })}`}`;
  }

  private times(group: RuleGroup, index: number): TemplateResult {
    const path = `groups.${index}`;
    const { form } = this;
    const unit = msg("minutes", { id: "rules.unit.minutes" });
    const number = (name: "graceLateMinutes" | "graceEarlyMinutes" | "windowBeforeMinutes" | "windowAfterMinutes", label: string): TemplateResult => numberInput(form, { path: `${path}.${name}`, label, unit, value: group[name], onChange: (value) => this.put(index, { [name]: value }) });
    const optional = (name: "seriousLateMinutes" | "halfDayMinutes" | "absentMinutes" | "autoOutAfterMinutes", label: string, hint?: string): TemplateResult => optionalInput(form, { path: `${path}.${name}`, label, unit, ...(hint === undefined ? {} : { hint }), value: group[name], onChange: (value) => this.put(index, { [name]: value }) });
    const windows = html`${number("windowBeforeMinutes", msg("Belongs to the shift before its start", { id: "rules.group.window-before" }))} ${number("windowAfterMinutes", msg("Belongs to the shift after its end", { id: "rules.group.window-after" }))}`;
    return html`<div class="part">
      <h2 class="sub">${msg("Late, early, absent", { id: "rules.group.times" })}</h2>
      <div class="fields">
        ${group.pairing === "record-only"
          ? windows
          : html`${number("graceLateMinutes", msg("Grace after the start", { id: "rules.group.grace-late" }))} ${number("graceEarlyMinutes", msg("Grace before the end", { id: "rules.group.grace-early" }))}
            ${optional("seriousLateMinutes", msg("Very late from", { id: "rules.group.serious" }))} ${optional("halfDayMinutes", msg("Half a day absent from", { id: "rules.group.half-day" }))} ${optional("absentMinutes", msg("Absent from", { id: "rules.group.absent" }))}
            ${windows} ${optional("autoOutAfterMinutes", msg("A missing OUT is taken as the shift's end after", { id: "rules.group.auto-out" }), msg("Empty: never. Marked, and never overtime.", { id: "rules.group.auto-out.hint" }))}`}
      </div>
      ${group.pairing === "record-only" ? nothing : this.lateFinish(group, index)}
    </div>`;
  }

  private lateFinish(group: RuleGroup, index: number): TemplateResult {
    const { form } = this;
    const unit = msg("minutes", { id: "rules.unit.minutes" });
    const put = (at: number, change: Partial<RuleGroup["lateFinish"][number]>): void => {
      const step = group.lateFinish[at];
      if (step !== undefined) this.put(index, { lateFinish: replaced(group.lateFinish, at, { ...step, ...change }) });
    };
    return html`<h2 class="sub">${msg("Who stayed late may come later the next day", { id: "rules.group.late-finish" })}</h2>
      ${group.lateFinish.map(
        (step, at) =>
          html`<div class="spell">
            ${numberInput(form, { path: `groups.${index}.lateFinish.${at}.stayedMinutes`, label: msg("Stayed", { id: "rules.group.stayed" }), unit, value: step.stayedMinutes, onChange: (stayedMinutes) => put(at, { stayedMinutes }) })}
            ${numberInput(form, { path: `groups.${index}.lateFinish.${at}.laterMinutes`, label: msg("Comes later by", { id: "rules.group.later" }), unit, value: step.laterMinutes, onChange: (laterMinutes) => put(at, { laterMinutes }) })}
            ${form.locked ? nothing : html`<div><wa-button size="small" appearance="plain" @click=${() => this.put(index, { lateFinish: without(group.lateFinish, at) })}>${msg("Take out", { id: "rules.take-out" })}</wa-button></div>`}
          </div>`,
      )}
      ${form.locked ? nothing : html`<div><wa-button size="small" appearance="outlined" @click=${() => this.put(index, { lateFinish: [...group.lateFinish, { stayedMinutes: 120, laterMinutes: 60 }] })}>${msg("Add a step", { id: "rules.group.add-step" })}</wa-button></div>`}`;
  }

  private roundingFields(path: string, label: string, value: Rounding, onChange: (value: Rounding) => void): TemplateResult {
    const { form } = this;
    return html`${selectInput(form, { path: `${path}.unitMinutes`, label, value: value.unitMinutes, of: ROUNDING_UNITS.map((minutes) => [minutes, minutes === 1 ? msg("to the minute", { id: "rules.rounding.none" }) : `${minutes} min`] as const), onChange: (unitMinutes) => onChange({ ...value, unitMinutes }) })}
    ${value.unitMinutes === 1 ? nothing : selectInput(form, { path: `${path}.mode`, label: msg("Rounded", { id: "rules.rounding.mode" }), value: value.mode, of: [["down", msg("down", { id: "rules.rounding.down" })], ["up", msg("up", { id: "rules.rounding.up" })], ["nearest", msg("to the nearest", { id: "rules.rounding.nearest" })]], onChange: (mode) => onChange({ ...value, mode }) })}`;
  }

  private rounding(group: RuleGroup, index: number): TemplateResult {
    return html`<div class="part">
      <h2 class="sub">${msg("Rounding", { id: "rules.rounding" })}</h2>
      <p class="small quiet">${msg("Punches stay as they are. Only what is worked out from them is rounded.", { id: "rules.rounding.what" })}</p>
      <div class="fields">
        ${this.roundingFields(`groups.${index}.roundIn`, msg("Arrival", { id: "rules.rounding.in" }), group.roundIn, (roundIn) => this.put(index, { roundIn }))}
        ${this.roundingFields(`groups.${index}.roundOut`, msg("Departure", { id: "rules.rounding.out" }), group.roundOut, (roundOut) => this.put(index, { roundOut }))}
      </div>
    </div>`;
  }

  private overtime(group: RuleGroup, index: number): TemplateResult {
    const path = `groups.${index}.overtime`;
    const { form } = this;
    const rule = group.overtime;
    const put = (change: Partial<OvertimeRule>): void => this.put(index, { overtime: { ...rule, ...change } });
    const times = (kind: keyof OvertimeRule["multiplier"], label: string): TemplateResult => numberInput(form, { path: `${path}.multiplier.${kind}`, label, unit: "×", step: 0.1, value: rule.multiplier[kind], onChange: (value) => put({ multiplier: { ...rule.multiplier, [kind]: value } }) });
    const unit = msg("minutes", { id: "rules.unit.minutes" });
    return html`<div class="part">
      <h2 class="sub">${msg("Overtime", { id: "rules.overtime" })}</h2>
      <div class="fields">
        ${selectInput(form, { path: `${path}.approval`, label: msg("Counts", { id: "rules.overtime.counts" }), value: rule.approval, of: APPROVALS.map((approval) => [approval, overtimeApprovalWord(approval)] as const), onChange: (approval) => put({ approval }) })}
        ${rule.approval === "none"
          ? nothing
          : html`${times("workday", msg("On working days", { id: "rules.overtime.workday" }))} ${times("rest", msg("On days off", { id: "rules.overtime.rest" }))} ${times("holiday", msg("On holidays", { id: "rules.overtime.holiday" }))}
            ${numberInput(form, { path: `${path}.minimumMinutes`, label: msg("Less than this is none", { id: "rules.overtime.minimum" }), unit, value: rule.minimumMinutes, onChange: (minimumMinutes) => put({ minimumMinutes }) })}
            ${optionalInput(form, { path: `${path}.dailyCapMinutes`, label: msg("At most a day", { id: "rules.overtime.cap" }), unit, hint: msg("Empty: without a limit", { id: "rules.field.unlimited" }), value: rule.dailyCapMinutes, onChange: (dailyCapMinutes) => put({ dailyCapMinutes }) })}
            ${this.roundingFields(`${path}.rounding`, msg("Counted in steps of", { id: "rules.overtime.steps" }), rule.rounding, (rounding) => put({ rounding }))}`}
      </div>
      ${rule.approval === "none" ? nothing : html`<div class="row loose">${checkInput(form, msg("Time before the shift counts", { id: "rules.overtime.before" }), rule.beforeShift, (beforeShift) => put({ beforeShift }))} ${checkInput(form, msg("Time after the shift counts", { id: "rules.overtime.after-shift" }), rule.afterShift, (afterShift) => put({ afterShift }))}</div>`}
    </div>`;
  }

  private makeUp(group: RuleGroup, index: number): TemplateResult {
    const path = `groups.${index}.makeUp`;
    const { form } = this;
    const policy = group.makeUp;
    const put = (change: Partial<MakeUpPolicy>): void => this.put(index, { makeUp: { ...policy, ...change } });
    return html`<div class="part">
      <h2 class="sub">${msg("Make-up punches", { id: "rules.make-up" })}</h2>
      ${checksInput(form, { path: `${path}.kinds`, label: msg("What may be made up", { id: "rules.make-up.kinds" }), value: policy.kinds, of: MAKE_UP_KINDS.map((kind) => [kind, makeUpKindWord(kind)] as const), onChange: (kinds) => put({ kinds }) })}
      <div class="fields">
        ${numberInput(form, { path: `${path}.quota`, label: msg("How many", { id: "rules.make-up.quota" }), hint: msg("-1: without a limit", { id: "rules.make-up.quota.hint" }), value: policy.quota, onChange: (quota) => put({ quota }) })}
        ${selectInput(form, { path: `${path}.quotaPer`, label: msg("In each", { id: "rules.make-up.per" }), value: policy.quotaPer, of: [["month", msg("month", { id: "rules.make-up.month" })], ["quarter", msg("quarter", { id: "rules.make-up.quarter" })]], onChange: (quotaPer) => put({ quotaPer }) })}
        ${numberInput(form, { path: `${path}.quotaFromDay`, label: msg("Begins anew on day", { id: "rules.make-up.from-day" }), value: policy.quotaFromDay, onChange: (quotaFromDay) => put({ quotaFromDay }) })}
        ${numberInput(form, { path: `${path}.windowDays`, label: msg("Within", { id: "rules.make-up.window" }), unit: msg("days", { id: "rules.unit.days" }), value: policy.windowDays, onChange: (windowDays) => put({ windowDays }) })}
        ${selectInput(form, { path: `${path}.windowIn`, label: msg("Days are", { id: "rules.make-up.days" }), value: policy.windowIn, of: [["natural", msg("Calendar days", { id: "rules.make-up.natural" })], ["working", msg("Working days", { id: "rules.make-up.working" })]], onChange: (windowIn) => put({ windowIn }) })}
        ${optionalInput(form, { path: `${path}.cutOffDay`, label: msg("Last day in the next month", { id: "rules.make-up.cut-off" }), hint: msg("Empty: none", { id: "rules.make-up.cut-off.hint" }), value: policy.cutOffDay, onChange: (cutOffDay) => put({ cutOffDay }) })}
      </div>
      ${checksInput(form, { path: `${path}.health`, label: msg("Health declaration asks for", { id: "rules.make-up.health" }), value: policy.health, of: HEALTH.map((field) => [field, healthFieldWord(field)] as const), onChange: (health) => put({ health, healthRequired: policy.healthRequired.filter((field) => health.includes(field)) }) })}
      ${policy.health.length === 0
        ? html`<p class="small quiet">${msg("Nothing. Health is sensitive: ask only for what you need. Only HR and whoever decides can read it.", { id: "rules.make-up.health.none" })}</p>`
        : checksInput(form, { path: `${path}.healthRequired`, label: msg("Of these, needed", { id: "rules.make-up.required" }), value: policy.healthRequired, of: policy.health.map((field) => [field, healthFieldWord(field)] as const), onChange: (healthRequired) => put({ healthRequired }) })}
    </div>`;
  }

  private decisions(group: RuleGroup, index: number): TemplateResult {
    const path = `groups.${index}`;
    const { form } = this;
    const routes: readonly (readonly [string, string])[] = [
      ["supervisor", approvalStepWord("supervisor")],
      ["hr", approvalStepWord("hr")],
      ["supervisor,hr", `${approvalStepWord("supervisor")} → ${approvalStepWord("hr")}`],
    ];
    return html`<div class="part">
      <h2 class="sub">${msg("Decisions and confirmation", { id: "rules.group.decisions" })}</h2>
      <div class="fields">
        ${selectInput(form, { path: `${path}.approval`, label: msg("Requests are decided by", { id: "rules.group.approval" }), value: group.approval.join(","), of: routes, onChange: (route) => this.put(index, { approval: route.split(",") as RuleGroup["approval"] }) })}
        ${numberInput(form, { path: `${path}.decideWithinHours`, label: msg("Each decides within", { id: "rules.group.decide-within" }), unit: msg("hours", { id: "rules.unit.hours" }), value: group.decideWithinHours, onChange: (decideWithinHours) => this.put(index, { decideWithinHours }) })}
        ${numberInput(form, { path: `${path}.confirmByDay`, label: msg("Months are confirmed by day", { id: "rules.group.confirm" }), hint: msg("of the next month, 1 to 28", { id: "rules.group.confirm.hint" }), value: group.confirmByDay, onChange: (confirmByDay) => this.put(index, { confirmByDay }) })}
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-rule-groups": RuleGroupsElement;
  }
}

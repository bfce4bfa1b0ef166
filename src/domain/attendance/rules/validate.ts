import { isTimeZone } from "../day.ts";
import { isDay } from "./days.ts";
import type { RuleGroup, SiteRules } from "./types.ts";
import { groupProblems } from "./validate-group.ts";
import { patternProblems } from "./validate-pattern.ts";
import { shiftProblems } from "./validate-shift.ts";

/** Something in a draft of rules that cannot stand. `path` leads to it: `shifts.0.periods.1.end`. */
export interface RuleProblem {
  readonly path: string;
  readonly kind:
    | "empty" | "too-long" | "out-of-range" | "overlap" | "order" | "duplicate" | "unknown-shift" | "unknown-pattern" | "wrong-count" | "no-fallback" | "bad-day" | "bad-zone";
}

/** Collects what is wrong, each with the way to it. */
export class Findings {
  readonly problems: RuleProblem[] = [];

  add(path: string, kind: RuleProblem["kind"]): void {
    this.problems.push({ path, kind });
  }

  /** A whole number between two, both included. */
  whole(path: string, value: number, least: number, most: number): boolean {
    const fits = Number.isInteger(value) && value >= least && value <= most;
    if (!fits) this.add(path, "out-of-range");
    return fits;
  }

  /** Text of 1 to `most` characters, without what is blank around it. */
  text(path: string, value: string, most: number): void {
    const length = Array.from(value.trim()).length;
    if (length === 0) this.add(path, "empty");
    else if (length > most) this.add(path, "too-long");
  }

  /** Nothing comes twice; `pathOf` leads to the second one. */
  unique(values: readonly string[], pathOf: (index: number) => string): void {
    const seen = new Set<string>();
    values.forEach((value, index) => {
      if (seen.has(value)) this.add(pathOf(index), "duplicate");
      seen.add(value);
    });
  }
}

export const NAME_CHARACTERS = 40;
const CALENDAR_NAME_CHARACTERS = 80;
const MINUTES_A_YEAR = 366 * 1440;

/** Everything in a draft that cannot stand, in the order of the draft; empty when it can be put in force. */
export function problemsOf(rules: SiteRules): readonly RuleProblem[] {
  const findings = new Findings();
  if (!isTimeZone(rules.zone)) findings.add("zone", "bad-zone");
  findings.whole("dayChange", rules.dayChange, 0, 720);
  named("shifts", rules.shifts, findings);
  rules.shifts.forEach((shift, index) => shiftProblems(shift, `shifts.${index}`, findings));
  named("patterns", rules.patterns, findings);
  rules.patterns.forEach((pattern, index) => patternProblems(pattern, rules.shifts, `patterns.${index}`, findings));
  named("groups", rules.groups, findings);
  rules.groups.forEach((group, index) => groupProblems(group, rules.patterns, `groups.${index}`, findings));
  fallback(rules.groups, findings);
  calendarProblems(rules, findings);
  named("leaveKinds", rules.leaveKinds, findings);
  rules.leaveKinds.forEach(({ yearlyMinutes }, index) => findings.whole(`leaveKinds.${index}.yearlyMinutes`, yearlyMinutes, 0, MINUTES_A_YEAR));
  findings.unique(rules.devices, (index) => `devices.${index}`);
  return findings.problems;
}

/** Ids and names are there and unlike each other. */
function named(list: string, things: readonly { readonly id: string; readonly name: string }[], findings: Findings): void {
  things.forEach(({ id, name }, index) => {
    if (id === "") findings.add(`${list}.${index}.id`, "empty");
    findings.text(`${list}.${index}.name`, name, NAME_CHARACTERS);
  });
  findings.unique(things.map(({ id }) => id), (index) => `${list}.${index}.id`);
  findings.unique(things.map(({ name }, index) => name.trim().toLowerCase() || `${index} has none`), (index) => `${list}.${index}.name`);
}

/** Nobody is to be without rules. A group before the last may fit everybody too: plans name it. */
function fallback(groups: readonly RuleGroup[], findings: Findings): void {
  const last = groups.at(-1);
  if (last?.departments !== null || last.employmentTypes !== null) findings.add("groups", "no-fallback");
}

function calendarProblems({ calendar }: SiteRules, findings: Findings): void {
  calendar.forEach(({ day, name }, index) => {
    if (!isDay(day)) findings.add(`calendar.${index}.day`, "bad-day");
    findings.text(`calendar.${index}.name`, name, CALENDAR_NAME_CHARACTERS);
  });
  findings.unique(calendar.map(({ day }) => day), (index) => `calendar.${index}.day`);
}

import type { EpochMs } from "../../../clock.ts";
import type { PersonId } from "../../../people/types.ts";
import type { PlannedPerson } from "../shift-on-day.ts";
import type { PersonPlan, RuleBook, RuleGroup, Shift, ShiftPattern, SiteRules } from "../types.ts";

/** `9:00`, `26:30` as minutes after midnight. */
export function minute(text: string): number {
  const [hours = "0", minutes = "0"] = text.split(":");
  return Number(hours) * 60 + Number(minutes);
}

/** A fixed shift of these spells, written `9:00-18:00`. */
export function shift(id: string, spells: readonly string[], more: Partial<Shift> = {}): Shift {
  const periods = spells.map((spell) => {
    const [start = "0:00", end = "0:00"] = spell.split("-");
    return { start: minute(start), end: minute(end) };
  });
  return { id, name: id, short: id.slice(0, 3), kind: "fixed", periods, breaks: [], ...more };
}

export function weekly(id: string, days: string, more: Partial<ShiftPattern> = {}): ShiftPattern {
  return { id, name: id, kind: "weekly", days: days.split(" ").map((day) => (day === "-" ? [] : day.split("+"))), followsCalendar: true, ...more };
}

export function group(id: string, patternId: string, more: Partial<RuleGroup> = {}): RuleGroup {
  return {
    id,
    name: id,
    departments: null,
    employmentTypes: null,
    patternId,
    pairing: "single",
    windowBeforeMinutes: 60,
    windowAfterMinutes: 60,
    graceLateMinutes: 5,
    graceEarlyMinutes: 0,
    seriousLateMinutes: 30,
    absentMinutes: 240,
    halfDayMinutes: 120,
    lateFinish: [],
    roundIn: { unitMinutes: 1, mode: "down" },
    roundOut: { unitMinutes: 1, mode: "down" },
    autoOutAfterMinutes: null,
    overtime: { approval: "request", multiplier: { workday: 1.5, rest: 2, holiday: 3 }, beforeShift: false, afterShift: true, minimumMinutes: 30, dailyCapMinutes: null, rounding: { unitMinutes: 30, mode: "down" } },
    makeUp: { kinds: ["missing", "late", "early"], quota: 3, quotaPer: "month", quotaFromDay: 1, windowDays: 3, windowIn: "natural", cutOffDay: 3, health: [], healthRequired: [] },
    approval: ["supervisor"],
    decideWithinHours: 72,
    confirmByDay: 5,
    ...more,
  };
}

/** 09:00 to 18:00 from Monday to Friday for everybody, in Shanghai. */
export function siteRules(more: Partial<SiteRules> = {}): SiteRules {
  return {
    zone: "Asia/Shanghai",
    dayChange: 240,
    shifts: [shift("day", ["9:00-18:00"], { breaks: [{ start: 720, end: 780, paid: false }] }), shift("night", ["22:00-30:00"])],
    patterns: [weekly("week", "day day day day day - -")],
    groups: [group("all", "week")],
    calendar: [],
    leaveKinds: [{ id: "annual", name: "Annual leave", nameZh: "年假", balance: true, yearlyMinutes: 2400, unit: "half-day", paid: true, needsAttachment: false }],
    devices: [],
    ...more,
  };
}

export function book(...versions: readonly (readonly [from: string, rules: SiteRules])[]): RuleBook {
  return { siteId: "site", versions: versions.map(([from, rules], index) => ({ version: index + 1, from, rules, by: "somebody", at: 0, note: "" })) };
}

export function plan(more: Partial<PersonPlan> = {}): PersonPlan {
  return { personId: "7b0f5f6e-8e1f-4a8f-9d3f-0f5f3a3e9b11" as PersonId, assignments: [], days: [], ...more };
}

export function plannedPerson(more: Partial<PlannedPerson> = {}): PlannedPerson {
  return { addedAt: Date.UTC(2020, 0, 1) as EpochMs, department: "Yard", employmentType: "full-time", plan: null, ...more };
}

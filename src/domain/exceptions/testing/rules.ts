import type { EmploymentType } from "../../people/types.ts";
import { shiftsOnDay } from "../../attendance/rules/shift-on-day.ts";
import type { ShiftOnDay } from "../../attendance/rules/shift-on-day.ts";
import type { Day, PersonPlan, RuleBook, RuleGroup, SiteRules } from "../../attendance/rules/types.ts";
import type { EpochMs } from "../../clock.ts";
import { ZONE } from "./requests.ts";

const NO_ROUNDING = { unitMinutes: 1, mode: "nearest" } as const;

export const GROUP: RuleGroup = {
  id: "all",
  name: "Everybody",
  departments: null,
  employmentTypes: null,
  patternId: "week",
  pairing: "single",
  windowBeforeMinutes: 60,
  windowAfterMinutes: 120,
  graceLateMinutes: 5,
  graceEarlyMinutes: 0,
  seriousLateMinutes: null,
  absentMinutes: null,
  halfDayMinutes: null,
  lateFinish: [],
  roundIn: NO_ROUNDING,
  roundOut: NO_ROUNDING,
  autoOutAfterMinutes: null,
  overtime: { approval: "request", multiplier: { workday: 1.5, rest: 2, holiday: 3 }, beforeShift: false, afterShift: true, minimumMinutes: 0, dailyCapMinutes: null, rounding: NO_ROUNDING },
  makeUp: { kinds: ["missing", "late", "early", "normal"], quota: 3, quotaPer: "month", quotaFromDay: 1, windowDays: 3, windowIn: "natural", cutOffDay: 5, health: [], healthRequired: [] },
  approval: ["supervisor", "hr"],
  decideWithinHours: 24,
  confirmByDay: 5,
};

/** Nine to six with an hour for lunch, Monday to Friday; a night shift; holidays on 2026-04-06 (Monday). */
export const RULES: SiteRules = {
  zone: ZONE,
  dayChange: 240,
  shifts: [
    { id: "day", name: "Day", short: "D", kind: "fixed", periods: [{ start: 540, end: 1080 }], breaks: [{ start: 720, end: 780, paid: false }] },
    { id: "night", name: "Night", short: "N", kind: "fixed", periods: [{ start: 1320, end: 1800 }], breaks: [] },
    { id: "free", name: "Free hours", short: "F", kind: "hours", periods: [{ start: 480, end: 1200 }], breaks: [], requiredMinutes: 240 },
  ],
  patterns: [
    { id: "week", name: "Week", kind: "weekly", days: [["day"], ["day"], ["day"], ["day"], ["day"], [], []], followsCalendar: true },
    { id: "nights", name: "Nights", kind: "weekly", days: [["night"], ["night"], ["night"], ["night"], ["night"], [], []], followsCalendar: false },
  ],
  groups: [GROUP],
  calendar: [{ day: "2026-04-06", kind: "holiday", name: "Qingming", source: "CN" }],
  leaveKinds: [
    { id: "annual", name: "Annual leave", nameZh: "年假", balance: true, yearlyMinutes: 2400, unit: "half-day", paid: true, needsAttachment: false },
    { id: "sick", name: "Sick leave", nameZh: "病假", balance: false, yearlyMinutes: 0, unit: "hour", paid: true, needsAttachment: true },
  ],
  devices: [],
};

export const bookOf = (rules: SiteRules = RULES): RuleBook => ({ siteId: "site", versions: [{ version: 1, from: "2026-01-01", rules, by: "setup", at: 0, note: "" }] });

/** What somebody works under those rules. */
export function shiftOn(plan: PersonPlan | null = null, rules: SiteRules = RULES): (day: Day) => ShiftOnDay {
  const person = { addedAt: 0 as EpochMs, department: "Assembly", employmentType: "full-time" as EmploymentType, plan };
  const book = bookOf(rules);
  return (day) => shiftsOnDay(person, book, day);
}

import * as v from "valibot";
import { EMPLOYMENT_TYPES, type PersonId } from "../../people/types.ts";
import { isDay } from "./days.ts";
import type { PersonPlan, RuleBook, SiteRules } from "./types.ts";
import { ROUNDING_UNITS } from "./validate-group.ts";

const day = v.pipe(v.string(), v.check(isDay));
const whole = v.pipe(v.number(), v.safeInteger());
const minute = v.pipe(whole, v.minValue(0), v.maxValue(2879));
const period = v.strictObject({ start: minute, end: minute });
const rounding = v.strictObject({ unitMinutes: v.picklist(ROUNDING_UNITS), mode: v.picklist(["down", "up", "nearest"]) });
const health = v.array(v.picklist(["condition", "temperature", "itinerary", "attachment"]));

const shift = v.strictObject({
  id: v.string(),
  name: v.string(),
  short: v.string(),
  kind: v.picklist(["fixed", "flexible", "hours"]),
  periods: v.array(period),
  breaks: v.array(v.strictObject({ ...period.entries, paid: v.boolean() })),
  latestStart: v.exactOptional(minute),
  requiredMinutes: v.exactOptional(whole),
});

const pattern = v.strictObject({
  id: v.string(),
  name: v.string(),
  kind: v.picklist(["weekly", "cycle"]),
  days: v.array(v.array(v.string())),
  anchor: v.exactOptional(day),
  followsCalendar: v.boolean(),
});

const calendarDay = v.strictObject({ day, kind: v.picklist(["holiday", "workday", "rest"]), name: v.string(), nameZh: v.exactOptional(v.string()), source: v.string() });

const overtime = v.strictObject({
  approval: v.picklist(["request", "after", "automatic", "none"]),
  multiplier: v.strictObject({ workday: v.number(), rest: v.number(), holiday: v.number() }),
  beforeShift: v.boolean(),
  afterShift: v.boolean(),
  minimumMinutes: whole,
  dailyCapMinutes: v.nullable(whole),
  rounding,
});

const makeUp = v.strictObject({
  kinds: v.array(v.picklist(["missing", "late", "early", "normal"])),
  quota: whole,
  quotaPer: v.picklist(["month", "quarter"]),
  quotaFromDay: whole,
  windowDays: whole,
  windowIn: v.picklist(["natural", "working"]),
  cutOffDay: v.nullable(whole),
  health,
  healthRequired: health,
});

const group = v.strictObject({
  id: v.string(),
  name: v.string(),
  departments: v.nullable(v.array(v.string())),
  employmentTypes: v.nullable(v.array(v.picklist(EMPLOYMENT_TYPES))),
  patternId: v.string(),
  pairing: v.picklist(["single", "multiple", "record-only"]),
  windowBeforeMinutes: whole,
  windowAfterMinutes: whole,
  graceLateMinutes: whole,
  graceEarlyMinutes: whole,
  seriousLateMinutes: v.nullable(whole),
  absentMinutes: v.nullable(whole),
  halfDayMinutes: v.nullable(whole),
  lateFinish: v.array(v.strictObject({ stayedMinutes: whole, laterMinutes: whole })),
  roundIn: rounding,
  roundOut: rounding,
  autoOutAfterMinutes: v.nullable(whole),
  overtime,
  makeUp,
  approval: v.array(v.picklist(["supervisor", "hr"])),
  decideWithinHours: whole,
  confirmByDay: whole,
});

const leaveKind = v.strictObject({
  id: v.string(),
  name: v.string(),
  nameZh: v.exactOptional(v.string()),
  balance: v.boolean(),
  yearlyMinutes: whole,
  unit: v.picklist(["day", "half-day", "hour"]),
  paid: v.boolean(),
  needsAttachment: v.boolean(),
});

const siteRules = v.strictObject({
  zone: v.string(),
  dayChange: minute,
  shifts: v.array(shift),
  patterns: v.array(pattern),
  groups: v.array(group),
  calendar: v.array(calendarDay),
  leaveKinds: v.array(leaveKind),
  devices: v.array(v.string()),
});

const ruleBook = v.strictObject({
  siteId: v.string(),
  versions: v.array(v.strictObject({ version: v.pipe(whole, v.minValue(1)), from: day, rules: siteRules, by: v.string(), at: v.number(), note: v.string() })),
});

const assignment = v.strictObject({ from: day, groupId: v.exactOptional(v.string()), patternId: v.exactOptional(v.string()), offset: v.exactOptional(whole) });

const personPlan = v.strictObject({
  personId: v.pipe(v.string(), v.uuid(), v.transform((id) => id as PersonId)),
  assignments: v.array(assignment),
  replaced: v.exactOptional(v.array(assignment)),
  days: v.array(v.strictObject({ day, shiftIds: v.array(v.string()), cause: v.picklist(["roster", "swap"]), requestId: v.exactOptional(v.string()) })),
  cancelledSwaps: v.exactOptional(v.array(v.strictObject({ day, requestId: v.string() }))),
  exempt: v.exactOptional(v.boolean()),
  firstDay: v.exactOptional(day),
  lastDay: v.exactOptional(day),
});

/** Reads what was stored; null when its shape is another. */
export function parseRuleBook(value: unknown): RuleBook | null {
  const parsed = v.safeParse(ruleBook, value);
  return parsed.success ? parsed.output : null;
}

/** Reads a draft that was kept for the session; null when its shape is another. */
export function parseSiteRules(value: unknown): SiteRules | null {
  const parsed = v.safeParse(siteRules, value);
  return parsed.success ? parsed.output : null;
}

/** Reads what was stored; null when its shape is another. */
export function parsePersonPlan(value: unknown): PersonPlan | null {
  const parsed = v.safeParse(personPlan, value);
  return parsed.success ? parsed.output : null;
}


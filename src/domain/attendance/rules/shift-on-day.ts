import type { EpochMs } from "../../clock.ts";
import type { EmploymentType } from "../../people/types.ts";
import { dayNumber, daysBetween, weekdayAt } from "./days.ts";
import { assignmentOn, groupOf } from "./group-of.ts";
import { localDay, type LocalDay } from "./local-time.ts";
import type { CalendarDay, Day, PersonPlan, PlannedDay, RuleBook, RuleGroup, RuleVersion, Shift, ShiftPattern } from "./types.ts";
import { versionOn } from "./version.ts";

/** What a person works on a day, as planned. */
export interface ShiftOnDay {
  readonly day: Day;
  readonly rulesVersion: number | null;
  readonly group: RuleGroup | null;
  readonly dayKind: "workday" | "rest" | "holiday";
  readonly calendar: CalendarDay | null;
  /** In order; empty on a free day. Times as they are on that day, daylight saving included. */
  readonly shifts: readonly TimedShift[];
  readonly source: "pattern" | "roster" | "swap" | "none";
  /** Why nothing is worked; also null where no rules are in force. */
  readonly free: "rest" | "holiday" | "not-yet-employed" | "left" | "exempt" | null;
}

/** A shift on one day: none of its spells ends before it begins, and each begins where the one before has ended. */
export interface TimedShift {
  readonly shift: Shift;
  readonly periods: readonly TimedSpell[];
  /** In the order of the shift's. */
  readonly breaks: readonly (TimedSpell & { readonly paid: boolean })[];
  /** Of a flexible shift: latest start that is not late. */
  readonly latestStartMs: EpochMs | null;
}

export interface TimedSpell {
  readonly startMs: EpochMs;
  readonly endMs: EpochMs;
}

/** What decides a person's shifts. */
export interface PlannedPerson {
  readonly addedAt: EpochMs;
  readonly leftAt?: EpochMs;
  readonly department: string;
  readonly employmentType: EmploymentType;
  readonly plan: PersonPlan | null;
}

/**
 * What a person works on a day. A single day of the plan goes before the pattern, the plan's pattern before the group's.
 *
 * The calendar changes what a pattern says where the pattern follows it: a holiday or day of rest is free, and on a make-up
 * workday that the pattern has free, the shifts are worked that it has most often. It never changes a single day of the
 * plan. A holiday is one for whoever works on it too.
 *
 * Without a first and last day in the plan, what lies wholly between being added and having left is to be worked: nobody is
 * late on the day on which they were added.
 */
export function shiftsOnDay(person: PlannedPerson, book: RuleBook, day: Day): ShiftOnDay {
  return planned(person, dayIndex(book, day));
}

/**
 * The same for many people and a range of days, both included: what the days are is worked out once, and people who work
 * the same share one object. Those without a plan share all days, when they were there from the first to the last.
 *
 * @returns for each person, the days in order
 */
export function shiftPlanner(book: RuleBook, from: Day, to: Day): (person: PlannedPerson) => readonly ShiftOnDay[] {
  const days = daysBetween(from, to).map((day) => dayIndex(book, day));
  const begins = days.find(({ local }) => local !== null)?.local?.startMs ?? Number.POSITIVE_INFINITY;
  const shared = new Map<string, readonly ShiftOnDay[]>();
  return (person) => {
    const { addedAt, leftAt, department, employmentType, plan } = person;
    if (plan !== null || leftAt !== undefined || addedAt > begins) return days.map((index) => planned(person, index));
    const key = `${employmentType} ${department}`;
    const there = shared.get(key);
    if (there !== undefined) return there;
    const made = days.map((index) => planned(person, index));
    shared.set(key, made);
    return made;
  };
}

/** A day under one version of the rules, and what was already worked out for it. */
interface DayIndex {
  readonly day: Day;
  readonly number: number;
  readonly version: RuleVersion | null;
  readonly local: LocalDay | null;
  readonly calendar: CalendarDay | null;
  readonly shiftsById: ReadonlyMap<string, Shift>;
  readonly patternsById: ReadonlyMap<string, ShiftPattern>;
  readonly known: Map<string, ShiftOnDay>;
}

interface VersionIndex extends Pick<DayIndex, "shiftsById" | "patternsById"> {
  readonly calendar: ReadonlyMap<Day, CalendarDay>;
  readonly days: Map<Day, DayIndex>;
}

/** Versions never change once they are written: what follows from one holds as long as it is there. */
const indices = new WeakMap<RuleVersion, VersionIndex>();

function dayIndex(book: RuleBook, day: Day): DayIndex {
  const version = versionOn(book, day);
  if (version === null) return { day, number: dayNumber(day), version, local: null, calendar: null, shiftsById: new Map(), patternsById: new Map(), known: new Map() };
  const index = versionIndex(version);
  const known = index.days.get(day);
  if (known !== undefined) return known;
  const { shiftsById, patternsById } = index;
  const made = { day, number: dayNumber(day), version, local: localDay(day, version.rules.zone), calendar: index.calendar.get(day) ?? null, shiftsById, patternsById, known: new Map<string, ShiftOnDay>() };
  index.days.set(day, made);
  return made;
}

function versionIndex(version: RuleVersion): VersionIndex {
  const known = indices.get(version);
  if (known !== undefined) return known;
  const { shifts, patterns, calendar } = version.rules;
  const made: VersionIndex = {
    shiftsById: new Map(shifts.map((shift) => [shift.id, shift])),
    patternsById: new Map(patterns.map((pattern) => [pattern.id, pattern])),
    calendar: new Map(calendar.map((entry) => [entry.day, entry])),
    days: new Map(),
  };
  indices.set(version, made);
  return made;
}

function planned(person: PlannedPerson, index: DayIndex): ShiftOnDay {
  const { day, version, local } = index;
  const { plan } = person;
  if (version === null || local === null) return remembered(index, "", () => ({ ...nothing(index, null), free: null }));
  const group = groupOf(person, version.rules, plan, day);
  const away = dutyOn(person, plan, local);
  if (away !== null) return remembered(index, `${away} ${group?.id ?? ""}`, () => ({ ...nothing(index, group), free: away }));

  const assignment = assignmentOn(plan, day);
  const single = plan === null ? null : singleDay(plan, index);
  const pattern = (assignment?.patternId === undefined ? undefined : index.patternsById.get(assignment.patternId)) ?? (group === null ? undefined : index.patternsById.get(group.patternId));
  const place = pattern === undefined ? 0 : placeIn(pattern, index, assignment?.offset ?? 0);
  const key = single === null ? `${group?.id ?? ""}|${pattern?.id ?? ""}|${place}` : `${group?.id ?? ""}!${single.cause}!${single.shiftIds.join("!")}`;
  const whole = remembered(index, key, () => (single === null ? byPattern(index, group, pattern, place) : bySingleDay(index, group, single)));
  return withinEmployment(whole, person, plan);
}

function remembered({ known }: DayIndex, key: string, make: () => ShiftOnDay): ShiftOnDay {
  const there = known.get(key);
  if (there !== undefined) return there;
  const made = make();
  known.set(key, made);
  return made;
}

function nothing({ day, version, calendar }: DayIndex, group: RuleGroup | null): ShiftOnDay {
  return { day, rulesVersion: version?.version ?? null, group, dayKind: calendar?.kind ?? "workday", calendar, shifts: [], source: "none", free: "rest" };
}

function dutyOn({ addedAt, leftAt }: PlannedPerson, plan: PersonPlan | null, { day, startMs, endMs }: LocalDay): ShiftOnDay["free"] {
  if (plan?.firstDay === undefined ? endMs <= addedAt : day < plan.firstDay) return "not-yet-employed";
  if (plan?.lastDay === undefined ? leftAt !== undefined && leftAt <= startMs : day > plan.lastDay) return "left";
  return plan?.exempt === true ? "exempt" : null;
}

/** Takes out what began before the person was added or was not over when they left. */
function withinEmployment(whole: ShiftOnDay, { addedAt, leftAt }: PlannedPerson, plan: PersonPlan | null): ShiftOnDay {
  const notBefore = plan?.firstDay === undefined ? addedAt : null;
  const notAfter = plan?.lastDay === undefined ? (leftAt ?? null) : null;
  const first = whole.shifts[0];
  const last = whole.shifts.at(-1);
  if (first === undefined || last === undefined) return whole;
  if ((notBefore === null || startOf(first) >= notBefore) && (notAfter === null || endOf(last) <= notAfter)) return whole;
  const shifts = whole.shifts.filter((shift) => (notBefore === null || startOf(shift) >= notBefore) && (notAfter === null || endOf(shift) <= notAfter));
  if (shifts.length > 0) return { ...whole, shifts };
  return { ...whole, shifts, free: notBefore !== null && startOf(last) < notBefore ? "not-yet-employed" : "left" };
}

const startOf = ({ periods }: TimedShift): number => periods[0]?.startMs ?? 0;
const endOf = ({ periods }: TimedShift): number => periods.at(-1)?.endMs ?? 0;

/** The last word on a day, without the shifts that these rules do not know; null where none of them is known. */
function singleDay(plan: PersonPlan, { day, shiftsById }: DayIndex): PlannedDay | null {
  const single = singleDays(plan).get(day);
  if (single === undefined || single.shiftIds.length === 0) return single ?? null;
  const shiftIds = single.shiftIds.filter((id) => shiftsById.has(id));
  return shiftIds.length === 0 ? null : { ...single, shiftIds };
}

const plansByDay = new WeakMap<PersonPlan, ReadonlyMap<Day, PlannedDay>>();

function singleDays(plan: PersonPlan): ReadonlyMap<Day, PlannedDay> {
  const known = plansByDay.get(plan);
  if (known !== undefined) return known;
  const made = new Map(plan.days.map((single) => [single.day, single]));
  plansByDay.set(plan, made);
  return made;
}

function bySingleDay(index: DayIndex, group: RuleGroup | null, { shiftIds, cause }: PlannedDay): ShiftOnDay {
  const shifts = timed(index, shiftIds);
  const holiday = index.calendar?.kind === "holiday";
  return {
    ...nothing(index, group),
    dayKind: holiday ? "holiday" : shifts.length > 0 ? "workday" : "rest",
    shifts,
    source: cause,
    free: shifts.length > 0 ? null : "rest",
  };
}

function byPattern(index: DayIndex, group: RuleGroup | null, pattern: ShiftPattern | undefined, place: number): ShiftOnDay {
  const base = nothing(index, group);
  if (pattern === undefined) return { ...base, free: null };
  const usual = pattern.days[place] ?? [];
  const kind = index.calendar?.kind;
  const follows = pattern.followsCalendar ? kind : undefined;
  const shiftIds = follows === "holiday" || follows === "rest" ? [] : follows === "workday" && usual.length === 0 ? mostFrequent(pattern) : usual;
  const shifts = timed(index, shiftIds);
  return {
    ...base,
    dayKind: kind === "holiday" ? "holiday" : shifts.length > 0 ? "workday" : "rest",
    shifts,
    source: "pattern",
    free: shifts.length > 0 ? null : follows === "holiday" ? "holiday" : "rest",
  };
}

function placeIn({ kind, days, anchor }: ShiftPattern, { number }: DayIndex, offset: number): number {
  if (kind === "weekly") return weekdayAt(number);
  const since = number - (anchor === undefined ? 0 : dayNumber(anchor)) + offset;
  return days.length === 0 ? 0 : ((since % days.length) + days.length) % days.length;
}

/** What the pattern has most often on a day of work; of several the first. */
function mostFrequent({ days }: ShiftPattern): readonly string[] {
  const counts = new Map<string, { readonly shiftIds: readonly string[]; count: number }>();
  for (const shiftIds of days) {
    if (shiftIds.length === 0) continue;
    const key = shiftIds.join("!");
    const seen = counts.get(key);
    if (seen === undefined) counts.set(key, { shiftIds, count: 1 });
    else seen.count += 1;
  }
  let most: { readonly shiftIds: readonly string[]; count: number } = { shiftIds: [], count: 0 };
  for (const each of counts.values()) if (each.count > most.count) most = each;
  return most.shiftIds;
}

function timed({ shiftsById, local }: DayIndex, shiftIds: readonly string[]): readonly TimedShift[] {
  if (local === null) return [];
  const shifts = shiftIds.map((id) => shiftsById.get(id)).filter((shift) => shift !== undefined);
  shifts.sort((one, other) => (one.periods[0]?.start ?? 0) - (other.periods[0]?.start ?? 0));
  let before = Number.NEGATIVE_INFINITY;
  return shifts.map((shift) => {
    const periods = shift.periods.map(({ start, end }) => {
      // In a skipped hour a later time on the clock can be an earlier moment.
      const startMs = Math.max(before, local.at(start)) as EpochMs;
      const endMs = Math.max(startMs, local.at(end)) as EpochMs;
      before = endMs;
      return { startMs, endMs };
    });
    const breaks = shift.breaks.map(({ start, end, paid }) => {
      const startMs = local.at(start);
      return { startMs, endMs: Math.max(startMs, local.at(end)) as EpochMs, paid };
    });
    return { shift, periods, breaks, latestStartMs: shift.latestStart === undefined ? null : local.at(shift.latestStart) };
  });
}

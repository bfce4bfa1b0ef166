import { versionOn } from "../rules/version.ts";
import { dayAt, dayNumber } from "../rules/days.ts";
import { localDay } from "../rules/local-time.ts";
import type { ShiftOnDay, TimedShift } from "../rules/shift-on-day.ts";
import type { RuleBook, RuleGroup, Shift } from "../rules/types.ts";
import { minuteOf, without } from "./segments.ts";
import type { Segments } from "./segments.ts";

/** One period of a shift on one day, in minutes. */
export interface Duty {
  readonly shift: Shift;
  /** Place among the shift's periods. */
  readonly index: number;
  readonly start: number;
  readonly end: number;
  /** The period without its unpaid breaks. */
  readonly planned: Segments;
  /** Of a flexible shift. */
  readonly latestStart: number;
}

/** What a pair of punches belongs to: a whole shift where the first arrival and the last departure count, else one period. */
export interface Slot {
  readonly group: RuleGroup;
  readonly duties: readonly Duty[];
  readonly start: number;
  readonly end: number;
  /** Punches from here to `hi` belong to it. */
  readonly lo: number;
  readonly hi: number;
}

/** An attendance day in a zone: from its day change to the next. */
export interface Frame {
  readonly day: string;
  readonly from: number;
  readonly to: number;
  /** Minutes after which local hours begin, 0 to 59: rounding follows the clock on the wall. */
  readonly hourOffset: number;
}

/** Attendance days one after the other, both included. */
export function framesOf(book: RuleBook, zone: string, from: string, to: string): readonly Frame[] {
  const first = dayNumber(from);
  const count = dayNumber(to) - first + 1;
  const begins: number[] = [];
  const offsets: number[] = [];
  for (let i = 0; i <= count; i++) {
    const day = dayAt(first + i);
    const rules = versionOn(book, day)?.rules;
    const local = localDay(day, rules?.zone ?? zone);
    // Where a new version moves the day change back, a day is not over before it began.
    begins.push(Math.max(begins.at(-1) ?? Number.NEGATIVE_INFINITY, minuteOf(local.at(rules?.dayChange ?? DAY_CHANGE))));
    offsets.push(((minuteOf(local.startMs) % 60) + 60) % 60);
  }
  return Array.from({ length: Math.max(0, count) }, (_, i) => ({ day: dayAt(first + i), from: begins[i] ?? 0, to: begins[i + 1] ?? 0, hourOffset: offsets[i] ?? 0 }));
}

/** Where no rules are in force: 04:00. */
const DAY_CHANGE = 240;

/** People who work the same share one object, and so what follows from it. */
const known = new WeakMap<ShiftOnDay, readonly Slot[]>();

/** In the order of their starts; none where nobody judges. */
export function slotsOf(planned: ShiftOnDay): readonly Slot[] {
  if (planned.shifts.length === 0 || planned.group === null || planned.group.pairing === "record-only") return NONE;
  const there = known.get(planned);
  if (there !== undefined) return there;
  const { group } = planned;
  const made = planned.shifts.flatMap((timed) => {
    const duties = dutiesOf(timed);
    return (group.pairing === "multiple" ? duties.map((duty) => [duty]) : [duties]).flatMap((those) => slotOf(group, those) ?? []);
  });
  known.set(planned, made);
  return made;
}

const NONE: readonly Slot[] = [];

function slotOf(group: RuleGroup, duties: readonly Duty[]): Slot | null {
  const first = duties[0];
  const last = duties.at(-1);
  if (first === undefined || last === undefined) return null;
  const flex = last.latestStart - last.start;
  return { group, duties, start: first.start, end: last.end, lo: first.start - group.windowBeforeMinutes, hi: last.end + flex + group.windowAfterMinutes };
}

function dutiesOf({ shift, periods, breaks, latestStartMs }: TimedShift): readonly Duty[] {
  return periods.map(({ startMs, endMs }, index) => {
    const start = minuteOf(startMs);
    const end = Math.max(start, minuteOf(endMs));
    let planned: Segments = end > start ? [start, end] : [];
    for (const each of breaks) if (!each.paid) planned = without(planned, minuteOf(each.startMs), minuteOf(each.endMs));
    return { shift, index, start, end, planned, latestStart: shift.kind === "flexible" && latestStartMs !== null ? Math.max(start, minuteOf(latestStartMs)) : start };
  });
}

import { calendarDay } from "../attendance/day.ts";
import { addDays, daysBetween } from "../attendance/rules/days.ts";
import type { ShiftOnDay } from "../attendance/rules/shift-on-day.ts";
import type { Day, LeaveKind } from "../attendance/rules/types.ts";
import type { EpochMs } from "../clock.ts";

const MINUTE_MS = 60_000;

export type LeaveUnit = LeaveKind["unit"] | "minute";

/** A leave in whole units, of the time that is planned alone. */
export interface LeaveSpan {
  /** What it takes from a balance, minutes; 0 where nothing is planned. */
  readonly minutes: number;
  /** Widened to whole units, so that what counts is what was asked for. */
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
  /** Days that it skips, since nothing is worked on them. */
  readonly skipped: readonly Day[];
}

/**
 * Minutes of a leave from the shifts in between: breaks that are not paid, days of rest and holidays take none.
 *
 * @param zone the site's
 * @param shiftOn what the person works on a day
 */
export function leaveSpan(fromMs: EpochMs, toMs: EpochMs, unit: LeaveUnit, zone: string, shiftOn: (day: Day) => ShiftOnDay): LeaveSpan {
  const first = calendarDay(fromMs, zone);
  const last = calendarDay(Math.max(fromMs, toMs - 1) as EpochMs, zone);
  let minutes = 0;
  let from: number | null = null;
  let to: number = toMs;
  const skipped: Day[] = [];
  // A shift of the evening before reaches into the first day.
  for (const day of daysBetween(addDays(first, -1), last)) {
    const duty = new PlannedTime(shiftOn(day));
    if (duty.minutes === 0 && day >= first) skipped.push(day);
    const wanted = duty.within(fromMs, toMs);
    if (wanted === null) continue;
    const [begin, end] = inUnits(wanted, duty.minutes, unit);
    minutes += Math.min(end - begin, duty.required);
    from ??= Math.min(fromMs, duty.at(begin, "begin"));
    to = Math.max(to, duty.at(end, "end"));
  }
  return { minutes: Math.round(minutes), fromMs: (from ?? fromMs) as EpochMs, toMs: to as EpochMs, skipped };
}

/** A stretch of a day's planned minutes, counted from the first, widened to whole units. */
function inUnits([begin, end]: readonly [number, number], planned: number, unit: LeaveUnit): readonly [number, number] {
  if (unit === "minute") return [begin, end];
  if (unit === "day") return [0, planned];
  if (unit === "half-day") {
    const half = planned / 2;
    // What lies in both halves takes both: it would not be covered otherwise.
    if (end <= half) return [0, half];
    return begin >= half ? [half, planned] : [0, planned];
  }
  const wanted = Math.min(planned, Math.ceil((end - begin) / 60) * 60);
  const until = Math.min(planned, begin + wanted);
  return [until - wanted, until];
}

/** The time that is planned on a day, as one line of minutes without its gaps. */
class PlannedTime {
  readonly #spells: readonly { readonly startMs: number; readonly endMs: number; readonly before: number }[];
  readonly minutes: number;
  /** Of shifts without fixed hours less than the line is long. */
  readonly required: number;

  constructor({ shifts }: ShiftOnDay) {
    const spells: { startMs: number; endMs: number; before: number }[] = [];
    let minutes = 0;
    let required = 0;
    for (const { shift, periods, breaks } of shifts) {
      const before = minutes;
      const unpaid = breaks.filter(({ paid }) => !paid);
      for (const period of periods) {
        let startMs: number = period.startMs;
        const cuts = unpaid.filter((pause) => pause.endMs > period.startMs && pause.startMs < period.endMs).sort((one, other) => one.startMs - other.startMs);
        for (const [fromMs, untilMs] of [...cuts.map((cut) => [cut.startMs, cut.endMs] as const), [period.endMs, period.endMs] as const]) {
          if (fromMs > startMs) {
            spells.push({ startMs, endMs: fromMs, before: minutes });
            minutes += (fromMs - startMs) / MINUTE_MS;
          }
          startMs = Math.max(startMs, untilMs);
        }
      }
      required += Math.min(minutes - before, shift.kind === "hours" ? (shift.requiredMinutes ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY);
    }
    this.#spells = spells;
    this.minutes = minutes;
    this.required = required;
  }

  /** Which of the planned minutes lie between two moments; null for none. */
  within(fromMs: number, toMs: number): readonly [number, number] | null {
    const [begin, end] = [this.#minutesBefore(fromMs), this.#minutesBefore(toMs)];
    return end > begin ? [begin, end] : null;
  }

  /** The moment at a planned minute; at a gap its far side to begin with, its near side to end with. */
  at(minute: number, edge: "begin" | "end"): number {
    const spell = edge === "begin" ? this.#spells.findLast(({ before }) => before <= minute) : this.#spells.find(({ before, startMs, endMs }) => before + (endMs - startMs) / MINUTE_MS >= minute);
    return spell === undefined ? 0 : spell.startMs + (minute - spell.before) * MINUTE_MS;
  }

  #minutesBefore(ms: number): number {
    return this.#spells.reduce((sum, { startMs, endMs }) => sum + Math.max(0, Math.min(ms, endMs) - startMs) / MINUTE_MS, 0);
  }
}

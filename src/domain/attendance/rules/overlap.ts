import type { ShiftOnDay } from "./shift-on-day.ts";
import type { Day } from "./types.ts";

/** The first day whose shifts begin before those of the same day or an earlier one are over; null when none do. */
export function firstOverlap(days: readonly ShiftOnDay[]): Day | null {
  let until = Number.NEGATIVE_INFINITY;
  for (const { day, shifts } of days) {
    for (const { periods } of shifts) {
      const first = periods[0];
      const last = periods.at(-1);
      if (first === undefined || last === undefined) continue;
      if (first.startMs < until) return day;
      until = Math.max(until, last.endMs);
    }
  }
  return null;
}

import type { DayMark } from "../attendance/engine/types.ts";
import { daysBetween } from "../attendance/rules/days.ts";
import type { Day } from "../attendance/rules/types.ts";
import { spanOf } from "./daily.ts";
import type { ReportBuilder, ReportContext } from "./context.ts";
import { TableBuilder, type ReportColumn } from "./table.ts";
import { wallClock } from "./wall-clock.ts";

const count = (id: string): ReportColumn => ({ id, kind: "count", sum: true });
const minutes = (id: string): ReportColumn => ({ id, kind: "minutes", sum: true });

const TREND: readonly ReportColumn[] = [
  { id: "day", kind: "day" },
  count("on-duty"),
  count("count-late"),
  minutes("late"),
  count("count-early"),
  minutes("early"),
  count("count-absent"),
  minutes("absent"),
  count("count-missing"),
  count("on-leave"),
];

const has = (marks: readonly DayMark[], ...wanted: readonly DayMark[]): number => (wanted.some((mark) => marks.includes(mark)) ? 1 : 0);

/** Late, early and absent from day to day, over everybody in the report. */
export function lateTrend({ from, to }: ReportContext): ReportBuilder {
  const days = new Map<Day, number[]>(daysBetween(from, to).map((day) => [day, TREND.slice(1).map(() => 0)]));
  return {
    add: (person) => {
      for (const { day, marks, minutes: of, state } of person.days) {
        const sums = days.get(day);
        if (sums === undefined || state === "ahead") continue;
        const values = [
          of.planned > 0 ? 1 : 0,
          has(marks, "late", "serious-late"),
          of.late,
          has(marks, "early", "short"),
          of.early,
          has(marks, "absent", "half-absent"),
          of.absent,
          has(marks, "missing-in", "missing-out"),
          has(marks, "leave"),
        ];
        for (const [index, value] of values.entries()) sums[index] = (sums[index] ?? 0) + value;
      }
    },
    finish: () => {
      const table = new TableBuilder(TREND);
      for (const [day, sums] of days) table.add([day, ...sums]);
      return table.finish();
    },
  };
}

const HOUR_MS = 3_600_000;
const HOURS_A_DAY = 24;
const BY_HOUR: readonly ReportColumn[] = [{ id: "hour", kind: "text" }, count("arrivals"), count("departures"), count("present")];

/**
 * How many came, left and were there at each hour of the day, added up over the days. Who was there for any part of an hour
 * is counted in it once; nobody is counted whose departure is missing.
 */
export function byHour({ zone }: ReportContext): ReportBuilder {
  const wall = wallClock(zone);
  const hours = Array.from({ length: HOURS_A_DAY }, () => ({ arrivals: 0, departures: 0, present: 0 }));
  const at = (wallMs: number): { arrivals: number; departures: number; present: number } | undefined => hours[Math.floor(wallMs / HOUR_MS) % HOURS_A_DAY];
  return {
    add: (person) => {
      for (const day of person.days) {
        for (const { use, wallMs } of day.punches) {
          const hour = at(wall(wallMs));
          if (hour === undefined) continue;
          if (use === "in") hour.arrivals++;
          else if (use === "out") hour.departures++;
        }
        const { inMs, outMs } = spanOf(day);
        if (inMs === null || outMs === null || outMs <= inMs) continue;
        const first = Math.floor(wall(inMs) / HOUR_MS);
        const last = Math.min(Math.ceil(wall(outMs) / HOUR_MS), first + HOURS_A_DAY);
        for (let hour = first; hour < last; hour++) {
          const there = at(hour * HOUR_MS);
          if (there !== undefined) there.present++;
        }
      }
    },
    finish: () => {
      const table = new TableBuilder(BY_HOUR);
      for (const [hour, { arrivals, departures, present }] of hours.entries()) table.add([`${String(hour).padStart(2, "0")}:00`, arrivals, departures, present]);
      return table.finish();
    },
  };
}

import type { DayResult } from "../attendance/engine/types.ts";
import { PERSON_COLUMNS, personCells, type ReportBuilder, type ReportContext } from "./context.ts";
import { TableBuilder, type Cell, type ReportColumn } from "./table.ts";

const minutes = (id: string): ReportColumn => ({ id, kind: "minutes", sum: true });

const COLUMNS: readonly ReportColumn[] = [
  ...PERSON_COLUMNS,
  { id: "day", kind: "day" },
  { id: "day-kind", kind: "word", of: "day-kind" },
  { id: "shift", kind: "text" },
  { id: "in", kind: "time" },
  { id: "out", kind: "time" },
  minutes("planned"),
  minutes("attended"),
  minutes("worked"),
  minutes("late"),
  minutes("early"),
  minutes("absent"),
  minutes("leave"),
  minutes("away"),
  minutes("overtime"),
  minutes("overtime-pending"),
  { id: "marks", kind: "words", of: "mark" },
  { id: "state", kind: "word", of: "state" },
];

/** Overtime of a day as it counts, of all kinds. */
export const overtimeOf = ({ minutes: { overtime } }: DayResult): number => overtime.workday + overtime.rest + overtime.holiday;

/** First arrival and last departure as they counted, epoch milliseconds. */
export function spanOf(day: DayResult): { readonly inMs: number | null; readonly outMs: number | null } {
  let inMs: number | null = null;
  let outMs: number | null = null;
  for (const period of day.periods) {
    if (period.inMs !== null && (inMs === null || period.inMs < inMs)) inMs = period.inMs;
    if (period.outMs !== null && (outMs === null || period.outMs > outMs)) outMs = period.outMs;
  }
  // A day without a shift has punches and no periods.
  for (const { use, wallMs } of day.periods.length > 0 ? [] : day.punches) {
    if (use === "in" && (inMs === null || wallMs < inMs)) inMs = wallMs;
    if (use === "out" && (outMs === null || wallMs > outMs)) outMs = wallMs;
  }
  return { inMs, outMs };
}

/** A day of a person in a row. */
export function dailyDetail({ shiftNames }: ReportContext): ReportBuilder {
  const table = new TableBuilder(COLUMNS);
  return {
    add: (person) => {
      const who = personCells(person);
      for (const day of person.days) {
        if (day.state === "ahead") continue;
        const { inMs, outMs } = spanOf(day);
        const { planned, attended, worked, late, early, absent, leave, away, overtimePending } = day.minutes;
        const shifts = [...new Set(day.periods.map(({ shiftId }) => shiftNames[shiftId] ?? shiftId))].join(", ");
        const row: Cell[] = [...who, day.day, day.dayKind, shifts, inMs, outMs, planned, attended, worked, late, early, absent, leave, away, overtimeOf(day), overtimePending, day.marks.join(" "), day.state];
        table.add(row);
      }
    },
    finish: () => table.finish(),
  };
}

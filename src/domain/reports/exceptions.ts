import type { DayMark, DayMinutes } from "../attendance/engine/types.ts";
import { overtimeOf, spanOf } from "./daily.ts";
import { PERSON_COLUMNS, personCells, type ReportBuilder } from "./context.ts";
import { weightedOvertime } from "./summary.ts";
import { TableBuilder, type ReportColumn } from "./table.ts";

/** Marks that somebody should look at, in the order in which they are listed. */
export const EXCEPTION_MARKS: readonly DayMark[] = ["absent", "half-absent", "missing-in", "missing-out", "serious-late", "late", "early", "short", "auto-out", "stray", "clock-doubt", "outage", "made-up", "corrected", "after-lock", "overtime-pending", "waiting"];

const EXCEPTIONS: readonly ReportColumn[] = [
  ...PERSON_COLUMNS,
  { id: "day", kind: "day" },
  { id: "mark", kind: "word", of: "mark" },
  { id: "minutes", kind: "minutes", sum: true },
  { id: "in", kind: "time" },
  { id: "out", kind: "time" },
  { id: "state", kind: "word", of: "state" },
];

/** What the minutes of a mark are; absent where it is about none. */
const MINUTES: Readonly<Partial<Record<DayMark, keyof Omit<DayMinutes, "overtime">>>> = {
  late: "late",
  "serious-late": "late",
  early: "early",
  short: "early",
  absent: "absent",
  "half-absent": "absent",
  "missing-in": "absent",
  "missing-out": "absent",
  "overtime-pending": "overtimePending",
};

/** Every mark of every day that is not plain, in a row of its own. */
export function exceptionList(): ReportBuilder {
  const table = new TableBuilder(EXCEPTIONS);
  return {
    add: (person) => {
      const who = personCells(person);
      for (const day of person.days) {
        if (day.state === "ahead") continue;
        const { inMs, outMs } = spanOf(day);
        // Of two marks about the same minutes the first one has them: they are counted once.
        const told = new Set<string>();
        for (const mark of EXCEPTION_MARKS) {
          if (!day.marks.includes(mark)) continue;
          const field = MINUTES[mark];
          const minutes = field === undefined || told.has(field) ? null : day.minutes[field];
          if (field !== undefined) told.add(field);
          table.add([...who, day.day, mark, minutes, inMs, outMs, day.state]);
        }
      }
    },
    finish: () => table.finish(),
  };
}

const OVERTIME: readonly ReportColumn[] = [
  ...PERSON_COLUMNS,
  { id: "day", kind: "day" },
  { id: "day-kind", kind: "word", of: "day-kind" },
  { id: "in", kind: "time" },
  { id: "out", kind: "time" },
  { id: "overtime-workday", kind: "minutes", sum: true },
  { id: "overtime-rest", kind: "minutes", sum: true },
  { id: "overtime-holiday", kind: "minutes", sum: true },
  { id: "overtime-weighted", kind: "minutes", sum: true },
  { id: "overtime-pending", kind: "minutes", sum: true },
];

/** Days with overtime, counted or waiting. */
export function overtimeList(): ReportBuilder {
  const table = new TableBuilder(OVERTIME);
  return {
    add: (person) => {
      const who = personCells(person);
      for (const day of person.days) {
        const { overtime, overtimePending } = day.minutes;
        if (overtimeOf(day) === 0 && overtimePending === 0) continue;
        const { inMs, outMs } = spanOf(day);
        table.add([...who, day.day, day.dayKind, inMs, outMs, overtime.workday, overtime.rest, overtime.holiday, weightedOvertime(day), overtimePending]);
      }
    },
    finish: () => table.finish(),
  };
}

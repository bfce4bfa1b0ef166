import { DAY_MARKS, type DayMark, type DayResult } from "../attendance/engine/types.ts";
import type { Month, OvertimeKind } from "../attendance/rules/types.ts";
import { PERSON_COLUMNS, personCells, type ReportBuilder, type ReportContext } from "./context.ts";
import { TableBuilder, type Cell, type ReportColumn } from "./table.ts";

const OVERTIME_KINDS: readonly OvertimeKind[] = ["workday", "rest", "holiday"];
/** Marks that a month is asked about. */
const COUNTED: readonly DayMark[] = ["late", "serious-late", "early", "absent", "half-absent", "missing-in", "missing-out", "short", "made-up"];

const minutes = (id: string): ReportColumn => ({ id, kind: "minutes", sum: true });

function columns({ leaveKinds }: ReportContext): readonly ReportColumn[] {
  return [
    ...PERSON_COLUMNS,
    { id: "month", kind: "text" },
    { id: "workdays", kind: "days", sum: true },
    { id: "attended-days", kind: "days", sum: true },
    minutes("planned"),
    minutes("attended"),
    minutes("worked"),
    ...COUNTED.map((mark): ReportColumn => ({ id: `count-${mark}`, kind: "count", sum: true })),
    minutes("late"),
    minutes("early"),
    minutes("absent"),
    minutes("leave"),
    ...leaveKinds.map((kind): ReportColumn => ({ id: `leave:${kind.id}`, kind: "minutes", sum: true, name: kind.name, ...(kind.nameZh === undefined ? {} : { nameZh: kind.nameZh }) })),
    minutes("away"),
    ...OVERTIME_KINDS.map((kind) => minutes(`overtime-${kind}`)),
    minutes("overtime-weighted"),
    minutes("overtime-pending"),
    { id: "open", kind: "days", sum: true },
  ];
}

/** A month of a person in a row; of a longer range, one for each month. */
export function monthlySummary(context: ReportContext): ReportBuilder {
  const table = new TableBuilder(columns(context));
  return {
    add: (person) => {
      const who = personCells(person);
      for (const [month, days] of byMonth(person.days)) table.add([...who, month, ...sums(days, context)]);
    },
    finish: () => table.finish(),
  };
}

function byMonth(days: readonly DayResult[]): ReadonlyMap<Month, readonly DayResult[]> {
  const months = new Map<Month, DayResult[]>();
  for (const day of days) {
    const month = day.day.slice(0, 7);
    const known = months.get(month);
    if (known === undefined) months.set(month, [day]);
    else known.push(day);
  }
  return months;
}

function sums(days: readonly DayResult[], { leaveKinds }: ReportContext): readonly Cell[] {
  const sum = (read: (day: DayResult) => number): number => days.reduce((total, day) => total + read(day), 0);
  const counts = new Map<DayMark, number>(DAY_MARKS.map((mark) => [mark, 0]));
  for (const { marks } of days) for (const mark of new Set(marks)) counts.set(mark, (counts.get(mark) ?? 0) + 1);
  const leave = new Map<string, number>();
  for (const { reasons } of days) {
    for (const reason of reasons) if (reason.code === "leave") leave.set(reason.leaveKind ?? "", (leave.get(reason.leaveKind ?? "") ?? 0) + reason.minutes);
  }
  return [
    days.filter(({ minutes: { planned } }) => planned > 0).length,
    days.filter(({ minutes: { attended } }) => attended > 0).length,
    sum((day) => day.minutes.planned),
    sum((day) => day.minutes.attended),
    sum((day) => day.minutes.worked),
    ...COUNTED.map((mark) => counts.get(mark) ?? 0),
    sum((day) => day.minutes.late),
    sum((day) => day.minutes.early),
    sum((day) => day.minutes.absent),
    sum((day) => day.minutes.leave),
    ...leaveKinds.map(({ id }) => leave.get(id) ?? 0),
    sum((day) => day.minutes.away),
    ...OVERTIME_KINDS.map((kind) => sum((day) => day.minutes.overtime[kind])),
    sum(weightedOvertime),
    sum((day) => day.minutes.overtimePending),
    days.filter(({ state }) => state === "waiting" || state === "ahead").length,
  ];
}

/** Overtime of a day by its multipliers, to the whole minute. */
export function weightedOvertime({ reasons }: DayResult): number {
  let weighted = 0;
  for (const reason of reasons) if (reason.code === "overtime") weighted += reason.minutes * reason.multiplier;
  return Math.round(weighted);
}

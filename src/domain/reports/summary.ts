import { monthTotals } from "../attendance/engine/totals.ts";
import type { DayMark, DayResult, MonthTotals } from "../attendance/engine/types.ts";
import { monthOf } from "../attendance/rules/days.ts";
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
      for (const [month, days] of byMonth(person.days)) table.add([...who, month, ...cells(monthTotals(person.person.id, month, days), context)]);
    },
    finish: () => table.finish(),
  };
}

function byMonth(days: readonly DayResult[]): ReadonlyMap<Month, readonly DayResult[]> {
  const months = new Map<Month, DayResult[]>();
  for (const day of days) {
    const month = monthOf(day.day);
    const known = months.get(month);
    if (known === undefined) months.set(month, [day]);
    else known.push(day);
  }
  return months;
}

function cells({ workdays, attendedDays, minutes, counts, leaveMinutes, overtimeWeighted, open }: MonthTotals, { leaveKinds }: ReportContext): readonly Cell[] {
  return [
    workdays,
    attendedDays,
    minutes.planned,
    minutes.attended,
    minutes.worked,
    ...COUNTED.map((mark) => counts[mark]),
    minutes.late,
    minutes.early,
    minutes.absent,
    minutes.leave,
    ...leaveKinds.map(({ id }) => leaveMinutes[id] ?? 0),
    minutes.away,
    ...OVERTIME_KINDS.map((kind) => minutes.overtime[kind]),
    // A row shows whole minutes, and the sum is that of the rows.
    Math.round(overtimeWeighted),
    minutes.overtimePending,
    open,
  ];
}

/** Overtime of a day by its multipliers, to the whole minute. */
export function weightedOvertime({ reasons }: DayResult): number {
  let weighted = 0;
  for (const reason of reasons) if (reason.code === "overtime") weighted += reason.minutes * reason.multiplier;
  return Math.round(weighted);
}

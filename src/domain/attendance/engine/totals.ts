import type { PersonId } from "../../people/types.ts";
import { monthOf } from "../rules/days.ts";
import type { Month } from "../rules/types.ts";
import { DAY_MARKS } from "./types.ts";
import type { DayMark, DayResult, MonthTotals } from "./types.ts";

type Sums = { -readonly [K in keyof Omit<MonthTotals["minutes"], "overtime">]: number };

/**
 * A month of one person in sums.
 *
 * @param days of that person; those of other months are left out
 */
export function monthTotals(personId: PersonId, month: Month, days: readonly DayResult[]): MonthTotals {
  const minutes: Sums = { planned: 0, attended: 0, late: 0, early: 0, absent: 0, leave: 0, away: 0, worked: 0, overtimePending: 0 };
  const overtime = { workday: 0, rest: 0, holiday: 0 };
  const counts = Object.fromEntries(DAY_MARKS.map((mark) => [mark, 0])) as Record<DayMark, number>;
  const leaveMinutes: Record<string, number> = {};
  let workdays = 0;
  let attendedDays = 0;
  let overtimeWeighted = 0;
  let open = 0;
  for (const day of days) {
    if (day.personId !== personId || monthOf(day.day) !== month) continue;
    for (const key of Object.keys(minutes) as (keyof Sums)[]) minutes[key] += day.minutes[key];
    overtime.workday += day.minutes.overtime.workday;
    overtime.rest += day.minutes.overtime.rest;
    overtime.holiday += day.minutes.overtime.holiday;
    for (const mark of day.marks) counts[mark]++;
    if (day.periods.length > 0) workdays++;
    if (day.minutes.worked > 0 || day.minutes.away > 0) attendedDays++;
    if (day.state === "ahead" || day.state === "waiting") open++;
    for (const reason of day.reasons) {
      if (reason.code === "overtime") overtimeWeighted += reason.minutes * reason.multiplier;
      if (reason.code === "leave") leaveMinutes[reason.leaveKind ?? ""] = (leaveMinutes[reason.leaveKind ?? ""] ?? 0) + reason.minutes;
    }
  }
  return { personId, month, workdays, attendedDays, minutes: { ...minutes, overtime }, overtimeWeighted, counts, leaveMinutes, open };
}

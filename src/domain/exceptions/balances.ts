import { Temporal } from "temporal-polyfill";
import type { DayResult } from "../attendance/engine/types.ts";
import { calendarDay } from "../attendance/day.ts";
import type { Day, LeaveKind } from "../attendance/rules/types.ts";
import type { BalanceEntry, ExceptionRequest, LeaveBalance } from "./types.ts";
import { COMPENSATORY } from "./types.ts";
import { isOpen } from "./workflow.ts";

/** A grant for a part of a year comes in half hours. */
const GRANT_UNIT_MINUTES = 30;

export interface BalanceContext {
  readonly year: number;
  readonly zone: string;
  readonly kinds: readonly LeaveKind[];
  /** All of the person's. */
  readonly requests: readonly ExceptionRequest[];
  readonly entries: readonly BalanceEntry[];
  /** Compensatory leave that overtime has earned up to now, minutes: see {@link earnedBy}. */
  readonly earned: number;
  /** First day of duty, where the plan names one: a year that began before it is granted in part. */
  readonly firstDay?: Day;
}

/**
 * What a person has of each kind of leave that is counted. A kind with a yearly grant begins anew with the year; what is
 * left over goes on only where HR puts it there. Compensatory leave has no year.
 */
export function leaveBalances(context: BalanceContext): readonly LeaveBalance[] {
  const counted = context.kinds.filter(({ balance, id }) => balance && id !== COMPENSATORY);
  const yearly = counted.map((kind) => balanceOf(kind.id, yearlyGrant(kind, context), context, context.year));
  const compensatory = compensatoryLeave(context);
  const used = compensatory.granted !== 0 || compensatory.used !== 0 || compensatory.pending !== 0 || context.kinds.some(({ id }) => id === COMPENSATORY);
  return used ? [...yearly, compensatory] : yearly;
}

/** What is left of a year that is over, for each kind with a yearly grant: what HR may carry over. */
export function leftOver(context: BalanceContext): readonly { readonly leaveKind: string; readonly minutes: number }[] {
  return leaveBalances({ ...context, year: context.year - 1, earned: 0 })
    .filter(({ leaveKind, remaining }) => leaveKind !== COMPENSATORY && remaining > 0)
    .map(({ leaveKind, remaining }) => ({ leaveKind, minutes: remaining }));
}

/**
 * Compensatory leave that days have earned, minutes: what the engine counted as overtime for requests that asked for leave in
 * place of pay, by its multiplier.
 */
export function earnedBy(days: readonly DayResult[], requests: readonly ExceptionRequest[]): number {
  const inLeave = new Set<string>(requests.filter(({ content, state }) => state === "approved" && content.kind === "overtime" && content.compensation === "leave").map(({ id }) => id));
  let earned = 0;
  for (const { reasons } of days) {
    for (const reason of reasons) if (reason.code === "overtime" && reason.requestId !== undefined && inLeave.has(reason.requestId)) earned += reason.minutes * reason.multiplier;
  }
  return Math.floor(earned);
}

/** Compensatory leave that overtime has earned up to now, and what of it there would be if one of the requests had not been approved; minutes. */
export interface EarnedLeave {
  readonly now: number;
  readonly without: number;
}

/** Whether leave that is used, or asked for, would have nothing to be taken from without that overtime. */
export function isLeaveUsed(context: Omit<BalanceContext, "earned" | "year" | "kinds">, { now, without }: EarnedLeave): boolean {
  return without < now && compensatoryLeave({ ...context, earned: without }).remaining < 0;
}

const compensatoryLeave = (context: Omit<BalanceContext, "year" | "kinds">): LeaveBalance => balanceOf(COMPENSATORY, context.earned, context, null);

function balanceOf(leaveKind: string, granted: number, { requests, entries, zone }: Pick<BalanceContext, "requests" | "entries" | "zone">, year: number | null): LeaveBalance {
  const adjusted = entries.filter((entry) => entry.leaveKind === leaveKind && (year === null || entry.year === year)).reduce((sum, { minutes }) => sum + minutes, 0);
  let used = 0;
  let pending = 0;
  for (const request of requests) {
    const { content } = request;
    // A leave over the turn of the year is one of the year in which it begins.
    if (content.kind !== "leave" || content.leaveKind !== leaveKind || (year !== null && yearOf(calendarDay(content.fromMs, zone)) !== year)) continue;
    if (request.state === "approved") used += content.minutes;
    else if (isOpen(request)) pending += content.minutes;
  }
  const total = granted + adjusted;
  return { leaveKind, granted: total, used, pending, remaining: total - used - pending };
}

/** In the year in which duty begins, for the days from then on. */
function yearlyGrant({ yearlyMinutes }: LeaveKind, { year, firstDay }: BalanceContext): number {
  if (firstDay === undefined || yearOf(firstDay) < year) return yearlyMinutes;
  if (yearOf(firstDay) > year) return 0;
  const date = Temporal.PlainDate.from(firstDay);
  const days = date.daysInYear - date.dayOfYear + 1;
  return Math.floor((yearlyMinutes * days) / date.daysInYear / GRANT_UNIT_MINUTES) * GRANT_UNIT_MINUTES;
}

const yearOf = (day: Day): number => Number(day.slice(0, 4));

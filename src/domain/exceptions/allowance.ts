import { Temporal } from "temporal-polyfill";
import { attendanceDay } from "../attendance/day.ts";
import { addDays, monthOf } from "../attendance/rules/days.ts";
import type { ShiftOnDay } from "../attendance/rules/shift-on-day.ts";
import type { Day, MakeUpPolicy, Month } from "../attendance/rules/types.ts";
import type { EpochMs } from "../clock.ts";
import type { ExceptionRequest, LateReason, MakeUpAllowance, RequestState } from "./types.ts";

/** A window in working days is looked for no further than this; whoever works nothing for so long has no window in them. */
const SEARCH_DAYS = 400;

/** Those that take one from the quota: granted, or not decided. What waits as a special case was not let in by the quota. */
const COUNTED: ReadonlySet<RequestState> = new Set<RequestState>(["colleague", "supervisor", "hr", "approved"]);

export interface AllowanceContext {
  readonly policy: MakeUpPolicy;
  readonly now: EpochMs;
  readonly zone: string;
  /** Minutes after midnight at which the day changes. */
  readonly dayChange: number;
  /** What the person works on a day. */
  readonly shiftOn: (day: Day) => ShiftOnDay;
  /** All of the person's, of any kind. */
  readonly requests: readonly ExceptionRequest[];
  readonly lockedMonths: ReadonlySet<Month>;
}

/** What can be said of making up a punch of that day before anything is filled in. */
export function makeUpAllowance(day: Day, { policy, now, zone, dayChange, shiftOn, requests, lockedMonths }: AllowanceContext): MakeUpAllowance {
  const period = quotaPeriod(day, policy);
  const used = usedIn(period, requests);
  const remaining = policy.quota < 0 ? -1 : Math.max(0, policy.quota - used);
  const today = attendanceDay(now, zone, dayChange);
  const cutOff = cutOffOf(day, policy.cutOffDay);
  const windowEnd = windowEndOf(day, policy, shiftOn);
  const lastDay = cutOff !== null && cutOff < windowEnd ? cutOff : windowEnd;
  let late: LateReason | null = null;
  if (lockedMonths.has(monthOf(day))) late = "locked";
  else if (cutOff !== null && today > cutOff) late = "cut-off";
  else if (today > windowEnd) late = "window";
  else if (remaining === 0) late = "quota";
  return { quota: policy.quota, used, remaining, renewsOn: period.next, lastDay, late, health: policy.health, healthRequired: policy.healthRequired };
}

/** The stretch that a quota is for: from the first day to the day before `next`. */
export function quotaPeriod(day: Day, { quotaPer, quotaFromDay }: Pick<MakeUpPolicy, "quotaPer" | "quotaFromDay">): { readonly first: Day; readonly next: Day } {
  const date = Temporal.PlainDate.from(day);
  const begun = date.day >= quotaFromDay ? date.with({ day: quotaFromDay }) : date.subtract({ months: 1 }).with({ day: quotaFromDay });
  const first = quotaPer === "month" ? begun : begun.subtract({ months: (begun.month - 1) % 3 });
  return { first: first.toString(), next: first.add({ months: quotaPer === "month" ? 1 : 3 }).toString() };
}

/** Make-up punches for days of the stretch that were granted or wait. */
function usedIn({ first, next }: { readonly first: Day; readonly next: Day }, requests: readonly ExceptionRequest[]): number {
  return requests.filter(({ content, state }) => content.kind === "make-up" && COUNTED.has(state) && content.day >= first && content.day < next).length;
}

/** Last day on which anything of that day's month is taken; null without. */
export function cutOffOf(day: Day, cutOffDay: number | null): Day | null {
  return cutOffDay === null ? null : Temporal.PlainDate.from(day).add({ months: 1 }).with({ day: cutOffDay }).toString();
}

function windowEndOf(day: Day, { windowDays, windowIn }: MakeUpPolicy, shiftOn: (day: Day) => ShiftOnDay): Day {
  if (windowIn === "natural") return addDays(day, windowDays);
  let end = day;
  let left = windowDays;
  for (let ahead = 1; left > 0 && ahead <= SEARCH_DAYS; ahead++) {
    end = addDays(day, ahead);
    if (shiftOn(end).shifts.length > 0) left -= 1;
  }
  return end;
}

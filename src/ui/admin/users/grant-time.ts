import { calendarDay, startOfDay } from "../../../domain/attendance/day.ts";
import type { EpochMs } from "../../../domain/clock.ts";
import { AUDITOR_GRANT_DAYS_AT_MOST } from "../../../domain/people/access.ts";

const DAY_MS = 86_400_000;
/** What an auditor is offered first, days. */
const AUDIT_DAYS = 30;

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
}

/** The days between which an auditor's role may end, and the one offered first; `YYYY-MM-DD` in the site's zone. */
export function auditorDays(now: EpochMs, zone: string): { readonly first: string; readonly offered: string; readonly last: string } {
  const at = (days: number): string => calendarDay((now + days * DAY_MS) as EpochMs, zone);
  return { first: at(0), offered: at(AUDIT_DAYS), last: at(AUDITOR_GRANT_DAYS_AT_MOST) };
}

/** When a role ends that is given up to and including this day; an auditor's never later than is allowed. */
export function endOf(day: string, zone: string, now: EpochMs, auditor: boolean): EpochMs {
  const end = startOfDay(dayAfter(day), zone);
  return auditor ? (Math.min(end, now + AUDITOR_GRANT_DAYS_AT_MOST * DAY_MS) as EpochMs) : end;
}

/** The last day on which a role that ends at this moment is held. */
export function lastDay(expiresAt: EpochMs, zone: string): string {
  return calendarDay((expiresAt - 1) as EpochMs, zone);
}

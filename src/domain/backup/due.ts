import { calendarDay } from "../attendance/day.ts";
import type { EpochMs } from "../clock.ts";

const DAY_MS = 86_400_000;
/** Without a backup for longer than this, somebody is told, milliseconds. */
export const OVERDUE_AFTER_MS = 2 * DAY_MS;
/** A backup key is made anew after this, milliseconds: a year. */
export const KEY_RENEWED_AFTER_MS = 365 * DAY_MS;
/** A restore is tried out after this, milliseconds: a month. */
export const DRILL_AFTER_MS = 31 * DAY_MS;
/** How long the tablet must have been left alone before it writes a backup by itself, milliseconds. */
export const QUIET_BEFORE_BACKUP_MS = 10 * 60_000;

/** Whether today's backup has not been made yet. A clock that went back does not ask for another. */
export function backupDue(now: EpochMs, last: EpochMs | null, zone: string): boolean {
  return last === null || calendarDay(now, zone) > calendarDay(last, zone);
}

/** @param since when the site could first have made one */
export function backupOverdue(now: EpochMs, last: EpochMs | null, since: EpochMs): boolean {
  return now - (last ?? since) > OVERDUE_AFTER_MS;
}

export function keyRenewalDue(now: EpochMs, madeAt: EpochMs): boolean {
  return now - madeAt > KEY_RENEWED_AFTER_MS;
}

/** @param firstBackup null while there is none to try */
export function drillDue(now: EpochMs, lastDrill: EpochMs | null, firstBackup: EpochMs | null): boolean {
  if (firstBackup === null) return false;
  return now - (lastDrill ?? firstBackup) > DRILL_AFTER_MS;
}

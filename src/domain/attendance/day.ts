import { Temporal } from "temporal-polyfill";
import type { EpochMs } from "../clock.ts";

/** When one attendance day ends and the next begins, minutes after local midnight: 04:00, when the fewest people come or go. */
export const DAY_CHANGE_MINUTES = 4 * 60;

/** The calendar day in a time zone, `YYYY-MM-DD`. */
export function calendarDay(wallMs: EpochMs, zone: string): string {
  return local(wallMs, zone).toPlainDate().toString();
}

/**
 * The attendance day that a moment belongs to, `YYYY-MM-DD`: the calendar day, or the one before until the day change.
 * Read from the local clock, so that it holds on days of 23 and 25 hours too.
 *
 * @param dayChangeMinutes minutes after local midnight, 0 to 1439
 */
export function attendanceDay(wallMs: EpochMs, zone: string, dayChangeMinutes: number = DAY_CHANGE_MINUTES): string {
  const moment = local(wallMs, zone);
  const date = moment.toPlainDate();
  const before = moment.hour * 60 + moment.minute < dayChangeMinutes;
  return (before ? date.subtract({ days: 1 }) : date).toString();
}

/**
 * When a calendar day begins in a time zone.
 *
 * @param day `YYYY-MM-DD`
 * @throws RangeError when it is not
 */
export function startOfDay(day: string, zone: string): EpochMs {
  return Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds as EpochMs;
}

/** Whether this is an IANA time zone that the browser knows. */
export function isTimeZone(zone: string): boolean {
  if (!/^[A-Za-z][\w+-]*(?:\/[\w+-]+)*$/.test(zone)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}

function local(wallMs: EpochMs, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(wallMs).toZonedDateTimeISO(zone);
}

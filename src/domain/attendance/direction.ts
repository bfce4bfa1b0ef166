import type { Direction } from "./types.ts";
import { attendanceDay } from "./day.ts";
import { elapsedMs } from "./moment.ts";
import type { Moment } from "./moment.ts";

/** An arrival older than this does not make the next punch a departure, milliseconds: longer than a double shift with breaks. */
export const OPEN_IN_MAX_MS = 16 * 3_600_000;

/**
 * The same across the day change, milliseconds. A night shift of twelve hours and an hour round it still closes; an
 * evening whose departure was forgotten does not turn the next morning's arrival into a departure.
 */
export const OPEN_IN_OVERNIGHT_MAX_MS = 13 * 3_600_000;

/**
 * The direction of a punch for which nobody chose one: the other one than the last, within the attendance day; a first
 * punch is an arrival. An open arrival of the day before is closed when it is recent enough to be a night shift's.
 *
 * @param last the person's last accepted punch
 * @param zone IANA name of the site's time zone
 */
export function automaticDirection(last: { readonly direction: Direction; readonly at: Moment } | null, now: Moment, zone: string): Direction {
  if (last?.direction !== "in") return "in";
  const openMs = elapsedMs(last.at, now);
  const sameDay = attendanceDay(last.at.wallMs, zone) === attendanceDay(now.wallMs, zone);
  return openMs <= (sameDay ? OPEN_IN_MAX_MS : OPEN_IN_OVERNIGHT_MAX_MS) ? "out" : "in";
}

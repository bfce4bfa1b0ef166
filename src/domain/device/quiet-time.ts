import type { EpochMs } from "../clock.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** How far around the present time of day punches of earlier days count, milliseconds: a shift's beginning spreads over about half an hour. */
const AROUND_MS = 30 * MINUTE_MS;
/** Punches at this time of day, over a week, from which it is a busy one: two people a day. */
const BUSY_FROM = 14;
/** Days that are looked back on; a week holds each kind of day once. */
export const LOOK_BACK_DAYS = 7;

/** A wait that no time of day has ended is no longer waited, milliseconds: a site with people at the gate all day. */
export const WAIT_AT_MOST_MS = 3 * DAY_MS;

/**
 * Whether this is a time of day at which people come to the gate, by the punches of the week before. A time of day is
 * taken as the time that has passed since the same moment of earlier days, so that no zone is needed.
 */
export function isBusyTime(punches: readonly EpochMs[], now: EpochMs): boolean {
  let near = 0;
  for (const at of punches) {
    const sinceMs = now - at;
    if (sinceMs < 0 || sinceMs > LOOK_BACK_DAYS * DAY_MS + AROUND_MS) continue;
    const offMs = Math.abs(sinceMs - Math.round(sinceMs / DAY_MS) * DAY_MS);
    if (offMs <= AROUND_MS) near++;
  }
  return near >= BUSY_FROM;
}

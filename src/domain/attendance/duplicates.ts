import { elapsedMs } from "./moment.ts";
import type { Moment } from "./moment.ts";
import type { Direction } from "./types.ts";

/** Any second punch of the same person within this is a repeat, milliseconds: somebody who stays in front of the tablet. */
export const DUPLICATE_WINDOW_MS = 60_000;

/** A second punch in the same direction within this is a repeat, milliseconds: somebody who makes sure. */
export const SAME_DIRECTION_WINDOW_MS = 5 * 60_000;

/**
 * Whether a punch repeats the last accepted one. Counted from that one, so that standing in front of the tablet does
 * not go on for ever. Choosing the other direction is never a repeat. A wall clock that was set back between two page
 * lives says nothing, and then the punch counts.
 */
export function isDuplicate(
  last: { readonly direction: Direction; readonly at: Moment },
  next: { readonly direction: Direction; readonly chosen: boolean; readonly at: Moment },
): boolean {
  const sinceMs = elapsedMs(last.at, next.at);
  if (sinceMs < 0) return false;
  const same = last.direction === next.direction;
  if (!same && next.chosen) return false;
  return sinceMs < (same ? SAME_DIRECTION_WINDOW_MS : DUPLICATE_WINDOW_MS);
}

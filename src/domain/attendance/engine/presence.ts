import type { Pairing } from "../rules/types.ts";
import type { Seat } from "./attach.ts";
import { NOTHING } from "./segments.ts";
import type { Segments } from "./segments.ts";
import type { Stamp } from "./stamps.ts";

/** When somebody was there, as far as pairs of punches show it. */
export interface Presence {
  readonly pairs: Segments;
  /** The first arrival; null where the first punch of all is a departure. */
  readonly inAt: number | null;
  /** The last departure; null where the last punch of all is an arrival. */
  readonly outAt: number | null;
  readonly missingIn: boolean;
  readonly missingOut: boolean;
}

const EMPTY: Presence = { pairs: NOTHING, inAt: null, outAt: null, missingIn: false, missingOut: false };

/**
 * Pairs a slot's punches. `single`: from the first arrival to the last departure. `multiple`: in turns. One punch alone is
 * no time: it is marked as missing its other half, and nothing is guessed.
 */
export function presenceOf({ slot, stamps }: Seat, pairing: Pairing): Presence {
  if (stamps.length === 0) return EMPTY;
  // An arrival that a pair brought here may have come after others.
  stamps.sort((one, other) => one.wallMs - other.wallMs);
  turnLast(stamps, slot.end - slot.group.windowAfterMinutes);
  return pairing === "multiple" ? inTurns(stamps) : firstToLast(stamps);
}

/**
 * A tablet that does not know of the arrival at another one takes a departure for an arrival. Where nobody chose, the last
 * punch near the end of the shift is the departure.
 */
function turnLast(stamps: readonly Stamp[], nearEnd: number): void {
  const last = stamps.at(-1);
  if (last?.direction !== "in" || last.punch.directionSource !== "auto" || last.correctedBy !== null || last.at < nearEnd) return;
  last.direction = "out";
}

function firstToLast(stamps: readonly Stamp[]): Presence {
  const firstIn = stamps.findIndex(({ direction }) => direction === "in");
  const lastOut = stamps.findLastIndex(({ direction }) => direction === "out");
  const missingIn = firstIn !== 0;
  const missingOut = lastOut !== stamps.length - 1;
  for (const stamp of stamps) stamp.use = "between";
  const arrived = stamps[firstIn];
  const left = stamps[lastOut];
  if (arrived !== undefined) arrived.use = "in";
  if (left !== undefined) left.use = "out";
  const pairs = arrived !== undefined && left !== undefined && left.at > arrived.at ? [arrived.at, left.at] : NOTHING;
  return { pairs, inAt: missingIn ? null : (arrived?.at ?? null), outAt: missingOut ? null : (left?.at ?? null), missingIn, missingOut };
}

function inTurns(stamps: readonly Stamp[]): Presence {
  const pairs: number[] = [];
  let arrived: Stamp | null = null;
  let missingIn = false;
  let missingOut = false;
  for (const stamp of stamps) {
    stamp.use = "between";
    if (stamp.direction === "in") {
      missingOut ||= arrived !== null;
      arrived = stamp;
      continue;
    }
    if (arrived === null) {
      missingIn = true;
      continue;
    }
    if (stamp.at > arrived.at) pairs.push(arrived.at, stamp.at);
    arrived.use = "in";
    stamp.use = "out";
    arrived = null;
  }
  missingOut ||= arrived !== null;
  const first = stamps[0];
  const last = stamps.at(-1);
  if (first?.direction === "in") first.use = "in";
  if (last?.direction === "out") last.use = "out";
  return { pairs, inAt: first?.direction === "in" ? first.at : null, outAt: last?.direction === "out" ? last.at : null, missingIn, missingOut };
}

/** Pairs of punches that no shift is near: of a day of rest, or hours before or after the shift. What has no other half stays astray. */
export function extraPairs(stamps: Stamp[]): Segments {
  if (stamps.length < 2) return NOTHING;
  stamps.sort((one, other) => one.wallMs - other.wallMs);
  const pairs: number[] = [];
  let arrived: Stamp | null = null;
  for (const stamp of stamps) {
    if (stamp.direction === "in") {
      arrived ??= stamp;
    } else if (arrived !== null) {
      if (stamp.at > arrived.at) pairs.push(arrived.at, stamp.at);
      arrived.use = "in";
      stamp.use = "out";
      arrived = null;
    }
  }
  return pairs;
}

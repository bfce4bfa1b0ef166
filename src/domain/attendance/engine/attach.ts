import { OPEN_IN_MAX_MS } from "../direction.ts";
import type { Frame, Slot } from "./slots.ts";
import type { Stamp } from "./stamps.ts";

/** Longest that an arrival stays open without a shift that says more, minutes. */
export const OPEN_IN_MAX_MINUTES = OPEN_IN_MAX_MS / 60_000;

/** A person's place in a slot of one day, and the punches that came to it. */
export interface Seat {
  readonly slot: Slot;
  /** Where the next slot of this person begins. */
  readonly nextStart: number;
  readonly stamps: Stamp[];
}

/** One attendance day of a person before it is judged. */
export interface OpenDay {
  readonly frame: Frame;
  readonly seats: readonly Seat[];
  /** Counting punches that no shift is near. */
  readonly extra: Stamp[];
  /** Punches that do not count. */
  readonly idle: Stamp[];
}

/**
 * Hands each punch to the day and the slot that it belongs to. A departure goes to the slot of the open arrival first, and
 * only then to one that ends near it, so that a night shift keeps its end although the next day's window is open by then.
 * A pair without a slot that covers the time of one belongs to it: whoever came long before the window was there all the same.
 *
 * @param days in their order, without gaps
 */
export function attach(days: readonly OpenDay[], stamps: readonly Stamp[]): void {
  const seats: Seat[] = [];
  for (const day of days) seats.push(...day.seats);
  let base = 0;
  let frame = 0;
  let open: { readonly stamp: Stamp; seat: Seat | null } | null = null;

  for (const stamp of stamps) {
    const { at } = stamp;
    while (frame < days.length - 1 && at >= (days[frame]?.frame.to ?? 0)) frame++;
    const day = days[frame];
    if (day === undefined || at < day.frame.from || at >= day.frame.to) {
      // Before the first day or after the last.
      if (stamp.direction === "in" && stamp.counts) open = null;
      continue;
    }
    while (base < seats.length && (seats[base]?.slot.hi ?? 0) < at) base++;
    if (!stamp.counts) {
      const near = nearest(seats, base, at, "start");
      (near === null ? day : (dayOf(days, near) ?? day)).idle.push(stamp);
      continue;
    }
    if (stamp.direction === "in") {
      const seat = nearest(seats, base, at, "start");
      if (seat === null) day.extra.push(stamp);
      else seat.stamps.push(stamp);
      open = { stamp, seat };
      continue;
    }
    const seat = seatOfDeparture(seats, base, at, open, days);
    if (seat !== null) {
      seat.stamps.push(stamp);
      continue;
    }
    // The pair belongs to the day on which it began.
    const began = open !== null && open.seat === null && at - open.stamp.at <= OPEN_IN_MAX_MINUTES ? days.find(({ extra }) => extra.includes((open as { readonly stamp: Stamp }).stamp)) : undefined;
    (began ?? day).extra.push(stamp);
  }
}

function seatOfDeparture(seats: readonly Seat[], base: number, at: number, open: { readonly stamp: Stamp; seat: Seat | null } | null, days: readonly OpenDay[]): Seat | null {
  if (open !== null && open.seat !== null) {
    if (at <= openUntil(open.seat, open.stamp.at)) return open.seat;
  } else if (open !== null && at - open.stamp.at <= OPEN_IN_MAX_MINUTES) {
    const covered = coveredBy(seats, open.stamp.at, at);
    if (covered === null) return null;
    for (const { extra } of days) {
      const place = extra.indexOf(open.stamp);
      if (place >= 0) extra.splice(place, 1);
    }
    covered.stamps.push(open.stamp);
    open.seat = covered;
    return covered;
  }
  return nearest(seats, base, at, "end");
}

/** Until when a departure still closes an arrival in that seat: its window's end, or later as long as no other slot begins. */
export function openUntil({ slot, nextStart }: Seat, arrivedAt: number): number {
  return Math.max(slot.hi, Math.min(nextStart, arrivedAt + OPEN_IN_MAX_MINUTES));
}

/** Of the seats whose window holds the time, the one that starts or ends nearest to it; of two the earlier. */
function nearest(seats: readonly Seat[], base: number, at: number, edge: "start" | "end"): Seat | null {
  let best: Seat | null = null;
  let distance = Number.POSITIVE_INFINITY;
  for (let i = base; i < seats.length; i++) {
    const seat = seats[i];
    if (seat === undefined || seat.slot.start - LONGEST_WINDOW > at) break;
    const { slot } = seat;
    if (at < slot.lo || at > slot.hi) continue;
    const away = Math.abs(at - slot[edge]);
    if (away < distance) {
      best = seat;
      distance = away;
    }
  }
  return best;
}

/** Longest window before a shift that rules can have, minutes. */
const LONGEST_WINDOW = 720;

/** The seat without an arrival that a pair covers most of; null where it covers none. */
function coveredBy(seats: readonly Seat[], from: number, to: number): Seat | null {
  let best: Seat | null = null;
  let most = 0;
  for (const seat of seats) {
    const shared = Math.min(to, seat.slot.end) - Math.max(from, seat.slot.start);
    if (shared <= most || seat.stamps.some(({ direction }) => direction === "in")) continue;
    best = seat;
    most = shared;
  }
  return best;
}

function dayOf(days: readonly OpenDay[], seat: Seat): OpenDay | undefined {
  return days.find(({ seats }) => seats.includes(seat));
}

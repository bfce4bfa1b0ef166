import type { EpochMs, MonotonicMs } from "../clock.ts";

/** A point in time as the device saw it: both clocks, and the page life that the monotonic one belongs to. */
export interface Moment {
  readonly wallMs: EpochMs;
  readonly monoMs: MonotonicMs;
  /** Random, fresh each time the page starts. */
  readonly bootId: string;
}

/**
 * Milliseconds from one moment to a later one. Inside one page life the monotonic clock is believed, so that a changed
 * wall clock neither shortens nor lengthens it; across lives there is only the wall clock, and it may be negative.
 */
export function elapsedMs(from: Moment, to: Moment): number {
  return from.bootId === to.bootId ? to.monoMs - from.monoMs : to.wallMs - from.wallMs;
}

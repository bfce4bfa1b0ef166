import type { Clock, EpochMs, MonotonicMs } from "../../domain/clock.ts";

/** A session without activity ends after this, milliseconds. */
export const IDLE_ENDS_AFTER_MS = 5 * 60_000;
/** A session ends after this whatever happens, milliseconds. */
export const SESSION_ENDS_AFTER_MS = 30 * 60_000;
/** For so long a second factor counts as fresh, milliseconds. */
export const FRESH_FOR_MS = 5 * 60_000;

/**
 * A stretch of time that no clock can lengthen: the monotonic clock does not care for the time of day, and the time of
 * day goes on while the device sleeps. Whichever says more counts.
 */
export class Stretch {
  readonly #mono: MonotonicMs;
  readonly #wall: EpochMs;

  constructor(private readonly clock: Clock) {
    this.#mono = clock.monotonic();
    this.#wall = clock.wall();
  }

  get elapsedMs(): number {
    return Math.max(this.clock.monotonic() - this.#mono, this.clock.wall() - this.#wall);
  }

  /** When it will be this long, by the time of day. */
  endsAt(ms: number): EpochMs {
    return (this.#wall + ms) as EpochMs;
  }
}

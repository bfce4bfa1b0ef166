import type { Moment } from "../../domain/attendance/moment.ts";
import { CLOCK_DISAGREEMENT_MS, timeState } from "../../domain/attendance/time-state.ts";
import type { Clock, EpochMs, MonotonicMs, TimeState } from "../../domain/clock.ts";

/** What this page life knows of how far its clock can be trusted. */
export class TimeBase {
  #anchored: "never" | "earlier" | "this-session" = "never";
  #base: { readonly wallMs: EpochMs; readonly monoMs: MonotonicMs };

  constructor(clock: Clock) {
    this.#base = { wallMs: clock.wall(), monoMs: clock.monotonic() };
  }

  /** A page life before this one was told the time by a trusted clock. */
  anchoredBefore(): void {
    if (this.#anchored === "never") this.#anchored = "earlier";
  }

  /** @returns false when the trusted clock says another time than the device's */
  anchor(now: Moment, trustedMs: EpochMs): boolean {
    if (Math.abs(trustedMs - now.wallMs) > CLOCK_DISAGREEMENT_MS) return false;
    this.#base = { wallMs: now.wallMs, monoMs: now.monoMs };
    this.#anchored = "this-session";
    return true;
  }

  /** @param latestWallMs the latest wall time in the log */
  stateAt(at: Moment, latestWallMs: number): TimeState {
    const history = { anchored: this.#anchored, baseWallMs: this.#base.wallMs, baseMonoMs: this.#base.monoMs, latestWallMs: Number.isFinite(latestWallMs) ? (latestWallMs as EpochMs) : null };
    return timeState(at.wallMs, at.monoMs, history);
  }
}

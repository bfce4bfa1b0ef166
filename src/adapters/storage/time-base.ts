import type { Moment } from "../../domain/attendance/moment.ts";
import { CLOCK_DISAGREEMENT_MS, NO_JUMPS, timeJump, timeState, toldAt } from "../../domain/attendance/time-state.ts";
import type { TimeHistory, TimeJump, ToldJumps } from "../../domain/attendance/time-state.ts";
import type { Clock, EpochMs, MonotonicMs, TimeState } from "../../domain/clock.ts";

/** What a trusted clock's answer came to. `news`: the log does not tell of it yet in this page life. */
export interface Anchoring {
  readonly agrees: boolean;
  readonly news: boolean;
}

/** What this page life knows of how far its clock can be trusted. */
export class TimeBase {
  #anchored: TimeHistory["anchored"] = "never";
  #base: { readonly wallMs: EpochMs; readonly monoMs: MonotonicMs };
  #told: ToldJumps = NO_JUMPS;
  #heard: "nothing" | "agrees" | "contradicts" = "nothing";

  constructor(clock: Clock) {
    this.#base = { wallMs: clock.wall(), monoMs: clock.monotonic() };
  }

  /** A page life before this one was told the time by a trusted clock. */
  anchoredBefore(): void {
    if (this.#anchored === "never") this.#anchored = "earlier";
  }

  /** Takes in what a trusted clock says. */
  anchor(now: Moment, trustedMs: EpochMs): Anchoring {
    const agrees = Math.abs(trustedMs - now.wallMs) <= CLOCK_DISAGREEMENT_MS;
    const heard = agrees ? "agrees" : "contradicts";
    const news = heard !== this.#heard;
    this.#heard = heard;
    this.#anchored = agrees ? "this-session" : "contradicted";
    if (agrees) {
      this.#base = { wallMs: now.wallMs, monoMs: now.monoMs };
      this.#told = { ...this.#told, driftMs: 0 };
    }
    return { agrees, news };
  }

  /** @param latestWallMs the latest wall time in the log */
  stateAt(at: Moment, latestWallMs: number): TimeState {
    return timeState(at.wallMs, at.monoMs, this.#history(latestWallMs));
  }

  /** A jump that the log does not tell of yet. */
  jumpAt(at: Moment, latestWallMs: number): TimeJump | null {
    return timeJump(at.wallMs, at.monoMs, this.#history(latestWallMs), this.#told);
  }

  /** An entry of this moment, and of the jump if there was one, is in the log. */
  logged(at: Moment, latestWallMs: number): void {
    this.#told = toldAt(at.wallMs, at.monoMs, this.#history(latestWallMs), this.#told);
  }

  #history(latestWallMs: number): TimeHistory {
    return { anchored: this.#anchored, baseWallMs: this.#base.wallMs, baseMonoMs: this.#base.monoMs, latestWallMs: Number.isFinite(latestWallMs) ? (latestWallMs as EpochMs) : null };
  }
}

import type { EpochMs, MonotonicMs, TimeState } from "../clock.ts";

/** How far the wall and the monotonic clock may drift apart before the time is doubted, milliseconds. */
export const CLOCK_DISAGREEMENT_MS = 60_000;

/** A step back of the wall clock up to this is an ordinary correction by the network's time, milliseconds. */
export const CLOCK_STEP_BACK_MS = 2_000;

/** What is known of the device's clock. */
export interface TimeHistory {
  /** Whether a trusted clock has confirmed the device's, and when. */
  readonly anchored: "never" | "earlier" | "this-session";
  /** The two clocks at the start of this page life, or at the anchor in it. */
  readonly baseWallMs: EpochMs;
  readonly baseMonoMs: MonotonicMs;
  /** Wall time of the latest entry in the log; null for an empty one. */
  readonly latestWallMs: EpochMs | null;
}

/** How far the present wall time can be trusted. A doubt about the clock outweighs that it was never anchored. */
export function timeState(wallMs: EpochMs, monoMs: MonotonicMs, history: TimeHistory): TimeState {
  const wentBack = history.latestWallMs !== null && wallMs < history.latestWallMs - CLOCK_STEP_BACK_MS;
  const drift = Math.abs(wallMs - history.baseWallMs - (monoMs - history.baseMonoMs));
  if (wentBack || drift > CLOCK_DISAGREEMENT_MS) return "T2";
  switch (history.anchored) {
    case "this-session":
      return "T0";
    case "earlier":
      return "T1";
    case "never":
      return "T3";
  }
}

import type { EpochMs, MonotonicMs, TimeState } from "../clock.ts";

/** How far the wall and the monotonic clock may drift apart before the time is doubted, milliseconds. */
export const CLOCK_DISAGREEMENT_MS = 60_000;

/** A step back of the wall clock up to this is an ordinary correction by the network's time, milliseconds. */
export const CLOCK_STEP_BACK_MS = 2_000;

/** What is known of the device's clock. */
export interface TimeHistory {
  /** Whether a trusted clock has confirmed the device's, and when; `contradicted` when the last one said another time. */
  readonly anchored: "never" | "earlier" | "this-session" | "contradicted";
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
    case "contradicted":
      return "T2";
  }
}

/** The wall clock is not where it should be. */
export interface TimeJump {
  /** The wall time that was due: the monotonic clock's, or the latest in the log. */
  readonly beforeMs: EpochMs;
  /** The wall time that it is. */
  readonly afterMs: EpochMs;
  /** The second less the first. */
  readonly driftMs: number;
}

/** What the log tells of already, so that one jump is one entry. */
export interface ToldJumps {
  /** By how much the wall clock is known to have run ahead of the monotonic one since the base of {@link TimeHistory}. */
  readonly driftMs: number;
  /** That the wall time is earlier than the log's latest. */
  readonly back: boolean;
}

export const NO_JUMPS: ToldJumps = { driftMs: 0, back: false };

/** A jump that the log does not tell of yet; null when there is none. A suspended device's monotonic clock may stand still: that is one, too. */
export function timeJump(wallMs: EpochMs, monoMs: MonotonicMs, history: TimeHistory, told: ToldJumps): TimeJump | null {
  const driftMs = wallMs - history.baseWallMs - (monoMs - history.baseMonoMs) - told.driftMs;
  if (Math.abs(driftMs) > CLOCK_DISAGREEMENT_MS) return { beforeMs: (wallMs - driftMs) as EpochMs, afterMs: wallMs, driftMs };
  const { latestWallMs } = history;
  if (latestWallMs === null || told.back || wallMs >= latestWallMs - CLOCK_STEP_BACK_MS) return null;
  return { beforeMs: latestWallMs, afterMs: wallMs, driftMs: wallMs - latestWallMs };
}

/** What the log tells of once an entry of this moment is in it. */
export function toldAt(wallMs: EpochMs, monoMs: MonotonicMs, history: TimeHistory, told: ToldJumps): ToldJumps {
  const jump = timeJump(wallMs, monoMs, history, told);
  const ranAhead = wallMs - history.baseWallMs - (monoMs - history.baseMonoMs);
  const drifted = Math.abs(ranAhead - told.driftMs) > CLOCK_DISAGREEMENT_MS;
  const back = history.latestWallMs !== null && wallMs < history.latestWallMs - CLOCK_STEP_BACK_MS;
  return { driftMs: drifted ? ranAhead : told.driftMs, back: back && (told.back || jump !== null) };
}

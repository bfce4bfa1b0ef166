import { withScore } from "../biometrics/score-trend.ts";
import type { ScoreTrend } from "../biometrics/score-trend.ts";
import type { EpochMs } from "../clock.ts";
import { automaticDirection } from "./direction.ts";
import { isDuplicate } from "./duplicates.ts";
import { elapsedMs } from "./moment.ts";
import type { Moment } from "./moment.ts";
import type { Direction, DirectionSource, Punch } from "./types.ts";

/** How long the person can change a punch at the kiosk, milliseconds. Later changes are corrections. */
export const CHANGE_WINDOW_MS = 60_000;

export interface StandingPunch {
  readonly punch: Punch;
  readonly at: Moment;
}

/** What the next punch of a person depends on. */
export interface Standing {
  /** The last accepted punches, newest first, at most two: taking back the newest brings back the one before. */
  readonly accepted: readonly StandingPunch[];
  /** The last punch of all, whatever its status. */
  readonly latest: StandingPunch | null;
  /** How clearly the person was recognised over the weeks; absent when they never were. */
  readonly trend?: ScoreTrend;
}

export const NO_STANDING: Standing = { accepted: [], latest: null };

export interface PunchDecision {
  readonly direction: Direction;
  readonly directionSource: DirectionSource;
  readonly status: "accepted" | "suppressed";
  /** The punch that a suppressed one repeats. */
  readonly repeats?: Punch;
}

/**
 * Direction and status of a new punch.
 *
 * @param chosen the direction the person asked for; null for none
 * @param fixed the direction of the device; null when it serves both ways
 */
export function decidePunch(standing: Standing, now: Moment, zone: string, chosen: Direction | null, fixed: Direction | null): PunchDecision {
  const last = standing.accepted[0];
  const reference = last ? { direction: last.punch.direction, at: last.at } : null;
  const direction = chosen ?? fixed ?? automaticDirection(reference, now, zone);
  const directionSource: DirectionSource = chosen !== null ? "person" : fixed !== null ? "device" : "auto";
  if (last && reference && isDuplicate(reference, { direction, chosen: chosen !== null, at: now })) {
    // A repeat says nothing new: it carries the direction of the punch it repeats, so that changing it means the other one.
    return { direction: last.punch.direction, directionSource, status: "suppressed", repeats: last.punch };
  }
  return { direction, directionSource, status: "accepted" };
}

/** The standing after a punch was recorded. */
export function withPunch(standing: Standing, recorded: StandingPunch): Standing {
  const accepted = recorded.punch.status === "accepted" ? [recorded, ...standing.accepted].slice(0, 2) : standing.accepted;
  return { ...standing, accepted, latest: recorded };
}

export type ChangeRefusal = "no-such-punch" | "too-late";

/** Finds the punch that a person may still change: their latest, recorded a moment ago and not taken back. */
export function changeable(standing: Standing, punch: Punch, now: Moment): { readonly found: StandingPunch } | { readonly refused: ChangeRefusal } {
  const { latest } = standing;
  if (latest?.punch.id !== punch.id) {
    return { refused: standing.accepted.some((one) => one.punch.id === punch.id) ? "too-late" : "no-such-punch" };
  }
  if (latest.punch.status === "undone") return { refused: "no-such-punch" };
  const sinceMs = elapsedMs(latest.at, now);
  return sinceMs >= 0 && sinceMs <= CHANGE_WINDOW_MS ? { found: latest } : { refused: "too-late" };
}

/** The punch with the other direction, which the person chose: it counts from now on, also when it was a repeat. */
export function turned(punch: Punch): Punch {
  return { ...punch, direction: punch.direction === "in" ? "out" : "in", directionSource: "person", status: "accepted" };
}

/** The standing after the latest punch was turned round. */
export function withTurned(standing: Standing, changed: StandingPunch): Standing {
  const others = standing.accepted.filter((one) => one.punch.id !== changed.punch.id);
  return { ...standing, accepted: [changed, ...others].slice(0, 2), latest: changed };
}

/** The standing after the latest punch was taken back. */
export function withUndone(standing: Standing, undone: StandingPunch): Standing {
  return { ...standing, accepted: standing.accepted.filter((one) => one.punch.id !== undone.punch.id), latest: undone };
}

/**
 * The standing after a recognition by face: the score goes into the week's mean and is kept nowhere else.
 *
 * @param enrolledAt when the template was made that the face was compared with
 */
export function withRecognition(standing: Standing, enrolledAt: EpochMs, at: Moment, scoreOverThreshold: number): Standing {
  return { ...standing, trend: withScore(standing.trend, enrolledAt, at.wallMs, scoreOverThreshold) };
}

/** The standing without what comes of the face: it is erased together with it. */
export function withoutRecognition({ accepted, latest }: Standing): Standing {
  return { accepted, latest };
}

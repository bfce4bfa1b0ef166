import type { ChallengeAction } from "./types.ts";
import { measureAction } from "./challenge-action.ts";
import type { Mistake } from "./challenge-action.ts";
import type { ChallengePolicyNumbers } from "./challenge-numbers.ts";
import { CHALLENGE_NUMBERS } from "./challenge-numbers.ts";
import type { MotionFrame } from "./pad/motion.ts";

export const CHALLENGE_ACTIONS: readonly ChallengeAction[] = ["turn-left", "turn-right", "nod", "blink-twice"];

export type ChallengeEnd = "passed" | "timed-out" | "wrong-way" | "face-lost";

/** One action that the person was asked for. */
export interface Challenge {
  readonly action: ChallengeAction;
  readonly attempt: 1 | 2;
  readonly startedAtMs: number;
  readonly endsAtMs: number;
  /** Frames since the start, oldest first. */
  readonly frames: readonly MotionFrame[];
  /** How much of the action has been seen, 0..1. */
  readonly progress: number;
  /** Null while the person may still act. */
  readonly end: ChallengeEnd | null;
  /** What was done in place of the action: turned to the other side, which people mix up, or something else altogether. */
  readonly mistake: Mistake | null;
}

/**
 * @param random evenly spread over 0 (included) to 1 (excluded); must not be predictable.
 * @param except the action that was just failed.
 */
export function startChallenge(nowMs: number, random: () => number, attempt: 1 | 2 = 1, except: ChallengeAction | null = null, numbers: ChallengePolicyNumbers = CHALLENGE_NUMBERS): Challenge {
  const actions = CHALLENGE_ACTIONS.filter((action) => action !== except);
  const action = actions[Math.floor(random() * actions.length)];
  if (action === undefined) throw new RangeError("random source outside 0..1");
  return { action, attempt, startedAtMs: nowMs, endsAtMs: nowMs + numbers.actionMs, frames: [], progress: 0, end: null, mistake: null };
}

/**
 * The second and last try, with another action; null when there was one already. Whoever did something else altogether
 * gets none: a recording that goes through the actions one after the other must hit at the first.
 */
export function retryChallenge(challenge: Challenge, nowMs: number, random: () => number): Challenge | null {
  if (challenge.attempt === 2 || challenge.mistake === "other-action") return null;
  return startChallenge(nowMs, random, 2, challenge.action);
}

/** One more frame of the same tracked face, or null when the face was not in the frame. */
export function advanceChallenge(challenge: Challenge, frame: MotionFrame | null, nowMs: number, numbers: ChallengePolicyNumbers = CHALLENGE_NUMBERS): Challenge {
  if (challenge.end !== null) return challenge;
  const frames = frame === null ? challenge.frames : [...challenge.frames, frame];
  const seenAt = frames.at(-1)?.atMs ?? challenge.startedAtMs;
  if (nowMs - seenAt > numbers.lostMs) return { ...challenge, end: "face-lost" };
  const seen = measureAction(challenge.action, challenge.startedAtMs, frames, numbers);
  const progress = Math.max(challenge.progress, Math.min(1, seen.progress));
  if (seen.mistake !== null) return { ...challenge, frames, progress, end: "wrong-way", mistake: seen.mistake };
  if (seen.done) return { ...challenge, frames, progress: 1, end: "passed" };
  return { ...challenge, frames, progress, end: nowMs >= challenge.endsAtMs ? "timed-out" : null };
}

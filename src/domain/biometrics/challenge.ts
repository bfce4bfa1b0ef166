import type { ChallengeAction } from "./types.ts";
import { findBlinks } from "./pad/blink.ts";
import type { MotionFrame } from "./pad/motion.ts";
import { quantile } from "./pad/motion.ts";
import { measureRelief } from "./pad/relief.ts";

/** How much of an action must be seen. */
export interface ChallengePolicyNumbers {
  /** Time for one action, milliseconds. */
  readonly actionMs: number;
  /** Movement before this cannot be an answer to what was asked, milliseconds. */
  readonly reactionMs: number;
  /** Frames at the start that tell how the head is held, milliseconds. */
  readonly baselineMs: number;
  /** Turn away from the start, degrees. */
  readonly turnDeg: number;
  /** A turn to the other side by this much ends the attempt: whoever shakes the head has not read the instruction. */
  readonly wrongWayDeg: number;
  /** Nod: down by this much, then back by this part of it. */
  readonly nodDeg: number;
  readonly nodReturn: number;
  readonly blinks: number;
  /** A turned head moves its nose over the face and hardly changes its proportions: see `measureRelief`. A turned picture does not. */
  readonly turnShift: number;
  readonly turnHeight: number;
  readonly nodShift: number;
  readonly nodHeight: number;
  readonly mostStretch: number;
  /** The face may be lost for this long while it moves, milliseconds. */
  readonly lostMs: number;
}

export const CHALLENGE_NUMBERS: ChallengePolicyNumbers = {
  actionMs: 6000,
  reactionMs: 200,
  baselineMs: 350,
  turnDeg: 15,
  wrongWayDeg: 15,
  nodDeg: 9,
  nodReturn: 0.5,
  blinks: 2,
  turnShift: 0.12,
  turnHeight: 0.9,
  nodShift: 0.07,
  nodHeight: 0.6,
  mostStretch: 0.25,
  lostMs: 900,
};

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
}

/**
 * @param random evenly spread over 0 (included) to 1 (excluded); must not be predictable.
 * @param except the action that was just failed.
 */
export function startChallenge(nowMs: number, random: () => number, attempt: 1 | 2 = 1, except: ChallengeAction | null = null, numbers: ChallengePolicyNumbers = CHALLENGE_NUMBERS): Challenge {
  const actions = CHALLENGE_ACTIONS.filter((action) => action !== except);
  const action = actions[Math.floor(random() * actions.length)];
  if (action === undefined) throw new RangeError("random source outside 0..1");
  return { action, attempt, startedAtMs: nowMs, endsAtMs: nowMs + numbers.actionMs, frames: [], progress: 0, end: null };
}

/** The second and last try, with another action; null when there was one already. */
export function retryChallenge(challenge: Challenge, nowMs: number, random: () => number): Challenge | null {
  return challenge.attempt === 1 ? startChallenge(nowMs, random, 2, challenge.action) : null;
}

/** One more frame of the same tracked face, or null when the face was not in the frame. */
export function advanceChallenge(challenge: Challenge, frame: MotionFrame | null, nowMs: number, numbers: ChallengePolicyNumbers = CHALLENGE_NUMBERS): Challenge {
  if (challenge.end !== null) return challenge;
  const frames = frame === null ? challenge.frames : [...challenge.frames, frame];
  const seenAt = frames.at(-1)?.atMs ?? challenge.startedAtMs;
  if (nowMs - seenAt > numbers.lostMs) return { ...challenge, end: "face-lost" };
  const seen = measureAction(challenge, frames, numbers);
  const progress = Math.max(challenge.progress, Math.min(1, seen.progress));
  if (seen.done) return { ...challenge, frames, progress: 1, end: "passed" };
  if (seen.wrongWay) return { ...challenge, frames, progress, end: "wrong-way" };
  return { ...challenge, frames, progress, end: nowMs >= challenge.endsAtMs ? "timed-out" : null };
}

interface Seen {
  readonly progress: number;
  readonly done: boolean;
  readonly wrongWay?: boolean;
}

function measureAction(challenge: Challenge, frames: readonly MotionFrame[], numbers: ChallengePolicyNumbers): Seen {
  const answers = frames.filter(({ atMs }) => atMs - challenge.startedAtMs >= numbers.reactionMs);
  if (challenge.action === "blink-twice") {
    const count = findBlinks(frames).filter(({ atMs }) => atMs - challenge.startedAtMs >= numbers.reactionMs).length;
    return { progress: count / numbers.blinks, done: count >= numbers.blinks };
  }
  const start = frames.filter(({ atMs }) => atMs - challenge.startedAtMs <= numbers.baselineMs);
  if (start.length === 0) return { progress: 0, done: false };
  if (challenge.action === "nod") return measureNod(start, answers, frames, numbers);
  return measureTurn(challenge.action === "turn-left" ? 1 : -1, start, answers, frames, numbers);
}

function measureTurn(side: 1 | -1, start: readonly MotionFrame[], answers: readonly MotionFrame[], frames: readonly MotionFrame[], numbers: ChallengePolicyNumbers): Seen {
  const zero = quantile(start.map(({ yawDeg }) => yawDeg), 0.5);
  const turns = answers.map(({ yawDeg }) => (yawDeg - zero) * side);
  const furthest = Math.max(0, ...turns);
  const turned = furthest >= numbers.turnDeg;
  const deep = turned && isDeep(frames, numbers.turnShift, numbers.turnHeight, numbers);
  return {
    progress: (furthest / numbers.turnDeg) * (deep ? 1 : 0.95),
    done: deep,
    wrongWay: !turned && Math.min(0, ...turns) <= -numbers.wrongWayDeg,
  };
}

function measureNod(start: readonly MotionFrame[], answers: readonly MotionFrame[], frames: readonly MotionFrame[], numbers: ChallengePolicyNumbers): Seen {
  const zero = quantile(start.map(({ pitchDeg }) => pitchDeg), 0.5);
  const depths = answers.map(({ pitchDeg }) => zero - pitchDeg);
  const lowest = Math.max(0, ...depths);
  const after = depths.slice(depths.indexOf(lowest) + 1);
  const back = after.length === 0 ? 0 : lowest - Math.min(...after);
  const down = lowest >= numbers.nodDeg;
  const returned = down && back >= lowest * numbers.nodReturn;
  return {
    progress: Math.min(1, lowest / numbers.nodDeg) * 0.5 + (down ? Math.min(1, back / (lowest * numbers.nodReturn)) * 0.45 : 0),
    done: returned && isDeep(frames, numbers.nodShift, numbers.nodHeight, numbers),
  };
}

function isDeep(frames: readonly MotionFrame[], shift: number, height: number, { mostStretch }: ChallengePolicyNumbers): boolean {
  const relief = measureRelief(frames);
  return relief.shift >= shift && relief.height >= height && relief.stretch <= mostStretch;
}

import type { ChallengePolicyNumbers } from "./challenge-numbers.ts";
import { findBlinks } from "./pad/blink.ts";
import type { MotionFrame } from "./pad/motion.ts";
import { quantile } from "./pad/motion.ts";
import { measureRelief } from "./pad/relief.ts";
import type { ChallengeAction } from "./types.ts";

/** What was clearly done in place of what was asked. */
export type Mistake = "other-side" | "other-action";

/** How far an action has come. */
export interface SeenAction {
  /** 0..1. */
  readonly progress: number;
  readonly done: boolean;
  readonly mistake: Mistake | null;
}

const NOTHING: SeenAction = { progress: 0, done: false, mistake: null };

/** How the head moved after it had kept still, degrees against how it was held then. */
interface Movement {
  readonly yaws: readonly number[];
  readonly pitches: readonly number[];
}

/**
 * What the frames since the question show. An answer begins after the question could be read, from a head that kept
 * still: what was under way already, as in a recording that runs on, is not counted until it has come to rest.
 *
 * @param frames since the question, oldest first
 */
export function measureAction(action: ChallengeAction, askedAtMs: number, frames: readonly MotionFrame[], numbers: ChallengePolicyNumbers): SeenAction {
  const movement = movementSince(askedAtMs, frames, numbers);
  switch (action) {
    case "blink-twice":
      return blinksTwice(askedAtMs, frames, movement, numbers);
    case "nod":
      return movement === null ? NOTHING : nods(movement, frames, numbers);
    case "turn-left":
      return movement === null ? NOTHING : turns(1, movement, frames, numbers);
    case "turn-right":
      return movement === null ? NOTHING : turns(-1, movement, frames, numbers);
  }
}

/** Null while the head has not kept still since it was asked. */
function movementSince(askedAtMs: number, frames: readonly MotionFrame[], { calmMs, calmDeg, reactionMs }: ChallengePolicyNumbers): Movement | null {
  for (const [index, first] of frames.entries()) {
    const last = frames.findIndex(({ atMs }, at) => at > index && atMs - first.atMs >= calmMs);
    if (last < 0) return null;
    const calm = frames.slice(index, last + 1);
    if (spread(calm.map(({ yawDeg }) => yawDeg)) > calmDeg || spread(calm.map(({ pitchDeg }) => pitchDeg)) > calmDeg) continue;
    const yaw = quantile(calm.map(({ yawDeg }) => yawDeg), 0.5);
    const pitch = quantile(calm.map(({ pitchDeg }) => pitchDeg), 0.5);
    const answers = frames.slice(last).filter(({ atMs }) => atMs - askedAtMs >= reactionMs);
    return { yaws: answers.map(({ yawDeg }) => yawDeg - yaw), pitches: answers.map(({ pitchDeg }) => pitchDeg - pitch) };
  }
  return null;
}

function turns(side: 1 | -1, { yaws, pitches }: Movement, frames: readonly MotionFrame[], numbers: ChallengePolicyNumbers): SeenAction {
  const towards = yaws.map((yaw) => yaw * side);
  const furthest = Math.max(0, ...towards);
  const turned = furthest >= numbers.turnDeg;
  const done = turned && isDeep(frames, numbers.turnShift, numbers.turnHeight, numbers);
  const otherSide = !turned && Math.min(0, ...towards) <= -numbers.wrongWayDeg;
  return {
    progress: (furthest / numbers.turnDeg) * (done ? 1 : 0.95),
    done,
    mistake: otherSide ? "other-side" : !turned && hasNodded(yaws, pitches, numbers) ? "other-action" : null,
  };
}

function nods({ yaws, pitches }: Movement, frames: readonly MotionFrame[], numbers: ChallengePolicyNumbers): SeenAction {
  const { down, back } = nodOf(pitches);
  const low = down >= numbers.nodDeg;
  const returned = low && back >= down * numbers.nodReturn;
  const done = returned && isDeep(frames, numbers.nodShift, numbers.nodHeight, numbers);
  return {
    progress: Math.min(1, down / numbers.nodDeg) * 0.5 + (low ? Math.min(1, back / (down * numbers.nodReturn)) * 0.45 : 0),
    done,
    mistake: !done && hasTurned(yaws, pitches, numbers) ? "other-action" : null,
  };
}

function blinksTwice(askedAtMs: number, frames: readonly MotionFrame[], movement: Movement | null, numbers: ChallengePolicyNumbers): SeenAction {
  const blinks = findBlinks(frames).filter(({ atMs }) => atMs - askedAtMs >= numbers.reactionMs);
  const most = Math.max(0, ...blinks.map(({ atMs }) => blinks.filter((other) => other.atMs >= atMs && other.atMs - atMs <= numbers.blinksWithinMs).length));
  const moved = movement !== null && (hasTurned(movement.yaws, movement.pitches, numbers) || hasNodded(movement.yaws, movement.pitches, numbers));
  return { progress: most / numbers.blinks, done: most >= numbers.blinks, mistake: moved ? "other-action" : null };
}

function hasTurned(yaws: readonly number[], pitches: readonly number[], { otherTurnDeg, otherPurity }: ChallengePolicyNumbers): boolean {
  return yaws.some((yaw, index) => Math.abs(yaw) >= otherTurnDeg && Math.abs(pitches[index] ?? 0) <= Math.abs(yaw) * otherPurity);
}

/** Down and back, without a turn. */
function hasNodded(yaws: readonly number[], pitches: readonly number[], { otherNodDeg, nodReturn, otherPurity }: ChallengePolicyNumbers): boolean {
  const { down, back } = nodOf(pitches);
  return down >= otherNodDeg && back >= down * nodReturn && yaws.every((yaw) => Math.abs(yaw) <= down * otherPurity);
}

/** How far the head went down, and back from there. */
function nodOf(pitches: readonly number[]): { readonly down: number; readonly back: number } {
  const depths = pitches.map((pitch) => -pitch);
  const down = Math.max(0, ...depths);
  const after = depths.slice(depths.indexOf(down) + 1);
  return { down, back: after.length === 0 ? 0 : down - Math.min(...after) };
}

function spread(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}

function isDeep(frames: readonly MotionFrame[], shift: number, height: number, { mostStretch }: ChallengePolicyNumbers): boolean {
  const relief = measureRelief(frames);
  return relief.shift >= shift && relief.height >= height && relief.stretch <= mostStretch;
}

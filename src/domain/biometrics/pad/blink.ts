import type { MotionFrame } from "./motion.ts";
import { quantile } from "./motion.ts";

/** When a fall of the eye aspect ratio is a blink. */
export interface BlinkPolicy {
  /** Both eyes fall under this part of their open value. A photograph that is tilted and bent keeps above 0.77. */
  readonly shut: number;
  /** And come back above this part of it. */
  readonly open: number;
  /** From the last open frame to the next open one, milliseconds. Spontaneous blinks take 100 to 400; asked ones longer. */
  readonly minMs: number;
  readonly maxMs: number;
  /** The head must hold still: a nod also changes the ratio. Degrees of yaw and pitch from open to shut. */
  readonly maxTurnDeg: number;
  /** An eye that is never wider open than this cannot be read. */
  readonly minOpenness: number;
}

export const BLINK_POLICY: BlinkPolicy = { shut: 0.55, open: 0.75, minMs: 50, maxMs: 900, maxTurnDeg: 12, minOpenness: 0.14 };

/** One blink, by its shut frame. */
export interface Blink {
  readonly atMs: number;
  readonly durationMs: number;
}

/**
 * The blinks in a run of frames of one face, in order of time: both eyes fall and come back together. The open value
 * is the frames' own (their upper quartile), because eyes and cameras differ.
 */
export function findBlinks(frames: readonly MotionFrame[], policy: BlinkPolicy = BLINK_POLICY): readonly Blink[] {
  const openLeft = quantile(frames.map(({ leftEye }) => leftEye), 0.75);
  const openRight = quantile(frames.map(({ rightEye }) => rightEye), 0.75);
  if (!(Math.min(openLeft, openRight) >= policy.minOpenness)) return [];
  const blinks: Blink[] = [];
  let lastOpen: MotionFrame | undefined;
  let shut: MotionFrame | undefined;
  for (const frame of frames) {
    const left = frame.leftEye / openLeft;
    const right = frame.rightEye / openRight;
    if (left < policy.shut && right < policy.shut) {
      if (lastOpen !== undefined) shut ??= frame;
    } else if (left > policy.open && right > policy.open) {
      if (lastOpen !== undefined && shut !== undefined) {
        const durationMs = frame.atMs - lastOpen.atMs;
        const turned = Math.hypot(shut.yawDeg - lastOpen.yawDeg, shut.pitchDeg - lastOpen.pitchDeg);
        if (durationMs >= policy.minMs && durationMs <= policy.maxMs && turned <= policy.maxTurnDeg) blinks.push({ atMs: shut.atMs, durationMs });
      }
      lastOpen = frame;
      shut = undefined;
    }
  }
  return blinks;
}

import type { MotionFrame } from "./motion.ts";

/** When a face has repeated itself as only a recording can. */
export interface RepetitionPolicy {
  /** Frames and time that must be alike in a row. */
  readonly minFrames: number;
  readonly minMs: number;
  /** The repeated part lies at least this far back, milliseconds. */
  readonly minLagMs: number;
  /** Every point alike within this, in distances between the eyes' outer corners: the landmarks' own noise on equal frames. */
  readonly alike: number;
  /** And something must have moved by this meanwhile: whoever keeps still is always alike. */
  readonly moved: number;
}

export const REPETITION_POLICY: RepetitionPolicy = { minFrames: 8, minMs: 700, minLagMs: 400, alike: 0.006, moved: 0.04 };

/**
 * True when the latest frames follow earlier ones point by point while the face moves: a clip that runs in a loop, or to
 * and fro. A living head never takes the same path twice to a hundredth of its eyes' distance.
 */
export function repeatsItself(frames: readonly MotionFrame[], policy: RepetitionPolicy = REPETITION_POLICY): boolean {
  const end = frames.length - 1;
  const last = frames[end];
  if (last === undefined) return false;
  const from = frames.findLastIndex(({ atMs }, index) => last.atMs - atMs >= policy.minMs && end - index + 1 >= policy.minFrames);
  if (from < 0 || !hasMoved(frames.slice(from), policy.moved)) return false;
  for (let lag = 1; lag <= from; lag++) {
    const earlier = frames[end - lag];
    if (earlier === undefined || last.atMs - earlier.atMs < policy.minLagMs) continue;
    if (alikeSince(frames, from, lag, policy.alike)) return true;
  }
  return false;
}

function alikeSince(frames: readonly MotionFrame[], from: number, lag: number, most: number): boolean {
  // From the latest back: a run that differs is mostly seen at once.
  for (let index = frames.length - 1; index >= from; index--) {
    const [one, other] = [frames[index], frames[index - lag]];
    if (one === undefined || other === undefined || difference(one, other) > most) return false;
  }
  return true;
}

function hasMoved(frames: readonly MotionFrame[], least: number): boolean {
  const [first] = frames;
  return first !== undefined && frames.some((frame) => difference(first, frame) >= least);
}

/** The largest among all points, eyes and lips. */
function difference(one: MotionFrame, other: MotionFrame): number {
  let most = Math.max(Math.abs(one.leftEye - other.leftEye), Math.abs(one.rightEye - other.rightEye), Math.abs(one.lips - other.lips), Math.abs(one.nose[0] - other.nose[0]), Math.abs(one.nose[1] - other.nose[1]));
  for (const [index, value] of one.plane.entries()) most = Math.max(most, Math.abs(value - (other.plane[index] ?? 0)));
  return most;
}

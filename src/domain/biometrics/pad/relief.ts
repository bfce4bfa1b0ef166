import type { MotionFrame } from "./motion.ts";
import { quantile } from "./motion.ts";

/** What moving about showed of the face's depth. */
export interface Relief {
  /** How far the nose moved against the plane of eyes and mouth, in distances between the eyes' outer corners. */
  readonly shift: number;
  /** How much the face's proportions changed meanwhile: the largest over the smallest, less one. */
  readonly stretch: number;
  /**
   * Shift for each unit of stretch. A head that turns by 20 degrees moves its nose by a fifth and stretches by less than
   * a tenth. A picture must be tilted until it is half as wide before the landmarks put on it show such a movement.
   */
  readonly height: number;
}

/** Stretch below this is the landmarks' own noise. */
const LEAST_STRETCH = 0.06;
/** Frames that are compared pair by pair; more are thinned out. */
const MOST_FRAMES = 20;
/** Part of the values that lies between the ends that are looked at: single bad frames must not decide. */
const TOP_PART = 0.95;

/**
 * Compares the frames pair by pair: an affine map carries the plane of eyes and mouth from one to the other, and the
 * nose's tip is held against where that map puts it.
 */
export function measureRelief(frames: readonly MotionFrame[]): Relief {
  const step = Math.max(1, Math.ceil(frames.length / MOST_FRAMES));
  const chosen = frames.filter((_, index) => index % step === 0);
  const shifts: number[] = [];
  for (const [index, from] of chosen.entries()) {
    for (const to of chosen.slice(index + 1)) {
      const shift = noseShift(from, to);
      if (shift !== null) shifts.push(shift);
    }
  }
  if (shifts.length === 0) return { shift: 0, stretch: 0, height: 0 };
  const shift = quantile(shifts, TOP_PART);
  const aspects = frames.map(({ aspect }) => aspect);
  const stretch = quantile(aspects, TOP_PART) / quantile(aspects, 1 - TOP_PART) - 1;
  return { shift, stretch, height: shift / Math.max(LEAST_STRETCH, stretch) };
}

/** Null when the plane's points lie on a line. */
function noseShift(from: MotionFrame, to: MotionFrame): number | null {
  const map = affineBetween(from.plane, to.plane);
  if (map === null) return null;
  const [a, b, tx, c, d, ty] = map;
  const scale = (Math.hypot(a + d, c - b) + Math.hypot(a - d, c + b)) / 2;
  const [x, y] = from.nose;
  return scale === 0 ? null : Math.hypot(to.nose[0] - (a * x + b * y + tx), to.nose[1] - (c * x + d * y + ty)) / scale;
}

/** Least squares affine map of points as x, y, x, y: [a, b, tx, c, d, ty]. Null when the points lie on a line. */
function affineBetween(from: Float32Array, to: Float32Array): readonly [number, number, number, number, number, number] | null {
  const count = from.length / 2;
  const mean = [0, 0, 0, 0];
  for (let index = 0; index < from.length; index += 2) {
    mean[0] = (mean[0] ?? 0) + (from[index] ?? 0) / count;
    mean[1] = (mean[1] ?? 0) + (from[index + 1] ?? 0) / count;
    mean[2] = (mean[2] ?? 0) + (to[index] ?? 0) / count;
    mean[3] = (mean[3] ?? 0) + (to[index + 1] ?? 0) / count;
  }
  const [mx = 0, my = 0, mu = 0, mv = 0] = mean;
  let [xx, xy, yy, xu, yu, xv, yv] = [0, 0, 0, 0, 0, 0, 0];
  for (let index = 0; index < from.length; index += 2) {
    const x = (from[index] ?? 0) - mx;
    const y = (from[index + 1] ?? 0) - my;
    const u = (to[index] ?? 0) - mu;
    const v = (to[index + 1] ?? 0) - mv;
    xx += x * x;
    xy += x * y;
    yy += y * y;
    xu += x * u;
    yu += y * u;
    xv += x * v;
    yv += y * v;
  }
  const determinant = xx * yy - xy * xy;
  if (determinant < 1e-9) return null;
  const a = (xu * yy - yu * xy) / determinant;
  const b = (yu * xx - xu * xy) / determinant;
  const c = (xv * yy - yv * xy) / determinant;
  const d = (yv * xx - xv * xy) / determinant;
  return [a, b, mu - a * mx - b * my, c, d, mv - c * mx - d * my];
}

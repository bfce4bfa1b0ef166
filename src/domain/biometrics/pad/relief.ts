import type { MotionFrame } from "./motion.ts";
import { quantile } from "./motion.ts";

/** What moving about showed of the face's depth. */
export interface Relief {
  /** How far the nose moved against the plane of eyes and mouth, in distances between the eyes' outer corners. */
  readonly shift: number;
  /**
   * That movement for each unit of the plane's own foreshortening: the height of the nose over the plane. A head has
   * about 0.4 or more; a picture has next to none, because the whole of it foreshortens together.
   */
  readonly height: number;
}

/** Foreshortening below this sine cannot be told from the landmarks' own noise. */
const LEAST_TILT = 0.1;
/** Frames that are compared pair by pair; more are thinned out. */
const MOST_FRAMES = 20;
/** The largest part of the pairs that is looked at: one bad frame must not decide. */
const TOP_PART = 0.95;

/**
 * Compares the frames pair by pair: an affine map carries the plane of eyes and mouth from one to the other, and the
 * nose's tip is held against where that map puts it. For a plane, however moved, turned or brought nearer, it lands
 * where it should.
 */
export function measureRelief(frames: readonly MotionFrame[]): Relief {
  const step = Math.max(1, Math.ceil(frames.length / MOST_FRAMES));
  const chosen = frames.filter((_, index) => index % step === 0);
  const pairs: { shift: number; height: number }[] = [];
  for (const [index, from] of chosen.entries()) {
    for (const to of chosen.slice(index + 1)) {
      const map = affineBetween(from.plane, to.plane);
      if (map === null) continue;
      const [a, b, tx, c, d, ty] = map;
      const scale = singularValues(a, b, c, d);
      if (scale.large === 0) continue;
      const [x, y] = from.nose;
      const shift = Math.hypot(to.nose[0] - (a * x + b * y + tx), to.nose[1] - (c * x + d * y + ty)) / scale.large;
      const tilt = Math.sqrt(Math.max(0, 1 - (scale.small / scale.large) ** 2));
      pairs.push({ shift, height: shift / Math.max(LEAST_TILT, tilt) });
    }
  }
  if (pairs.length === 0) return { shift: 0, height: 0 };
  const shift = quantile(pairs.map((pair) => pair.shift), TOP_PART);
  return { shift, height: quantile(pairs.filter((pair) => pair.shift >= shift).map((pair) => pair.height), 0.5) };
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

/** Singular values of [[a, b], [c, d]]. */
function singularValues(a: number, b: number, c: number, d: number): { readonly large: number; readonly small: number } {
  const sum = Math.hypot(a + d, c - b) / 2;
  const difference = Math.hypot(a - d, c + b) / 2;
  return { large: sum + difference, small: Math.abs(sum - difference) };
}

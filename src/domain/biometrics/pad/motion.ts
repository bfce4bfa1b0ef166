/** One frame of a tracked face, reduced to what shows life. Lengths are in pixels of the camera frame until divided. */
export interface MotionFrame {
  /** Monotonic clock, milliseconds. */
  readonly atMs: number;
  /** Eye aspect ratio of either eye: about 0.3 open, under 0.15 shut. */
  readonly leftEye: number;
  readonly rightEye: number;
  /** Opening between the inner lips, as a part of the distance between the eye centres. */
  readonly lips: number;
  readonly yawDeg: number;
  readonly pitchDeg: number;
  /** The points that lie nearly in one plane of a face: x and y of each, in distances between the eyes' outer corners. */
  readonly plane: Float32Array;
  /** The tip of the nose, in the same unit: what stands out of that plane the most. */
  readonly nose: readonly [number, number];
  /** Width of the eyes over the height from the forehead to the base of the nose. */
  readonly aspect: number;
}

/** A face as the landmark worker reports it. */
export interface MotionFace {
  /** 478 points as x, y, z. */
  readonly landmarks: Float32Array;
  readonly eyeOpenness: { readonly left: number; readonly right: number };
  readonly quality: { readonly interEyePx: number; readonly yawDeg: number; readonly pitchDeg: number };
}

/** Corners of both eyes and of the mouth, base of the nose, its root, and the chin (indices of MediaPipe's mesh). */
const PLANE_POINTS = [33, 133, 362, 263, 61, 291, 2, 168, 152] as const;
const NOSE_TIP = [1, 4, 5] as const;
const OUTER_CORNERS = [33, 263] as const;
const INNER_LIPS = [13, 14] as const;
const FOREHEAD_AND_NOSE_BASE = [10, 2] as const;

/** How long frames are remembered. Signs of life must be recent: the face in front may have been exchanged since. */
export const MOTION_WINDOW_MS = 6000;

export function motionFrame(face: MotionFace, atMs: number): MotionFrame {
  const { landmarks, quality } = face;
  const x = (index: number): number => landmarks[3 * index] ?? 0;
  const y = (index: number): number => landmarks[3 * index + 1] ?? 0;
  const distance = (one: number, other: number): number => Math.hypot(x(one) - x(other), y(one) - y(other));
  const unit = Math.max(1, distance(...OUTER_CORNERS));
  const plane = new Float32Array(2 * PLANE_POINTS.length);
  for (const [at, index] of PLANE_POINTS.entries()) {
    plane[2 * at] = x(index) / unit;
    plane[2 * at + 1] = y(index) / unit;
  }
  const mean = (of: (index: number) => number): number => NOSE_TIP.reduce((sum, index) => sum + of(index), 0) / NOSE_TIP.length;
  return {
    atMs,
    leftEye: face.eyeOpenness.left,
    rightEye: face.eyeOpenness.right,
    lips: distance(...INNER_LIPS) / Math.max(1, quality.interEyePx),
    yawDeg: quality.yawDeg,
    pitchDeg: quality.pitchDeg,
    plane,
    nose: [mean(x) / unit, mean(y) / unit],
    aspect: unit / Math.max(1, distance(...FOREHEAD_AND_NOSE_BASE)),
  };
}

/** The frames of the last {@link MOTION_WINDOW_MS}, with this one. */
export function rememberMotion(frames: readonly MotionFrame[], frame: MotionFrame): readonly MotionFrame[] {
  return [...frames.filter(({ atMs }) => frame.atMs - atMs <= MOTION_WINDOW_MS && atMs < frame.atMs), frame];
}

/** The value below which the given part of the values lies, 0..1; NaN for none. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  if (sorted.length === 0) return Number.NaN;
  const at = part * (sorted.length - 1);
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}

import type { MotionFace, MotionFrame } from "../pad/motion.ts";
import { motionFrame } from "../pad/motion.ts";

/** How a head, or a picture of one, is held in one frame. Degrees; `lips` and heights in distances between the eyes. */
export interface Held {
  readonly yawDeg?: number;
  readonly pitchDeg?: number;
  /** Eye aspect ratio of both eyes. */
  readonly eyes?: number;
  readonly lips?: number;
  /** Distance between the eye centres when seen from the front, pixels. */
  readonly size?: number;
}

type Point3 = readonly [x: number, y: number, z: number];

/** The points that are looked at, in distances between the eye centres: x to the right of the frame, y down, z to the camera. */
function points(lips: number): readonly (readonly [index: number, at: Point3])[] {
  return [
    [33, [-0.72, 0, 0]],
    [133, [-0.28, 0, 0.05]],
    [362, [0.28, 0, 0.05]],
    [263, [0.72, 0, 0]],
    [61, [-0.4, 1.05, 0.1]],
    [291, [0.4, 1.05, 0.1]],
    [2, [0, 0.75, 0.2]],
    [168, [0, -0.05, 0.12]],
    [152, [0, 1.7, 0.05]],
    [10, [0, -1.05, 0]],
    [1, [0, 0.55, 0.58]],
    [4, [0, 0.5, 0.6]],
    [5, [0, 0.4, 0.52]],
    [13, [0, 1 - lips / 2, 0.2]],
    [14, [0, 1 + lips / 2, 0.2]],
  ];
}

/** A face with depth. What the pose says is how it is held. */
export function headFace(held: Held): MotionFace {
  return project(held, (at) => at, held.yawDeg ?? 0, held.pitchDeg ?? 0);
}

/**
 * A flat picture of a face. Landmarks on a tilted picture are read as a slightly turned head: about a third of the tilt
 * was seen in measured ones.
 */
export function pictureFace(held: Held): MotionFace {
  return project(held, ([x, y]) => [x, y, 0], (held.yawDeg ?? 0) / 3, (held.pitchDeg ?? 0) / 3);
}

export function headFrame(held: Held, atMs: number): MotionFrame {
  return motionFrame(headFace(held), atMs);
}

export function pictureFrame(held: Held, atMs: number): MotionFrame {
  return motionFrame(pictureFace(held), atMs);
}

function project(held: Held, shape: (at: Point3) => Point3, yawDeg: number, pitchDeg: number): MotionFace {
  const { yawDeg: yaw = 0, pitchDeg: pitch = 0, eyes = 0.3, lips = 0.02, size = 80 } = held;
  const turn = (yaw * Math.PI) / 180;
  const nod = (pitch * Math.PI) / 180;
  const landmarks = new Float32Array(478 * 3);
  for (const [index, at] of points(lips)) {
    const [x0, y0, z0] = shape(at);
    const x = x0 * Math.cos(turn) + z0 * Math.sin(turn);
    const z1 = z0 * Math.cos(turn) - x0 * Math.sin(turn);
    // Looking up lifts what lies nearer to the camera.
    const y = y0 * Math.cos(nod) - z1 * Math.sin(nod);
    const z = z1 * Math.cos(nod) + y0 * Math.sin(nod);
    const scale = (size * 8) / (8 - z);
    landmarks.set([320 + x * scale, 240 + y * scale, -z * scale], 3 * index);
  }
  return { landmarks, eyeOpenness: { left: eyes, right: eyes }, quality: { interEyePx: size, yawDeg, pitchDeg } };
}

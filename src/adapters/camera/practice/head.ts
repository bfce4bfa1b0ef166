import type { Pose } from "./motion.ts";

/** A flat picture given the depth of the head in it. */
export interface Head {
  /** x, y, z of every point at rest: x and y in pixels of the picture, z in the same unit, smaller is nearer. */
  readonly points: Float32Array;
  /** How much each point goes with the head, 0..1. */
  readonly follows: Float32Array;
  /** How much each point rises with the breath, 0..1. */
  readonly breathes: Float32Array;
  readonly lids: readonly Lid[];
  /** Between the eyes, pixels of the picture. */
  readonly middle: { readonly x: number; readonly y: number };
  /** Turning point in the neck. */
  readonly pivot: { readonly x: number; readonly y: number; readonly z: number };
  readonly faceWidth: number;
}

/** A point of the upper lid, or over it, and where it goes when the eye shuts. */
interface Lid {
  readonly point: number;
  readonly onto: number;
  /** Part of the way that it goes. */
  readonly part: number;
}

/** Points of the face mesh without the irises, which would be cut by a closing lid. */
const MESH_POINTS = 468;

/** Outline of the face in the mesh. */
const OVAL = [10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109];

/** Rows of points over each eye from its outer corner inwards: upper lid, fold of the lid, lower lid. */
const EYES: readonly { readonly upper: readonly number[]; readonly fold: readonly number[]; readonly lower: readonly number[] }[] = [
  { upper: [246, 161, 160, 159, 158, 157, 173], fold: [247, 30, 29, 27, 28, 56, 190], lower: [7, 163, 144, 145, 153, 154, 155] },
  { upper: [466, 388, 387, 386, 385, 384, 398], fold: [467, 260, 259, 257, 258, 286, 414], lower: [249, 390, 373, 374, 380, 381, 382] },
];
const EYE_CORNERS = [33, 133, 362, 263];
const CHIN = 152;

/** The lower lid comes up by the rest. */
const UPPER_LID_PART = 0.94;
const FOLD_PART = 0.5;

/** Points around the face lie on a grid of this many along the longer side of the picture. */
const GRID = 26;

/** Parts of the head's size at which hair and background stop following it. */
const FOLLOWS_FULLY = 1.75;
const FOLLOWS_NO_MORE = 2.6;
/** Parts of the face's height under the chin between which the neck stops following. */
const NECK_FROM = 0.05;
const NECK_TO = 0.95;

/** Distance of the camera in face widths: perspective is weak, as it is for a person at arm's length. */
const CAMERA_DISTANCE = 5;

/** Gives a picture with one face in it depth: the face from its landmarks, everything round it from a rounded head on a still body. */
export function shapeHead(landmarks: ArrayLike<number>, width: number, height: number): Head {
  if (landmarks.length < MESH_POINTS * 3) throw new RangeError("fewer landmarks than the face mesh has");
  const at = (index: number): readonly [number, number, number] => [landmarks[index * 3] ?? 0, landmarks[index * 3 + 1] ?? 0, landmarks[index * 3 + 2] ?? 0];
  const oval = OVAL.map(at);
  const [left, right] = [Math.min(...oval.map(([x]) => x)), Math.max(...oval.map(([x]) => x))];
  const [top, bottom] = [Math.min(...oval.map(([, y]) => y)), Math.max(...oval.map(([, y]) => y))];
  const face = { x: (left + right) / 2, y: (top + bottom) / 2, rx: (right - left) / 2, ry: (bottom - top) / 2 };
  // The skull reaches higher than the face.
  const skull = { x: face.x, y: face.y - face.ry * 0.25, rx: face.rx, ry: face.ry * 1.25 };
  const faceWidth = right - left;
  const chinY = at(CHIN)[1];

  const points: number[] = [];
  const follows: number[] = [];
  const breathes: number[] = [];
  for (let index = 0; index < MESH_POINTS; index++) {
    points.push(...at(index));
    follows.push(1);
    breathes.push(0.25);
  }
  const columns = Math.max(2, Math.round((GRID * width) / Math.max(width, height)));
  const rows = Math.max(2, Math.round((GRID * height) / Math.max(width, height)));
  for (let row = 0; row <= rows; row++) {
    for (let column = 0; column <= columns; column++) {
      const x = (column * width) / columns;
      const y = (row * height) / rows;
      const fromFace = reach(x, y, face);
      if (fromFace < 1.12) continue;
      const edge = oval.reduce((best, point) => (Math.hypot(point[0] - x, point[1] - y) < Math.hypot(best[0] - x, best[1] - y) ? point : best));
      points.push(x, y, edge[2] + faceWidth * 0.45 * Math.min(0.8, fromFace - 1));
      const border = row === 0 || column === 0 || row === rows || column === columns;
      const round = 1 - between(reach(x, y, skull), FOLLOWS_FULLY, FOLLOWS_NO_MORE);
      const neck = 1 - between((y - chinY) / (face.ry * 2), NECK_FROM, NECK_TO);
      follows.push(border ? 0 : Math.min(round, neck));
      breathes.push(border ? 0 : 0.25 + 0.75 * between((y - chinY) / (face.ry * 2), 0.3, 1.2));
    }
  }

  const corners = EYE_CORNERS.map(at);
  return {
    points: Float32Array.from(points),
    follows: Float32Array.from(follows),
    breathes: Float32Array.from(breathes),
    lids: EYES.flatMap(({ upper, fold, lower }) =>
      lower.flatMap((onto, index) => [
        { point: upper[index] ?? onto, onto, part: UPPER_LID_PART },
        { point: fold[index] ?? onto, onto, part: FOLD_PART },
      ]),
    ),
    middle: { x: mean(corners.map(([x]) => x)), y: mean(corners.map(([, y]) => y)) },
    pivot: { x: face.x, y: face.y + face.ry * 0.7, z: faceWidth * 0.75 },
    faceWidth,
  };
}

/**
 * Where the points are in a pose.
 *
 * @param into x, y, z of every point, in pixels of the picture; z is for what hides what
 */
export function poseHead(head: Head, pose: Pick<Pose, "yawDeg" | "pitchDeg" | "rollDeg" | "eyesShut" | "breath">, into: Float32Array): void {
  const { points, follows, breathes, pivot, faceWidth } = head;
  into.set(points);
  if (pose.eyesShut > 0) {
    for (const { point, onto, part } of head.lids) {
      const amount = part * pose.eyesShut;
      for (let axis = 0; axis < 2; axis++) {
        const from = points[point * 3 + axis] ?? 0;
        into[point * 3 + axis] = from + ((points[onto * 3 + axis] ?? 0) - from) * amount;
      }
    }
  }
  const distance = faceWidth * CAMERA_DISTANCE;
  const rise = pose.breath * faceWidth * 0.012;
  for (let point = 0; point < follows.length; point++) {
    const base = point * 3;
    const follow = follows[point] ?? 0;
    const z = into[base + 2] ?? 0;
    let dx = (into[base] ?? 0) - pivot.x;
    let dy = (into[base + 1] ?? 0) - pivot.y;
    let out = pivot.z - z;
    if (follow > 0) {
      const [yaw, pitch, roll] = [radians(pose.yawDeg * follow), radians(pose.pitchDeg * follow), radians(pose.rollDeg * follow)];
      [dy, out] = [dy * Math.cos(pitch) - out * Math.sin(pitch), out * Math.cos(pitch) + dy * Math.sin(pitch)];
      [dx, out] = [dx * Math.cos(yaw) + out * Math.sin(yaw), out * Math.cos(yaw) - dx * Math.sin(yaw)];
      [dx, dy] = [dx * Math.cos(roll) - dy * Math.sin(roll), dy * Math.cos(roll) + dx * Math.sin(roll)];
    }
    const turnedZ = pivot.z - out;
    const nearer = (distance + z) / (distance + turnedZ);
    into[base] = pivot.x + dx * nearer;
    into[base + 1] = pivot.y + dy * nearer - rise * (breathes[point] ?? 0);
    into[base + 2] = turnedZ;
  }
}

/** Distance from an ellipse's middle, 1 on its edge. */
function reach(x: number, y: number, ellipse: { readonly x: number; readonly y: number; readonly rx: number; readonly ry: number }): number {
  return Math.hypot((x - ellipse.x) / ellipse.rx, (y - ellipse.y) / ellipse.ry);
}

/** 0 up to `from`, 1 beyond `to`, smooth between. */
function between(value: number, from: number, to: number): number {
  const x = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return x * x * (3 - 2 * x);
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

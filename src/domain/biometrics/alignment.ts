import type { Similarity } from "./warp.ts";

export type Point = readonly [x: number, y: number];

/** Where a feature model wants five points of a face, in pixels of its square input. */
export interface FaceTemplate {
  readonly side: number;
  readonly points: readonly Point[];
  /** For each point the landmarks whose mean it is, as indices into the 478. */
  readonly landmarks: readonly (readonly number[])[];
}

/** Values for one landmark: x, y, z. */
const STRIDE = 3;

const RIGHT_EYE: readonly number[] = [33, 133, 159, 145];
const LEFT_EYE: readonly number[] = [263, 362, 386, 374];

/** ArcFace's 112x112 template (Deng et al. 2019): eye centres, nose tip, mouth corners. */
export const ARCFACE_TEMPLATE: FaceTemplate = {
  side: 112,
  points: [
    [38.29, 51.7],
    [73.53, 51.5],
    [56.03, 71.74],
    [41.55, 92.37],
    [70.73, 92.2],
  ],
  landmarks: [RIGHT_EYE, LEFT_EYE, [1], [61], [291]],
};

const DLIB_SIDE = 150;
/** dlib's `get_face_chip_details` widens its chip by this part on every side. */
const DLIB_PADDING = 0.25;
const DLIB_POINTS: readonly Point[] = [
  [0.1206, 0.2137],
  [0.3341, 0.2291],
  [0.6461, 0.229],
  [0.8596, 0.2135],
  [0.4901, 0.6278],
];

/** dlib's face chip: outer and inner corners of the eyes, base of the nose. */
export const DLIB_TEMPLATE: FaceTemplate = {
  side: DLIB_SIDE,
  points: DLIB_POINTS.map(([x, y]): Point => [
    ((x + DLIB_PADDING) / (1 + 2 * DLIB_PADDING)) * DLIB_SIDE,
    ((y + DLIB_PADDING) / (1 + 2 * DLIB_PADDING)) * DLIB_SIDE,
  ]),
  landmarks: [[33], [133], [362], [263], [2]],
};

/** Landmarks round each eye for the eye aspect ratio: outer corner, two above, inner corner, two below (Soukupova and Cech 2016). */
const EYE_RINGS = {
  right: [33, 160, 158, 133, 153, 144],
  left: [362, 385, 387, 263, 373, 380],
} as const;

/** The template's five points of a face, in the unit of the landmarks. */
export function templatePoints(landmarks: Float32Array, template: FaceTemplate): readonly Point[] {
  return template.landmarks.map((indices) => meanOf(landmarks, indices));
}

/**
 * The similarity that brings `from` nearest to `to` in the sum of squared distances (Umeyama 1991, without mirroring).
 * Both hold the same number of points, at least two different ones in `from`.
 */
export function leastSquaresSimilarity(from: readonly Point[], to: readonly Point[]): Similarity {
  const [fromX, fromY] = centre(from);
  const [toX, toY] = centre(to);
  let along = 0;
  let across = 0;
  let spread = 0;
  from.forEach(([x, y], index) => {
    const [u, v] = to[index] ?? [Number.NaN, Number.NaN];
    along += (x - fromX) * (u - toX) + (y - fromY) * (v - toY);
    across += (x - fromX) * (v - toY) - (y - fromY) * (u - toX);
    spread += (x - fromX) ** 2 + (y - fromY) ** 2;
  });
  const a = along / spread;
  const b = across / spread;
  return { a, b, tx: toX - a * fromX + b * fromY, ty: toY - b * fromX - a * fromY };
}

/** Maps places in the aligned face to places in the frame whose pixels the landmarks are in. */
export function alignment(landmarks: Float32Array, template: FaceTemplate): Similarity {
  return leastSquaresSimilarity(template.points, templatePoints(landmarks, template));
}

/** Distance between the eye centres, in the unit of the landmarks. */
export function interEyeDistance(landmarks: Float32Array): number {
  const [rightX, rightY] = meanOf(landmarks, RIGHT_EYE);
  const [leftX, leftY] = meanOf(landmarks, LEFT_EYE);
  return Math.hypot(leftX - rightX, leftY - rightY);
}

/** Eye aspect ratio of the person's own left and right eye: height over width, about 0.3 open and under 0.15 shut. */
export function eyeOpenness(landmarks: Float32Array): { readonly left: number; readonly right: number } {
  return { left: aspectRatio(landmarks, EYE_RINGS.left), right: aspectRatio(landmarks, EYE_RINGS.right) };
}

/** The upright rectangle round all landmarks. */
export function boundingBox(landmarks: Float32Array): { readonly x: number; readonly y: number; readonly width: number; readonly height: number } {
  let left = Number.POSITIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (let at = 0; at + 1 < landmarks.length; at += STRIDE) {
    const x = landmarks[at] ?? 0;
    const y = landmarks[at + 1] ?? 0;
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Degrees. Yaw is positive when the person turns to their own left, pitch when looking up, roll clockwise as seen by the camera. */
export interface HeadPose {
  readonly yawDeg: number;
  readonly pitchDeg: number;
  readonly rollDeg: number;
}

/**
 * Head pose from a face's transformation matrix.
 *
 * @param matrix 4x4, column by column, that takes the canonical face (x to the camera's right, y up, z to the camera)
 *   to where the face is; scaled evenly or not at all
 */
export function headPose(matrix: ArrayLike<number>): HeadPose {
  const at = (column: number, row: number): number => matrix[column * 4 + row] ?? 0;
  const scale = Math.hypot(at(2, 0), at(2, 1), at(2, 2)) || 1;
  const degrees = 180 / Math.PI;
  return {
    yawDeg: Math.atan2(at(2, 0), at(2, 2)) * degrees,
    pitchDeg: Math.asin(Math.min(1, Math.max(-1, at(2, 1) / scale))) * degrees,
    rollDeg: -Math.atan2(at(0, 1), at(1, 1)) * degrees,
  };
}

function aspectRatio(landmarks: Float32Array, [outer, above1, above2, inner, below2, below1]: readonly [number, number, number, number, number, number]): number {
  const width = distance(landmarks, outer, inner);
  return width === 0 ? 0 : (distance(landmarks, above1, below1) + distance(landmarks, above2, below2)) / (2 * width);
}

function distance(landmarks: Float32Array, one: number, other: number): number {
  const [ax, ay] = meanOf(landmarks, [one]);
  const [bx, by] = meanOf(landmarks, [other]);
  return Math.hypot(ax - bx, ay - by);
}

function meanOf(landmarks: Float32Array, indices: readonly number[]): Point {
  let x = 0;
  let y = 0;
  for (const index of indices) {
    x += landmarks[index * STRIDE] ?? Number.NaN;
    y += landmarks[index * STRIDE + 1] ?? Number.NaN;
  }
  return [x / indices.length, y / indices.length];
}

function centre(points: readonly Point[]): Point {
  const sum = points.reduce<Point>(([x, y], [u, v]) => [x + u, y + v], [0, 0]);
  return [sum[0] / points.length, sum[1] / points.length];
}

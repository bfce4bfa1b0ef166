import type { Picture } from "./picture.ts";

export type Point = readonly [x: number, y: number];

/** Where a model wants five points of the face, pixels of its square input. */
export interface FaceTemplate {
  readonly side: number;
  readonly points: readonly Point[];
}

/** ArcFace: eye centres, nose tip, mouth corners. */
export const ARCFACE_TEMPLATE: FaceTemplate = {
  side: 112,
  points: [
    [38.29, 51.7],
    [73.53, 51.5],
    [56.03, 71.74],
    [41.55, 92.37],
    [70.73, 92.2],
  ],
};

const DLIB_SIDE = 150;
const DLIB_PADDING = 0.25;
const DLIB_POINTS: readonly Point[] = [
  [0.1206, 0.2137],
  [0.3341, 0.2291],
  [0.6461, 0.229],
  [0.8596, 0.2135],
  [0.4901, 0.6278],
];

/** dlib's face chip with a padding of a quarter: outer and inner eye corners, base of the nose. */
export const DLIB_TEMPLATE: FaceTemplate = {
  side: DLIB_SIDE,
  points: DLIB_POINTS.map(([x, y]) => [
    ((x + DLIB_PADDING) / (1 + 2 * DLIB_PADDING)) * DLIB_SIDE,
    ((y + DLIB_PADDING) / (1 + 2 * DLIB_PADDING)) * DLIB_SIDE,
  ]),
};

/** Maps (x, y) to (a x - b y + tx, b x + a y + ty). */
interface Similarity {
  readonly a: number;
  readonly b: number;
  readonly tx: number;
  readonly ty: number;
}

/** Samples along each side of an output pixel. */
const SUPERSAMPLING = 4;

/**
 * Cuts out a face so that its points come to lie on the template's, by the similarity transform with the least sum of
 * squared distances. Each output pixel is the mean of 4 x 4 bilinear samples; outside the picture is black.
 *
 * @param points the face's five points in pixels of the picture, in the template's order
 * @returns side x side x 3 bytes, RGB, row by row
 */
export function alignedFace(picture: Picture, points: readonly Point[], template: FaceTemplate): Uint8Array {
  return resample(picture, leastSquaresSimilarity(template.points, points), template.side);
}

/**
 * Cuts out a square, scaled to side x side.
 *
 * @returns side x side x 3 bytes, RGB, row by row
 */
export function squareCrop(picture: Picture, left: number, top: number, length: number, side: number): Uint8Array {
  return resample(picture, { a: length / side, b: 0, tx: left, ty: top }, side);
}

function leastSquaresSimilarity(from: readonly Point[], to: readonly Point[]): Similarity {
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

function centre(points: readonly Point[]): Point {
  const sum = points.reduce<Point>(([x, y], [u, v]) => [x + u, y + v], [0, 0]);
  return [sum[0] / points.length, sum[1] / points.length];
}

/** Pixel (i, j) covers the square from (i, j) to (i + 1, j + 1), in the output as in the picture. */
function resample(picture: Picture, { a, b, tx, ty }: Similarity, side: number): Uint8Array {
  const rgb = new Uint8Array(3 * side * side);
  const sums = new Float64Array(3);
  for (let pixel = 0; pixel < side * side; pixel++) {
    sums.fill(0);
    for (let sample = 0; sample < SUPERSAMPLING ** 2; sample++) {
      const x = (pixel % side) + ((sample % SUPERSAMPLING) + 0.5) / SUPERSAMPLING;
      const y = Math.floor(pixel / side) + (Math.floor(sample / SUPERSAMPLING) + 0.5) / SUPERSAMPLING;
      addSample(picture, a * x - b * y + tx - 0.5, b * x + a * y + ty - 0.5, sums);
    }
    rgb.set(
      sums.map((sum) => Math.round(sum / SUPERSAMPLING ** 2)),
      3 * pixel,
    );
  }
  return rgb;
}

/** Adds the colour at a point between pixel centres to the sums. */
function addSample({ width, height, rgba }: Picture, x: number, y: number, sums: Float64Array): void {
  const left = Math.floor(x);
  const top = Math.floor(y);
  for (const [column, row, weight] of [
    [left, top, (left + 1 - x) * (top + 1 - y)],
    [left + 1, top, (x - left) * (top + 1 - y)],
    [left, top + 1, (left + 1 - x) * (y - top)],
    [left + 1, top + 1, (x - left) * (y - top)],
  ] as const) {
    if (column < 0 || column >= width || row < 0 || row >= height) continue;
    const at = 4 * (row * width + column);
    for (let channel = 0; channel < 3; channel++) {
      sums[channel] = (sums[channel] ?? 0) + weight * (rgba[at + channel] ?? 0);
    }
  }
}

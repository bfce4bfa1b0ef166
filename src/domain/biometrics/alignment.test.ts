import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { alignment, ARCFACE_TEMPLATE, boundingBox, DLIB_TEMPLATE, eyeOpenness, headPose, interEyeDistance, leastSquaresSimilarity } from "./alignment.ts";
import type { Point } from "./alignment.ts";
import type { Similarity } from "./warp.ts";

const coordinate = fc.double({ min: -1000, max: 1000, noNaN: true });
const similarity: fc.Arbitrary<Similarity> = fc
  .record({ scale: fc.double({ min: 0.05, max: 20, noNaN: true }), angle: fc.double({ min: -3.1, max: 3.1, noNaN: true }), tx: coordinate, ty: coordinate })
  .map(({ scale, angle, tx, ty }) => ({ a: scale * Math.cos(angle), b: scale * Math.sin(angle), tx, ty }));

const apply = ({ a, b, tx, ty }: Similarity, [x, y]: Point): Point => [a * x - b * y + tx, b * x + a * y + ty];

/** 478 points, all at the origin but those given. */
function landmarks(points: Readonly<Record<number, Point>>): Float32Array {
  const values = new Float32Array(478 * 3);
  for (const [index, point] of Object.entries(points)) values.set(point, Number(index) * 3);
  return values;
}

/** Column by column: R = Ry(yaw) Rx(-pitch) Rz(-roll), the axes of the camera being right, up and towards it. */
function rotation(yawDeg: number, pitchDeg: number, rollDeg: number, scale: number): number[] {
  const [y, p, r] = [yawDeg, -pitchDeg, -rollDeg].map((degrees) => (degrees * Math.PI) / 180) as [number, number, number];
  const yaw = [[Math.cos(y), 0, Math.sin(y)], [0, 1, 0], [-Math.sin(y), 0, Math.cos(y)]];
  const pitch = [[1, 0, 0], [0, Math.cos(p), -Math.sin(p)], [0, Math.sin(p), Math.cos(p)]];
  const roll = [[Math.cos(r), -Math.sin(r), 0], [Math.sin(r), Math.cos(r), 0], [0, 0, 1]];
  const times = (one: number[][], other: number[][]): number[][] =>
    one.map((row) => [0, 1, 2].map((column) => row.reduce((sum, value, index) => sum + value * (other[index]?.[column] ?? 0), 0)));
  const matrix = times(times(yaw, pitch), roll);
  return [0, 1, 2].flatMap((column) => [...[0, 1, 2].map((row) => scale * (matrix[row]?.[column] ?? 0)), 0]).concat([10, -3, -50, 1]);
}

describe("least squares similarity", () => {
  test.prop([similarity])("finds the similarity that moved the points", (moved) => {
    const found = leastSquaresSimilarity(ARCFACE_TEMPLATE.points, ARCFACE_TEMPLATE.points.map((point) => apply(moved, point)));
    for (const key of ["a", "b", "tx", "ty"] as const) expect(found[key]).toBeCloseTo(moved[key], 6);
  });

  test.prop([fc.array(fc.tuple(coordinate, coordinate), { minLength: 5, maxLength: 5 }), similarity])("is no worse than any other similarity", (points, other) => {
    const error = (candidate: Similarity): number =>
      ARCFACE_TEMPLATE.points.reduce((sum, point, index) => {
        const [x, y] = apply(candidate, point);
        const [u, v] = points[index] ?? [0, 0];
        return sum + (x - u) ** 2 + (y - v) ** 2;
      }, 0);
    expect(error(leastSquaresSimilarity(ARCFACE_TEMPLATE.points, points))).toBeLessThanOrEqual(error(other) + 1e-6);
  });
});

describe("templates", () => {
  test.each([ARCFACE_TEMPLATE, DLIB_TEMPLATE])("align with nothing to do when the face lies on the template of side $side", (template) => {
    const points: Record<number, Point> = {};
    template.landmarks.forEach((indices, index) => {
      for (const landmark of indices) points[landmark] = template.points[index] ?? [0, 0];
    });
    const found = alignment(landmarks(points), template);
    expect(found.a).toBeCloseTo(1, 5);
    expect(found.b).toBeCloseTo(0, 5);
  });

  test("dlib's chip keeps its eye corners inside the picture", () => {
    expect(DLIB_TEMPLATE.points[0]).toEqual([expect.closeTo(37.06, 2), expect.closeTo(46.37, 2)]);
  });
});

describe("measures of the landmarks", () => {
  test("eye openness is height over width of each eye", () => {
    const eye = (indices: readonly number[], height: number): Record<number, Point> => {
      const points: readonly Point[] = [[0, 50], [10, 50 - height / 2], [20, 50 - height / 2], [30, 50], [20, 50 + height / 2], [10, 50 + height / 2]];
      return Object.fromEntries(indices.map((index, at) => [index, points[at] ?? [0, 0]]));
    };
    const open = landmarks({ ...eye([33, 160, 158, 133, 153, 144], 9), ...eye([362, 385, 387, 263, 373, 380], 3) });
    expect(eyeOpenness(open)).toEqual({ right: expect.closeTo(0.3, 5) as number, left: expect.closeTo(0.1, 5) as number });
  });

  test("eye distance is measured between the eyes' centres", () => {
    const points: Record<number, Point> = {};
    for (const index of [33, 133, 159, 145]) points[index] = [100, 100];
    for (const index of [263, 362, 386, 374]) points[index] = [160, 180];
    expect(interEyeDistance(landmarks(points))).toBeCloseTo(100, 5);
  });

  test("the box goes round all points", () => {
    expect(boundingBox(Float32Array.of(10, 20, 0, 40, 25, 5, 15, 60, -3))).toEqual({ x: 10, y: 20, width: 30, height: 40 });
  });
});

describe("head pose", () => {
  test.each([
    { turn: "to the person's left, which is the picture's right", yawDeg: 30, pitchDeg: 0, rollDeg: 0 },
    { turn: "up", yawDeg: 0, pitchDeg: 20, rollDeg: 0 },
    { turn: "tilted clockwise as the camera sees it", yawDeg: 0, pitchDeg: 0, rollDeg: 15 },
    { turn: "all at once", yawDeg: -25, pitchDeg: -10, rollDeg: 12 },
  ])("reads a head that is turned $turn", ({ yawDeg, pitchDeg, rollDeg }) => {
    expect(headPose(rotation(yawDeg, pitchDeg, rollDeg, 1))).toEqual({
      yawDeg: expect.closeTo(yawDeg, 6) as number,
      pitchDeg: expect.closeTo(pitchDeg, 6) as number,
      rollDeg: expect.closeTo(rollDeg, 6) as number,
    });
  });

  test("does not depend on the scale", () => {
    expect(headPose(rotation(10, 5, 3, 2.5)).pitchDeg).toBeCloseTo(5, 6);
  });
});

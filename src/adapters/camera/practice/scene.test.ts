import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readRaster } from "../../../../tests/support/clips/pictures.ts";
import type { Head } from "./head.ts";
import { poseHead, shapeHead } from "./head.ts";
import { portraitFigure } from "./portrait.ts";
import { drawMesh, raster } from "./raster.ts";
import type { Figure } from "./scene.ts";
import { plainRoom, Scene } from "./scene.ts";

const ASSETS = join(import.meta.dirname, "..", "..", "..", "..", "public", "assets", "practice");
const STRAIGHT = { yawDeg: 0, pitchDeg: 0, rollDeg: 0, eyesShut: 0, breath: 0, nearness: 1, aside: 0 };
const [NOSE, CHIN, UPPER_LID, LOWER_LID] = [1, 152, 159, 145];

let figure: Figure;
let head: Head;

beforeAll(async () => {
  figure = portraitFigure(await readRaster(join(ASSETS, "portrait.png")), JSON.parse(await readFile(join(ASSETS, "portrait.json"), "utf8")));
  head = shapeHead(figure.landmarks, figure.picture.width, figure.picture.height);
});

function posed(pose: Partial<typeof STRAIGHT>): Float32Array {
  const into = new Float32Array(head.points.length);
  poseHead(head, { ...STRAIGHT, ...pose }, into);
  return into;
}

function at(points: Float32Array, index: number): readonly [number, number] {
  return [points[index * 3] ?? Number.NaN, points[index * 3 + 1] ?? Number.NaN];
}

describe("poseHead", () => {
  test("leaves every point where it is when the head is straight", () => {
    const moved = posed({}).map((value, index) => Math.abs(value - (head.points[index] ?? 0)));
    expect(Math.max(...moved)).toBeLessThan(1e-3);
  });

  test("moves the nose to the picture's right when the person turns left, and more than the chin", () => {
    const turned = posed({ yawDeg: 25 });
    const shift = (point: number): number => at(turned, point)[0] - at(head.points, point)[0];
    expect(shift(NOSE)).toBeGreaterThan(0.2 * head.faceWidth);
    expect(shift(NOSE)).toBeGreaterThan(shift(CHIN));
  });

  test("moves the nose down when the person nods", () => {
    expect(at(posed({ pitchDeg: -15 }), NOSE)[1]).toBeGreaterThan(at(head.points, NOSE)[1] + 5);
  });

  test("closes the gap between the lids when the eyes shut", () => {
    const gap = (points: Float32Array): number => at(points, LOWER_LID)[1] - at(points, UPPER_LID)[1];
    expect(gap(head.points)).toBeGreaterThan(3);
    expect(Math.abs(gap(posed({ eyesShut: 1 })))).toBeLessThan(0.15 * gap(head.points));
  });

  test("keeps the picture's border where it is when the head turns", () => {
    const turned = posed({ yawDeg: 25, pitchDeg: -15 });
    const corner = head.follows.length - 1;
    expect(at(turned, corner)).toEqual(at(head.points, corner));
  });
});

describe("shapeHead", () => {
  test("refuses landmarks that are no face mesh", () => {
    expect(() => shapeHead([1, 2, 3], 10, 10)).toThrow(RangeError);
  });

  test("has a point for every corner of the portrait's triangles", () => {
    expect(Math.max(...figure.triangles)).toBe(head.follows.length - 1);
  });
});

describe("Scene", () => {
  test("shows the room alone when the person is out of sight", () => {
    expect(new Scene(figure).draw({ ...STRAIGHT, aside: 1.25 }).words).toEqual(plainRoom().words);
  });

  test("draws the same pixels when a pose comes again", () => {
    const scene = new Scene(figure);
    const first = scene.draw({ ...STRAIGHT, yawDeg: 12 }).words.slice();
    scene.draw(STRAIGHT);
    expect(scene.draw({ ...STRAIGHT, yawDeg: 12 }).words).toEqual(first);
  });
});

describe("drawMesh", () => {
  const OPAQUE = 0xff000000;

  test("copies the texture pixel by pixel when the mesh lies on itself", () => {
    const texture = raster(8, 8);
    texture.words.forEach((_, index) => (texture.words[index] = (OPAQUE | (index * 3)) >>> 0));
    const target = raster(8, 8);
    const corners = Float32Array.from([0, 0, 0, 8, 0, 0, 0, 8, 0, 8, 8, 0]);
    drawMesh(target, texture, corners, corners, Uint16Array.from([0, 1, 2, 1, 3, 2]));
    for (let row = 0; row < 7; row++) expect(target.words.slice(row * 8, row * 8 + 7)).toEqual(texture.words.slice(row * 8, row * 8 + 7));
  });

  test("leaves no gap and draws nothing outside when two triangles share an edge", () => {
    const texture = raster(2, 2);
    texture.words.fill(0xffffffff);
    const target = raster(40, 40);
    drawMesh(target, texture, Float32Array.from([0, 0, 0, 2, 0, 0, 0, 2, 0, 2, 2, 0]), Float32Array.from([5, 5, 0, 35, 5, 0, 5, 35, 0, 35, 35, 0]), Uint16Array.from([0, 1, 2, 1, 3, 2]));
    const drawn = target.words.filter((word) => word !== 0).length;
    expect(drawn).toBe(30 * 30);
  });

  test("draws the nearer triangle over the farther one whatever their order", () => {
    const texture = raster(4, 2);
    texture.words.set([1, 1, 2, 2, 1, 1, 2, 2].map((value) => (OPAQUE | value) >>> 0));
    const source = Float32Array.from([0.5, 0.5, 0, 1, 0.5, 0, 0.5, 1, 0, 3, 0.5, 0, 3.2, 0.5, 0, 3, 1, 0]);
    const placed = Float32Array.from([0, 0, 1, 20, 0, 1, 0, 20, 1, 0, 0, 5, 20, 0, 5, 0, 20, 5]);
    for (const triangles of [[0, 1, 2, 3, 4, 5], [3, 4, 5, 0, 1, 2]]) {
      const target = raster(20, 20);
      drawMesh(target, texture, source, placed, Uint16Array.from(triangles));
      expect(target.words[21]).toBe((OPAQUE | 1) >>> 0);
    }
  });
});

import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { intersectionOverUnion, lumaMeasures, lumaPlane, meanLuma, sharpness, surroundings, visiblePart } from "./pixels.ts";
import type { RgbaPicture } from "./pixels.ts";
import { warp } from "./warp.ts";

function picture(width: number, height: number, colour: (x: number, y: number) => readonly [number, number, number]): RgbaPicture {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set([...colour(x, y), 255], (y * width + x) * 4);
  }
  return { width, height, data };
}

const identity = { a: 1, b: 0, tx: 0, ty: 0 };
const finite = fc.double({ min: -500, max: 500, noNaN: true });
const region = fc.record({ x: finite, y: finite, width: fc.double({ min: 1, max: 500, noNaN: true }), height: fc.double({ min: 1, max: 500, noNaN: true }) });
const frame = fc.record({ width: fc.integer({ min: 64, max: 1920 }), height: fc.integer({ min: 64, max: 1080 }) });

describe("surroundings", () => {
  test.prop([region, fc.double({ min: 1, max: 5, noNaN: true }), frame])("is a square inside the frame", (box, scale, size) => {
    const square = surroundings(box, scale, size);
    expect(square.width).toBe(square.height);
    expect(square.x).toBeGreaterThanOrEqual(0);
    expect(square.y).toBeGreaterThanOrEqual(0);
    expect(square.x + square.width).toBeLessThanOrEqual(size.width + 1e-6);
    expect(square.y + square.height).toBeLessThanOrEqual(size.height + 1e-6);
  });

  test("is centred on the face when there is room", () => {
    expect(surroundings({ x: 300, y: 220, width: 30, height: 40 }, 2, { width: 640, height: 480 })).toEqual({ x: 275, y: 200, width: 80, height: 80 });
  });
});

describe("light and sharpness", () => {
  test("mean luma of a grey picture is the grey", () => {
    expect(meanLuma(picture(32, 32, () => [90, 90, 90]), 8)).toBeCloseTo(90, 5);
  });

  test("a face lit from one side is uneven", () => {
    const plane = lumaPlane(warp(picture(20, 20, (x) => (x < 10 ? [200, 200, 200] : [50, 50, 50])), identity, 20, 20, "rgb"));
    expect(lumaMeasures(plane, 20, 0.1)).toMatchObject({ mean: expect.closeTo(125, 1) as number, spread: expect.closeTo(75, 1) as number, evenness: expect.closeTo(0.25, 2) as number });
  });

  test("sharpness is 0 for a flat picture and falls when the picture is blurred", () => {
    const edges = picture(32, 32, (x, y) => ((x >> 2) + (y >> 2)) % 2 === 0 ? [255, 255, 255] : [0, 0, 0]);
    const sharp = lumaPlane(warp(edges, identity, 32, 32, "rgb"));
    const soft = lumaPlane(warp({ ...edges, data: edges.data }, { a: 0.3, b: 0, tx: 0, ty: 0 }, 32, 32, "rgb"));
    expect(sharpness(new Float32Array(32 * 32).fill(80), 32, 0.1)).toBe(0);
    expect(sharpness(soft, 32, 0.1)).toBeLessThan(sharpness(sharp, 32, 0.1) / 4);
  });
});

describe("boxes", () => {
  test.prop([region, region])("overlap is symmetric and at most 1", (one, other) => {
    const overlap = intersectionOverUnion(one, other);
    expect(overlap).toBeCloseTo(intersectionOverUnion(other, one), 9);
    expect(overlap).toBeGreaterThanOrEqual(0);
    expect(overlap).toBeLessThanOrEqual(1 + 1e-9);
    expect(intersectionOverUnion(one, one)).toBeCloseTo(1, 9);
  });

  test.each([
    { where: "inside", box: { x: 10, y: 10, width: 20, height: 20 }, part: 1 },
    { where: "half out", box: { x: -10, y: 10, width: 20, height: 20 }, part: 0.5 },
    { where: "outside", box: { x: 200, y: 10, width: 20, height: 20 }, part: 0 },
  ])("$part of a box is visible when it lies $where", ({ box, part }) => {
    expect(visiblePart(box, { width: 100, height: 100 })).toBeCloseTo(part, 9);
  });
});

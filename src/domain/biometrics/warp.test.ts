import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import type { RgbaPicture } from "./pixels.ts";
import { cropSquare, warp } from "./warp.ts";

function picture(width: number, height: number, colour: (x: number, y: number) => readonly [number, number, number]): RgbaPicture {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set([...colour(x, y), 255], (y * width + x) * 4);
  }
  return { width, height, data };
}

const gradient = picture(40, 30, (x, y) => [x * 6, y * 8, 100]);
const identity = { a: 1, b: 0, tx: 0, ty: 0 };

describe("warp", () => {
  test("copies the picture when nothing is moved", () => {
    const copy = warp(gradient, identity, 40, 30, "rgb");
    expect([...copy.subarray(0, 6)]).toEqual([0, 0, 100, 6, 0, 100]);
    expect([...copy.subarray(-3)]).toEqual([39 * 6, 29 * 8, 100]);
  });

  test("puts blue first when the order is bgr", () => {
    const copy = warp(gradient, { ...identity, tx: 5, ty: 3 }, 1, 1, "bgr");
    expect([...copy]).toEqual([100, 24, 30]);
  });

  test("mixes neighbours when a place lies between pixels", () => {
    expect(warp(gradient, { ...identity, tx: 5.5 }, 1, 1, "rgb")[0]).toBe(33);
  });

  test("turns clockwise when b is 1: what was right is shown below", () => {
    const turned = warp(gradient, { a: 0, b: -1, tx: 0, ty: 30 }, 30, 40, "rgb");
    const at = (x: number, y: number): readonly number[] => [...turned.subarray((y * 30 + x) * 3, (y * 30 + x) * 3 + 2)];
    expect(at(0, 0)).toEqual([0, 29 * 8]);
    expect(at(29, 0)).toEqual([0, 0]);
    expect(at(29, 39)).toEqual([39 * 6, 0]);
  });

  test("is black outside the picture", () => {
    expect([...warp(gradient, { ...identity, tx: -50 }, 2, 2, "rgb")]).toEqual(Array<number>(12).fill(0));
  });

  test("averages when it shrinks, so that fine stripes become grey", () => {
    const stripes = picture(64, 64, (x) => (x % 2 === 0 ? [255, 255, 255] : [0, 0, 0]));
    const shrunk = cropSquare(stripes, { x: 0, y: 0, width: 64, height: 64 }, 16, "rgb");
    expect(shrunk.every((value) => Math.abs(value - 127.5) < 2)).toBe(true);
  });

  test.prop([fc.integer({ min: 0, max: 255 }), fc.double({ min: 0.1, max: 6, noNaN: true }), fc.double({ min: -3, max: 3, noNaN: true })])(
    "keeps a flat colour flat at any scale and angle inside the picture",
    (level, scale, angle) => {
      const flat = picture(120, 120, () => [level, level, level]);
      const map = { a: scale * Math.cos(angle), b: scale * Math.sin(angle), tx: 60, ty: 60 };
      expect(warp(flat, map, 8, 8, "rgb").every((value) => Math.abs(value - level) <= 1)).toBe(true);
    },
  );
});

/** The same picture with a black border of this width. */
function bordered(source: RgbaPicture, border: number): RgbaPicture {
  return picture(source.width + 2 * border, source.height + 2 * border, (x, y) => {
    const at = ((y - border) * source.width + x - border) * 4;
    const within = x >= border && y >= border && x < source.width + border && y < source.height + border;
    return within ? [source.data[at] ?? 0, source.data[at + 1] ?? 0, source.data[at + 2] ?? 0] : [0, 0, 0];
  });
}

function largestDifference(one: Uint8Array, other: Uint8Array): number {
  expect(one.length).toBe(other.length);
  return one.reduce((largest, value, at) => Math.max(largest, Math.abs(value - (other[at] ?? Number.NaN))), 0);
}

describe("the fast ways", () => {
  const speckled = picture(48, 40, (x, y) => [(x * 73 + y * 151) % 256, (x * 199 + y * 31) % 256, (x * y) % 256]);
  const border = 200;
  const wider = bordered(speckled, border);
  const place = fc.double({ min: -20, max: 40, noNaN: true });
  const step = fc.double({ min: 0.2, max: 12, noNaN: true });

  test.prop([place, place, step, fc.constantFrom("rgb" as const, "bgr" as const)])("cut out a square that is what a warp makes of it", (x, y, scale, order) => {
    const square = cropSquare(speckled, { x, y, width: 8 * scale, height: 8 * scale }, 8, order);
    expect(largestDifference(square, warp(speckled, { a: scale, b: 0, tx: x, ty: y }, 8, 8, order))).toBeLessThanOrEqual(1);
  });

  test.prop([place, place, step, fc.double({ min: -3, max: 3, noNaN: true })])("warp the same when the picture is wider than what is looked at", (x, y, scale, angle) => {
    const [a, b] = [scale * Math.cos(angle), scale * Math.sin(angle)];
    const whole = warp(speckled, { a, b, tx: x, ty: y }, 8, 8, "rgb");
    expect(largestDifference(whole, warp(wider, { a, b, tx: x + border, ty: y + border }, 8, 8, "rgb"))).toBeLessThanOrEqual(1);
  });
});

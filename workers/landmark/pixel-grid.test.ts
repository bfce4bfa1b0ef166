import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { pixelGrid } from "./pixel-grid.ts";

const WIDTH = 320;
const HEIGHT = 240;
const FACE = { x: 100, y: 60, width: 110, height: 130 };

/** Soft shading with a sensor's noise, and a pattern over it. */
function skin(seed: number, noise: number, pattern: (x: number, y: number) => number): { width: number; height: number; data: Uint8Array } {
  const data = new Uint8Array(WIDTH * HEIGHT * 4);
  let state = seed;
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      const shade = 130 + 50 * Math.sin(x / 37) * Math.cos(y / 29) + noise * (state / 2 ** 31 - 1) + pattern(x, y);
      data.fill(Math.max(0, Math.min(255, Math.round(shade))), (y * WIDTH + x) * 4, (y * WIDTH + x) * 4 + 3);
    }
  }
  return { width: WIDTH, height: HEIGHT, data };
}

const seeds = fc.integer({ min: 1, max: 2 ** 31 - 1 });

describe("pixelGrid", () => {
  test.each([1, 2, 4, 8])("is chance over skin with a sensor's noise of %i", (noise) => {
    const chances = Array.from({ length: 40 }, (_, index) => pixelGrid(skin(7919 * (index + 1), noise, () => 0), FACE));
    expect(chances.filter((chance) => chance >= 0.6).length).toBeLessThanOrEqual(2);
    expect(Math.max(...chances)).toBeLessThan(0.8);
  });

  test.prop([seeds, fc.double({ min: 2.2, max: 9, noNaN: true }), fc.double({ min: -0.2, max: 0.2, noNaN: true }), fc.boolean()])("stands out when a screen's lines lie over the face, however fine and slightly turned", (seed, period, slant, down) => {
    const lines = (x: number, y: number): number => 6 * Math.cos((2 * Math.PI * (down ? y + slant * x : x + slant * y)) / period);
    expect(pixelGrid(skin(seed, 3, lines), FACE)).toBeGreaterThan(1);
  });

  test("is nothing when the picture is too small to tell", () => {
    expect(pixelGrid({ width: 100, height: 100, data: new Uint8Array(40_000) }, { x: 0, y: 0, width: 100, height: 100 })).toBe(0);
  });
});

import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { screenCues } from "./screen-cues.ts";

const SIDE = 128;
/** The whole crop is four heights of the face wide. */
const REGION = { x: 0, y: 0, width: 480, height: 480 };
const FACE = { x: 190, y: 180, width: 100, height: 120 };

/** The camera frame, where no grid is looked for. */
const BLANK = { width: 1, height: 1, data: new Uint8Array(4) };

type Shade = (x: number, y: number) => number;

/** A grey picture of which every place, from -1 to 1 about the middle, has a shade. */
function crop(shade: Shade): Uint8Array {
  const bytes = new Uint8Array(SIDE * SIDE * 3);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) bytes.fill(Math.max(0, Math.min(255, shade((2 * x) / SIDE - 1, (2 * y) / SIDE - 1))), (y * SIDE + x) * 3, (y * SIDE + x + 1) * 3);
  }
  return bytes;
}

/** A dark-rimmed card of the given half width and height, turned. */
const card = (halfWidth: number, halfHeight: number, turnDeg = 0): Shade => (x, y) => {
  const turn = (turnDeg * Math.PI) / 180;
  const [across, down] = [Math.abs(x * Math.cos(turn) + y * Math.sin(turn)), Math.abs(y * Math.cos(turn) - x * Math.sin(turn))];
  if (across > halfWidth || down > halfHeight) return 150;
  return across > halfWidth - 0.06 || down > halfHeight - 0.06 ? 20 : 170;
};
const frameOf = (shade: Shade): number => screenCues(BLANK, crop(shade), SIDE, REGION, FACE).frame;

describe("screenCues", () => {
  test.each([0, 5, -8, 12])("sees a frame when a screen stands round the face, turned by %i degrees", (turnDeg) => {
    expect(frameOf(card(0.5, 0.65, turnDeg))).toBeGreaterThan(0.8);
  });

  test.each<readonly [string, Shade]>([
    ["the wall is plain", () => 180],
    ["light falls from the side", (x, y) => 150 + 60 * x + 20 * y],
    ["a door frame stands behind, open at the top and below", (x) => (Math.abs(x) > 0.5 ? 90 : 180)],
    ["a shelf runs behind", (_, y) => (Math.abs(y) > 0.55 ? 90 : 180)],
    ["a wall ends on one side and meets the ceiling", (x, y) => (x > 0.5 || y < -0.6 ? 90 : 180)],
    ["something round stands behind", (x, y) => (Math.hypot(x, y) < 0.55 ? 90 : 180)],
  ])("sees none when %s", (_, shade) => {
    expect(frameOf(shade)).toBeLessThan(0.62);
  });

  test.prop([fc.double({ min: 0, max: 6, noNaN: true }), fc.integer({ min: 1, max: 2 ** 31 - 1 })])("sees none in noise of a sensor", (noise, seed) => {
    let state = seed;
    const speckled = crop(() => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return 140 + noise * (state / 2 ** 31 - 1);
    });
    expect(screenCues(BLANK, speckled, SIDE, REGION, FACE).frame).toBeLessThan(0.4);
  });

  test("sees none when the face fills the crop", () => {
    expect(screenCues(BLANK, crop(card(0.5, 0.65)), SIDE, REGION, { x: 20, y: 10, width: 440, height: 460 }).frame).toBe(0);
  });
});

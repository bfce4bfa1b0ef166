import { describe, expect, test } from "vitest";
import { lumaPlane } from "./pixels.ts";
import { blockiness } from "./quality-compression.ts";
import { exposure } from "./quality-exposure.ts";
import { occlusion } from "./quality-occlusion.ts";

type Colour = readonly [red: number, green: number, blue: number];

const SIDE = 112;
/** Skins from light to dark under the same light. */
const SKINS: readonly Colour[] = [
  [224, 182, 160],
  [198, 148, 118],
  [152, 104, 78],
  [92, 58, 42],
];

/** Places of the landmarks that are looked at, on the aligned face, drawn from the template: eyes at 38 and 74, mouth at 92. */
const PLACES: Readonly<Record<number, readonly [number, number]>> = {
  ...spread([151, 9, 108, 337, 69, 299], [56, 28], 10),
  ...spread([168, 6, 197], [56, 52], 2),
  ...spread([4, 5, 195, 1], [56, 70], 3),
  ...spread([98, 64], [48, 76], 1),
  ...spread([327, 294], [64, 76], 1),
  ...spread([117, 118, 50, 101], [34, 68], 4),
  ...spread([346, 347, 280, 330], [78, 68], 4),
  ...spread([205, 187, 207], [33, 84], 3),
  ...spread([425, 411, 427], [79, 84], 3),
  ...spread([164, 167, 393], [56, 83], 2),
  ...spread([11, 12, 72, 302], [56, 90], 4),
  ...spread([15, 16, 86, 316], [56, 95], 4),
  ...spread([13, 14], [56, 92], 3),
  ...spread([18, 200, 199, 201, 421], [56, 104], 3),
  ...spread([172, 136, 58], [28, 96], 2),
  ...spread([397, 365, 288], [84, 96], 2),
  ...spread([468, 159, 145, 33, 133], [38, 52], 4),
  ...spread([473, 386, 374, 263, 362], [74, 52], 4),
  ...spread([23, 110, 230, 24], [38, 59], 3),
  ...spread([253, 339, 450, 254], [74, 59], 3),
  ...spread([105, 52], [36, 43], 4),
  ...spread([334, 282], [76, 43], 4),
};

/** Points round a centre, side by side. */
function spread(indices: readonly number[], [x, y]: readonly [number, number], reach: number): Record<number, readonly [number, number]> {
  return Object.fromEntries(indices.map((index, at) => [index, [x - reach + (2 * reach * at) / Math.max(1, indices.length - 1), y]]));
}

const landmarks = new Float32Array(478 * 3);
for (const [index, [x, y]] of Object.entries(PLACES)) landmarks.set([x, y, 0], 3 * Number(index));

/** A drawn face with a little grain, and whatever lies over it. */
function drawn(skin: Colour, over: (x: number, y: number) => Colour | null = () => null): Uint8Array {
  const pixels = new Uint8Array(SIDE * SIDE * 3);
  const scaled = (part: number): Colour => [skin[0] * part, skin[1] * part, skin[2] * part];
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const eye = Math.min(Math.hypot((x - 38) / 9, (y - 52) / 4), Math.hypot((x - 74) / 9, (y - 52) / 4));
      const iris = Math.min(Math.hypot(x - 38, y - 52), Math.hypot(x - 74, y - 52)) < 3;
      let colour = scaled(1 - 0.12 * Math.abs(x - 56) / 56 - 0.1 * Math.max(0, y - 56) / 56);
      if (eye < 1) colour = iris ? [40, 30, 26] : scaled(1.1);
      else if ((Math.abs(x - 36) < 10 || Math.abs(x - 76) < 10) && Math.abs(y - 43) < 2) colour = scaled(0.5);
      else if (Math.hypot((x - 56) / 14, (y - 92) / 6) < 1) colour = Math.abs(y - 92) < 1 ? scaled(0.4) : [skin[0] * 0.86, skin[1] * 0.62, skin[2] * 0.66];
      else if (Math.min(Math.hypot(x - 51, y - 78), Math.hypot(x - 61, y - 78)) < 2) colour = scaled(0.45);
      const [red, green, blue] = over(x, y) ?? colour;
      const grain = ((x * 7919 + y * 104729 + x * y * 31) % 7) - 3;
      pixels.set([red + grain, green + grain, blue + grain], 3 * (y * SIDE + x));
    }
  }
  return pixels;
}

const occlusionOf = (aligned: Uint8Array): number => occlusion(aligned, lumaPlane(aligned), SIDE, { a: 1, b: 0, tx: 0, ty: 0 }, landmarks);

describe("occlusion", () => {
  test.each(SKINS)("is low when nothing covers a face of skin %i %i %i", (...skin) => {
    expect(occlusionOf(drawn(skin))).toBeLessThan(0.5);
  });

  const mask = (colour: Colour) => (x: number, y: number): Colour | null => (y > 64 + Math.abs(x - 56) / 8 && Math.abs(x - 56) < 44 ? colour : null);
  const lenses = (x: number, y: number): Colour | null => (Math.min(Math.hypot((x - 38) / 14, (y - 53) / 11), Math.hypot((x - 74) / 14, (y - 53) / 11)) < 1 ? [18, 18, 20] : null);

  test.each(SKINS.flatMap((skin) => ([["blue", [120, 165, 205]], ["white", [228, 228, 230]], ["black", [24, 24, 26]]] as const).map(([name, colour]) => ({ name, colour, skin }))))(
    "is high when a $name mask covers a face of skin $skin",
    ({ colour, skin }) => {
      expect(occlusionOf(drawn(skin, mask(colour)))).toBeGreaterThan(0.6);
    },
  );

  test.each(SKINS)("is high when dark glasses cover the eyes of a face of skin %i %i %i", (...skin) => {
    expect(occlusionOf(drawn(skin, lenses))).toBeGreaterThan(0.6);
  });

  test("is the same when the picture is mirrored", () => {
    const hair = (x: number, y: number): Colour | null => (x < 52 && y < 66 ? [30, 22, 18] : null);
    const skin = SKINS[1] ?? [0, 0, 0];
    const one = occlusionOf(drawn(skin, hair));
    const other = occlusionOf(drawn(skin, (x, y) => hair(112 - x, y)));
    expect(Math.abs(one - other)).toBeLessThan(0.1);
  });

  test("is a number when the landmarks lie outside the picture", () => {
    const far = occlusion(drawn([200, 150, 120]), new Float32Array(SIDE * SIDE), SIDE, { a: 1, b: 0, tx: 5000, ty: 0 }, landmarks);
    expect(far).toBeGreaterThanOrEqual(0);
    expect(far).toBeLessThanOrEqual(1);
  });
});

describe("exposure", () => {
  test.each([
    ["nothing", 128, { under: 0, over: 0 }],
    ["black", 3, { under: 1, over: 0 }],
    ["white", 255, { under: 0, over: 1 }],
  ])("finds %s clipped when all of it is %i", (_, value, expected) => {
    expect(exposure(new Float32Array(400).fill(value), 20, 0.1)).toEqual(expected);
  });

  test("leaves the margin out", () => {
    const plane = new Float32Array(400).fill(128);
    plane.fill(0, 0, 20);
    expect(exposure(plane, 20, 0.15).under).toBe(0);
  });
});

describe("blockiness", () => {
  const SIZE = 160;
  const whole = { x: 0, y: 0, width: SIZE, height: SIZE };
  const picture = (value: (x: number, y: number) => number): { width: number; height: number; data: Uint8ClampedArray } => {
    const data = new Uint8ClampedArray(SIZE * SIZE * 4);
    for (let y = 0; y < SIZE; y++) for (let x = 0; x < SIZE; x++) data.fill(value(x, y), 4 * (y * SIZE + x), 4 * (y * SIZE + x) + 4);
    return { width: SIZE, height: SIZE, data };
  };
  const scene = (x: number, y: number): number => 120 + 60 * Math.sin(x / 17) + 40 * Math.cos(y / 23) + ((x * 31 + y * 57 + x * y) % 5);
  /** Every block of 8 pixels is its own mean in part, as strong compression leaves it. */
  const blocks = (part: number, offset = 0) => (x: number, y: number): number => {
    const middle = (at: number): number => Math.floor((at + offset) / 8) * 8 + 4 - offset;
    return (1 - part) * scene(x, y) + part * scene(middle(x), middle(y));
  };

  test("is near zero when a picture was not compressed", () => {
    expect(blockiness(picture(scene), whole)).toBeLessThan(0.1);
  });

  test.each([0, 1, 3, 7])("is high when the blocks of 8 pixels show, whatever their offset of %i", (offset) => {
    expect(blockiness(picture(blocks(1, offset)), whole)).toBeGreaterThan(0.7);
  });

  test("grows with the compression", () => {
    const of = (part: number): number => blockiness(picture(blocks(part)), whole);
    expect(of(0.4)).toBeGreaterThan(of(0.1));
    expect(of(0.9)).toBeGreaterThan(of(0.4));
  });

  test("does not take stripes in one direction for blocks", () => {
    expect(blockiness(picture((x) => (x % 16 < 8 ? 60 : 180)), whole)).toBeLessThan(0.1);
  });

  test("is zero when there is too little to look at", () => {
    expect(blockiness(picture(blocks(1)), { x: 0, y: 0, width: 20, height: 20 })).toBe(0);
  });
});

import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { headFrame, pictureFrame } from "../testing/synthetic-head.ts";
import type { Held } from "../testing/synthetic-head.ts";
import { findBlinks } from "./blink.ts";
import type { MotionFrame } from "./motion.ts";
import { MOTION_WINDOW_MS, rememberMotion } from "./motion.ts";
import { findLife, judgePresentation, nextPadStep } from "./policy.ts";
import { measureRelief } from "./relief.ts";
import { judgeTexture, textureEvidence } from "./texture.ts";

const FRAME_MS = 50;
const film = (frame: typeof headFrame, seconds: number, held: (second: number) => Held): MotionFrame[] =>
  Array.from({ length: Math.round((seconds * 1000) / FRAME_MS) }, (_, index) => frame(held((index * FRAME_MS) / 1000), index * FRAME_MS));
/** Eyes shut from the given second on, for as long as said. */
const blinkAt = (second: number, at: number, seconds = 0.15): number => (second >= at && second < at + seconds ? 0.06 : 0.3);
const living = Array.from({ length: 4 }, () => ({ near: 0.95, far: 0.9 }));
const wave = fc.record({ size: fc.double({ min: -1, max: 1, noNaN: true }), hertz: fc.double({ min: 0.1, max: 1.5, noNaN: true }), phase: fc.double({ min: 0, max: 1, noNaN: true }) });
const swing = ({ size, hertz, phase }: { size: number; hertz: number; phase: number }, second: number): number => size * Math.sin(2 * Math.PI * (hertz * second + phase));

describe("findBlinks", () => {
  test("finds each when the eyes shut and open again", () => {
    const frames = film(headFrame, 4, (second) => ({ eyes: Math.min(blinkAt(second, 1), blinkAt(second, 2.5)) }));
    expect(findBlinks(frames).map(({ atMs }) => atMs)).toEqual([1000, 2500]);
  });

  test.each([
    ["the eyes stay shut", (second: number): Held => ({ eyes: second > 1 ? 0.05 : 0.3 })],
    ["they are shut too long", (second: number): Held => ({ eyes: blinkAt(second, 1, 2) })],
    ["they only narrow", (second: number): Held => ({ eyes: second > 1 && second < 1.2 ? 0.22 : 0.3 })],
    ["the head turns meanwhile", (second: number): Held => ({ eyes: blinkAt(second, 1), yawDeg: second >= 1 && second < 1.15 ? 25 : 0 })],
    ["the eyes cannot be read", (second: number): Held => ({ eyes: blinkAt(second, 1) / 3 })],
  ])("finds none when %s", (_, held) => {
    expect(findBlinks(film(headFrame, 4, held))).toEqual([]);
  });

  test("finds none when one eye alone shuts", () => {
    const frames = film(headFrame, 3, () => ({})).map((frame) => (frame.atMs === 1000 ? { ...frame, leftEye: 0.05 } : frame));
    expect(findBlinks(frames)).toEqual([]);
  });
});

describe("measureRelief", () => {
  test("finds depth when a head turns", () => {
    const relief = measureRelief(film(headFrame, 3, (second) => ({ yawDeg: 20 * Math.sin(second * 2) })));
    expect(relief.shift).toBeGreaterThan(0.13);
    expect(relief.height).toBeGreaterThan(1.25);
  });

  test("finds none when a picture is tilted as far", () => {
    expect(measureRelief(film(pictureFrame, 3, (second) => ({ yawDeg: 20 * Math.sin(second * 2) }))).shift).toBeLessThan(0.05);
  });

  test("finds none when there are no frames", () => {
    expect(measureRelief([])).toEqual({ shift: 0, stretch: 0, height: 0 });
  });
});

describe("findLife", () => {
  test("finds speech when the lips open and close", () => {
    expect(findLife(film(headFrame, 2, (second) => ({ lips: 0.1 + 0.1 * Math.sin(second * 12) }))).signs).toEqual(["speech"]);
  });

  test("says nothing when too little was seen", () => {
    expect(findLife(film(headFrame, 0.25, (second) => ({ lips: second }))).signs).toEqual([]);
  });

  test("believes nothing when the proportions change like a tilted picture's", () => {
    expect(findLife(film(pictureFrame, 3, (second) => ({ yawDeg: 55 * Math.sin(second * 3), eyes: blinkAt(second, 1) }))).signs).toEqual([]);
  });
});

describe("rememberMotion", () => {
  test("forgets what is older than its window", () => {
    const frames = film(headFrame, 9, () => ({})).reduce<readonly MotionFrame[]>(rememberMotion, []);
    expect(frames.every(({ atMs }) => 8950 - atMs <= MOTION_WINDOW_MS)).toBe(true);
    expect(frames.length).toBeGreaterThan(100);
  });
});

const share = fc.double({ min: 0, max: 1, noNaN: true });
const scores = fc.array(fc.record({ near: share, far: share, frame: share }), { minLength: 3, maxLength: 8 });

describe("judgeTexture", () => {
  test.each([
    ["too-few", [0.99, 0.99]],
    ["high", [0.99, 0.95, 0.9]],
    ["low", [0.02, 0.2, 0.05]],
    ["unclear", [0.5, 0.6, 0.7]],
    ["unclear", [0.9, 0.2, 0.9]],
  ] as const)("is %s when the samples say %j", (verdict, said) => {
    expect(judgeTexture(said.map((score) => ({ near: score, far: score })))).toBe(verdict);
  });

  test("is unclear when one crop is at odds with the other", () => {
    expect(judgeTexture(Array.from({ length: 4 }, () => ({ near: 1, far: 0.3 })))).toBe("unclear");
  });

  test.each([
    ["high", 0.99, 0.6],
    ["unclear", 0.99, 0.75],
    ["low", 0.99, 1],
    ["low", 0.9, 0.85],
  ] as const)("is %s when samples of %d stand in a frame of %d", (verdict, score, frame) => {
    expect(judgeTexture(Array.from({ length: 4 }, () => ({ near: score, far: score, frame })))).toBe(verdict);
  });

  test.prop([scores, share])("never sees more of a face when there is more of a frame", (samples, more) => {
    const framed = samples.map((sample) => ({ ...sample, frame: sample.frame + (1 - sample.frame) * more }));
    expect(textureEvidence(framed).total).toBeLessThanOrEqual(textureEvidence(samples).total);
  });

  test.prop([scores])("is finite, whatever the models say", (samples) => {
    expect(Number.isFinite(textureEvidence(samples).total)).toBe(true);
  });
});

describe("judgePresentation", () => {
  test("is bona fide when the surface lives and the person blinks", () => {
    expect(judgePresentation(living, film(headFrame, 2, (second) => ({ eyes: blinkAt(second, 1) }))).outcome).toBe("bona-fide");
  });

  test("is undecided when a living surface keeps quite still", () => {
    expect(judgePresentation(living, film(headFrame, 3, () => ({}))).outcome).toBe("undecided");
  });

  test("suspects an attack when the surface is a picture's, whatever moves", () => {
    const replay = film(headFrame, 3, (second) => ({ eyes: blinkAt(second, 1), lips: 0.1 * second, yawDeg: 20 * Math.sin(second) }));
    expect(judgePresentation(living.map(() => ({ near: 0.05, far: 0.1 })), replay).outcome).toBe("attack-suspected");
  });

  test("suspects an attack when the face goes round in a loop", () => {
    const loop = film(headFrame, 5, (second) => ({ yawDeg: 10 * Math.sin((2 * Math.PI * second) / 1.5), eyes: blinkAt(second % 1.5, 0.5) }));
    expect(judgePresentation(living, loop)).toMatchObject({ outcome: "attack-suspected", repeats: true });
  });

  test.prop([wave, wave, wave, fc.double({ min: 0.1, max: 0.4, noNaN: true })])(
    "never believes a picture by itself, however it is moved, tilted and brought nearer",
    (yaw, pitch, size, eyes) => {
      const frames = film(pictureFrame, 4, (second) => ({ yawDeg: 60 * swing(yaw, second), pitchDeg: 60 * swing(pitch, second), size: 80 + 30 * swing(size, second), eyes }));
      expect(judgePresentation(living, frames).outcome).not.toBe("bona-fide");
    },
  );
});

describe("nextPadStep", () => {
  test.each([
    ["accept", "bona-fide", "in-doubt", false],
    ["accept", "bona-fide", "off", true],
    ["challenge", "bona-fide", "always", false],
    ["wait", "undecided", "in-doubt", true],
    ["challenge", "undecided", "in-doubt", false],
    ["refuse", "undecided", "off", false],
    ["refuse", "attack-suspected", "always", true],
  ] as const)("is %s when the outcome is %s under policy %s, patient %s", (step, outcome, policy, patient) => {
    expect(nextPadStep(outcome, policy, patient)).toBe(step);
  });
});

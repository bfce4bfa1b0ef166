import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { headFrame } from "../testing/synthetic-head.ts";
import type { Held } from "../testing/synthetic-head.ts";
import type { MotionFrame } from "./motion.ts";
import { repeatsItself } from "./repetition.ts";

const FRAME_MS = 66;
const film = (seconds: number, held: (second: number) => Held): readonly MotionFrame[] =>
  Array.from({ length: Math.round((seconds * 1000) / FRAME_MS) }, (_, index) => headFrame(held((index * FRAME_MS) / 1000), index * FRAME_MS));
/** Sways of which none is a multiple of another. */
const alive = (second: number): Held => ({ yawDeg: 5 * Math.sin(1.3 * second) + 3 * Math.sin(2.9 * second + 1), pitchDeg: 2 * Math.sin(1.7 * second), size: 80 + 2 * Math.sin(0.7 * second), lips: 0.05 + 0.04 * Math.sin(7.3 * second) });

describe("repeatsItself", () => {
  test.prop([fc.integer({ min: 10, max: 35 })])("sees a clip that runs in a loop, whatever its length up to two seconds and a half", (frames) => {
    expect(repeatsItself(film(6, (second) => alive((Math.round((second * 1000) / FRAME_MS) % frames) * (FRAME_MS / 1000))))).toBe(true);
  });

  test("sees a clip that runs to and fro", () => {
    const half = 12;
    const place = (second: number): number => Math.abs((Math.round((second * 1000) / FRAME_MS) % (2 * half)) - half);
    const frames = film(6, (second) => alive(place(second) * (FRAME_MS / 1000)));
    // At the moment of turning too little has moved to tell.
    expect(frames.some((_, index) => repeatsItself(frames.slice(0, index)))).toBe(true);
  });

  test.each([
    ["a head sways as heads do", alive],
    ["a head keeps quite still", () => ({})],
    ["a still head blinks", (second: number) => ({ eyes: second % 2.1 < 0.15 ? 0.05 : 0.3 })],
    ["a head drifts to one side", (second: number) => ({ yawDeg: 4 * second })],
  ] as const)("sees nothing when %s", (_, held) => {
    expect(repeatsItself(film(6, held))).toBe(false);
  });

  test("sees nothing in too few frames", () => {
    expect(repeatsItself([])).toBe(false);
    expect(repeatsItself(film(0.3, alive))).toBe(false);
  });
});

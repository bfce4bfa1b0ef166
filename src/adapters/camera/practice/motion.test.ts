import { describe, expect, test } from "vitest";
import { poseAt, PRACTICE_CYCLE, WALK_MS } from "./motion.ts";
import type { Cue, PracticeAction } from "./motion.ts";

const THERE_MS = 5_000;
const every = (fromMs: number, toMs: number, stepMs = 20): readonly number[] => Array.from({ length: Math.ceil((toMs - fromMs) / stepMs) }, (_, index) => fromMs + index * stepMs);
const asked = (action: PracticeAction): readonly Cue[] => [{ atMs: THERE_MS, action }];

describe("poseAt", () => {
  test("brings the person from out of sight to the middle when the cycle begins", () => {
    expect(Math.abs(poseAt(0, []).aside)).toBeGreaterThan(1);
    const there = poseAt(WALK_MS, []);
    expect(there.nearness).toBeCloseTo(1, 5);
    expect(Math.abs(there.aside)).toBeLessThan(0.02);
  });

  test("has the person away when the time of presence is over, and back in the next round", () => {
    const { presentMs, awayMs } = PRACTICE_CYCLE;
    expect(Math.abs(poseAt(presentMs + awayMs / 2, []).aside)).toBeGreaterThan(1);
    expect(poseAt(presentMs + awayMs + WALK_MS, []).nearness).toBeCloseTo(1, 5);
  });

  test("keeps the person there when something is asked for that takes longer than the visit", () => {
    for (const atMs of every(THERE_MS, THERE_MS + 40_000, 500)) expect(poseAt(atMs, asked("nod")).nearness).toBe(1);
  });

  test.each([
    ["turn-left", 1],
    ["turn-right", -1],
  ] as const)("%s reaches 20 degrees to the person's own side within two seconds and never goes the other way", (action, side) => {
    const yaws = every(THERE_MS, THERE_MS + 2_000).map((atMs) => poseAt(atMs, asked(action)).yawDeg * side);
    expect(Math.max(...yaws)).toBeGreaterThan(20);
    expect(Math.max(...yaws)).toBeLessThan(30);
    expect(Math.min(...yaws)).toBeGreaterThan(-6);
  });

  test("nod goes down by 12 degrees and comes back within two seconds", () => {
    const pitches = every(THERE_MS, THERE_MS + 2_000).map((atMs) => poseAt(atMs, asked("nod")).pitchDeg);
    const lowest = Math.min(...pitches);
    expect(lowest).toBeLessThan(-12);
    expect(pitches.at(-1)).toBeGreaterThan(lowest / 2);
  });

  test("blink-twice shuts the eyes exactly twice within two and a half seconds", () => {
    const shut = every(THERE_MS, THERE_MS + 2_500).map((atMs) => poseAt(atMs, asked("blink-twice")).eyesShut > 0.5);
    expect(shut.filter((now, index) => now && shut[index - 1] !== true)).toHaveLength(2);
  });

  test("comes to rest within half a second when rest is asked for in the middle of a turn", () => {
    const cues: readonly Cue[] = [...asked("turn-left"), { atMs: THERE_MS + 1_500, action: "rest" }];
    expect(poseAt(THERE_MS + 1_490, cues).yawDeg).toBeGreaterThan(15);
    expect(Math.abs(poseAt(THERE_MS + 2_000, cues).yawDeg)).toBeLessThan(5);
  });

  test("leaves 1.8 to 5 seconds between natural blinks", () => {
    const shut = every(0, 120_000, 10).filter((atMs) => poseAt(atMs, []).eyesShut > 0.9);
    const starts = shut.filter((atMs, index) => index === 0 || atMs - (shut[index - 1] ?? 0) > 500);
    const gaps = starts.slice(1).map((atMs, index) => atMs - (starts[index] ?? 0));
    expect(starts.length).toBeGreaterThan(30);
    expect(Math.min(...gaps)).toBeGreaterThan(1_800);
    expect(Math.max(...gaps)).toBeLessThan(5_000);
  });

  test.each(["turn-left", "turn-right", "nod", "rest"] as const)("moves without a jerk when %s is asked for and ended", (action) => {
    const cues: readonly Cue[] = [{ atMs: THERE_MS, action }, { atMs: THERE_MS + 2_300, action: "rest" }];
    const poses = every(THERE_MS - 500, THERE_MS + 4_000, 33).map((atMs) => poseAt(atMs, cues));
    for (const [index, pose] of poses.slice(1).entries()) {
      expect(Math.abs(pose.yawDeg - (poses[index]?.yawDeg ?? 0))).toBeLessThan(4);
      expect(Math.abs(pose.pitchDeg - (poses[index]?.pitchDeg ?? 0))).toBeLessThan(4);
    }
  });
});

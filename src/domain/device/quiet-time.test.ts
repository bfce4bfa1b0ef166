import { describe, expect, it } from "vitest";
import type { EpochMs } from "../clock.ts";
import { isBusyTime } from "./quiet-time.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 20, 8) as EpochMs;
const daily = (offsetMs: number, each: number): EpochMs[] => Array.from({ length: 7 * each }, (_, index) => (NOW - (1 + (index % 7)) * DAY + offsetMs) as EpochMs);

describe("a time of day", () => {
  it.each([
    ["nobody ever came", [], false],
    ["three came each day then", daily(0, 3), true],
    ["three came each day ten minutes later", daily(HOUR / 6, 3), true],
    ["one came each day then", daily(0, 1), false],
    ["many came each day at another time", daily(3 * HOUR, 50), false],
    ["many came then, two weeks ago", daily(0, 50).map((at) => (at - 14 * DAY) as EpochMs), false],
    ["many came a moment ago", Array.from({ length: 20 }, (_, index) => (NOW - index * 60_000) as EpochMs), true],
  ])("is busy or not when %s", (_name, punches, busy) => {
    expect(isBusyTime(punches, NOW)).toBe(busy);
  });
});

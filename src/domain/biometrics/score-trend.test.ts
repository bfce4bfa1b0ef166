import { fc } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import type { EpochMs } from "../clock.ts";
import { FIRST_WEEKS, LAST_WEEKS, together, weeklyDeviation, weekOf, weekStart, withScore } from "./score-trend.ts";
import type { ScoreTrend } from "./score-trend.ts";

const DAY_MS = 86_400_000;
const ENROLLED = Date.UTC(2026, 0, 1) as EpochMs;
const at = (days: number): EpochMs => (ENROLLED + days * DAY_MS) as EpochMs;

function trendOf(...scores: readonly (readonly [day: number, score: number])[]): ScoreTrend {
  let trend: ScoreTrend | undefined;
  for (const [day, score] of scores) trend = withScore(trend, ENROLLED, at(day), score);
  return trend ?? { enrolledAt: ENROLLED, weeks: [] };
}

describe("a week", () => {
  it.each([
    ["2026-11-22T23:59:59.999Z", "2026-11-16"],
    ["2026-11-23T00:00:00Z", "2026-11-23"],
    ["1970-01-01T00:00:00Z", "1969-12-29"],
  ])("of %s begins on Monday %s", (moment, monday) => {
    expect(new Date(weekStart(weekOf(Date.parse(moment) as EpochMs))).toISOString().slice(0, 10)).toBe(monday);
  });
});

describe("a score trend", () => {
  it("holds number and mean of each week and no single score", () => {
    const trend = trendOf([0, 0.4], [1, 0.6], [8, 0.2]);
    expect(trend.weeks).toEqual([
      { week: weekOf(at(0)), n: 2, mean: 0.5 },
      { week: weekOf(at(8)), n: 1, mean: 0.2 },
    ]);
  });

  it("keeps the first weeks and the last ones when a year goes by", () => {
    const trend = trendOf(...Array.from({ length: 52 }, (_, week) => [7 * week, week] as const));
    expect(trend.weeks.map(({ mean }) => mean)).toEqual([0, 1, 2, ...Array.from({ length: LAST_WEEKS }, (_, index) => 52 - LAST_WEEKS + index)]);
  });

  it("begins anew when the person was enrolled again", () => {
    const again = withScore(trendOf([0, 0.4], [7, 0.5]), at(20), at(21), 0.9);
    expect(again).toEqual({ enrolledAt: at(20), weeks: [{ week: weekOf(at(21)), n: 1, mean: 0.9 }] });
  });

  it("puts a punch into its own week when the clock was set back", () => {
    expect(trendOf([14, 0.4], [0, 0.2], [14, 0.6]).weeks.map(({ n }) => n)).toEqual([1, 2]);
  });

  it("is in order, never longer than it may be, and forgets no punch of the first weeks", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 200 }), (scores) => {
        const { weeks } = trendOf(...scores);
        expect(weeks.length).toBeLessThanOrEqual(FIRST_WEEKS + LAST_WEEKS);
        expect(weeks.map(({ week }) => week)).toEqual([...new Set(weeks.map(({ week }) => week))].sort((a, b) => a - b));
      }),
    );
  });
});

describe("several weeks together", () => {
  it("are as if all their scores had come in one", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.double({ min: 0, max: 1, noNaN: true })), { minLength: 1, maxLength: 60 }), (scores) => {
        const values = scores.map(([, score]) => score);
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const all = together(trendOf(...scores).weeks);
        expect(all?.n).toBe(values.length);
        expect(all?.mean).toBeCloseTo(mean, 9);
      }),
    );
  });

  it("are nothing when there are none", () => {
    expect(together([])).toBeNull();
  });

  it("differ by what lies between one week and the next", () => {
    const weeks = [0.5, 0.7, 0.5, 0.7].map((mean, week) => ({ week, n: 3, mean }));
    expect(weeklyDeviation(weeks)).toBeCloseTo(0.2 / Math.SQRT2, 9);
    expect(weeklyDeviation(weeks.slice(0, 1))).toBeNull();
  });
});

import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { quantile, rateAt, thresholdAt } from "./statistics.ts";

const scores = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 1, maxLength: 200 }).map((values) => Float64Array.from(values).sort());

describe("evaluation statistics", () => {
  test.prop([scores, fc.double({ min: 0, max: 1, noNaN: true })])("no more than the asked part of the scores reaches the threshold", (sorted, rate) => {
    expect(rateAt(sorted, thresholdAt(sorted, rate))).toBeLessThanOrEqual(rate);
  });

  test.each([
    { q: 0, expected: 1 },
    { q: 0.5, expected: 2.5 },
    { q: 1, expected: 4 },
  ])("quantile $q of 1, 2, 3, 4 is $expected", ({ q, expected }) => {
    expect(quantile([1, 2, 3, 4], q)).toBe(expected);
  });

  test("the threshold lies just above the highest refused score", () => {
    const threshold = thresholdAt(Float64Array.of(0.1, 0.2, 0.3, 0.4), 0.25);
    expect(threshold).toBeGreaterThan(0.3);
    expect(threshold).toBeLessThan(0.3000001);
  });
});

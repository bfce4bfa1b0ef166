import { fc } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { proportion } from "./proportion.ts";

describe("a proportion", () => {
  // Intervals from Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("has Wilson's interval for %i of %i", (found, n, low, high) => {
    const interval = proportion(found, n);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
    expect(interval).toMatchObject({ n, value: found / n });
  });

  it("says nothing when there is nothing", () => {
    expect(proportion(0, 0)).toEqual({ n: 0, value: null, low: null, high: null });
  });

  it("lies in its interval, and the interval in 0..1, whatever was found", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, part) => {
        const { low, value, high } = proportion(Math.round(n * part), n);
        expect([0, low, value, high, 1]).toEqual([0, low, value, high, 1].toSorted((a, b) => Number(a) - Number(b)));
      }),
    );
  });
});

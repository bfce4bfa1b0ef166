import { describe, expect, test } from "vitest";
import { numbers } from "./synthetic.ts";
import { verificationReport, type ScoredPair } from "./verification-report.ts";

/** Folds of pairs whose scores are spread evenly over half the scale: mated from 0.5 up, non-mated up to 0.5 and `overlap` beyond. */
function folds(overlap: number): readonly (readonly ScoredPair[])[] {
  const random = numbers(3);
  return Array.from({ length: 10 }, () => Array.from({ length: 400 }, (_, index) => ({ same: index % 2 === 0, score: random() / 2 + (index % 2 === 0 ? 0.5 : overlap) })));
}

describe("verificationReport", () => {
  test("is without error when the two kinds of pairs do not overlap", () => {
    const report = verificationReport(folds(-0.01));
    expect(report).toMatchObject({ same: 2000, different: 2000, accuracy: { value: 1, standardError: 0 } });
    expect(report.tmrAtFmr["0.001"]?.tmr.value).toBe(1);
  });

  test("reads the threshold from the pairs of different people when they overlap", () => {
    const report = verificationReport(folds(0.1));
    // Two of 2,000 may reach it: about 0.6 of 0.5 to 1.
    expect(report.tmrAtFmr["0.001"]?.threshold).toBeCloseTo(0.6, 2);
    expect(report.tmrAtFmr["0.001"]?.tmr.value).toBeCloseTo(0.8, 1);
    expect(report.accuracy.value).toBeCloseTo(0.9, 1);
    expect(report.accuracy.value).toBeLessThan(1);
  });

  test("does not choose a fold's threshold on that fold", () => {
    // Every fold is separable, each at another height, so that only its own threshold would be without error.
    const shifted = Array.from({ length: 10 }, (_, fold) => [
      { same: true, score: fold + 0.1 },
      { same: false, score: fold },
    ]);
    expect(verificationReport(shifted).accuracy.value).toBeLessThan(0.8);
  });
});

import { fc } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { OPERATING_POINTS } from "./operating-points.ts";
import { lookAlikeLevel, NEEDLESS_RATE, sameFaceLevel } from "./look-alikes.ts";
import { identificationThreshold, log10FmrAtScore } from "./operating-point.ts";
import { chosenPoint, FPIR_CHOICES } from "./recognition-policy.ts";

const profile = fc.constantFrom("accurate" as const, "clear" as const);
const fpirTarget = fc.constantFrom(...FPIR_CHOICES);
const people = fc.integer({ min: 2, max: 20_000 });

describe("the level of look-alikes", () => {
  it("is never above the threshold, whatever the site chose", () => {
    fc.assert(
      fc.property(profile, fpirTarget, people, (of, target, n) => {
        const point = chosenPoint(OPERATING_POINTS[of], { fpirTarget: target });
        expect(lookAlikeLevel(point, n)).toBeLessThanOrEqual(identificationThreshold(point, n));
      }),
    );
  });

  it("takes no more strangers for look-alikes than it says, where it lies below the threshold", () => {
    fc.assert(
      fc.property(profile, people, (of, n) => {
        const point = chosenPoint(OPERATING_POINTS[of], { fpirTarget: 1e-4 });
        const level = lookAlikeLevel(point, n);
        expect(level).toBeLessThan(identificationThreshold(point, n));
        const perPerson = 10 ** log10FmrAtScore(point, level) * point.comparisonsPerPerson ** 2 * (n - 1);
        expect(perPerson).toBeCloseTo(NEEDLESS_RATE, 6);
      }),
    );
  });

  it("rises with the number of people", () => {
    fc.assert(
      fc.property(profile, fpirTarget, people, (of, target, n) => {
        const point = chosenPoint(OPERATING_POINTS[of], { fpirTarget: target });
        expect(lookAlikeLevel(point, n + 1)).toBeGreaterThan(lookAlikeLevel(point, n));
      }),
    );
  });

  it("is that of two people when there is nobody to compare with", () => {
    expect(lookAlikeLevel(OPERATING_POINTS.accurate, 0)).toBe(lookAlikeLevel(OPERATING_POINTS.accurate, 2));
  });
});

describe("the level of the same face", () => {
  it("leaves room above the level of look-alikes for people who look alike", () => {
    fc.assert(
      fc.property(profile, fpirTarget, people, (of, target, n) => {
        const point = chosenPoint(OPERATING_POINTS[of], { fpirTarget: target });
        expect(sameFaceLevel(point, n)).toBeGreaterThan(identificationThreshold(point, n));
        expect(log10FmrAtScore(point, sameFaceLevel(point, n))).toBeLessThanOrEqual(log10FmrAtScore(point, lookAlikeLevel(point, n)) - 1 + 1e-9);
      }),
    );
  });
});

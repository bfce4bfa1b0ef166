import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import type { PersonId } from "../people/types.ts";
import { compareProbes, decideIdentity, fuseProbes } from "./identification.ts";
import { comparisonsPerPerson, identificationThreshold, log10FmrAtScore, scoreAtFmr } from "./operating-point.ts";
import { OPERATING_POINTS } from "./operating-points.ts";
import type { CandidateList, ComparisonScore } from "./types.ts";

const point = OPERATING_POINTS.accurate;
const [anna, bert, cara] = ["anna", "bert", "cara"] as PersonId[] as [PersonId, PersonId, PersonId];
const list = (...candidates: [PersonId, number][]): CandidateList => ({ candidates: candidates.map(([personId, score]) => ({ personId, score: score as ComparisonScore })), people: 100, ms: 1 });
const threshold = identificationThreshold(point, 100);
const frames = (...lists: CandidateList[]): { search: CandidateList }[] => lists.map((search) => ({ search }));

/** A probe of profile `accurate` made of few numbers: each of its parts of unit length. */
const probe = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 704, maxLength: 704 }).map((values) => fuseProbes("accurate", [{ probe: Float32Array.from(values, (value, index) => (index % 192 === 0 ? 1 : value)), weight: 1 }]));

describe("identificationThreshold", () => {
  test.each(Object.values(OPERATING_POINTS))("grows with the gallery for profile $profile", (operatingPoint) => {
    const thresholds = [1, 10, 100, 1000, 10_000].map((people) => identificationThreshold(operatingPoint, people));
    expect(thresholds).toEqual(thresholds.toSorted((a, b) => a - b));
    expect(new Set(thresholds).size).toBe(thresholds.length);
  });

  test.each(point.curve.map((rate) => [rate.log10Fmr, rate.score] as const))("is the measured score at the measured rate 1e%d", (log10Fmr, score) => {
    expect(scoreAtFmr(point, log10Fmr)).toBeCloseTo(score, 10);
  });

  test.each(Object.values(OPERATING_POINTS))("has a curve that asks for more as it gets rarer for profile $profile", ({ curve }) => {
    expect(curve.map(({ log10Fmr }) => log10Fmr)).toEqual(curve.map(({ log10Fmr }) => log10Fmr).toSorted((a, b) => b - a));
    expect(curve.map(({ score }) => score)).toEqual(curve.map(({ score }) => score).toSorted((a, b) => a - b));
  });

  test("asks for more when there are more references and when the chosen FPIR is lower", () => {
    const of = (references: number, fpirTarget: number): number => identificationThreshold({ ...point, comparisonsPerPerson: comparisonsPerPerson("accurate", references), fpirTarget }, 100);
    expect(of(3, 1e-3)).toBeGreaterThan(of(1, 1e-3));
    expect(of(3, 1e-4)).toBeGreaterThan(of(3, 1e-3));
    // Ten times as many people, or a rate ten times lower, are the same.
    expect(of(3, 1e-4)).toBeCloseTo(identificationThreshold({ ...point, comparisonsPerPerson: comparisonsPerPerson("accurate", 3) }, 1000), 10);
  });

  test("throws when the curve holds a single rate", () => {
    expect(() => scoreAtFmr({ ...point, curve: point.curve.slice(0, 1) }, -4)).toThrow(RangeError);
  });
});

describe("log10FmrAtScore", () => {
  test.prop([fc.constantFrom(...Object.values(OPERATING_POINTS)), fc.double({ min: -9, max: 0, noNaN: true })])("takes back what scoreAtFmr gave for any rate", (operatingPoint, log10Fmr) => {
    expect(log10FmrAtScore(operatingPoint, scoreAtFmr(operatingPoint, log10Fmr))).toBeCloseTo(log10Fmr, 9);
  });

  test("is no more than every comparison when the score is very low", () => {
    expect(log10FmrAtScore(point, -2)).toBe(0);
  });
});

describe("fuseProbes", () => {
  test.prop([fc.array(probe, { minLength: 1, maxLength: 5 })], { numRuns: 20 })("gives parts of unit length", (probes) => {
    const fused = fuseProbes("accurate", probes.map((each) => ({ probe: each, weight: 1 })));
    expect(Math.hypot(...fused.subarray(0, 192))).toBeCloseTo(1, 4);
    expect(Math.hypot(...fused.subarray(192))).toBeCloseTo(1, 4);
  });

  test.prop([probe, probe], { numRuns: 20 })("lies nearer to the sample that counts more", (one, other) => {
    const fused = fuseProbes("accurate", [{ probe: one, weight: 1 }, { probe: other, weight: 0.2 }]);
    expect(compareProbes("accurate", fused, one)).toBeGreaterThanOrEqual(compareProbes("accurate", fused, other) - 1e-6);
  });

  test("keeps the length of features that are compared by distance", () => {
    const fused = fuseProbes("clear", [{ probe: new Float32Array(128).fill(2), weight: 1 }, { probe: new Float32Array(128).fill(4), weight: 1 }]);
    expect([...fused].every((value) => value === 3)).toBe(true);
  });

  test("throws when a probe belongs to another profile", () => {
    expect(() => fuseProbes("accurate", [{ probe: new Float32Array(128), weight: 1 }])).toThrow(RangeError);
  });
});

describe("decideIdentity", () => {
  const sure = list([anna, threshold + 0.3], [bert, threshold - 0.3]);

  test("says nothing when fewer than three frames were usable", () => {
    expect(decideIdentity(frames(sure, sure), sure, point)).toBeNull();
  });

  test("identifies when the fused score leads and the frames agree", () => {
    expect(decideIdentity(frames(sure, sure, sure), sure, point)).toMatchObject({ kind: "identified", personId: anna });
  });

  test("identifies when one frame of three points elsewhere", () => {
    expect(decideIdentity(frames(sure, list([cara, threshold + 0.1]), sure), sure, point)).toMatchObject({ kind: "identified" });
  });

  test("is ambiguous when the second candidate is nearly as good", () => {
    const close = list([anna, threshold + 0.3], [bert, threshold + 0.3 - point.margin / 2]);
    expect(decideIdentity(frames(close, close, close), close, point)).toEqual({ kind: "ambiguous", personIds: [anna, bert] });
  });

  test("is ambiguous when the frames do not agree with the fused probe", () => {
    const other = list([bert, threshold + 0.3]);
    expect(decideIdentity(frames(other, other, sure), sure, point)).toMatchObject({ kind: "ambiguous" });
  });

  test("finds no candidate when the fused score stays under the threshold", () => {
    const low = list([anna, threshold - 0.01]);
    expect(decideIdentity(frames(low, low, low), low, point)).toEqual({ kind: "no-candidate" });
  });

  test("finds no candidate when nobody is enrolled", () => {
    const empty = { candidates: [], people: 0, ms: 0 };
    expect(decideIdentity(frames(empty, empty, empty), empty, point)).toEqual({ kind: "no-candidate" });
  });

  test.prop([fc.double({ min: -2, max: 2, noNaN: true }), fc.double({ min: -2, max: 2, noNaN: true }), fc.integer({ min: 1, max: 100_000 })])(
    "identifies nobody whose fused score is under the threshold of the gallery",
    (first, second, people) => {
      const found = { ...list([anna, Math.max(first, second)], [bert, Math.min(first, second)]), people };
      const outcome = decideIdentity(frames(found, found, found), found, point);
      if (Math.max(first, second) < identificationThreshold(point, people)) expect(outcome?.kind).toBe("no-candidate");
      else if (Math.abs(first - second) < point.margin) expect(outcome?.kind).toBe("ambiguous");
      else expect(outcome?.kind).toBe("identified");
    },
  );
});

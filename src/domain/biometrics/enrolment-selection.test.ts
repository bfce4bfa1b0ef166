import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { areConsistent, VARIATIONS } from "./enrolment.ts";
import type { Variation } from "./enrolment.ts";
import { chooseReferences } from "./enrolment-selection.ts";
import type { CollectedSample } from "./enrolment-selection.ts";
import { OPERATING_POINTS } from "./operating-points.ts";
import { FEATURE_DIMENSIONS } from "./types.ts";

const POINT = OPERATING_POINTS.accurate;
const YAW: Readonly<Record<Variation, number>> = { straight: 0, "slightly-left": 15, "slightly-right": -15, "slightly-up": 2, nearer: 1 };

/** Features of one person: `off` turns them away from the common direction, in degrees, in a direction of their own. */
function probe(off = 0, direction = 1): Float32Array {
  const values = new Float32Array(FEATURE_DIMENSIONS.accurate);
  const angle = (off * Math.PI) / 180;
  for (const from of [0, 192]) {
    values[from] = Math.cos(angle);
    values[from + direction] = Math.sin(angle);
  }
  return values;
}

function sample(variation: Variation, more: Partial<CollectedSample> = {}): CollectedSample {
  return { variation, probe: probe(), pose: { interEyePx: 80, yawDeg: YAW[variation], pitchDeg: 0 }, value: 0.5, ...more };
}

describe("chooseReferences", () => {
  test("takes the best of each variation, in their order", () => {
    const good = VARIATIONS.map((variation) => sample(variation, { value: 0.9 }));
    const others = VARIATIONS.flatMap((variation) => [sample(variation), sample(variation, { value: 0.3 })]);
    expect(chooseReferences("accurate", [...others, ...good.toReversed()], POINT)).toEqual(good);
  });

  test("prefers what agrees with the rest when the pictures are as good", () => {
    const odd = sample("straight", { probe: probe(35) });
    const plain = sample("straight");
    const chosen = chooseReferences("accurate", [odd, plain, ...VARIATIONS.slice(1).map((variation) => sample(variation))], POINT);
    expect(chosen).toContain(plain);
    expect(chosen).not.toContain(odd);
  });

  test("leaves out somebody else, however good the picture, and fills up with what differs most", () => {
    const stranger = sample("nearer", { probe: probe(90, 7), value: 1 });
    const alike = sample("straight", { value: 0.45 });
    const apart = sample("slightly-left", { value: 0.45, pose: { interEyePx: 80, yawDeg: 27, pitchDeg: 0 } });
    const chosen = chooseReferences("accurate", [...VARIATIONS.slice(0, 4).map((variation) => sample(variation)), stranger, alike, apart], POINT);
    expect(chosen).toHaveLength(5);
    expect(chosen).toContain(apart);
    expect(chosen).not.toContain(stranger);
  });

  test("gives fewer when fewer agree", () => {
    expect(chooseReferences("accurate", [sample("straight"), sample("nearer"), sample("slightly-up", { probe: probe(90, 3) })], POINT)).toHaveLength(2);
    expect(chooseReferences("accurate", [], POINT)).toEqual([]);
  });

  const anySample = fc
    .record({ variation: fc.constantFrom(...VARIATIONS), off: fc.integer({ min: 0, max: 90 }), direction: fc.integer({ min: 1, max: 9 }), value: fc.double({ min: 0, max: 1, noNaN: true }), yawDeg: fc.integer({ min: -30, max: 30 }) })
    .map(({ variation, off, direction, value, yawDeg }) => sample(variation, { probe: probe(off, direction), value, pose: { interEyePx: 80, yawDeg, pitchDeg: 0 } }));

  test.prop([fc.array(anySample, { maxLength: 15 })])("gives five different samples at most, and all of them from what was collected", (samples) => {
    const chosen = chooseReferences("accurate", samples, POINT);
    expect(chosen.length).toBeLessThanOrEqual(5);
    expect(new Set(chosen).size).toBe(chosen.length);
    expect(chosen.every((one) => samples.includes(one))).toBe(true);
  });

  test.prop([fc.array(anySample, { minLength: 6, maxLength: 12 })])("never gives references of which one is at odds with everything that was kept", (samples) => {
    const chosen = chooseReferences("accurate", samples, POINT, 15);
    if (chosen.length > 1) expect(areConsistent("accurate", chosen.map((one) => one.probe), POINT)).toBe(true);
  });
});

import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { Gallery } from "./gallery.ts";
import { leaveEachOut } from "./leave-one-out.ts";
import { between, stepOf, take } from "./testing/gallery-steps.ts";
import type { Model } from "./testing/gallery-steps.ts";
import { mean, plainScore } from "./testing/vectors.ts";

type Scores = readonly { readonly own: number | null; readonly other: number | null }[];

const best = (scores: readonly number[]): number | null => (scores.length === 0 ? null : Math.max(...scores));
/** References are in no order. */
const inOrder = (scores: Scores): Scores => [...scores].sort((a, b) => (a.other ?? 0) - (b.other ?? 0) || (a.own ?? 0) - (b.own ?? 0));

const step = fc.tuple(fc.nat(12), fc.nat(12), fc.array(fc.nat(1e6), { maxLength: 6 })).map(stepOf);

describe.each(["accurate", "clear"] as const)("leaving one out with profile %s", (profile) => {
  test.prop([fc.array(step, { maxLength: 30 }), fc.array(step, { maxLength: 10 })], { numRuns: 60 })("gives the scores of a plain comparison of all when the gallery changes meanwhile", async (before, meanwhile) => {
    const gallery = new Gallery(profile);
    const model: Model = new Map();
    for (const one of before) take(one, profile, gallery, model);
    const found = await leaveEachOut(gallery, between(meanwhile, (one) => take(one, profile, gallery, model)));

    expect(new Set(found.map(({ personId }) => personId))).toEqual(new Set(model.keys()));
    for (const { personId, references } of found) {
      const mine = model.get(personId) ?? [];
      const others = [...model].filter(([other]) => other !== personId).map(([, ofOther]) => mean(profile, ofOther));
      const expected = mine.map((reference, index) => ({
        own: mine.length === 1 ? null : plainScore(profile, reference, mean(profile, mine.toSpliced(index, 1))),
        other: best(others.map((one) => plainScore(profile, reference, one))),
      }));
      const near = (score: number | null): unknown => (score === null ? null : expect.closeTo(score, 5));
      expect(inOrder(references)).toEqual(inOrder(expected).map(({ own, other }) => ({ own: near(own), other: near(other) })));
    }
  });
});

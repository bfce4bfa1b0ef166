import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import type { PersonId } from "../../src/domain/people/types.ts";
import { findClosePairs } from "./close-pairs.ts";
import { Gallery } from "./gallery.ts";
import { between, stepOf, take } from "./testing/gallery-steps.ts";
import type { Model } from "./testing/gallery-steps.ts";
import { features, mean, person, plainScore } from "./testing/vectors.ts";

interface Expected {
  readonly one: PersonId;
  readonly other: PersonId;
  readonly score: number;
}

function plainPairs(profile: "accurate" | "clear", model: Model): readonly Expected[] {
  const people = [...model].sort(([a], [b]) => (a < b ? -1 : 1));
  const pairs = people.flatMap(([one, ofOne], index) =>
    people.slice(index + 1).map(([other, ofOther]) => ({ one, other, score: plainScore(profile, mean(profile, ofOne), mean(profile, ofOther)) })),
  );
  return pairs.sort((a, b) => b.score - a.score);
}

const step = fc.tuple(fc.nat(12), fc.nat(12), fc.array(fc.nat(1e6), { maxLength: 6 })).map(stepOf);

describe.each(["accurate", "clear"] as const)("close pairs of profile %s", (profile) => {
  test.prop(
    [fc.array(step, { maxLength: 30 }), fc.array(step, { maxLength: 10 }), fc.option(fc.array(fc.nat(12).map(person), { maxLength: 3 })), fc.integer({ min: 1, max: 100 }), fc.double({ min: 0, max: 1, noNaN: true })],
    { numRuns: 60 },
  )("are those of a plain comparison of all when the gallery changes meanwhile", async (before, meanwhile, among, limit, part) => {
    const gallery = new Gallery(profile);
    const model: Model = new Map();
    for (const one of before) take(one, profile, gallery, model);
    // A minimum between two of the scores there are, so that rounding does not decide.
    const scores = plainPairs(profile, model).map(({ score }) => score);
    const at = Math.floor(part * (scores.length - 1));
    const minimum = scores.length < 2 ? -10 : ((scores[at] ?? 0) + (scores[at + 1] ?? -10)) / 2;

    const found = await findClosePairs(gallery, minimum, limit, among, between(meanwhile, (one) => take(one, profile, gallery, model)));
    const wanted = plainPairs(profile, model).filter(({ one, other, score }) => score >= minimum && (among === null || among.includes(one) || among.includes(other)));
    expect(found.map(({ score }) => score)).toEqual(wanted.slice(0, limit).map(({ score }) => expect.closeTo(score, 5) as number));
    for (const { one, other, score } of found) expect(wanted.find((pair) => pair.one === one && pair.other === other)?.score).toBeCloseTo(score, 5);
  });

  test("hold everybody who stays when somebody goes meanwhile", async () => {
    const gallery = new Gallery(profile);
    const model: Model = new Map();
    const set = (index: number): void => take({ kind: "set", person: index, seeds: [index] }, profile, gallery, model);
    for (let index = 0; index < 40; index++) set(index);
    let pauses = 0;
    const removeFirst = (): Promise<void> => {
      if (++pauses === 5) take({ kind: "remove", person: 0 }, profile, gallery, model);
      return Promise.resolve();
    };
    const found = await findClosePairs(gallery, -10, 10_000, null, { next: removeFirst });
    expect(found).toHaveLength((39 * 38) / 2);
  });

  test("are the closest ones when nearly every pair counts", async () => {
    const gallery = new Gallery(profile);
    for (let index = 0; index < 700; index++) gallery.set(person(index), [features(index % 699, profile)]);
    const found = await findClosePairs(gallery, -10, 2, null);
    expect(found[0]).toMatchObject({ one: person(0), other: person(699), score: expect.closeTo(profile === "accurate" ? 2 : 0, 5) as number });
    expect(found).toHaveLength(2);
  });
});

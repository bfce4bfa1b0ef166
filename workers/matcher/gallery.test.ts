import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { fuseProbes } from "../../src/domain/biometrics/identification.ts";
import type { PersonId } from "../../src/domain/people/types.ts";
import { Gallery } from "./gallery.ts";
import { stepOf, take } from "./testing/gallery-steps.ts";
import type { Model } from "./testing/gallery-steps.ts";
import { features, person, plainScore } from "./testing/vectors.ts";

/** Decimals to which a search in single precision agrees with one in double precision. */
const DECIMALS = 5;

const step = fc.tuple(fc.nat(12), fc.nat(12), fc.array(fc.nat(1e6), { maxLength: 6 })).map(stepOf);

describe.each(["accurate", "clear"] as const)("gallery of profile %s", (profile) => {
  test.prop([fc.array(step, { maxLength: 40 }), fc.nat(1e6), fc.integer({ min: 1, max: 6 }), fc.option(fc.array(fc.nat(14).map(person)))], { numRuns: 60 })(
    "answers as a plain search over what was set and not removed",
    (steps, probeSeed, limit, roster) => {
      const gallery = new Gallery(profile);
      const model: Model = new Map();
      for (const one of steps) take(one, profile, gallery, model);
      const probe = features(probeSeed, profile);
      const among = roster === null ? undefined : new Set(roster);
      const scoreOf = (personId: PersonId): number =>
        plainScore(profile, probe, fuseProbes(profile, (model.get(personId) ?? []).map((reference) => ({ probe: reference, weight: 1 }))));
      const inScope = [...model.keys()].filter((personId) => among === undefined || among.has(personId));
      const expected = inScope.map(scoreOf).sort((a, b) => b - a);

      const found = gallery.search(probe, limit, among);
      expect(gallery.people).toBe(model.size);
      expect(gallery.references).toBe([...model.values()].reduce((sum, { length }) => sum + length, 0));
      expect(gallery.countOf(new Set(roster))).toBe(new Set((roster ?? []).filter((personId) => model.has(personId))).size);
      expect(found.map(({ score }) => score)).toEqual(expected.slice(0, limit).map((score) => expect.closeTo(score, DECIMALS) as number));
      for (const candidate of found) expect(candidate.score).toBeCloseTo(scoreOf(candidate.personId), DECIMALS);
      expect(new Set(found.map(({ personId }) => personId)).size).toBe(found.length);
      for (const personId of model.keys()) expect(gallery.verify(probe, personId)).toEqual([{ personId, score: expect.closeTo(scoreOf(personId), DECIMALS) as number }]);
      expect(gallery.verify(probe, person(99))).toEqual([]);
    },
  );

  test("leaves nothing but zeros when everybody was removed", () => {
    const gallery = new Gallery(profile);
    for (let index = 0; index < 100; index++) gallery.set(person(index), [features(index, profile), features(index + 1000, profile)]);
    const probe = features(7, profile);
    gallery.search(probe, 1);
    for (let index = 0; index < 100; index++) gallery.remove(person(index));
    expect(gallery.memory.every((values) => values.every((value) => value === 0))).toBe(true);
    expect(gallery.search(features(1, profile), 3)).toEqual([]);
  });

  test("finds everybody when it has grown", () => {
    const gallery = new Gallery(profile);
    for (let index = 0; index < 5000; index++) gallery.set(person(index), [features(index, profile)]);
    for (const index of [0, 63, 64, 4095, 4096, 4999]) {
      expect(gallery.search(features(index, profile), 1)).toEqual([{ personId: person(index), score: expect.closeTo(profile === "accurate" ? 2 : 0, 3) as number }]);
    }
  });
});

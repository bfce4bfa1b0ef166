import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import type { PersonId } from "../../src/domain/people/types.ts";
import { Gallery } from "./gallery.ts";

const DIMENSIONS = { accurate: 704, clear: 128 } as const;
const person = (index: number): PersonId => `person-${String(index)}` as PersonId;

/** The same vector for the same seed, each value in -1..1. */
function vector(seed: number, dimensions: number): Float32Array<ArrayBuffer> {
  let state = seed * 2654435761 + 1;
  return Float32Array.from({ length: dimensions }, () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

function expectedScore(profile: keyof typeof DIMENSIONS, probe: Float32Array, reference: Float32Array): number {
  const pairs = Array.from(probe, (value, index) => [value, reference[index] ?? 0] as const);
  return profile === "accurate" ? pairs.reduce((sum, [a, b]) => sum + a * b, 0) : -Math.hypot(...pairs.map(([a, b]) => a - b));
}

type Step = { readonly kind: "set"; readonly person: number; readonly seeds: readonly number[] } | { readonly kind: "remove"; readonly person: number } | { readonly kind: "clear" };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("set" as const), person: fc.nat(12), seeds: fc.array(fc.nat(1e6), { maxLength: 5 }) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("remove" as const), person: fc.nat(12) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("clear" as const) }) },
);

describe.each(["accurate", "clear"] as const)("gallery of profile %s", (profile) => {
  const dimensions = DIMENSIONS[profile];

  test.prop([fc.array(step, { maxLength: 40 }), fc.nat(1e6), fc.integer({ min: 1, max: 6 })], { numRuns: 60 })(
    "answers as a plain search over what was set and not removed",
    (steps, probeSeed, limit) => {
      const gallery = new Gallery(profile);
      const model = new Map<PersonId, readonly Float32Array[]>();
      for (const one of steps) {
        if (one.kind === "set") {
          const references = one.seeds.map((seed) => vector(seed, dimensions));
          gallery.set(person(one.person), references);
          model.delete(person(one.person));
          if (references.length > 0) model.set(person(one.person), references);
        } else if (one.kind === "remove") {
          gallery.remove(person(one.person));
          model.delete(person(one.person));
        } else {
          gallery.clear();
          model.clear();
        }
      }
      const probe = vector(probeSeed, dimensions);
      const expected = [...model.values()].map((references) => Math.max(...references.map((reference) => expectedScore(profile, probe, reference)))).sort((a, b) => b - a);
      const found = gallery.search(probe, limit);
      expect(gallery.people).toBe(model.size);
      expect(gallery.references).toBe([...model.values()].reduce((sum, { length }) => sum + length, 0));
      expect(found.map(({ score }) => score)).toEqual(expected.slice(0, limit).map((score) => expect.closeTo(score, 2) as number));
      for (const candidate of found) {
        const best = Math.max(...(model.get(candidate.personId) ?? []).map((reference) => expectedScore(profile, probe, reference)));
        expect(candidate.score).toBeCloseTo(best, 2);
      }
      expect(new Set(found.map(({ personId }) => personId)).size).toBe(found.length);
    },
  );

  test("leaves nothing but zeros when everybody was removed", () => {
    const gallery = new Gallery(profile);
    for (let index = 0; index < 100; index++) gallery.set(person(index), [vector(index, dimensions), vector(index + 1000, dimensions)]);
    for (let index = 0; index < 100; index++) gallery.remove(person(index));
    expect(gallery.memory.every((value) => value === 0)).toBe(true);
    expect(gallery.search(vector(1, dimensions), 3)).toEqual([]);
  });

  test("keeps no old copy when it grows", () => {
    const gallery = new Gallery(profile);
    const before = gallery.memory;
    for (let index = 0; index < 200; index++) gallery.set(person(index), [vector(index, dimensions)]);
    expect(gallery.memory).not.toBe(before);
    expect(before.every((value) => value === 0)).toBe(true);
  });
});

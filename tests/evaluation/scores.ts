import { fuseProbes } from "../../src/domain/biometrics/identification.ts";
import type { CandidateList, ComparisonScore, RecogniserProfile } from "../../src/domain/biometrics/types.ts";
import type { PersonId } from "../../src/domain/people/types.ts";

/** A person as the matcher compares with: the references fused into one template. */
export interface Enrolled {
  readonly person: string;
  readonly template: Float32Array;
}

export function enrol(profile: RecogniserProfile, person: string, references: readonly Float32Array[]): Enrolled {
  return { person, template: fuseProbes(profile, references.map((probe) => ({ probe, weight: 1 }))) };
}

/** Similarity on the profile's scale, the same as `compareProbes`, in a form that millions of comparisons can afford. Lengths are multiples of 4. */
export function similarity(profile: RecogniserProfile, one: Float32Array, other: Float32Array): number {
  return profile === "accurate" ? dotProduct(one, other) : -Math.sqrt(squaredDistance(one, other));
}

function dotProduct(one: Float32Array, other: Float32Array): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let index = 0; index < one.length; index += 4) {
    a += one[index]! * other[index]!;
    b += one[index + 1]! * other[index + 1]!;
    c += one[index + 2]! * other[index + 2]!;
    d += one[index + 3]! * other[index + 3]!;
  }
  return a + b + c + d;
}

function squaredDistance(one: Float32Array, other: Float32Array): number {
  let [a, b] = [0, 0];
  for (let index = 0; index < one.length; index += 2) {
    const u = one[index]! - other[index]!;
    const v = one[index + 1]! - other[index + 1]!;
    a += u * u;
    b += v * v;
  }
  return a + b;
}

/** A full search: the two best people, as the matcher answers it. */
export function search(profile: RecogniserProfile, gallery: readonly Enrolled[], probe: Float32Array): CandidateList {
  const candidates = gallery.map(({ person, template }) => ({ personId: person as PersonId, score: similarity(profile, probe, template) as ComparisonScore }));
  return { candidates: candidates.sort((one, other) => other.score - one.score).slice(0, 2), people: gallery.length, ms: 0 };
}

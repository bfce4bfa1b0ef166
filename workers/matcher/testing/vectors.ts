import { fuseProbes } from "../../../src/domain/biometrics/identification.ts";
import type { RecogniserProfile } from "../../../src/domain/biometrics/types.ts";
import type { PersonId } from "../../../src/domain/people/types.ts";

/** Lengths of the parts of a vector; each part is of unit length. */
const PARTS: Readonly<Record<RecogniserProfile, readonly number[]>> = { accurate: [192, 512], clear: [128] };

/** The person of a number. */
export function person(index: number): PersonId {
  return `person-${index}` as PersonId;
}

/** The same features for the same seed, as the recogniser gives them. */
export function features(seed: number, profile: RecogniserProfile): Float32Array<ArrayBuffer> {
  let state = Math.imul(seed, 2654435761) + 1;
  const parts = PARTS[profile].map((length) => {
    const part = Array.from({ length }, () => {
      state = (Math.imul(1664525, state) + 1013904223) >>> 0;
      return state / 2 ** 31 - 1;
    });
    const norm = Math.hypot(...part);
    return part.map((value) => value / norm);
  });
  return Float32Array.from(parts.flat());
}

/** The score in double precision. */
export function plainScore(profile: RecogniserProfile, a: Float32Array, b: Float32Array): number {
  const pairs = Array.from(a, (value, index) => [value, b[index] ?? 0] as const);
  return profile === "accurate" ? pairs.reduce((sum, [x, y]) => sum + x * y, 0) : -Math.sqrt(pairs.reduce((sum, [x, y]) => sum + (x - y) ** 2, 0));
}

/** What a person is compared with. */
export function mean(profile: RecogniserProfile, references: readonly Float32Array[]): Float32Array {
  return fuseProbes(profile, references.map((probe) => ({ probe, weight: 1 })));
}

import * as v from "valibot";

const Vector = v.array(v.number());

/** What a model must answer, in one file for each model under `models/golden/`. */
export const GoldenVectorsSchema = v.object({
  format: v.literal(1),
  model: v.string(),
  /** Of the model file that gave these outputs. */
  sha256: v.string(),
  synthetic: v.object({
    input: v.object({ generator: v.literal("lcg-rgb"), seed: v.number(), width: v.number(), height: v.number() }),
    output: Vector,
  }),
  portrait: v.object({
    /** How the input is cut out of the portrait. */
    input: v.string(),
    output: Vector,
  }),
});

export type GoldenVectors = v.InferOutput<typeof GoldenVectorsSchema>;

/**
 * Length of the difference between two vectors over the length of the expected one. 0 is equal; runtimes differ by
 * about 1e-6.
 */
export function relativeError(actual: Float32Array, expected: readonly number[] | Float32Array): number {
  let difference = 0;
  let length = 0;
  expected.forEach((value, index) => {
    difference += ((actual[index] ?? Number.NaN) - value) ** 2;
    length += value ** 2;
  });
  return actual.length === expected.length ? Math.sqrt(difference / length) : Number.NaN;
}

/** Cosine of the angle between two vectors of one length, -1..1. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let product = 0;
  let squaresA = 0;
  let squaresB = 0;
  a.forEach((value, index) => {
    const other = b[index] ?? Number.NaN;
    product += value * other;
    squaresA += value ** 2;
    squaresB += other ** 2;
  });
  return product / Math.sqrt(squaresA * squaresB);
}

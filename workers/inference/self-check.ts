import golden from "../../models/self-check.json";
import type { PictureModel } from "./models.ts";
import { relativeError } from "./vectors.ts";

/**
 * Runs a model on a picture that is the same everywhere and compares the answer with the one kept in the source tree.
 * Finds a damaged or exchanged file, a broken runtime, and a processor that computes something else.
 *
 * @returns what is wrong, or undefined when the model answers as it should
 */
export async function selfCheck(model: PictureModel): Promise<string | undefined> {
  const expected = golden.models.find((entry) => entry.model === model.id);
  if (!expected) return `${model.id}: no golden vector`;
  if (hex(model.digest) !== expected.sha256) return `${model.id}: not the file that the golden vector was made with`;
  const error = relativeError(await model.run(syntheticPixels(expected.input.seed, model.inputBytes)), expected.output);
  return error <= golden.relativeTolerance ? undefined : `${model.id}: relative error ${error.toPrecision(2)}`;
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The top bytes of x <- (1664525 x + 1013904223) mod 2^32 (Numerical Recipes), from x = seed on. */
function syntheticPixels(seed: number, length: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return state >>> 24;
  });
}

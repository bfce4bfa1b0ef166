import golden from "../../models/self-check.json";
import type { ColourOrder } from "../../src/domain/biometrics/warp.ts";
import { MODEL_INPUTS } from "./models.ts";
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
  const picture = syntheticPixels(expected.input.seed, model.inputBytes, MODEL_INPUTS[model.id].order);
  const error = relativeError(await model.run(picture), expected.output);
  return error <= golden.relativeTolerance ? undefined : `${model.id}: relative error ${error.toPrecision(2)}`;
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The top bytes of x <- (1664525 x + 1013904223) mod 2^32 (Numerical Recipes), from x = seed on: red, green and blue of each pixel. */
export function syntheticPixels(seed: number, length: number, order: ColourOrder): Uint8Array {
  const picture = new Uint8Array(length);
  let state = seed;
  for (let at = 0; at < length; at++) {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    const colour = at % 3;
    picture[order === "rgb" ? at : at - colour + (2 - colour)] = state >>> 24;
  }
  return picture;
}

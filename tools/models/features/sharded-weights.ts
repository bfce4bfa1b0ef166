import * as v from "valibot";
import { ModelError } from "../errors.ts";
import { littleEndianFloats } from "../floats.ts";

const WeightsManifest = v.array(
  v.object({
    weights: v.array(
      v.object({
        name: v.string(),
        shape: v.array(v.number()),
        dtype: v.literal("float32"),
        quantization: v.optional(v.object({ dtype: v.literal("uint8"), scale: v.number(), min: v.number() })),
      }),
    ),
  }),
);

/** One named array of a TensorFlow.js weights file. */
export interface StoredWeight {
  readonly shape: readonly number[];
  /** Present when the values are stored as bytes: value = byte * scale + min. */
  readonly quantised?: { readonly bytes: Uint8Array; readonly scale: number; readonly min: number };
  /** The values in float32. */
  values(): Float32Array;
}

/**
 * Reads a TensorFlow.js weights manifest with the one file that holds its data.
 *
 * @throws ModelError `models/source-unexpected` when the two do not fit together
 */
export function readShardedWeights(manifest: string, shard: Uint8Array): Map<string, StoredWeight> {
  const parsed = v.safeParse(WeightsManifest, JSON.parse(manifest));
  if (!parsed.success) {
    throw new ModelError("models/source-unexpected", `The weights manifest is not as known: ${v.summarize(parsed.issues)}`);
  }
  const weights = new Map<string, StoredWeight>();
  let at = 0;
  const take = (bytes: number): Uint8Array => shard.subarray(at, (at += bytes));
  for (const { name, shape, quantization } of parsed.output.flatMap((group) => group.weights)) {
    const count = shape.reduce((a, b) => a * b, 1);
    if (quantization === undefined) {
      const bytes = take(count * Float32Array.BYTES_PER_ELEMENT);
      weights.set(name, { shape, values: () => littleEndianFloats(bytes) });
    } else {
      const bytes = take(count);
      const { scale, min } = quantization;
      weights.set(name, {
        shape,
        quantised: { bytes, scale, min },
        values: () => Float32Array.from(bytes, (byte) => byte * scale + min),
      });
    }
  }
  if (at !== shard.length) {
    throw new ModelError(
      "models/source-unexpected",
      `The weights manifest describes ${at} bytes, the file holds ${shard.length}.`,
    );
  }
  return weights;
}

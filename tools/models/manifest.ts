import { readFile } from "node:fs/promises";
import * as v from "valibot";

const Sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

const Source = v.object({
  package: v.string(),
  version: v.string(),
  file: v.string(),
  sha256: Sha256,
});

const Licence = v.object({
  /** Licence that the package states, as an SPDX identifier. */
  package: v.string(),
  /** What is known about the weights and the data they were trained on, in plain words. */
  weights: v.string(),
});

const Input = v.object({
  /** Name of the tensor. */
  name: v.string(),
  layout: v.literal("NCHW"),
  width: v.number(),
  height: v.number(),
  colourOrder: v.picklist(["RGB", "BGR"]),
  /** A pixel value 0..255 goes in as (value - mean) / divisor. */
  mean: v.number(),
  divisor: v.number(),
  /** What the picture must show, and where. */
  crop: v.string(),
});

const Output = v.object({
  name: v.string(),
  dimensions: v.number(),
  /** Whether the vector comes out at unit length. */
  normalised: v.boolean(),
  meaning: v.string(),
});

const ManifestEntry = v.object({
  id: v.string(),
  role: v.string(),
  /** File name under `models/derived/`. */
  file: v.string(),
  bytes: v.number(),
  sha256: Sha256,
  derivation: v.string(),
  sources: v.array(Source),
  licence: Licence,
  /** Absent for the landmark bundle: its task library prepares the picture itself. */
  input: v.optional(Input),
  output: v.optional(Output),
  /** Path under `models/`; absent for the landmark bundle. */
  golden: v.optional(v.string()),
});

export const ManifestSchema = v.object({ format: v.literal(1), models: v.array(ManifestEntry) });

export type ManifestEntry = v.InferOutput<typeof ManifestEntry>;
export type Manifest = v.InferOutput<typeof ManifestSchema>;

/** @returns undefined when there is no manifest yet */
export async function readManifest(path: string): Promise<Manifest | undefined> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
  return v.parse(ManifestSchema, JSON.parse(text));
}

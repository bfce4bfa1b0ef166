import { cp, mkdtemp, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { MODEL_DESCRIPTIONS } from "./descriptions.ts";
import { readManifest } from "./manifest.ts";
import { sha256 } from "./packages/integrity.ts";
import { modelPaths, type ModelPaths } from "./paths.ts";
import { prepareModels } from "./prepare.ts";

const offline = (): never => {
  throw new Error("no network");
};

describe("prepareModels", () => {
  let root: string;
  let paths: ModelPaths;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "models-"));
    // The cache is shared and read only here; what is built goes elsewhere.
    paths = { ...modelPaths(root), cache: modelPaths().cache };
    await cp(modelPaths().manifest, paths.manifest, { recursive: true });
  });

  afterEach(async () => {
    await rm(root, { recursive: true });
  });

  const builtFiles = (): string[] => MODEL_DESCRIPTIONS.map(({ file }) => join(paths.derived, file));

  test("builds the committed hashes out of the cache alone, and then does nothing", async () => {
    expect(await prepareModels({ paths, fetchTarball: offline })).toBe(true);
    for (const { file, sha256: pinned } of (await readManifest(paths.manifest))?.models ?? []) {
      expect(sha256(await readFile(join(paths.derived, file)))).toBe(pinned);
    }
    const longAgo = new Date(0);
    for (const file of builtFiles()) await utimes(file, longAgo, longAgo);
    expect(await prepareModels({ paths, fetchTarball: offline })).toBe(false);
    for (const file of builtFiles()) expect((await stat(file)).mtimeMs).toBe(0);
  });

  test("builds again what was damaged", async () => {
    await prepareModels({ paths, fetchTarball: offline });
    const damaged = join(paths.derived, "features-b.onnx");
    await writeFile(damaged, "nothing");
    expect(await prepareModels({ paths, fetchTarball: offline })).toBe(true);
    expect((await stat(damaged)).size).toBeGreaterThan(1_000_000);
  });

  test("stops and writes nothing when a result is not the one in the manifest", async () => {
    const manifest = await readFile(paths.manifest, "utf8");
    const pinned = (await readManifest(paths.manifest))?.models.find(({ id }) => id === "features-c")?.sha256 ?? "";
    const other = "0".repeat(64);
    await writeFile(paths.manifest, manifest.replace(pinned, other));
    const refusal = await prepareModels({ paths, fetchTarball: offline }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ kind: "models/result-mismatch" });
    expect((refusal as Error).message).toContain(`expected ${other}`);
    expect((refusal as Error).message).toContain(`got      ${pinned}`);
    await expect(stat(paths.derived)).rejects.toThrow();
  });
});

test("the manifest says of every model what the descriptions say", async () => {
  const manifest = await readManifest(modelPaths().manifest);
  expect(manifest?.models.map(({ id }) => id)).toEqual(MODEL_DESCRIPTIONS.map(({ id }) => id));
  for (const [index, { role, file, derivation, source, weightsLicence, input, output }] of MODEL_DESCRIPTIONS.entries()) {
    const entry = manifest?.models[index];
    expect(entry).toMatchObject({ role, file, derivation, licence: { package: source.licence, weights: weightsLicence } });
    expect(entry?.input).toEqual(input);
    expect(entry?.output).toEqual(output);
    for (const { package: name, version } of entry?.sources ?? []) {
      expect([name, version]).toEqual([source.name, source.version]);
    }
  }
});

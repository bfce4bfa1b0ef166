import { readFile } from "node:fs/promises";
import { ModelError } from "../errors.ts";
import { extractedPath, isExtracted } from "../packages/cache.ts";
import type { ModelPackage } from "../packages/table.ts";
import { modelPaths } from "../paths.ts";

/**
 * A file of a package as the model tool left it in the cache; tests never use the network.
 *
 * @throws ModelError `models/not-prepared` before the tool has run
 */
export async function cachedFile(source: ModelPackage, file: string): Promise<Uint8Array> {
  const { cache } = modelPaths();
  if (!isExtracted(cache, source)) {
    throw new ModelError("models/not-prepared", "Run `npx tsx tools/models/main.ts` first: it fetches the packages.");
  }
  return Uint8Array.from(await readFile(extractedPath(cache, source, file)));
}

import { extractedPath, isExtracted } from "./packages/cache.ts";
import { FACE_API } from "./packages/table.ts";
import { ModelError } from "./errors.ts";
import { modelPaths, type ModelPaths } from "./paths.ts";

/**
 * Photographs of groups of people for tests to crop faces from, as the model tool left them in its cache. They are
 * the demonstration pictures of a package and are never shipped.
 *
 * @returns absolute paths of JPEG files of about 1920 x 1400 pixels
 * @throws ModelError `models/not-prepared` before the tool has run
 */
export function testPhotographs(paths: ModelPaths = modelPaths()): string[] {
  if (!isExtracted(paths.cache, FACE_API)) {
    throw new ModelError("models/not-prepared", "Run `npx tsx tools/models/main.ts` first: it fetches the photographs.");
  }
  return FACE_API.files.filter((file) => file.startsWith("demo/")).map((file) => extractedPath(paths.cache, FACE_API, file));
}

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { Page } from "playwright";
import type { RecogniserProfile } from "../../src/domain/biometrics/types.ts";
import { EvaluationError } from "./errors.ts";
import type { PictureResult } from "./extract-page.ts";
import type { Harness } from "./harness.ts";
import { Progress, tell } from "./progress.ts";
import { ResultStore, resultsFile } from "./result-store.ts";
import { pictureUrl, withHarness } from "./with-harness.ts";

declare const harness: Harness;

const PICTURE = /\.(jpe?g|png|webp|bmp)$/i;
/** Fresh workers now and then: what a library loses over hours must not end a long run. */
const REOPEN_AFTER = 2_000;
/** Failures that belong to the picture and will be the same next time. */
const OF_THE_PICTURE: readonly string[] = ["picture/unreadable", "landmark/no-face"];

/**
 * The pictures below a folder, at any depth, as paths relative to it with `/`, in the order of their names.
 *
 * @throws EvaluationError when there is no such folder
 */
export function listPictures(folder: string): readonly string[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new EvaluationError(`${folder} is no folder`);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && PICTURE.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort(byName);
}

/** By code units, so that the order is the same on every machine. */
export function byName(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

export interface ExtractOptions {
  readonly profile: RecogniserProfile;
  readonly threads?: 1 | 2;
  /** Whether the features of the mirrored face are wanted too. */
  readonly mirrored?: boolean;
}

/**
 * Runs pictures through the application's own workers. Results are kept, so that a picture is never worked on twice.
 *
 * @param files paths relative to `folder`
 * @returns a result for each, in their order
 */
export async function extractPictures(folder: string, files: readonly string[], { profile, threads, mirrored = false }: ExtractOptions): Promise<readonly PictureResult[]> {
  const store = await ResultStore.open<PictureResult>(resultsFile(profile, ...(mirrored ? ["mirrored"] : [])));
  const hashes = files.map((file) => createHash("sha256").update(readFileSync(join(folder, file))).digest("hex"));
  const missing = files.flatMap((file, index) => (store.get(hashes[index] ?? "") === undefined ? [{ file, hash: hashes[index] ?? "" }] : []));
  const passing = new Map<string, PictureResult>();
  if (missing.length < files.length) tell(`${String(files.length - missing.length)} of ${String(files.length)} pictures are known already`);
  if (missing.length > 0) {
    await withHarness(folder, tell, async (page) => {
      const open = (): Promise<{ modelSet: string; threads: number }> =>
        page.evaluate((options) => harness.open(options), { profile, ...(threads === undefined ? {} : { threads }) });
      const opened = await open();
      tell(`profile ${profile}, models ${opened.modelSet}, ${String(opened.threads)} thread(s)`);
      const progress = new Progress("pictures", missing.length);
      for (const [index, { file, hash }] of missing.entries()) {
        if (index > 0 && index % REOPEN_AFTER === 0) await open();
        let result = await extract(page, file, mirrored);
        if (isPassing(result)) {
          await open();
          result = await extract(page, file, mirrored);
        }
        if (isPassing(result)) passing.set(hash, result);
        else store.set(hash, result);
        progress.step();
      }
    });
  }
  return hashes.map((hash) => {
    const result = store.get(hash) ?? passing.get(hash);
    if (result === undefined) throw new Error("a picture has no result");
    return result;
  });
}

function extract(page: Page, file: string, mirrored: boolean): Promise<PictureResult> {
  return page.evaluate(({ url, options }) => harness.extract(url, options), { url: pictureUrl(file), options: { mirrored } });
}

/** True for failures that another try may not have. */
function isPassing(result: PictureResult): boolean {
  return result.kind === "failed" && !OF_THE_PICTURE.includes(result.failure);
}

/** The probe that the page wrote as base64. */
export function readProbe(base64: string): Float32Array {
  const bytes = Buffer.from(base64, "base64");
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

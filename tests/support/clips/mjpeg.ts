import { createWriteStream } from "node:fs";
import { rename } from "node:fs/promises";
import { once } from "node:events";
import type { Raster } from "../../../src/adapters/camera/practice/raster.ts";
import { encodeJpeg } from "./pictures.ts";

/** Fine enough that the presentation check sees the picture and not its compression. */
const QUALITY = 92;

/**
 * Writes frames as motion JPEG: pictures one after the other, which is what Chromium's `--use-file-for-fake-video-capture`
 * plays at 30 frames a second, round and round. The file is there whole or not at all.
 */
export async function writeMjpeg(path: string, frames: Iterable<Raster>): Promise<void> {
  const unfinished = `${path}.part`;
  const file = createWriteStream(unfinished);
  let last: { readonly words: Uint32Array; readonly jpeg: Uint8Array } | undefined;
  for (const frame of frames) {
    const same = last !== undefined && equal(last.words, frame.words);
    const jpeg = same && last !== undefined ? last.jpeg : encodeJpeg(frame, QUALITY);
    if (!same) last = { words: frame.words.slice(), jpeg };
    if (!file.write(jpeg)) await once(file, "drain");
  }
  file.end();
  await once(file, "close");
  await rename(unfinished, path);
}

function equal(one: Uint32Array, other: Uint32Array): boolean {
  return Buffer.compare(Buffer.from(one.buffer, one.byteOffset, one.byteLength), Buffer.from(other.buffer, other.byteOffset, other.byteLength)) === 0;
}

import { readFile } from "node:fs/promises";
import jpeg from "jpeg-js";
import { PNG } from "pngjs";

/** A decoded picture: RGBA bytes, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

/** Reads a PNG or, by the name's end, a JPEG file. */
export async function readPicture(path: string): Promise<Picture> {
  const file = await readFile(path);
  const { width, height, data } = path.endsWith(".jpg") ? jpeg.decode(file) : PNG.sync.read(file);
  return { width, height, rgba: data };
}

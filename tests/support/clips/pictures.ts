import { readFile } from "node:fs/promises";
import jpeg from "jpeg-js";
import { PNG } from "pngjs";
import type { Raster } from "../../../src/adapters/camera/practice/raster.ts";

/** Reads a PNG or JPEG. */
export async function readRaster(path: string): Promise<Raster> {
  return decodeRaster(await readFile(path));
}

export function decodeRaster(bytes: Uint8Array): Raster {
  const buffer = Buffer.from(bytes);
  const { width, height, data } = bytes[0] === 0xff ? jpeg.decode(buffer, { maxMemoryUsageInMB: 1024 }) : PNG.sync.read(buffer);
  // A copy of its own: words need an address that is a multiple of four.
  return { width, height, words: new Uint32Array(Uint8Array.from(data).buffer) };
}

/** The bytes of a raster, RGBA. */
export function bytesOf({ words }: Raster): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
}

export function encodeJpeg(raster: Raster, quality: number): Uint8Array {
  return jpeg.encode({ width: raster.width, height: raster.height, data: Buffer.from(bytesOf(raster)) }, quality).data;
}

export function encodePng(raster: Raster): Uint8Array {
  const png = new PNG({ width: raster.width, height: raster.height });
  png.data.set(bytesOf(raster));
  return PNG.sync.write(png);
}

/** A part of a picture, brought to another size by bilinear samples. Beyond the edges the edge goes on. */
export function crop(picture: Raster, part: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }, width: number, height: number): Raster {
  const source = bytesOf(picture);
  const words = new Uint32Array(width * height);
  const target = new Uint8Array(words.buffer);
  for (let row = 0; row < height; row++) {
    const y = clamp(part.y + ((row + 0.5) * part.height) / height - 0.5, picture.height - 1);
    for (let column = 0; column < width; column++) {
      const x = clamp(part.x + ((column + 0.5) * part.width) / width - 0.5, picture.width - 1);
      const [x0, y0] = [Math.floor(x), Math.floor(y)];
      const [x1, y1] = [Math.min(x0 + 1, picture.width - 1), Math.min(y0 + 1, picture.height - 1)];
      for (let channel = 0; channel < 4; channel++) {
        const at = (px: number, py: number): number => source[(py * picture.width + px) * 4 + channel] ?? 0;
        const upper = at(x0, y0) + (at(x1, y0) - at(x0, y0)) * (x - x0);
        const lower = at(x0, y1) + (at(x1, y1) - at(x0, y1)) * (x - x0);
        target[(row * width + column) * 4 + channel] = Math.round(upper + (lower - upper) * (y - y0));
      }
    }
  }
  return { width, height, words };
}

function clamp(value: number, most: number): number {
  return Math.min(most, Math.max(0, value));
}

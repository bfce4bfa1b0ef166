import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { raster } from "../../../src/adapters/camera/practice/raster.ts";
import type { Raster } from "../../../src/adapters/camera/practice/raster.ts";
import { writeMjpeg } from "./mjpeg.ts";
import { bytesOf, decodeRaster } from "./pictures.ts";

const START = Buffer.from([0xff, 0xd8, 0xff]);

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "clockface-mjpeg-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

function grey(level: number): Raster {
  const frame = raster(64, 48);
  frame.words.fill((0xff000000 | (level * 0x010101)) >>> 0);
  return frame;
}

function pictures(file: Buffer): readonly Buffer[] {
  const starts: number[] = [];
  for (let at = file.indexOf(START); at >= 0; at = file.indexOf(START, at + 1)) starts.push(at);
  return starts.map((from, index) => file.subarray(from, starts[index + 1]));
}

test("writeMjpeg writes one whole JPEG after the other when it is given frames", async () => {
  const path = join(folder, "clip.mjpeg");
  await writeMjpeg(path, [grey(40), grey(40), grey(200)]);
  const levels = pictures(await readFile(path)).map((picture) => {
    const decoded = decodeRaster(picture);
    expect([decoded.width, decoded.height]).toEqual([64, 48]);
    return bytesOf(decoded)[0] ?? 0;
  });
  expect(levels).toHaveLength(3);
  for (const [index, level] of [40, 40, 200].entries()) expect(Math.abs((levels[index] ?? 0) - level)).toBeLessThan(4);
});

test("writeMjpeg leaves no clip when the frames end with an error", async () => {
  const path = join(folder, "clip.mjpeg");
  const broken = function* (): Iterable<Raster> {
    yield grey(1);
    throw new Error("no more");
  };
  await expect(writeMjpeg(path, broken())).rejects.toThrow("no more");
  expect((await readdir(folder)).filter((name) => name === "clip.mjpeg")).toEqual([]);
});

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Raster } from "../../../src/adapters/camera/practice/raster.ts";
import { raster } from "../../../src/adapters/camera/practice/raster.ts";
import type { Figure } from "../../../src/adapters/camera/practice/scene.ts";
import { FRAME_HEIGHT, FRAME_RATE, FRAME_WIDTH, plainRoom, Scene } from "../../../src/adapters/camera/practice/scene.ts";
import { withLandmarker } from "./landmarks.ts";
import { writeMjpeg } from "./mjpeg.ts";
import type { ClipPerson } from "./people.ts";
import { figureOf } from "./people.ts";
import { drawPlane } from "./plane.ts";
import type { Script } from "./scripts.ts";
import { ALL_VIEWS, PASSING } from "./scripts.ts";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const CACHE = join(ROOT, ".cache", "clips");

const PRACTICE = join(ROOT, "src", "adapters", "camera", "practice");
const ASSETS = join(ROOT, "public", "assets", "practice");

/** What a clip is made of: these files decide whether a clip in the cache is still the right one. */
const SOURCES = [
  ...["head.ts", "motion.ts", "portrait.ts", "raster.ts", "scene.ts"].map((name) => join(PRACTICE, name)),
  ...["clips.ts", "mjpeg.ts", "people.ts", "pictures.ts", "plane.ts", "scripts.ts", "triangulate.ts"].map((name) => join(import.meta.dirname, name)),
  ...["portrait.png", "portrait.json"].map((name) => join(ASSETS, name)),
];

export type ClipName = "portrait-enrols" | "portrait-passes" | "second-passes" | "portrait-still" | "portrait-held" | "two-faces" | "empty-room";

type FramesOf = (figure: (person: ClipPerson) => Promise<Figure>) => Promise<Iterable<Raster>>;

const CLIPS: Readonly<Record<ClipName, FramesOf>> = {
  "portrait-enrols": async (figure) => acted(await figure("portrait"), ALL_VIEWS),
  "portrait-passes": async (figure) => acted(await figure("portrait"), PASSING),
  "second-passes": async (figure) => acted(await figure("second"), PASSING),
  "portrait-still": async (figure) => still(await figure("portrait")),
  "portrait-held": async (figure) => held(await figure("portrait")),
  "two-faces": async (figure) => twice(await figure("portrait")),
  "empty-room": () => Promise.resolve(Array.from({ length: FRAME_RATE }, () => plainRoom())),
};

/**
 * Motion JPEG files for Chromium's fake camera, made when they are missing or their sources changed. The same
 * frames come out on every machine.
 *
 * @returns the path of each clip
 */
export async function prepareClips(names: readonly ClipName[] = Object.keys(CLIPS) as ClipName[]): Promise<Readonly<Record<ClipName, string>>> {
  const version = await sourceHash();
  const path = (name: ClipName): string => join(CACHE, `${name}-${version}.mjpeg`);
  const missing = names.filter((name) => !existsSync(path(name)));
  if (missing.length > 0) {
    await mkdir(CACHE, { recursive: true });
    await withLandmarker(async (find) => {
      for (const name of missing) await writeMjpeg(path(name), await CLIPS[name]((person) => figureOf(person, find)));
    });
    // What earlier sources made is of no more use.
    for (const file of await readdir(CACHE)) if (!file.includes(version)) await rm(join(CACHE, file));
  }
  return Object.fromEntries((Object.keys(CLIPS) as ClipName[]).map((name) => [name, path(name)])) as Record<ClipName, string>;
}

function* acted(figure: Figure, script: Script): Iterable<Raster> {
  const scene = new Scene(figure);
  const room = plainRoom();
  for (let frame = 0; frame * 1_000 < script.durationMs * FRAME_RATE; frame++) {
    const pose = script.pose((frame * 1_000) / FRAME_RATE);
    yield pose === null ? room : scene.draw(pose);
  }
}

const STRAIGHT = { yawDeg: 0, pitchDeg: 0, rollDeg: 0, eyesShut: 0, breath: 0, nearness: 0.85, aside: 0 };

/** A photograph on a stand. */
function still(figure: Figure): Iterable<Raster> {
  const frame = new Scene(figure).draw(STRAIGHT);
  return Array.from({ length: FRAME_RATE }, () => frame);
}

/** The same photograph in a hand: shifted, tilted and brought nearer, over the room behind it. */
function* held(figure: Figure): Iterable<Raster> {
  const photograph = new Scene(figure).draw(STRAIGHT);
  const room = plainRoom();
  const frame = raster(FRAME_WIDTH, FRAME_HEIGHT);
  const frames = 8 * FRAME_RATE;
  for (let index = 0; index < frames; index++) {
    // Whole numbers of waves, so that the clip begins where it ends.
    const wave = (rounds: number, phase: number): number => Math.sin((rounds * index * 2 * Math.PI) / frames + phase);
    frame.words.set(room.words);
    drawPlane(frame, photograph, {
      yawDeg: 14 * wave(2, 0) + 3 * wave(5, 1),
      pitchDeg: 9 * wave(3, 2),
      rollDeg: 4 * wave(2, 0.5),
      scale: 0.9 + 0.06 * wave(1, 0),
      x: 18 * wave(2, 1.5) + 3 * wave(11, 0),
      y: 10 * wave(3, 0.3) + 2 * wave(13, 1),
    });
    yield frame;
  }
}

/** Two faces shoulder to shoulder, equally near. */
function twice(figure: Figure): Iterable<Raster> {
  const { words } = new Scene(figure).draw({ ...STRAIGHT, nearness: 0.75 });
  const frame = raster(FRAME_WIDTH, FRAME_HEIGHT);
  const half = FRAME_WIDTH / 2;
  for (let row = 0; row < FRAME_HEIGHT; row++) {
    // The middle half of the picture, where the face is.
    const from = row * FRAME_WIDTH + half / 2;
    const middle = words.subarray(from, from + half);
    frame.words.set(middle, row * FRAME_WIDTH);
    frame.words.set(middle, row * FRAME_WIDTH + half);
  }
  return Array.from({ length: FRAME_RATE }, () => frame);
}

async function sourceHash(): Promise<string> {
  const hash = createHash("sha256");
  for (const path of SOURCES) hash.update(basename(path)).update(await readFile(path));
  return hash.digest("hex").slice(0, 12);
}

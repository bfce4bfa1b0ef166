import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import * as v from "valibot";
import { shapeHead } from "../../../src/adapters/camera/practice/head.ts";
import { portraitFigure } from "../../../src/adapters/camera/practice/portrait.ts";
import type { Figure } from "../../../src/adapters/camera/practice/scene.ts";
import { FRAME_HEIGHT, FRAME_WIDTH } from "../../../src/adapters/camera/practice/scene.ts";
import { testPhotographs } from "../../../tools/models/test-photographs.ts";
import type { FindLandmarks } from "./landmarks.ts";
import { crop, encodePng, readRaster } from "./pictures.ts";
import { triangulate } from "./triangulate.ts";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const PRACTICE = join(ROOT, "public", "assets", "practice");

/** Width of the frame in distances between the eyes. */
const FRAME_IN_EYES = 6.4;
/** Height of the eyes in the frame. */
const EYES_AT = 0.47;

export type ClipPerson = "portrait" | "second";

/** Heads that stand apart from their neighbours, by photograph and the middle between the eyes. */
const HEADS: Readonly<Record<Exclude<ClipPerson, "portrait">, { readonly photograph: string; readonly x: number; readonly y: number; readonly eyes: number }>> = {
  second: { photograph: "sample3.jpg", x: 678, y: 434, eyes: 91 },
};

/** The person as something that can be moved. Other people than the portrait keep the surroundings of their photograph. */
export async function figureOf(person: ClipPerson, find: FindLandmarks): Promise<Figure> {
  if (person === "portrait") {
    return portraitFigure(await readRaster(join(PRACTICE, "portrait.png")), v.parse(v.unknown(), JSON.parse(await readFile(join(PRACTICE, "portrait.json"), "utf8"))));
  }
  const { photograph, x, y, eyes } = HEADS[person];
  const path = testPhotographs().find((candidate) => basename(candidate) === photograph);
  if (path === undefined) throw new Error(`no photograph ${photograph}`);
  const width = eyes * FRAME_IN_EYES;
  const height = (width * FRAME_HEIGHT) / FRAME_WIDTH;
  const picture = crop(await readRaster(path), { x: x - width / 2, y: y - height * EYES_AT, width, height }, FRAME_WIDTH, FRAME_HEIGHT);
  const landmarks = await find(encodePng(picture));
  const head = shapeHead(landmarks, FRAME_WIDTH, FRAME_HEIGHT);
  const placement = { scale: 1, eyesY: head.middle.y };
  return { picture, landmarks, triangles: triangulate(head.points), far: placement, near: { ...placement, scale: 1.04 } };
}

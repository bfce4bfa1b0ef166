import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type * as tasksVision from "@mediapipe/tasks-vision";
import { chromium } from "playwright";
import { findChromium } from "../../../tools/chromium.ts";
import { CHROMIUM_FLAGS } from "../chromium-flags.ts";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const ORIGIN = "http://pictures.test";
const VISION = join(ROOT, "node_modules", "@mediapipe", "tasks-vision");

/** Points of one face: x, y, z of each, x and y in pixels of the picture, z in the same unit, smaller is nearer. */
export type FaceLandmarks = readonly number[];

/** What {@link withLandmarker} hands out: the largest face of a PNG or JPEG. Rejects when it shows none. */
export type FindLandmarks = (picture: Uint8Array) => Promise<FaceLandmarks>;

/**
 * Runs the project's own face landmarker in a browser of its own, which has no network.
 * The models must have been derived.
 */
export async function withLandmarker<T>(use: (find: FindLandmarks) => Promise<T>): Promise<T> {
  const files: Readonly<Record<string, string>> = {
    "/vision.mjs": join(VISION, "vision_bundle.mjs"),
    "/face.task": join(ROOT, "models", "derived", "face_landmarker.task"),
  };
  const browser = await chromium.launch({ executablePath: findChromium(), args: [...CHROMIUM_FLAGS] });
  try {
    const page = await browser.newPage();
    await page.route("**/*", async (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === "/") return route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Landmarks</title>" });
      const file = files[pathname] ?? (pathname.startsWith("/wasm/") ? join(VISION, pathname) : undefined);
      if (file === undefined) return route.abort();
      return route.fulfill({ contentType: contentType(file), body: await readFile(file) });
    });
    await page.goto(`${ORIGIN}/`);
    return await use(async (picture) => {
      const faces = await page.evaluate(findInPage, Buffer.from(picture).toString("base64"));
      const points = faces.sort((one, other) => width(other) - width(one))[0];
      if (points === undefined) throw new Error("no face in the picture");
      return points;
    });
  } finally {
    await browser.close();
  }
}

function width(points: FaceLandmarks): number {
  const across = points.filter((_, index) => index % 3 === 0);
  return Math.max(...across) - Math.min(...across);
}

function contentType(file: string): string {
  if (file.endsWith("js")) return "text/javascript";
  return file.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
}

/** Runs in the page, so it holds no named function: the loader would wrap it in a helper that the page lacks. */
async function findInPage(base64: string): Promise<number[][]> {
  // A page's own address: the type checker has no file for it.
  const address = "/vision.mjs";
  const { FaceLandmarker, FilesetResolver } = (await import(address)) as typeof tasksVision;
  const landmarker = await FaceLandmarker.createFromOptions(await FilesetResolver.forVisionTasks("/wasm"), {
    baseOptions: { modelAssetPath: "/face.task", delegate: "CPU" },
    runningMode: "IMAGE",
    numFaces: 3,
  });
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes]));
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no 2D context");
  context.drawImage(picture, 0, 0);
  const { faceLandmarks } = landmarker.detect(context.getImageData(0, 0, picture.width, picture.height));
  landmarker.close();
  return faceLandmarks.map((points) => points.flatMap(({ x, y, z }) => [x * picture.width, y * picture.height, z * picture.width]));
}

import type { Cue } from "./motion.ts";
import { poseAt } from "./motion.ts";
import { portraitFigure } from "./portrait.ts";
import type { PracticeReply, PracticeRequest } from "./protocol.ts";
import { FRAME_HEIGHT, FRAME_RATE, FRAME_WIDTH, Scene } from "./scene.ts";

/** Draws the practice picture away from the page, so that the page stays as quick as with a real camera. */

const FRAME_MS = 1_000 / FRAME_RATE;
/** Older requests no longer show in the pose, but they count for when the person leaves. */
const MOST_CUES = 400;

const startedMs = performance.now();
let cues: readonly Cue[] = [];

addEventListener("message", ({ data }: MessageEvent<PracticeRequest>) => {
  if (data.kind === "perform") {
    cues = [...cues, { atMs: performance.now() - startedMs, action: data.action }].slice(-MOST_CUES);
    return;
  }
  start(data.assets, data.frames).catch((error: unknown) => reply({ kind: "failed", detail: error instanceof Error ? error.message : String(error) }));
});

async function start(assets: string, frames: WritableStream<VideoFrame> | undefined): Promise<void> {
  const scene = await loadScene(assets);
  const writer = frames?.getWriter();
  const show = writer === undefined ? post : async (pixels: Uint32Array<ArrayBuffer>, atMs: number) => writer.write(frameOf(pixels, atMs));
  reply({ kind: "started" });
  for (let dueMs = performance.now(); ; dueMs = Math.max(dueMs + FRAME_MS, performance.now() - FRAME_MS)) {
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueMs - performance.now())));
    const atMs = performance.now() - startedMs;
    await show(scene.draw(poseAt(atMs, cues)).words, atMs);
  }
}

async function loadScene(assets: string): Promise<Scene> {
  const [picture, mesh] = await Promise.all([load(`${assets}portrait.png`), load(`${assets}portrait.json`)]);
  const bitmap = await createImageBitmap(await picture.blob(), { premultiplyAlpha: "none", colorSpaceConversion: "none" });
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("no 2D context");
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
  return new Scene(portraitFigure({ width, height, words: new Uint32Array(data.buffer) }, await mesh.json()));
}

async function load(address: string): Promise<Response> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`practice picture: HTTP ${response.status}`);
  return response;
}

function frameOf(pixels: Uint32Array<ArrayBuffer>, atMs: number): VideoFrame {
  return new VideoFrame(pixels, { format: "RGBX", codedWidth: FRAME_WIDTH, codedHeight: FRAME_HEIGHT, timestamp: Math.round(atMs * 1_000) });
}

function post(pixels: Uint32Array<ArrayBuffer>): void {
  const copy = pixels.slice().buffer;
  reply({ kind: "frame", pixels: copy }, [copy]);
}

function reply(message: PracticeReply, transferred: Transferable[] = []): void {
  postMessage(message, { transfer: transferred });
}

import { transfer } from "comlink";
import { WorkerClient } from "../../src/adapters/inference/worker-client.ts";
import type { Extraction } from "../../src/contracts/inference.ts";
import type { FrameReport, LandmarkWorker } from "../../src/contracts/landmark.ts";
import { openRecogniser } from "./extract-page.ts";
import { mediaFrames } from "./presentation-media-page.ts";
import type { PresentationTrace, TraceFrame, TraceOptions, TraceSample } from "./presentation-trace.ts";

const TIMEOUT_MS = 120_000;
/** Between two presentations nobody is there for this long: nothing is left of the one before. */
const EMPTY_MS = 5_000;
/** Frames that are fetched at once. */
const CHUNK = 30;

let landmark: WorkerClient<LandmarkWorker, "landmark/graph-failed"> | undefined;
let clockMs = 0;

/** Shows one presentation to the application's own workers, frame by frame, at the times that the frames have. Rejects when a worker fails. */
export async function tracePresentation(options: TraceOptions): Promise<PresentationTrace> {
  const { atMs, width, height, sampleEveryMs } = options;
  const client = await openLandmark();
  await push(client, new VideoFrame(new Uint8Array(width * height * 1.5), i420(width, height, clockMs)), clockMs);
  clockMs += EMPTY_MS;
  const from = clockMs;
  const frames: TraceFrame[] = [];
  let nextSampleMs = 0;
  let index = 0;
  for await (const frame of framesOf(options, from)) {
    const at = atMs[index++] ?? 0;
    clockMs = from + at;
    const report = await push(client, frame, clockMs, at >= nextSampleMs);
    const sample = report.sample === undefined ? undefined : await judge(report.sample);
    if (sample !== undefined) nextSampleMs = at + sampleEveryMs;
    frames.push({
      atMs: at,
      luma: report.luma,
      faces: report.faces.map(({ landmarks, ...face }) => ({ ...face, landmarks: base64(landmarks) })),
      ...(sample === undefined ? {} : { sample }),
    });
  }
  clockMs += EMPTY_MS;
  return { width, height, frames };
}

/** Each frame is the caller's. */
async function* framesOf({ url, media, atMs, width, height }: TraceOptions, from: number): AsyncIterable<VideoFrame> {
  if (media !== null) {
    let index = 0;
    for await (const canvas of mediaFrames(url, media.still, media.fromMs, atMs, width, height)) yield new VideoFrame(canvas, { timestamp: Math.round((from + (atMs[index++] ?? 0)) * 1000) });
    return;
  }
  const size = width * height * 1.5;
  let chunk = new Uint8Array();
  for (const [index, at] of atMs.entries()) {
    if (index % CHUNK === 0) chunk = new Uint8Array(await (await fetch(`${url}?from=${String(index)}&count=${String(CHUNK)}`)).arrayBuffer());
    // A still has one frame for all times.
    const start = chunk.length === size ? 0 : (index % CHUNK) * size;
    yield new VideoFrame(chunk.slice(start, start + size), i420(width, height, from + at));
  }
}

async function openLandmark(): Promise<WorkerClient<LandmarkWorker, "landmark/graph-failed">> {
  if (landmark?.alive === true) return landmark;
  const client = new WorkerClient<LandmarkWorker, "landmark/graph-failed">(
    new Worker(new URL("../../workers/landmark/landmark.worker.ts", import.meta.url), { type: "module", name: "landmark" }),
    "landmark/graph-failed",
    () => undefined,
  );
  const base = import.meta.env.BASE_URL;
  const loaded = await client.call((remote) => remote.open({ wasmBase: `${base}vision`, modelUrl: `${base}models/face_landmarker.task`, timeOrigin: performance.timeOrigin }), TIMEOUT_MS);
  if (!loaded.ok) throw new Error(`${loaded.error.kind}: ${loaded.error.detail ?? ""}`);
  landmark = client;
  return client;
}

/** Planes of 8 bits, as cameras give them. */
function i420(width: number, height: number, nowMs: number): VideoFrameBufferInit {
  const colorSpace = { primaries: "smpte170m", transfer: "smpte170m", matrix: "smpte170m", fullRange: false } as const;
  return { format: "I420", codedWidth: width, codedHeight: height, timestamp: Math.round(nowMs * 1000), colorSpace };
}

async function push(client: WorkerClient<LandmarkWorker, "landmark/graph-failed">, frame: VideoFrame, capturedAtMs: number, sampled = false): Promise<FrameReport> {
  const report = await client.call(async (remote) => {
    if (sampled) await remote.requestSample();
    return remote.push(transfer(frame, [frame]), capturedAtMs);
  }, TIMEOUT_MS);
  if (!report.ok) throw new Error(`${report.error.kind}: ${report.error.detail ?? ""}`);
  return report.value;
}

async function judge(sample: NonNullable<FrameReport["sample"]>): Promise<TraceSample> {
  const { trackId, quality, screen } = sample;
  const extraction = await openRecogniser().extract(sample);
  if (!extraction.ok) throw new Error(`${extraction.error.kind}: ${extraction.error.detail ?? ""}`);
  const { pad, probe }: Extraction = extraction.value;
  return { trackId, quality, pad: { ...pad, ...screen }, probe: base64(probe) };
}

function base64({ buffer, byteOffset, byteLength }: Float32Array): string {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  let text = "";
  for (let from = 0; from < bytes.length; from += 8_192) text += String.fromCharCode(...bytes.subarray(from, from + 8_192));
  return btoa(text);
}

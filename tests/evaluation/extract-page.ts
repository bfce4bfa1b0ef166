import { transfer } from "comlink";
import { createRecogniser } from "../../src/adapters/inference/recogniser.ts";
import { WorkerClient } from "../../src/adapters/inference/worker-client.ts";
import type { Recogniser } from "../../src/app/ports/recogniser.ts";
import type { Extraction } from "../../src/contracts/inference.ts";
import type { FaceSample, FrameReport, LandmarkWorker } from "../../src/contracts/landmark.ts";
import type { QualityFace } from "../../src/domain/biometrics/quality.ts";
import type { RecogniserProfile } from "../../src/domain/biometrics/types.ts";
import { coverOthers, subjectOf } from "./subject-page.ts";

const TIMEOUT_MS = 120_000;
/** Side of the empty frame between two pictures. */
const EMPTY_PX = 128;
/** Camera frames follow each other at about this distance. */
const FRAME_MS = 33;

/** What one picture gave. */
export type PictureResult =
  | { readonly kind: "failed"; readonly failure: string }
  | {
      readonly kind: "extracted";
      readonly width: number;
      readonly height: number;
      /** The one that the picture is about, then the others, largest first. */
      readonly faces: readonly QualityFace[];
      /** Base64 of the probe, float32 little-endian. */
      readonly probe: string;
      /** The same of the mirrored face; only where it was asked for. */
      readonly mirrored?: string;
      readonly pad: { readonly near: number; readonly far: number };
      readonly ms: { readonly landmarks: number; readonly pad: number; readonly features: number };
    };

export interface OpenOptions {
  readonly profile: RecogniserProfile;
  /** The workers decide when absent. */
  readonly threads?: 1 | 2;
}

interface Opened {
  readonly recogniser: Recogniser;
  readonly landmark: WorkerClient<LandmarkWorker, "landmark/graph-failed">;
  nowMs: number;
}

let opened: Opened | undefined;

/** The recogniser, once {@link open} has resolved. */
export function openRecogniser(): Recogniser {
  if (opened === undefined) throw new Error("not open");
  return opened.recogniser;
}

/** Loads the workers anew. Rejects when they cannot be loaded. */
export async function open({ profile, threads }: OpenOptions): Promise<{ readonly modelSet: string; readonly threads: number }> {
  opened?.recogniser.close();
  opened?.landmark.end();
  opened = undefined;
  const epochKey = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["wrapKey", "unwrapKey"]);
  const recogniser = createRecogniser(threads === undefined ? {} : { threads });
  const gallery = await recogniser.open({ profile, tenant: "evaluation", epoch: 1, epochKey, templates: [] });
  if (!gallery.ok) throw new Error(`${gallery.error.kind}: ${gallery.error.detail ?? ""}`);
  const status = recogniser.status.value;
  if (status.kind !== "ready") throw new Error(status.kind);
  const landmark: Opened["landmark"] = new WorkerClient(
    new Worker(new URL("../../workers/landmark/landmark.worker.ts", import.meta.url), { type: "module", name: "landmark" }),
    "landmark/graph-failed",
    () => undefined,
  );
  const base = import.meta.env.BASE_URL;
  const loaded = await landmark.call((remote) => remote.open({ wasmBase: `${base}vision`, modelUrl: `${base}models/face_landmarker.task`, timeOrigin: performance.timeOrigin }), TIMEOUT_MS);
  if (!loaded.ok) throw new Error(`${loaded.error.kind}: ${loaded.error.detail ?? ""}`);
  opened = { recogniser, landmark, nowMs: performance.now() };
  return { modelSet: status.inference.modelSet, threads: status.inference.threads };
}

/**
 * Shows a picture to the workers as a single camera frame, on the path of the frames at the kiosk. An empty frame goes
 * first, so that nothing is left of the picture before. When the picture is about a face that is not the largest, it is
 * shown once more with the others covered.
 */
export async function extract(url: string, options: { readonly mirrored: boolean }): Promise<PictureResult> {
  const { recogniser } = opened ?? {};
  if (!opened || !recogniser) throw new Error("not open");
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(await (await fetch(url)).blob());
  } catch {
    return { kind: "failed", failure: "picture/unreadable" };
  }
  const report = await look(opened, picture);
  if (typeof report === "string") return { kind: "failed", failure: report };
  const { sample, width, height, faces } = report;
  if (sample === undefined) return { kind: "failed", failure: "landmark/no-face" };
  const mirrored = options.mirrored ? await recogniser.extract(mirror(sample)) : undefined;
  const extraction = await recogniser.extract(sample);
  if (!extraction.ok) return { kind: "failed", failure: extraction.error.kind };
  if (mirrored && !mirrored.ok) return { kind: "failed", failure: mirrored.error.kind };
  return {
    kind: "extracted",
    width,
    height,
    faces: faces.map(({ box, quality }) => ({ box, quality })),
    probe: base64(extraction.value),
    ...(mirrored ? { mirrored: base64(mirrored.value) } : {}),
    pad: extraction.value.pad,
    ms: { landmarks: report.processedMs, ...extraction.value.ms },
  };
}

/** The face that the picture is about comes first, and the sample is of it. Takes ownership of the picture. */
async function look(to: Opened, picture: ImageBitmap): Promise<FrameReport | string> {
  const copy = await createImageBitmap(picture);
  const report = await showAlone(to, picture);
  if (typeof report === "string") return report;
  const boxes = report.faces.map(({ box }) => box);
  const subject = subjectOf(boxes, report.width, report.height);
  if (subject === 0) {
    copy.close();
    return report;
  }
  const alone = await showAlone(to, await coverOthers(copy, boxes, subject));
  if (typeof alone === "string") return alone;
  return { ...alone, faces: [...alone.faces.slice(0, 1), ...report.faces.filter((_, index) => index !== subject)] };
}

async function showAlone(to: Opened, picture: ImageBitmap): Promise<FrameReport | string> {
  const empty = await push(to, await createImageBitmap(new ImageData(EMPTY_PX, EMPTY_PX)), false);
  return typeof empty === "string" ? empty : push(to, picture, true);
}

async function push(to: Opened, frame: ImageBitmap, sampled: boolean): Promise<FrameReport | string> {
  to.nowMs += FRAME_MS;
  const report = await to.landmark.call(async (remote) => {
    if (sampled) await remote.requestSample();
    return remote.push(transfer(frame, [frame]), to.nowMs);
  }, TIMEOUT_MS);
  return report.ok ? report.value : report.error.kind;
}

/** The face as a mirror shows it. Presentation attack detection is not asked about it: its crops stay as they are. */
function mirror(sample: FaceSample): FaceSample {
  const { aligned112, aligned150, ...rest } = structuredClone(sample);
  return { ...rest, aligned112: mirrorSquare(aligned112), aligned150: mirrorSquare(aligned150) };
}

function mirrorSquare(rgb: Uint8Array): Uint8Array {
  const side = Math.sqrt(rgb.length / 3);
  const mirrored = new Uint8Array(rgb.length);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const from = (y * side + x) * 3;
      mirrored.set(rgb.subarray(from, from + 3), (y * side + side - 1 - x) * 3);
    }
  }
  return mirrored;
}

function base64({ probe }: Extraction): string {
  const bytes = new Uint8Array(probe.buffer, probe.byteOffset, probe.byteLength);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

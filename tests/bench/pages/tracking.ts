import { proxy, transfer, wrap } from "comlink";

import { frameSource } from "../../../src/adapters/inference/frame-source.ts";
import type { InferenceWorker } from "../../../src/contracts/inference.ts";
import type { LandmarkWorker } from "../../../src/contracts/landmark.ts";
import { value } from "./gallery.ts";
import type { OpenOptions } from "./page.ts";

/** Frames followed a second and the median time spent on one, without and with inference beside it. */
export interface TrackingFigures {
  readonly camera: number;
  readonly following: { readonly fps: number; readonly processedMs: number };
  readonly deciding: { readonly fps: number; readonly processedMs: number; readonly extractions: number };
}

const WARM_UP_MS = 2_000;

async function measureTracking({ workers }: Pick<OpenOptions, "workers">, ms: number): Promise<TrackingFigures> {
  const landmark = wrap<LandmarkWorker>(new Worker(workers.landmark, { type: "module" }));
  value(await landmark.open({ wasmBase: "/vision", modelUrl: "/models/face_landmarker.task", timeOrigin: performance.timeOrigin }));
  const inference = wrap<InferenceWorker>(new Worker(workers.inference, { type: "module" }));
  const models = { featuresA: "/models/features-a.onnx", featuresB: "/models/features-b.onnx", featuresC: "/models/features-c.onnx", pad: "/models/pad.onnx" };
  value(await inference.open({ profile: "accurate", models }));

  const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 480, frameRate: 30 } });
  const [track] = stream.getVideoTracks();
  if (!track) throw new Error("no camera");
  const source = frameSource(track);
  if (source.kind !== "stream") throw new Error("no stream of frames");
  let processed: number[] = [];
  let extracting = false;
  let deciding = false;
  let extractions = 0;
  const followed = landmark.track(
    transfer(source.frames, [source.frames]),
    proxy((report) => {
      processed.push(report.processedMs);
      if (!deciding || extracting) return;
      if (!report.sample) {
        void landmark.requestSample("accurate");
        return;
      }
      extracting = true;
      void inference.extract(report.sample).then((extraction) => {
        value(extraction);
        extracting = false;
        extractions++;
      });
    }),
  );
  const spell = async (): Promise<{ readonly fps: number; readonly processedMs: number }> => {
    await pass(WARM_UP_MS);
    processed = [];
    const startedAt = performance.now();
    await pass(ms);
    const seconds = (performance.now() - startedAt) / 1000;
    const sorted = [...processed].sort((a, b) => a - b);
    return { fps: processed.length / seconds, processedMs: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN };
  };
  const following = await spell();
  deciding = true;
  const before = extractions;
  const busy = await spell();
  const figures = { camera: track.getSettings().frameRate ?? Number.NaN, following, deciding: { ...busy, extractions: extractions - before } };
  await landmark.stop();
  await followed;
  track.stop();
  return figures;
}

function pass(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

Object.assign(globalThis, { measureTracking });

import { transfer, wrap, type Remote } from "comlink";

import { firstChoice } from "../../../src/adapters/inference/runtime-choice.ts";
import type { InferenceWorker } from "../../../src/contracts/inference.ts";
import type { LandmarkWorker } from "../../../src/contracts/landmark.ts";
import type { MatcherWorker } from "../../../src/contracts/matcher.ts";
import { chanceIds, openMatcher, sealPeople, value } from "./gallery.ts";
import { drawPicture, offer, type Decision } from "./page.ts";

const CANDIDATES = 5;
const REFERENCES = 5;
/** Camera frames follow each other at about this distance. */
const FRAME_MS = 33;

interface Workers {
  readonly landmark: Remote<LandmarkWorker>;
  readonly inference: Remote<InferenceWorker>;
  readonly matcher: Remote<MatcherWorker>;
}

let canvas: HTMLCanvasElement | undefined;
let workers: Workers | undefined;
let frameMs = 0;

offer({
  open: async ({ workers: urls, people }) => {
    canvas = await drawPicture();
    const landmark = wrap<LandmarkWorker>(new Worker(urls.landmark, { type: "module", name: "landmark" }));
    value(await landmark.open({ wasmBase: "/vision", modelUrl: "/models/face_landmarker.task", timeOrigin: performance.timeOrigin }));
    const inference = wrap<InferenceWorker>(new Worker(urls.inference, { type: "module", name: "inference" }));
    const models = { featuresA: "/models/features-a.onnx", featuresB: "/models/features-b.onnx", featuresC: "/models/features-c.onnx", pad: "/models/pad.onnx" };
    // As the app starts, before it has raced.
    const { threads } = firstChoice({ isolated: crossOriginIsolated, cores: navigator.hardwareConcurrency, webgpu: false });
    const info = value(await inference.open({ profile: "accurate", models, threads }));
    const matcher = await openMatcher(urls.matcher);
    await sealPeople(matcher, chanceIds(people), REFERENCES, async (row) => value(await matcher.add(row)));
    workers = { landmark, inference, matcher };
    frameMs = performance.now();
    return `${info.backend}, ${info.threads} threads`;
  },
  decide: (variant) => (variant === "still" ? decide(analysed) : decide(followed)),
});

type Seen = Awaited<ReturnType<typeof analysed>>;

/** As at the kiosk: the face is being followed, and the frame is asked for a sample. */
async function followed({ landmark }: Workers, picture: ImageBitmap): Promise<{ readonly processedMs: number; readonly sample: NonNullable<Seen["sample"]> }> {
  await landmark.requestSample("accurate");
  const { sample, processedMs } = value(await landmark.push(transfer(picture, [picture]), (frameMs += FRAME_MS)));
  if (!sample) throw new Error("no face");
  return { processedMs, sample };
}

/** A picture that comes on its own: the face is looked for in all of it. */
async function analysed({ landmark }: Workers, picture: ImageBitmap) {
  return value(await landmark.analyse(transfer(picture, [picture])));
}

async function decide(look: (workers: Workers, picture: ImageBitmap) => Promise<{ readonly processedMs: number; readonly sample: Seen["sample"] }>): Promise<Decision> {
  if (!canvas || !workers) throw new Error("not open");
  const { inference, matcher } = workers;
  const picture = await createImageBitmap(canvas);
  const startedAt = performance.now();
  const { processedMs, sample } = await look(workers, picture);
  const { probe, ms } = value(await inference.extract(transfer(sample, [sample.aligned112.buffer, sample.aligned150.buffer, sample.padNear.buffer, sample.padFar.buffer] as Transferable[])));
  const found = value(await matcher.search(probe, CANDIDATES));
  const total = performance.now() - startedAt;
  const stages = { "landmarks, alignment, crops": processedMs, "presentation attack detection": ms.pad, "features A and B": ms.features, "1:N search": found.ms };
  const between = total - Object.values(stages).reduce((sum, one) => sum + one, 0);
  return { ms: total, stages: { ...stages, "between workers": between } };
}

import { createRecogniser } from "../../src/adapters/inference/recogniser.ts";
import type { Recogniser } from "../../src/app/ports/recogniser.ts";
import type { FaceSample } from "../../src/contracts/landmark.ts";
import type { QualityMeasures, RecogniserProfile } from "../../src/domain/biometrics/types.ts";

/** What one picture gave. */
export interface PictureResult {
  readonly url: string;
  /** Kind of the failure when there is no probe. */
  readonly failure?: string;
  readonly accurate?: readonly number[];
  readonly clear?: readonly number[];
  readonly pad?: { readonly near: number; readonly far: number };
  readonly quality?: QualityMeasures;
  readonly ms?: { readonly landmarks: number; readonly pad: number; readonly accurate: number; readonly clear: number };
}

/** The application's own recognisers, one for each profile, for a script that drives the page. */
export interface Harness {
  open(threads: 1 | 2): Promise<string>;
  extract(urls: readonly string[]): Promise<readonly PictureResult[]>;
  /** Follows a moving picture as a camera would show it and takes a sample twice a second, or when the one before is done. */
  follow(url: string, seconds: number): Promise<FollowResult>;
}

/** What happened while a picture was followed. Times in milliseconds. */
export interface FollowResult {
  readonly frames: number;
  readonly withFace: number;
  readonly tracks: number;
  readonly processedMs: readonly number[];
  readonly padMs: readonly number[];
  readonly featuresMs: readonly number[];
  /** Of page and workers together; undefined where the browser does not tell. */
  readonly memoryBytes: number | undefined;
}

const recognisers = new Map<RecogniserProfile, Recogniser>();

async function open(threads: 1 | 2): Promise<string> {
  const modelSets: string[] = [];
  for (const profile of ["accurate", "clear"] as const) {
    const epochKey = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["wrapKey", "unwrapKey"]);
    const recogniser = createRecogniser({ threads });
    const opened = await recogniser.open({ profile, tenant: "evaluation", epoch: 1, epochKey, templates: [] });
    if (!opened.ok) throw new Error(`${opened.error.kind}: ${opened.error.detail ?? ""}`);
    recognisers.set(profile, recogniser);
    const status = recogniser.status.value;
    if (status.kind === "ready") modelSets.push(`${profile} ${status.inference.modelSet}, ${String(status.inference.threads)} threads`);
  }
  return modelSets.join("; ");
}

async function extractOne(url: string): Promise<PictureResult> {
  const accurate = recognisers.get("accurate");
  const clear = recognisers.get("clear");
  if (!accurate || !clear) throw new Error("not open");
  const picture = await createImageBitmap(await (await fetch(url)).blob());
  const report = await accurate.analyse(picture);
  if (!report.ok) return { url, failure: report.error.kind };
  const { sample, processedMs } = report.value;
  const other = structuredClone(sample);
  const one = await accurate.extract(sample);
  const two = await clear.extract(other satisfies FaceSample);
  if (!one.ok) return { url, failure: one.error.kind };
  if (!two.ok) return { url, failure: two.error.kind };
  return {
    url,
    accurate: Array.from(one.value.probe),
    clear: Array.from(two.value.probe),
    pad: one.value.pad,
    quality: other.quality,
    ms: { landmarks: processedMs, pad: one.value.ms.pad, accurate: one.value.ms.features, clear: two.value.ms.features },
  };
}

const SAMPLE_EVERY_MS = 500;

async function follow(url: string, seconds: number): Promise<FollowResult> {
  const recogniser = recognisers.get("accurate");
  if (!recogniser) throw new Error("not open");
  const picture = await createImageBitmap(await (await fetch(url)).blob());
  const canvas = document.createElement("canvas");
  canvas.width = 640;
  canvas.height = 480;
  const context = canvas.getContext("2d");
  const [track] = canvas.captureStream(30).getVideoTracks();
  if (!context || !track) throw new Error("no canvas");
  let drawn = 0;
  const drawing = setInterval(() => {
    drawn++;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(picture, 64 + 20 * Math.sin(drawn / 20), -15, 512, 512);
  }, 33);

  const processedMs: number[] = [];
  const padMs: number[] = [];
  const featuresMs: number[] = [];
  const tracks = new Set<number>();
  let withFace = 0;
  let extracting: Promise<void> | undefined;
  const tracking = await recogniser.track(track, (report) => {
    processedMs.push(report.processedMs);
    if (report.faces.length > 0) withFace++;
    for (const { trackId } of report.faces) tracks.add(trackId);
    if (!report.sample) return;
    extracting = recogniser.extract(report.sample).then((extraction) => {
      extracting = undefined;
      if (!extraction.ok) throw new Error(`${extraction.error.kind}: ${extraction.error.detail ?? ""}`);
      padMs.push(extraction.value.ms.pad);
      featuresMs.push(extraction.value.ms.features);
    });
  });
  if (!tracking.ok) throw new Error(tracking.error.kind);
  const sampling = setInterval(() => {
    if (!extracting) tracking.value.requestSample();
  }, SAMPLE_EVERY_MS);
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  clearInterval(sampling);
  await tracking.value.stop();
  await extracting;
  clearInterval(drawing);
  track.stop();
  return { frames: processedMs.length, withFace, tracks: tracks.size, processedMs, padMs, featuresMs, memoryBytes: await memoryBytes() };
}

async function memoryBytes(): Promise<number | undefined> {
  const measuring = performance as { readonly measureUserAgentSpecificMemory?: () => Promise<{ readonly bytes: number }> };
  return (await measuring.measureUserAgentSpecificMemory?.())?.bytes;
}

const harness: Harness = {
  open,
  follow,
  extract: async (urls) => {
    const results: PictureResult[] = [];
    for (const url of urls) results.push(await extractOne(url));
    return results;
  },
};

Object.assign(globalThis, { harness });

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

const harness: Harness = {
  open,
  extract: async (urls) => {
    const results: PictureResult[] = [];
    for (const url of urls) results.push(await extractOne(url));
    return results;
  },
};

Object.assign(globalThis, { harness });

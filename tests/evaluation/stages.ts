import type { PictureResult } from "./extract-page.ts";
import { quantile } from "./statistics.ts";

/** Medians in milliseconds. */
export interface StageTimes {
  readonly landmarks: number;
  readonly pad: number;
  readonly features: number;
  readonly total: number;
}

/** What the pictures cost when they were worked on, which may have been in an earlier run. Null when none gave a probe. */
export function stageTimes(results: readonly PictureResult[]): StageTimes | null {
  const all = results.flatMap((result) => (result.kind === "extracted" ? [result.ms] : []));
  if (all.length === 0) return null;
  const median = (times: readonly number[]): number => Number(quantile([...times].sort((one, other) => one - other), 0.5).toFixed(1));
  return {
    landmarks: median(all.map(({ landmarks }) => landmarks)),
    pad: median(all.map(({ pad }) => pad)),
    features: median(all.map(({ features }) => features)),
    total: median(all.map(({ landmarks, pad, features }) => landmarks + pad + features)),
  };
}

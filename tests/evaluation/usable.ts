import { KIOSK_QUALITY, guidanceFor } from "../../src/domain/biometrics/quality.ts";
import type { GuidanceReason } from "../../src/domain/biometrics/types.ts";
import type { PictureResult } from "./extract-page.ts";
import { readProbe } from "./pictures.ts";

/**
 * Which pictures are searched with. `face`: each in which a face is found; of several, the one that the picture is about.
 * `kiosk`: those that the kiosk's quality gate lets through, which asks people to come one at a time.
 */
export type Gate = "face" | "kiosk";

/** A probe, or why there is none (failure to acquire). */
export type Acquired = { readonly probe: Float32Array } | { readonly failure: string };

/** What the kiosk's quality gate says of the picture as a single frame; null when it may be used. */
export function qualityReject(result: Extract<PictureResult, { kind: "extracted" }>): GuidanceReason | null {
  return guidanceFor({ ...result, faces: result.faces }, KIOSK_QUALITY, null);
}

export function acquire(result: PictureResult, gate: Gate): Acquired {
  if (result.kind === "failed") return { failure: result.failure };
  const reject = gate === "kiosk" ? qualityReject(result) : null;
  return reject === null ? { probe: readProbe(result.probe) } : { failure: `quality/${reject}` };
}

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
  return guidanceFor(result, KIOSK_QUALITY, null);
}

/** How many times larger than the picture the frame is taken to be by {@link faceReject}. */
const LARGER = 4;

/**
 * What the kiosk's quality gate says of the face alone: as if it stood in the middle of a larger frame. For collections that
 * are cut close round the face, where the frame says nothing about the person.
 */
export function faceReject({ width, height, faces }: Extract<PictureResult, { kind: "extracted" }>): GuidanceReason | null {
  const alone = faces.slice(0, 1).map(({ box, quality }) => ({
    box: { ...box, x: (LARGER * width - box.width) / 2, y: (LARGER * height - box.height) / 2 },
    quality: { ...quality, visible: 1 },
  }));
  return guidanceFor({ width: LARGER * width, height: LARGER * height, faces: alone }, KIOSK_QUALITY, null);
}

export function acquire(result: PictureResult, gate: Gate): Acquired {
  if (result.kind === "failed") return { failure: result.failure };
  const reject = gate === "kiosk" ? qualityReject(result) : null;
  return reject === null ? { probe: readProbe(result.probe) } : { failure: `quality/${reject}` };
}

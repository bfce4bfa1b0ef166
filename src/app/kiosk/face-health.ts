import type { Failure } from "../../domain/errors.ts";
import type { CameraStatus } from "../ports/camera.ts";
import type { RecogniserStatus } from "../ports/recogniser.ts";

/**
 * Why faces cannot be recognised, or null when they can. While something is still opening the earlier answer stands:
 * a camera that is tried again and again is one outage, not many.
 *
 * @param other what went wrong besides: the gallery or the tracking could not be opened.
 */
export function faceFault(camera: CameraStatus, recogniser: RecogniserStatus, other: Failure | null, before: Failure | null): Failure | null {
  if (recogniser.kind === "failed") return recogniser.failure;
  if (camera.kind === "fault") return camera.failure;
  if (other !== null) return other;
  return camera.kind === "live" && recogniser.kind === "ready" ? null : before;
}

import * as v from "valibot";
import type { UserId } from "../people/access.ts";
import type { EpochMs } from "../clock.ts";

/** Longest reason that is kept, characters. */
export const REASON_MAX_LENGTH = 500;

/** Faces were switched off for the site: by whom, when, and why. */
export interface FaceOff {
  readonly reason: string;
  readonly by: UserId;
  readonly at: EpochMs;
}

/** The assessment that is in force, as far as the kiosk and the menu have to know it. */
export interface AssessmentMark {
  /** 1, 2, 3, ... */
  readonly version: number;
  readonly at: EpochMs;
  /** Calendar day by which it is looked at again. */
  readonly nextReviewOn: string;
}

/**
 * Why faces are not used on this tablet. `switched-off`: the site's switch. `not-assessed`: no impact assessment is
 * recorded, and no face is kept yet.
 */
export type FaceClosed = "switched-off" | "not-assessed";

const time = v.pipe(v.number(), v.safeInteger(), v.transform((ms) => ms as EpochMs));

export const faceOffSchema = v.strictObject({ reason: v.string(), by: v.pipe(v.string(), v.transform((id) => id as UserId)), at: time });
export const assessmentMarkSchema = v.strictObject({ version: v.pipe(v.number(), v.safeInteger(), v.minValue(1)), at: time, nextReviewOn: v.pipe(v.string(), v.isoDate()) });

/**
 * Whether faces may be enrolled and compared. A tablet that holds faces from before assessments were asked for is not
 * shut: people would stand before a closed door for a paper. It is told instead.
 *
 * @param settings null before set-up, when nothing is closed
 * @param faces people whose face is kept here
 */
export function faceClosed(settings: { readonly faceOff?: FaceOff; readonly assessment?: AssessmentMark } | null, faces: number): FaceClosed | null {
  if (settings === null) return null;
  if (settings.faceOff !== undefined) return "switched-off";
  return settings.assessment === undefined && faces === 0 ? "not-assessed" : null;
}

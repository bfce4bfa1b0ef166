import { compareProbes, fuseProbes } from "./identification.ts";
import { sameFaceLevel } from "./look-alikes.ts";
import { scoreAtFmr } from "./operating-point.ts";
import type { OperatingPoint } from "./operating-point.ts";
import type { CandidateList, QualityMeasures, RecogniserProfile } from "./types.ts";
import type { PersonId } from "../people/types.ts";

/** What is asked for, in this order. References that differ find a person under more conditions. */
export const VARIATIONS = ["straight", "slightly-left", "slightly-right", "slightly-up", "nearer"] as const;
export type Variation = (typeof VARIATIONS)[number];

/** How the head is held in one sample. */
export type HeadPose = Pick<QualityMeasures, "interEyePx" | "yawDeg" | "pitchDeg">;

/** Degrees against the straight sample. Wide, because people differ in what "slightly" is. */
const TURN_DEG = { from: 7, to: 29 };
const UP_DEG = { from: 5, to: 24 };
const STRAIGHT_YAW_DEG = 9;
/** Nearer means this much larger than the straight sample. */
const NEARER_RATIO = 1.14;
/** After this long on one variation any view that differs from those taken will do; after the second time any good view. */
export const SETTLE_FOR_DIFFERENT_MS = 8000;
export const SETTLE_FOR_ANY_MS = 10_500;
/** What counts as differing. */
const DIFFERENT_DEG = 3;
const DIFFERENT_RATIO = 1.06;
/** Samples follow each other at least at this distance, so that a blink or a blur does not spoil all of a variation. */
export const SAMPLE_GAP_MS = 200;
/** More samples of a variation are collected for this long after its first one, and as many at most: the best is kept. */
export const COLLECT_MS = 1000;
export const MOST_PER_VARIATION = 5;
/** A person of whom everything was taken, and who has shown no sign of life, is asked to turn once more for this long. */
export const LIFE_WAIT_MS = 10_000;
/** A person of whom no five samples could be taken by then cannot be enrolled now (failure to enrol). */
export const GIVE_UP_MS = 60_000;
/** False match rate at which samples are taken to show the same person: lenient, they were taken within a minute. */
const SAME_PERSON_LOG10_FMR = -3;

/**
 * True when the view may be taken for the variation.
 *
 * @param straight the first sample's pose; null while it is the straight one that is wanted.
 * @param waitedMs since the variation was first asked for.
 */
export function meetsVariation(variation: Variation, pose: HeadPose, straight: HeadPose | null, taken: readonly HeadPose[], waitedMs: number): boolean {
  if (isVariation(variation, pose, straight)) return true;
  if (waitedMs >= SETTLE_FOR_ANY_MS) return true;
  return waitedMs >= SETTLE_FOR_DIFFERENT_MS && taken.every((other) => differs(pose, other));
}

function isVariation(variation: Variation, pose: HeadPose, straight: HeadPose | null): boolean {
  if (variation === "straight" || straight === null) return Math.abs(pose.yawDeg) <= STRAIGHT_YAW_DEG;
  const yaw = pose.yawDeg - straight.yawDeg;
  const pitch = pose.pitchDeg - straight.pitchDeg;
  switch (variation) {
    case "slightly-left":
      return yaw >= TURN_DEG.from && yaw <= TURN_DEG.to;
    case "slightly-right":
      return -yaw >= TURN_DEG.from && -yaw <= TURN_DEG.to;
    case "slightly-up":
      return pitch >= UP_DEG.from && pitch <= UP_DEG.to;
    case "nearer":
      return pose.interEyePx >= straight.interEyePx * NEARER_RATIO;
  }
}

function differs(one: HeadPose, other: HeadPose): boolean {
  const turned = Math.hypot(one.yawDeg - other.yawDeg, one.pitchDeg - other.pitchDeg);
  const ratio = one.interEyePx / other.interEyePx;
  return turned >= DIFFERENT_DEG || ratio >= DIFFERENT_RATIO || ratio <= 1 / DIFFERENT_RATIO;
}

/** The score at which samples of one enrolment are taken to show the same person. */
export function sameAsTakenScore(point: OperatingPoint): number {
  return scoreAtFmr(point, SAME_PERSON_LOG10_FMR);
}

/** True when the probe shows the same person as the others taken together. True when there are none yet. */
export function sameAsTaken(profile: RecogniserProfile, probe: Float32Array, taken: readonly Float32Array[], point: OperatingPoint): boolean {
  if (taken.length === 0) return true;
  const others = fuseProbes(profile, taken.map((reference) => ({ probe: reference, weight: 1 })));
  return compareProbes(profile, probe, others) >= sameAsTakenScore(point);
}

/** True when each of the references agrees with the rest of them. */
export function areConsistent(profile: RecogniserProfile, references: readonly Float32Array[], point: OperatingPoint): boolean {
  return references.every((probe, index) => sameAsTaken(profile, probe, references.toSpliced(index, 1), point));
}

/** Whoever has this face already under another number; null when nobody does. */
export function enrolledElsewhere(search: CandidateList, personId: PersonId, point: OperatingPoint): PersonId | null {
  const level = sameFaceLevel(point, search.people);
  return search.candidates.find((candidate) => candidate.personId !== personId && candidate.score >= level)?.personId ?? null;
}

import { sameAsTakenScore, VARIATIONS } from "./enrolment.ts";
import type { HeadPose, Variation } from "./enrolment.ts";
import { compareProbes, fuseProbes } from "./identification.ts";
import type { OperatingPoint } from "./operating-point.ts";
import type { RecogniserProfile } from "./types.ts";

/** One of the samples that were collected, more than are needed. */
export interface CollectedSample {
  readonly variation: Variation;
  readonly probe: Float32Array;
  readonly pose: HeadPose;
  /** How good the picture is, 0..1: see `referenceValue`. */
  readonly value: number;
}

/** A view that is this far from every chosen one adds all that it can, degrees. */
const WELL_APART_DEG = 12;
/** What a view adds that is like a chosen one. */
const LEAST_GAIN = 0.1;

/**
 * The references of a person out of everything that was collected: the best of each variation, in the order in which
 * variations are asked for, filled up with what differs most from those. A sample that does not agree with the rest is
 * left out: a blink, a blur, or somebody else for a moment.
 *
 * @returns `count` samples at most; fewer when fewer agree
 */
export function chooseReferences<S extends CollectedSample>(profile: RecogniserProfile, samples: readonly S[], point: OperatingPoint, count: number = VARIATIONS.length): readonly S[] {
  const ranked = rank(profile, agreeing(profile, samples, point), point);
  const chosen = VARIATIONS.flatMap((variation) => best(ranked.filter(({ sample }) => sample.variation === variation)) ?? []).slice(0, count);
  while (chosen.length < count) {
    const gains = ranked.filter((one) => !chosen.includes(one)).map((one) => ({ ...one, of: one, rank: one.rank * gain(one.sample.pose, chosen.map(({ sample }) => sample.pose)) }));
    const next = best(gains);
    if (next === undefined) break;
    chosen.push(next.of);
  }
  return chosen.map(({ sample }) => sample);
}

interface Ranked<S> {
  readonly sample: S;
  readonly rank: number;
}

/** The samples of which each agrees with the others taken together. The one that agrees least goes first. */
function agreeing<S extends CollectedSample>(profile: RecogniserProfile, samples: readonly S[], point: OperatingPoint): readonly S[] {
  const floor = sameAsTakenScore(point);
  let kept = samples;
  while (kept.length > 1) {
    const scores = agreements(profile, kept);
    const lowest = Math.min(...scores);
    if (lowest >= floor) break;
    kept = kept.toSpliced(scores.indexOf(lowest), 1);
  }
  return kept;
}

function rank<S extends CollectedSample>(profile: RecogniserProfile, samples: readonly S[], point: OperatingPoint): readonly Ranked<S>[] {
  if (samples.length === 1) return samples.map((sample) => ({ sample, rank: sample.value }));
  const floor = sameAsTakenScore(point);
  const scores = agreements(profile, samples);
  const span = Math.max(Math.max(...scores) - floor, Number.EPSILON);
  return samples.map((sample, index) => ({ sample, rank: sample.value * (((scores[index] ?? floor) - floor) / span) }));
}

/** Score of each sample against the others taken together, on the profile's scale. */
function agreements(profile: RecogniserProfile, samples: readonly CollectedSample[]): readonly number[] {
  return samples.map(({ probe }, index) => {
    const others = samples.toSpliced(index, 1).map((other) => ({ probe: other.probe, weight: 1 }));
    return compareProbes(profile, probe, fuseProbes(profile, others));
  });
}

function best<R extends { readonly rank: number }>(ranked: readonly R[]): R | undefined {
  return ranked.reduce<R | undefined>((lead, one) => (lead === undefined || one.rank > lead.rank ? one : lead), undefined);
}

function gain(pose: HeadPose, chosen: readonly HeadPose[]): number {
  const apart = Math.min(...chosen.map((other) => Math.hypot(pose.yawDeg - other.yawDeg, pose.pitchDeg - other.pitchDeg)), WELL_APART_DEG);
  return LEAST_GAIN + (1 - LEAST_GAIN) * (apart / WELL_APART_DEG);
}

import type { OperatingPoint } from "./operating-point.ts";
import { identificationThreshold } from "./operating-point.ts";
import type { Candidate, CandidateList, IdentificationOutcome, RecogniserProfile } from "./types.ts";
import { FEATURE_DIMENSIONS } from "./types.ts";

/** One usable frame of the face in front of the kiosk. */
export interface ProbeFrame {
  /** Length {@link FEATURE_DIMENSIONS} of the profile. */
  readonly probe: Float32Array;
  /** How much it counts, above 0: see `sampleWeight`. */
  readonly weight: number;
  /** What this frame alone found. */
  readonly search: CandidateList;
}

/** A decision needs at least this many usable frames of one tracked face. */
export const MIN_FRAMES = 3;
/** At least this many of them must name the same first candidate. */
export const MIN_AGREEING = 2;

/** Lengths of the parts of a probe that are of unit length each; empty where the features are used as they come. */
export const UNIT_PARTS: Readonly<Record<RecogniserProfile, readonly number[]>> = {
  accurate: [192, 512],
  clear: [],
};

/**
 * One probe out of several frames, or one template out of several references: the weighted mean, each unit-length part brought to unit length again. Features
 * of profile `clear` are compared by distance, so their plain mean is what lies nearest to all of them.
 *
 * @throws RangeError when there is no frame, or a probe has another length than the profile's.
 */
export function fuseProbes(profile: RecogniserProfile, frames: readonly Pick<ProbeFrame, "probe" | "weight">[]): Float32Array {
  const length = FEATURE_DIMENSIONS[profile];
  if (frames.length === 0) throw new RangeError("no frame to fuse");
  const fused = new Float64Array(length);
  let weights = 0;
  for (const { probe, weight } of frames) {
    if (probe.length !== length) throw new RangeError(`probe of ${String(probe.length)} values, not ${String(length)}`);
    weights += weight;
    for (let index = 0; index < length; index++) fused[index] = (fused[index] ?? 0) + (probe[index] ?? 0) * weight;
  }
  for (let index = 0; index < length; index++) fused[index] = (fused[index] ?? 0) / weights;
  let from = 0;
  for (const part of UNIT_PARTS[profile]) {
    scaleToUnit(fused.subarray(from, from + part));
    from += part;
  }
  return new Float32Array(fused);
}

/** Similarity of two probes of one profile, on the profile's score scale: what the matcher computes, for a few probes outside it. */
export function compareProbes(profile: RecogniserProfile, one: Float32Array, other: Float32Array): number {
  let sum = 0;
  const unit = UNIT_PARTS[profile].length > 0;
  for (const [index, value] of one.entries()) {
    const against = other[index] ?? 0;
    sum += unit ? value * against : (value - against) ** 2;
  }
  return unit ? sum : -Math.sqrt(sum);
}

/**
 * What the frames and the search with their fused probe say together.
 * `identified`: the fused score reaches the threshold for this gallery, leads the second by the margin, and enough
 * frames name the same person. `ambiguous`: good enough, but another person is nearly as good, or the frames do not
 * agree. Null: too few frames to say anything.
 */
export function decideIdentity(frames: readonly Pick<ProbeFrame, "search">[], fused: CandidateList, point: OperatingPoint): IdentificationOutcome | null {
  if (frames.length < MIN_FRAMES) return null;
  const threshold = identificationThreshold(point, fused.people);
  const [first, second] = fused.candidates;
  if (first === undefined || first.score < threshold) return { kind: "no-candidate" };
  if (second !== undefined && first.score - second.score < point.margin) {
    return { kind: "ambiguous", personIds: [first.personId, second.personId] };
  }
  const agreeing = frames.filter(({ search }) => names(search.candidates[0], first, threshold - point.frameSlack)).length;
  if (agreeing < MIN_AGREEING) return { kind: "ambiguous", personIds: [first.personId] };
  return { kind: "identified", personId: first.personId, score: first.score };
}

function names(candidate: Candidate | undefined, person: Candidate, threshold: number): boolean {
  return candidate !== undefined && candidate.personId === person.personId && candidate.score >= threshold;
}

function scaleToUnit(part: Float64Array): void {
  let squares = 0;
  for (const value of part) squares += value * value;
  const norm = Math.sqrt(squares);
  if (norm === 0) return;
  for (const [index, value] of part.entries()) part[index] = value / norm;
}

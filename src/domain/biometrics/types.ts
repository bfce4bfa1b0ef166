import type { Brand } from "../brand.ts";
import type { PersonId } from "../people/types.ts";

/**
 * Similarity of one probe to one reference: higher is more alike. The scale belongs to the profile.
 * `accurate`: cosine of features A plus cosine of features B, -2..2.
 * `clear`: minus the Euclidean distance of features C, at most 0.
 */
export type ComparisonScore = Brand<number, "ComparisonScore">;

/** Which feature models a gallery was made with. Galleries of different profiles are never compared. */
export type RecogniserProfile = "accurate" | "clear";

/** Length of a probe or reference, in float32 values. `accurate`: 192 of A then 512 of B, each part of unit length. */
export const FEATURE_DIMENSIONS: Readonly<Record<RecogniserProfile, number>> = {
  accurate: 704,
  clear: 128,
};

/** One entry of a candidate list: the score against the mean of the person's references. */
export interface Candidate {
  readonly personId: PersonId;
  readonly score: ComparisonScore;
}

/** The answer to one search, best candidate first. */
export interface CandidateList {
  readonly candidates: readonly Candidate[];
  /** People in the gallery at the time of the search. */
  readonly people: number;
  /** Time spent in the full search, milliseconds. */
  readonly ms: number;
}

/** What the search over several frames of one face concluded. */
export type IdentificationOutcome =
  | { readonly kind: "identified"; readonly personId: PersonId; readonly score: ComparisonScore }
  | { readonly kind: "ambiguous"; readonly personIds: readonly PersonId[] }
  | { readonly kind: "no-candidate" };

/** What presentation-attack detection concluded over several frames of one face. */
export type PadOutcome = "bona-fide" | "attack-suspected" | "undecided";

/** When an active challenge is asked for. */
export type ChallengePolicy = "off" | "in-doubt" | "always";

/** What a person may be asked to do. Never a smile. */
export type ChallengeAction = "turn-left" | "turn-right" | "nod" | "blink-twice";

/** What a single frame shows of a face. All ranges are after clipping the face to the frame. */
export interface QualityMeasures {
  /** Distance between the eye centres, pixels of the camera frame. */
  readonly interEyePx: number;
  /** Head pose in degrees. Yaw is positive when the person turns to their own left, pitch when looking up, roll clockwise as seen by the camera. */
  readonly yawDeg: number;
  readonly pitchDeg: number;
  readonly rollDeg: number;
  /** Mean luma of the face, 0..255. */
  readonly meanLuma: number;
  /** Standard deviation of the face's luma, 0..128. */
  readonly lumaSpread: number;
  /** Ratio of the darker to the brighter half of the face (left, right), 0..1. */
  readonly evenness: number;
  /** Variance of the Laplacian of the aligned 112x112 face's luma; blurred faces are low. */
  readonly sharpness: number;
  /** Part of the face's box inside the frame, 0..1. */
  readonly visible: number;
  /** Parts of the face's pixels that are clipped at black and at white, 0..1. Absent where nobody measured it. */
  readonly underExposed?: number;
  readonly overExposed?: number;
  /** How likely a part of the face that recognition needs is hidden, 0..1. Absent where nobody measured it. */
  readonly occlusion?: number;
  /** How much of the picture's detail is the edges of compression blocks, 0..1. Measured for samples alone. */
  readonly compression?: number;
}

/**
 * Why a face cannot be used yet, in the order in which a person is told. `covered`: a mask, a hand, hair or dark glasses
 * hide part of it. `poor-picture`: the camera's picture is compressed too much, which no person in front of it can
 * change: it is told to administrators alone.
 */
export type GuidanceReason =
  | "no-face"
  | "several-people"
  | "too-far"
  | "too-near"
  | "off-centre"
  | "turned-away"
  | "too-dark"
  | "too-bright"
  | "uneven-light"
  | "covered"
  | "blurred"
  | "poor-picture";

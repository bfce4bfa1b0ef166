import type { GuidanceReason, QualityMeasures } from "./types.ts";

/** One face as far as quality is concerned. Pixels of the camera frame. */
export interface QualityFace {
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly quality: QualityMeasures;
}

/** What the quality gate looks at in one frame. */
export interface QualityFrame {
  readonly width: number;
  readonly height: number;
  /** Largest first. */
  readonly faces: readonly QualityFace[];
}

/** A limit with two values: crossed at `on`, and taken back only at `off`. Between the two the earlier answer stands. */
export interface HysteresisLimit {
  readonly on: number;
  readonly off: number;
}

/**
 * When a face can be used. The limits follow what the feature models were fed when they were measured: faces with
 * 40 to 130 pixels between the eyes, looking roughly ahead. They are first values and are calibrated with the rest.
 */
export interface QualityPolicy {
  /** Between the eyes, pixels: below this somebody merely passes by, and the kiosk stays idle. */
  readonly approachInterEyePx: number;
  /** Between the eyes, pixels. The aligned face has 35, so less than that means invented detail. */
  readonly tooFarInterEyePx: HysteresisLimit;
  /** Height of the face's box as a part of the frame's. The PAD crops need surroundings. */
  readonly tooNearHeight: HysteresisLimit;
  /** Part of the face's box inside the frame, 0..1. */
  readonly offCentreVisible: HysteresisLimit;
  /** Horizontal distance of the face's centre from the frame's, as a part of the frame's width. */
  readonly offCentreX: HysteresisLimit;
  /** Degrees either way. */
  readonly turnedYawDeg: HysteresisLimit;
  readonly turnedPitchDeg: HysteresisLimit;
  readonly turnedRollDeg: HysteresisLimit;
  /** Mean luma of the face, 0..255. */
  readonly tooDarkLuma: HysteresisLimit;
  readonly tooBrightLuma: HysteresisLimit;
  /** Standard deviation of the face's luma: dark or bright alone is no harm to a face that keeps its contrast. */
  readonly flatSpread: number;
  /** Darker over brighter half of the face, 0..1. */
  readonly unevenRatio: HysteresisLimit;
  /** Part of the face's pixels that are clipped at black or at white, 0..1: there is nothing left to compare in them. */
  readonly underExposedPart: HysteresisLimit;
  readonly overExposedPart: HysteresisLimit;
  /** Occlusion, 0..1: at 0.5 each of its three parts reaches 0.4 % of uncovered faces (`quality-occlusion-terms.ts`). */
  readonly coveredOcclusion: HysteresisLimit;
  /** Compression of the picture, 0..1. JPEG of quality 75, 50, 25, 10 and 5 gave 0.44, 0.59, 0.73, 0.86 and 0.92 (8 faces of LFW, 2026-11-22). At the kiosk nobody is kept from recognition by it. */
  readonly poorCompression: HysteresisLimit;
  /** Variance of the Laplacian of the aligned face. */
  readonly blurredSharpness: HysteresisLimit;
  /** A second face counts as close when its eyes are at least this part of the first one's apart. */
  readonly secondFaceRatio: HysteresisLimit;
}

/** For the search at the kiosk. */
export const KIOSK_QUALITY: QualityPolicy = {
  approachInterEyePx: 26,
  tooFarInterEyePx: { on: 38, off: 42 },
  tooNearHeight: { on: 0.86, off: 0.8 },
  offCentreVisible: { on: 0.9, off: 0.95 },
  offCentreX: { on: 0.36, off: 0.32 },
  turnedYawDeg: { on: 26, off: 22 },
  turnedPitchDeg: { on: 24, off: 20 },
  turnedRollDeg: { on: 28, off: 24 },
  tooDarkLuma: { on: 38, off: 46 },
  tooBrightLuma: { on: 225, off: 215 },
  flatSpread: 12,
  unevenRatio: { on: 0.25, off: 0.3 },
  underExposedPart: { on: 0.5, off: 0.42 },
  overExposedPart: { on: 0.3, off: 0.24 },
  coveredOcclusion: { on: 0.6, off: 0.4 },
  poorCompression: { on: 1, off: 1 },
  blurredSharpness: { on: 18, off: 24 },
  secondFaceRatio: { on: 0.8, off: 0.74 },
};

/** For references: what is stored once is compared with for years. */
export const ENROLMENT_QUALITY: QualityPolicy = {
  ...KIOSK_QUALITY,
  tooFarInterEyePx: { on: 52, off: 56 },
  offCentreVisible: { on: 0.97, off: 0.99 },
  turnedYawDeg: { on: 32, off: 29 },
  tooDarkLuma: { on: 50, off: 58 },
  tooBrightLuma: { on: 215, off: 205 },
  unevenRatio: { on: 0.35, off: 0.4 },
  underExposedPart: { on: 0.4, off: 0.32 },
  overExposedPart: { on: 0.2, off: 0.15 },
  coveredOcclusion: { on: 0.5, off: 0.35 },
  poorCompression: { on: 0.87, off: 0.83 },
  blurredSharpness: { on: 30, off: 38 },
  secondFaceRatio: { on: 0.5, off: 0.45 },
};

/** True when the largest face is near enough to be meant. */
export function isApproaching(frame: QualityFrame, policy: QualityPolicy): boolean {
  const face = frame.faces[0];
  return face !== undefined && face.quality.interEyePx >= policy.approachInterEyePx;
}

/**
 * Why the largest face of the frame cannot be used, or null when it can. The first reason in the order of
 * {@link GuidanceReason} is given: one thing is asked at a time.
 *
 * @param previous the answer for the frame before; the limit that it names is harder to leave than to enter.
 */
export function guidanceFor(frame: QualityFrame, policy: QualityPolicy, previous: GuidanceReason | null): GuidanceReason | null {
  const face = frame.faces[0];
  if (face === undefined || face.quality.interEyePx < policy.approachInterEyePx) return "no-face";
  const { quality, box } = face;
  const pick = (reason: GuidanceReason, limit: HysteresisLimit): number => (previous === reason ? limit.off : limit.on);
  const below = (reason: GuidanceReason, value: number, limit: HysteresisLimit): boolean => value < pick(reason, limit);
  const above = (reason: GuidanceReason, value: number, limit: HysteresisLimit): boolean => value > pick(reason, limit);

  const second = frame.faces[1];
  if (second !== undefined && above("several-people", second.quality.interEyePx / quality.interEyePx, policy.secondFaceRatio)) return "several-people";
  if (below("too-far", quality.interEyePx, policy.tooFarInterEyePx)) return "too-far";
  if (above("too-near", box.height / frame.height, policy.tooNearHeight)) return "too-near";
  const aside = Math.abs((box.x + box.width / 2) / frame.width - 0.5);
  if (below("off-centre", quality.visible, policy.offCentreVisible) || above("off-centre", aside, policy.offCentreX)) return "off-centre";
  if (
    above("turned-away", Math.abs(quality.yawDeg), policy.turnedYawDeg) ||
    above("turned-away", Math.abs(quality.pitchDeg), policy.turnedPitchDeg) ||
    above("turned-away", Math.abs(quality.rollDeg), policy.turnedRollDeg)
  ) {
    return "turned-away";
  }
  const flat = quality.lumaSpread < policy.flatSpread;
  const { underExposed = 0, overExposed = 0, occlusion = 0, compression = 0 } = quality;
  if (below("too-dark", quality.meanLuma, policy.tooDarkLuma) || above("too-dark", underExposed, policy.underExposedPart) || (flat && quality.meanLuma < 128)) return "too-dark";
  if (above("too-bright", quality.meanLuma, policy.tooBrightLuma) || above("too-bright", overExposed, policy.overExposedPart) || flat) return "too-bright";
  if (below("uneven-light", quality.evenness, policy.unevenRatio)) return "uneven-light";
  if (above("covered", occlusion, policy.coveredOcclusion)) return "covered";
  if (below("blurred", quality.sharpness, policy.blurredSharpness)) return "blurred";
  if (above("poor-picture", compression, policy.poorCompression)) return "poor-picture";
  return null;
}

/**
 * How much a usable sample counts against the others of the same face, 0.2..1: frontal and sharp ones lead. A weight
 * only orders samples that passed the gate, so it is never zero.
 */
export function sampleWeight(quality: QualityMeasures, policy: QualityPolicy): number {
  const pose = 1 - Math.min(1, Math.hypot(quality.yawDeg, quality.pitchDeg) / policy.turnedYawDeg.on) * 0.6;
  const size = Math.min(1, quality.interEyePx / (2 * policy.tooFarInterEyePx.on));
  const sharp = Math.min(1, quality.sharpness / (4 * policy.blurredSharpness.on));
  return Math.max(0.2, pose * (0.5 + 0.25 * size + 0.25 * sharp));
}

/**
 * How good a picture is for a reference, 0..1, whatever way the head is held: what is stored once is compared with for
 * years.
 *
 * @param eyesOpen opening of the eyes as a part of the widest that was seen of them, 0..1: blinks are left out
 */
export function referenceValue(quality: QualityMeasures, eyesOpen: number, policy: QualityPolicy): number {
  const sharp = Math.min(1, quality.sharpness / (4 * policy.blurredSharpness.on));
  const size = Math.min(1, quality.interEyePx / (2 * policy.tooFarInterEyePx.on));
  const clipped = Math.min(1, (quality.underExposed ?? 0) + (quality.overExposed ?? 0));
  const parts = [sharp, size, quality.evenness, 1 - clipped, 1 - (quality.occlusion ?? 0), 1 - (quality.compression ?? 0), eyesOpen];
  return parts.reduce((value, part) => value * (0.3 + 0.7 * Math.min(1, Math.max(0, part))), 1);
}

/** The instruction as it is shown, steadied over time. */
export interface SteadyGuidance {
  readonly shown: GuidanceReason | null;
  /** What the latest frames say, and since when. */
  readonly candidate: GuidanceReason | null;
  readonly candidateSinceMs: number;
  readonly shownSinceMs: number;
}

/** A reason is shown only when the frames have agreed on it for this long. */
export const GUIDANCE_SETTLE_MS = 250;
/** A reason once shown stays this long, so that it can be read. A good face ends it after {@link GUIDANCE_SETTLE_MS}. */
export const GUIDANCE_HOLD_MS = 900;

export function startGuidance(nowMs: number): SteadyGuidance {
  return { shown: null, candidate: null, candidateSinceMs: nowMs, shownSinceMs: nowMs - GUIDANCE_HOLD_MS };
}

/** The instruction after one more frame. */
export function steadyGuidance(state: SteadyGuidance, reason: GuidanceReason | null, nowMs: number): SteadyGuidance {
  const candidateSinceMs = reason === state.candidate ? state.candidateSinceMs : nowMs;
  const next = { ...state, candidate: reason, candidateSinceMs };
  if (reason === state.shown || nowMs - candidateSinceMs < GUIDANCE_SETTLE_MS) return next;
  if (reason !== null && state.shown !== null && nowMs - state.shownSinceMs < GUIDANCE_HOLD_MS) return next;
  return { ...next, shown: reason, shownSinceMs: nowMs };
}

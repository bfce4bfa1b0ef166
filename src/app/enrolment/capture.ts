import type { Extraction } from "../../contracts/inference.ts";
import type { FaceSample, FrameReport, TrackedFace } from "../../contracts/landmark.ts";
import {
  areConsistent,
  COLLECT_MS,
  GIVE_UP_MS,
  LIFE_WAIT_MS,
  meetsVariation,
  MOST_PER_VARIATION,
  SAMPLE_GAP_MS,
  sameAsTaken,
  VARIATIONS,
} from "../../domain/biometrics/enrolment.ts";
import type { HeadPose, Variation } from "../../domain/biometrics/enrolment.ts";
import { chooseReferences } from "../../domain/biometrics/enrolment-selection.ts";
import type { CollectedSample } from "../../domain/biometrics/enrolment-selection.ts";
import { fuseProbes } from "../../domain/biometrics/identification.ts";
import type { OperatingPoint } from "../../domain/biometrics/operating-point.ts";
import { textureEvidence, TEXTURE_POLICY } from "../../domain/biometrics/pad/texture.ts";
import { ENROLMENT_QUALITY, guidanceFor, referenceValue, startGuidance, steadyGuidance } from "../../domain/biometrics/quality.ts";
import type { SteadyGuidance } from "../../domain/biometrics/quality.ts";
import type { GuidanceReason, RecogniserProfile } from "../../domain/biometrics/types.ts";
import { PresentationEvidence } from "./evidence.ts";

/** Samples in a row that show another person than those before: the person was exchanged, and it begins anew. */
const STRANGERS_TO_RESTART = 4;

/** A view that was right for a moment is held to be right for this long, so that the instruction does not flicker. */
const MET_HOLD_MS = 500;

/** Views that are not asked for are sampled this seldom: on a slow tablet they would keep the ones that are from being taken. */
const EVIDENCE_GAP_MS = 1500;

export type CaptureHint = GuidanceReason | "hold-still" | "turn-a-little" | null;
export type CaptureEnd = "enrolment/failure-to-enrol" | "enrolment/presentation-doubtful";

interface Collected extends CollectedSample {
  readonly trackId: number;
}

/**
 * The samples of one person. Of each variation several are collected within about a second; the best varied ones become
 * the references.
 */
export class Capture {
  readonly wanted = VARIATIONS.length;
  readonly #profile: RecogniserProfile;
  readonly #point: OperatingPoint;
  readonly #evidence = new PresentationEvidence();
  #collected: readonly Collected[] = [];
  #chosen: { readonly of: readonly Collected[]; readonly probes: readonly Float32Array[] } | null = null;
  #variation = 0;
  /** When the first sample of the present variation was taken. */
  #collectingSinceMs: number | null = null;
  #guidance: SteadyGuidance | null = null;
  #startedMs: number | null = null;
  #variationSinceMs = 0;
  /** Everything was collected and no life was seen: since when the person is asked to turn once more. */
  #awaitingLifeSinceMs: number | null = null;
  #lastSampleMs = Number.NEGATIVE_INFINITY;
  #lastMetMs = Number.NEGATIVE_INFINITY;
  #compression = 0;
  #widestEyes = 0;
  #eyes = 0;
  #trackId = 0;
  #strangers = 0;
  #doubtful = 0;
  #attack = false;
  hint: CaptureHint = null;

  constructor(profile: RecogniserProfile, point: OperatingPoint) {
    this.#profile = profile;
    this.#point = point;
  }

  /** Variations that are done. */
  get taken(): number {
    return this.#variation;
  }

  get variation(): Variation {
    if (this.#awaitingLifeSinceMs !== null) return "slightly-left";
    return VARIATIONS[Math.min(this.#variation, VARIATIONS.length - 1)] ?? "nearer";
  }

  /** Every variation was taken of a face that is alive. */
  get complete(): boolean {
    return this.#variation >= this.wanted && this.#alive().length === this.#collected.length && this.#collected.length > 0;
  }

  /** The best varied of what was collected, {@link Capture.wanted} of them, or fewer when fewer agree. */
  get references(): readonly Float32Array[] {
    if (this.#chosen?.of !== this.#collected) {
      this.#chosen = { of: this.#collected, probes: chooseReferences(this.#profile, this.#collected, this.#point).map(({ probe }) => probe) };
    }
    return this.#chosen.probes;
  }

  /** One probe out of all references. */
  fused(): Float32Array {
    return fuseProbes(this.#profile, this.references.map((probe) => ({ probe, weight: 1 })));
  }

  consistent(): boolean {
    const { references } = this;
    return references.length === this.wanted && areConsistent(this.#profile, references, this.#point);
  }

  /**
   * Looks at one frame. True when a sample of it, or of the next, is wanted: of every good view, whether it is the one that
   * is asked for or not, because each says something of the surface before the camera.
   */
  look(report: FrameReport): boolean {
    const nowMs = report.capturedAtMs;
    this.#startedMs ??= nowMs;
    if (this.#guidance === null) {
      this.#guidance = startGuidance(nowMs);
      this.#variationSinceMs = nowMs;
    }
    const [face] = report.faces;
    if (face !== undefined) this.#see(face, nowMs);
    this.#goOn(nowMs);
    this.#compression = report.sample?.quality.compression ?? this.#compression;
    const faceReason = guidanceFor(report, ENROLMENT_QUALITY, this.#guidance.shown);
    const reason = faceReason ?? this.#pictureReason();
    this.#guidance = steadyGuidance(this.#guidance, reason, nowMs);
    const met = reason === null && face !== undefined && this.#meets(face.quality, nowMs);
    if (met) this.#lastMetMs = nowMs;
    if (this.#guidance.shown !== null) this.hint = this.#guidance.shown;
    else if (nowMs - this.#lastMetMs < MET_HOLD_MS && this.#awaitingLifeSinceMs === null) this.hint = "hold-still";
    else this.hint = this.variation === "nearer" ? "too-far" : "turn-a-little";
    // Also of a poor picture: only a sample can tell that it has become better.
    return faceReason === null && nowMs - this.#lastSampleMs >= (met ? SAMPLE_GAP_MS : EVIDENCE_GAP_MS);
  }

  /** Why no five samples can be had, once the time is up or the face is taken for a picture. */
  end(nowMs: number): CaptureEnd | null {
    if (this.complete || this.#startedMs === null) return null;
    if (this.#attack || (this.#awaitingLifeSinceMs !== null && nowMs - this.#awaitingLifeSinceMs >= LIFE_WAIT_MS)) return "enrolment/presentation-doubtful";
    if (nowMs - this.#startedMs < GIVE_UP_MS) return null;
    return this.#doubtful > this.#collected.length ? "enrolment/presentation-doubtful" : "enrolment/failure-to-enrol";
  }

  /** A sample of a view that {@link Capture.look} agreed to. */
  take(extraction: Extraction, { quality, trackId, screen }: Pick<FaceSample, "quality" | "trackId" | "screen">): void {
    const nowMs = extraction.capturedAtMs;
    this.#lastSampleMs = nowMs;
    const surface = { ...extraction.pad, ...screen };
    this.#evidence.add(trackId, surface);
    this.#attack ||= this.#evidence.isAttack(trackId);
    if (textureEvidence([surface]).total <= TEXTURE_POLICY.low) {
      this.#doubtful += 1;
      return;
    }
    if (this.#pictureReason() !== null || !this.#meets(quality, nowMs)) return;
    const probes = this.#collected.map(({ probe }) => probe);
    if (!sameAsTaken(this.#profile, extraction.probe, probes, this.#point)) {
      this.#strangers += 1;
      if (this.#strangers >= STRANGERS_TO_RESTART) this.#restart(nowMs);
      return;
    }
    this.#strangers = 0;
    this.#collectingSinceMs ??= nowMs;
    const value = referenceValue(quality, this.#widestEyes === 0 ? 1 : Math.min(1, this.#eyes / this.#widestEyes), ENROLMENT_QUALITY);
    this.#collected = [...this.#collected, { variation: this.variation, probe: extraction.probe, pose: quality, value, trackId }];
    this.#goOn(nowMs);
  }

  /** Compression is measured with samples alone; what the latest showed holds for the frames after it. */
  #pictureReason(): GuidanceReason | null {
    return this.#compression > ENROLMENT_QUALITY.poorCompression.on ? "poor-picture" : null;
  }

  #see(face: TrackedFace, nowMs: number): void {
    this.#trackId = face.trackId;
    this.#eyes = (face.eyeOpenness.left + face.eyeOpenness.right) / 2;
    this.#widestEyes = Math.max(this.#widestEyes, this.#eyes);
    this.#evidence.see(face, nowMs);
  }

  /** The next variation is asked for when enough of this one was collected. */
  #goOn(nowMs: number): void {
    if (this.#variation < this.wanted) {
      if (this.#collectingSinceMs === null) return;
      const count = this.#collected.filter(({ variation }) => variation === this.variation).length;
      if (count < MOST_PER_VARIATION && nowMs - this.#collectingSinceMs < COLLECT_MS) return;
      this.#variation = this.#firstMissing();
      this.#collectingSinceMs = null;
      this.#variationSinceMs = nowMs;
      this.#lastMetMs = Number.NEGATIVE_INFINITY;
    }
    if (this.#variation >= this.wanted) this.#settleLife(nowMs);
  }

  /** What a face without life gave is not used; it is waited for only while that face is there. */
  #settleLife(nowMs: number): void {
    if (this.#alive().length === this.#collected.length) return;
    if (this.#collected.some(({ trackId }) => trackId === this.#trackId && !this.#evidence.isBonaFide(trackId))) {
      this.#awaitingLifeSinceMs ??= nowMs;
      return;
    }
    this.#awaitingLifeSinceMs = null;
    this.#collected = this.#alive();
    this.#variation = this.#firstMissing();
    this.#variationSinceMs = nowMs;
  }

  #firstMissing(): number {
    const missing = VARIATIONS.findIndex((variation) => this.#collected.every((sample) => sample.variation !== variation));
    return missing < 0 ? this.wanted : missing;
  }

  #alive(): readonly Collected[] {
    return this.#collected.filter(({ trackId }) => this.#evidence.isBonaFide(trackId));
  }

  #meets(pose: HeadPose, nowMs: number): boolean {
    const straight = this.#collected.find(({ variation }) => variation === "straight");
    const others = this.#collected.filter(({ variation }) => variation !== this.variation).map((sample) => sample.pose);
    return meetsVariation(this.variation, pose, straight?.pose ?? null, others, nowMs - this.#variationSinceMs);
  }

  #restart(nowMs: number): void {
    this.#collected = [];
    this.#variation = 0;
    this.#collectingSinceMs = null;
    this.#awaitingLifeSinceMs = null;
    this.#strangers = 0;
    this.#widestEyes = 0;
    this.#variationSinceMs = nowMs;
  }
}

import type { Extraction } from "../../contracts/inference.ts";
import type { FrameReport } from "../../contracts/landmark.ts";
import {
  areConsistent,
  GIVE_UP_MS,
  meetsVariation,
  SAMPLE_GAP_MS,
  sameAsTaken,
  VARIATIONS,
} from "../../domain/biometrics/enrolment.ts";
import type { HeadPose, Variation } from "../../domain/biometrics/enrolment.ts";
import { fuseProbes } from "../../domain/biometrics/identification.ts";
import type { OperatingPoint } from "../../domain/biometrics/operating-point.ts";
import { textureMean, TEXTURE_POLICY } from "../../domain/biometrics/pad/texture.ts";
import { ENROLMENT_QUALITY, guidanceFor, startGuidance, steadyGuidance } from "../../domain/biometrics/quality.ts";
import type { SteadyGuidance } from "../../domain/biometrics/quality.ts";
import type { GuidanceReason, RecogniserProfile } from "../../domain/biometrics/types.ts";

/** Samples in a row that show another person than those before: the person was exchanged, and it begins anew. */
const STRANGERS_TO_RESTART = 4;

/** A view that was right for a moment is held to be right for this long, so that the instruction does not flicker. */
const MET_HOLD_MS = 500;

export type CaptureHint = GuidanceReason | "hold-still" | "turn-a-little" | null;
export type CaptureEnd = "enrolment/failure-to-enrol" | "enrolment/presentation-doubtful";

/** The five samples of one person, as far as they were taken. */
export class Capture {
  readonly wanted = VARIATIONS.length;
  readonly #profile: RecogniserProfile;
  readonly #point: OperatingPoint;
  #taken: readonly { readonly probe: Float32Array; readonly pose: HeadPose }[] = [];
  #guidance: SteadyGuidance | null = null;
  #startedMs: number | null = null;
  #variationSinceMs = 0;
  #lastTakenMs = Number.NEGATIVE_INFINITY;
  #lastMetMs = Number.NEGATIVE_INFINITY;
  #strangers = 0;
  #doubtful = 0;
  hint: CaptureHint = null;

  constructor(profile: RecogniserProfile, point: OperatingPoint) {
    this.#profile = profile;
    this.#point = point;
  }

  get taken(): number {
    return this.#taken.length;
  }

  get variation(): Variation {
    return VARIATIONS[Math.min(this.#taken.length, VARIATIONS.length - 1)] ?? "nearer";
  }

  get complete(): boolean {
    return this.#taken.length >= this.wanted;
  }

  get references(): readonly Float32Array[] {
    return this.#taken.map(({ probe }) => probe);
  }

  /** One probe out of all references. */
  fused(): Float32Array {
    return fuseProbes(this.#profile, this.#taken.map(({ probe }) => ({ probe, weight: 1 })));
  }

  consistent(): boolean {
    return areConsistent(this.#profile, this.references, this.#point);
  }

  /** Looks at one frame. True when its sample, or the next frame's, would be taken. */
  look(report: FrameReport): boolean {
    const nowMs = report.capturedAtMs;
    this.#startedMs ??= nowMs;
    if (this.#guidance === null) {
      this.#guidance = startGuidance(nowMs);
      this.#variationSinceMs = nowMs;
    }
    const reason = guidanceFor(report, ENROLMENT_QUALITY, this.#guidance.shown);
    this.#guidance = steadyGuidance(this.#guidance, reason, nowMs);
    const pose = report.faces[0]?.quality;
    const met = reason === null && pose !== undefined && this.#meets(pose, nowMs);
    if (met) this.#lastMetMs = nowMs;
    if (this.#guidance.shown !== null) this.hint = this.#guidance.shown;
    else if (nowMs - this.#lastMetMs < MET_HOLD_MS) this.hint = "hold-still";
    else this.hint = this.variation === "nearer" ? "too-far" : "turn-a-little";
    return met && nowMs - this.#lastTakenMs >= SAMPLE_GAP_MS;
  }

  /** Why no five samples can be had, once the time is up. */
  end(nowMs: number): CaptureEnd | null {
    if (this.complete || this.#startedMs === null || nowMs - this.#startedMs < GIVE_UP_MS) return null;
    return this.#doubtful > this.#taken.length ? "enrolment/presentation-doubtful" : "enrolment/failure-to-enrol";
  }

  /** A sample of a view that {@link Capture.look} agreed to. */
  take(extraction: Extraction, pose: HeadPose): void {
    const nowMs = extraction.capturedAtMs;
    if (textureMean([extraction.pad]).both <= TEXTURE_POLICY.low) {
      this.#doubtful += 1;
      return;
    }
    if (!sameAsTaken(this.#profile, extraction.probe, this.references, this.#point)) {
      this.#strangers += 1;
      if (this.#strangers >= STRANGERS_TO_RESTART) this.#restart(nowMs);
      return;
    }
    this.#strangers = 0;
    this.#taken = [...this.#taken, { probe: extraction.probe, pose }];
    this.#variationSinceMs = nowMs;
    this.#lastTakenMs = nowMs;
    this.#lastMetMs = Number.NEGATIVE_INFINITY;
  }

  #meets(pose: HeadPose, nowMs: number): boolean {
    const poses = this.#taken.map((sample) => sample.pose);
    return meetsVariation(this.variation, pose, poses[0] ?? null, poses, nowMs - this.#variationSinceMs);
  }

  #restart(nowMs: number): void {
    this.#taken = [];
    this.#strangers = 0;
    this.#variationSinceMs = nowMs;
  }
}

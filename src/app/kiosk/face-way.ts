import type { FaceSample, FrameReport, TrackedFace } from "../../contracts/landmark.ts";
import type { Attempt } from "../../domain/attendance/types.ts";
import type { GuidanceReason } from "../../domain/biometrics/types.ts";
import type { Challenge } from "../../domain/biometrics/challenge.ts";
import { ENROLMENT_QUALITY, guidanceFor, isApproaching, KIOSK_QUALITY, sampleWeight } from "../../domain/biometrics/quality.ts";
import type { Failure } from "../../domain/errors.ts";
import type { FaceOutline } from "../api/kiosk.ts";
import type { Recogniser } from "../ports/recogniser.ts";
import { Encounter } from "./encounter.ts";
import type { EncounterRules, EncounterStep, Recognised } from "./encounter.ts";
import type { Ok, Result } from "../../domain/result.ts";
import { RestingFaces } from "./rest.ts";

/** The best candidates of a search that are looked at: a decision needs two. */
const CANDIDATES = 5;
/** A sample that was asked for and has not come by then is asked for again: the frame held no face. */
const SAMPLE_PATIENCE_MS = 1500;
/** The track may be lost for this long without the encounter ending. */
const FACE_GONE_MS = 900;
/** Samples in a row that could not be judged although the recogniser says that it works. */
const FAILURES_TO_STOP = 3;
/** Whoever is this much nearer than the followed face takes its place. */
const TAKES_OVER_RATIO = 1.25;

/** What the face way shows. */
export type FaceWayView =
  | { readonly kind: "nobody" }
  | { readonly kind: "guiding"; readonly reason: GuidanceReason | "look-here"; readonly face?: FaceOutline }
  | { readonly kind: "deciding"; readonly progress: number; readonly face: FaceOutline }
  | { readonly kind: "challenge"; readonly challenge: Challenge; readonly face?: FaceOutline };

export interface FaceWayEvents {
  show(view: FaceWayView): void;
  identified(recognised: Recognised, trackId: number): void;
  refused(attempt: Attempt["kind"], trackId: number): void;
  /** The recogniser fails again and again. */
  failing(failure: Failure): void;
}

/**
 * From frame reports to outcomes: follows the nearest face, asks for one sample at a time, and lets the
 * {@link Encounter} judge. After an outcome it waits for {@link FaceWay.resume}; meanwhile it only knows who stands there.
 */
export class FaceWay {
  readonly resting = new RestingFaces();
  readonly #recogniser: Pick<Recogniser, "extract" | "search">;
  readonly #events: FaceWayEvents;
  readonly #newRules: () => EncounterRules | null;
  #requestSample: (() => void) | null = null;
  #encounter: Encounter | null = null;
  #outline: FaceOutline | undefined;
  #paused = false;
  #failures = 0;
  #sample: { readonly state: "requested"; readonly atMs: number } | { readonly state: "working" } | null = null;

  constructor(recogniser: Pick<Recogniser, "extract" | "search">, newRules: () => EncounterRules | null, events: FaceWayEvents) {
    this.#recogniser = recogniser;
    this.#newRules = newRules;
    this.#events = events;
  }

  /** A new following of the camera, or null when there is none. */
  follow(requestSample: (() => void) | null): void {
    this.#requestSample = requestSample;
    this.#sample = null;
    this.#encounter = null;
    this.#failures = 0;
    this.resting.clear();
  }

  pause(): void {
    this.#paused = true;
    this.#encounter = null;
  }

  resume(): void {
    this.#paused = false;
  }

  /** True when somebody else than the given track stands ready in front. */
  someoneElse(report: FrameReport, trackId: number | null): boolean {
    const face = report.faces[0];
    if (face === undefined || face.trackId === trackId || this.resting.isResting(face.trackId, report.capturedAtMs)) return false;
    return guidanceFor(report, KIOSK_QUALITY, null) === null;
  }

  report(report: FrameReport): void {
    const nowMs = report.capturedAtMs;
    this.resting.see(report.faces.filter((face) => face.quality.interEyePx >= KIOSK_QUALITY.approachInterEyePx).map(({ trackId }) => trackId), nowMs);
    if (report.sample !== undefined) this.#takeSample(report, report.sample);
    if (this.#paused) return;
    const face = this.#choose(report);
    if (face === null) {
      this.#nobody(nowMs);
      return;
    }
    if (this.resting.isResting(face.trackId, nowMs)) {
      this.#encounter = null;
      this.#events.show({ kind: "nobody" });
      return;
    }
    const encounter = this.#encounterWith(face.trackId, nowMs);
    if (encounter === null) {
      this.#showNobody();
      return;
    }
    const reason = guidanceFor(report, KIOSK_QUALITY, encounter.guidance);
    this.#outline = outlineOf(face, report);
    if (this.#finish(encounter, encounter.observe(face, reason, nowMs))) return;
    if (reason === null) this.#wantSample(nowMs);
    this.#show(encounter);
  }

  /** The face that is followed, if it is still there and nobody is much nearer; else the nearest. */
  #choose(report: FrameReport): TrackedFace | null {
    const nearest = report.faces[0];
    if (nearest === undefined || !isApproaching(report, KIOSK_QUALITY)) return null;
    const followed = report.faces.find(({ trackId }) => trackId === this.#encounter?.trackId);
    if (followed === undefined || followed === nearest) return nearest;
    return nearest.quality.interEyePx > followed.quality.interEyePx * TAKES_OVER_RATIO ? nearest : followed;
  }

  #encounterWith(trackId: number, nowMs: number): Encounter | null {
    if (this.#encounter?.trackId === trackId) return this.#encounter;
    const left = this.#encounter;
    if (left !== null && left.challenge !== null && this.#finish(left, { kind: "refused", attempt: "liveness-undecided" })) return null;
    const rules = this.#newRules();
    this.#encounter = rules === null ? null : new Encounter(trackId, nowMs, rules);
    return this.#encounter;
  }

  #nobody(nowMs: number): void {
    const encounter = this.#encounter;
    if (encounter === null) {
      this.#events.show({ kind: "nobody" });
      return;
    }
    if (this.#finish(encounter, encounter.miss(nowMs))) return;
    if (encounter.challenge === null && nowMs - encounter.lastSeenMs > FACE_GONE_MS) {
      this.#encounter = null;
      this.#events.show({ kind: "nobody" });
    }
  }

  #show(encounter: Encounter): void {
    const face = this.#outline;
    const { challenge, guidance, progress } = encounter;
    if (challenge !== null) this.#events.show({ kind: "challenge", challenge, ...(face === undefined ? {} : { face }) });
    else if (guidance !== null) this.#events.show({ kind: "guiding", reason: guidance, ...(face === undefined ? {} : { face }) });
    else if (progress > 0 && face !== undefined) this.#events.show({ kind: "deciding", progress, face });
    else this.#events.show({ kind: "guiding", reason: "look-here", ...(face === undefined ? {} : { face }) });
  }

  /** Nothing once an outcome is on its way. */
  #showNobody(): void {
    if (!this.#paused) this.#events.show({ kind: "nobody" });
  }

  #wantSample(nowMs: number): void {
    if (this.#requestSample === null) return;
    if (this.#sample?.state === "working") return;
    if (this.#sample?.state === "requested" && nowMs - this.#sample.atMs < SAMPLE_PATIENCE_MS) return;
    this.#sample = { state: "requested", atMs: nowMs };
    this.#requestSample();
  }

  /** A sample of anything but a usable view of the followed face is dropped. */
  #takeSample(report: FrameReport, sample: FaceSample): void {
    this.#sample = null;
    const encounter = this.#encounter;
    if (this.#paused || encounter === null || sample.trackId !== encounter.trackId) return;
    if (guidanceFor(report, KIOSK_QUALITY, null) !== null) return;
    this.#sample = { state: "working" };
    void this.#judge(encounter, sample, guidanceFor(report, ENROLMENT_QUALITY, null) === null).finally(() => {
      if (this.#sample?.state === "working") this.#sample = null;
    });
  }

  async #judge(encounter: Encounter, sample: FaceSample, forEnrolment: boolean): Promise<void> {
    const { quality, capturedAtMs: atMs } = sample;
    const extraction = await this.#recogniser.extract(sample);
    if (!this.#works(extraction) || this.#encounter !== encounter) return;
    const { probe } = extraction.value;
    const pad = { ...extraction.value.pad, ...sample.screen };
    const search = await this.#recogniser.search(probe, CANDIDATES, encounter.scope);
    if (!this.#works(search) || this.#encounter !== encounter) return;
    const enough = encounter.add({ probe, pad, atMs, weight: sampleWeight(quality, KIOSK_QUALITY), search: search.value, yawDeg: quality.yawDeg, forEnrolment });
    if (!enough) {
      this.#failures = 0;
      return;
    }
    const fused = encounter.fused();
    const found = await this.#recogniser.search(fused, CANDIDATES, encounter.scope);
    if (!this.#works(found) || this.#encounter !== encounter) return;
    this.#failures = 0;
    if (!this.#finish(encounter, encounter.decide(fused, found.value, Math.max(atMs, encounter.lastSeenMs)))) this.#show(encounter);
  }

  #works<T>(answer: Result<T, Failure>): answer is Ok<T> {
    if (answer.ok) return true;
    this.#failures += 1;
    if (this.#failures < FAILURES_TO_STOP) return false;
    this.#failures = 0;
    this.#events.failing(answer.error);
    return false;
  }

  /** True when the encounter has ended. */
  #finish(encounter: Encounter, step: EncounterStep): boolean {
    if (step.kind === "continue") return false;
    this.#encounter = null;
    if (step.kind === "refused") {
      this.#events.refused(step.attempt, encounter.trackId);
      return true;
    }
    const { candidates: [personId], secondFactor } = step.recognised;
    // Whoever looks like the one who was recorded last is not taken for them: they are asked.
    if (!secondFactor && this.resting.stillThere(personId, encounter.lastSeenMs)) {
      this.resting.recorded(encounter.trackId, personId, encounter.lastSeenMs);
      this.#events.show({ kind: "nobody" });
    } else {
      this.#events.identified(step.recognised, encounter.trackId);
    }
    return true;
  }
}

/** A box as parts of the frame, kept inside it. */
export function outlineOf(face: Pick<TrackedFace, "box">, frame: Pick<FrameReport, "width" | "height">): FaceOutline {
  const { box } = face;
  const left = Math.max(0, box.x / frame.width);
  const top = Math.max(0, box.y / frame.height);
  return {
    x: left,
    y: top,
    width: Math.max(0, Math.min(1, (box.x + box.width) / frame.width) - left),
    height: Math.max(0, Math.min(1, (box.y + box.height) / frame.height) - top),
  };
}


import type { FaceSample, FrameReport } from "../../contracts/landmark.ts";
import type { SealedTemplate } from "../../contracts/matcher.ts";
import { enrolledElsewhere } from "../../domain/biometrics/enrolment.ts";
import type { OperatingPoint } from "../../domain/biometrics/operating-point.ts";
import type { RecogniserProfile } from "../../domain/biometrics/types.ts";
import type { Clock } from "../../domain/clock.ts";
import { failure } from "../../domain/errors.ts";
import type { Failure } from "../../domain/errors.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { Result } from "../../domain/result.ts";
import { err, ok } from "../../domain/result.ts";
import type { Enrolment, EnrolmentState } from "../api/administration.ts";
import { Following } from "../kiosk/following.ts";
import { outlineOf } from "../kiosk/face-way.ts";
import type { Observable } from "../observable.ts";
import { Subject } from "../observable.ts";
import type { Camera } from "../ports/camera.ts";
import type { Recogniser } from "../ports/recogniser.ts";
import { Capture } from "./capture.ts";

/** Candidates that are looked at for the same face under another number. */
const CANDIDATES = 5;

type StartFailure = Failure<"enrolment/no-consent" | "enrolment/no-such-person" | "enrolment/not-assessed" | "enrolment/switched-off" | "enrolment/no-camera" | "enrolment/not-ready">;

export interface EnrolmentDependencies {
  readonly camera: Camera;
  readonly recogniser: Recogniser;
  readonly clock: Clock;
  /** Ok when the site uses faces: asked before the camera opens, and before anything is stored. */
  readonly checkFaceUse: () => Result<void, Failure<"enrolment/not-assessed" | "enrolment/switched-off">>;
  /** Ok when the person is active and a consent to the present notice is in force. */
  readonly checkConsent: (personId: PersonId) => Result<void, Failure<"enrolment/no-consent" | "enrolment/no-such-person">>;
  /** Opens the recogniser with the stored templates, or leaves it open when it is. */
  readonly openGallery: () => Promise<Result<unknown, Failure>>;
  /** Puts the row in place of any earlier template of the person; resolves when it is durable. Checks the consent once more. */
  readonly storeTemplate: (row: SealedTemplate) => Promise<Result<void, Failure>>;
  /** Whom the recogniser can take this person for. Asked once the matcher has the person's new references; nobody when it cannot be said. */
  readonly lookAlikesOf: (personId: PersonId) => Promise<readonly PersonId[]>;
  /** With what the site has chosen, now. */
  readonly operatingPoint: (profile: RecogniserProfile) => OperatingPoint;
}

export function createEnrolment(deps: EnrolmentDependencies): Enrolment {
  return new EnrolmentController(deps);
}

class EnrolmentController implements Enrolment {
  readonly state = new Subject<EnrolmentState>({ kind: "closed" });
  readonly preview: Observable<MediaStream | null>;
  readonly #deps: EnrolmentDependencies;
  readonly #following: Following;
  #personId: PersonId | null = null;
  #capture: Capture | null = null;
  #requestSample: (() => void) | null = null;
  #working = false;

  constructor(deps: EnrolmentDependencies) {
    this.#deps = deps;
    this.preview = deps.camera.stream;
    this.#following = new Following(deps.camera, deps.recogniser, {
      report: (report) => this.#report(report),
      changed: (requestSample) => {
        this.#requestSample = requestSample;
      },
      failed: (trouble) => this.#fail(trouble),
    });
    deps.camera.status.subscribe((status) => {
      if (this.state.value.kind === "capturing" && status.kind === "fault") this.#fail(status.failure);
    });
  }

  async start(personId: PersonId): Promise<Result<void, StartFailure>> {
    this.cancel();
    const used = this.#deps.checkFaceUse();
    if (!used.ok) return used;
    const consent = this.#deps.checkConsent(personId);
    if (!consent.ok) return consent;
    this.#personId = personId;
    this.state.next({ kind: "opening" });
    const { camera, recogniser } = this.#deps;
    const [opened, gallery] = await Promise.all([camera.open("device"), this.#deps.openGallery()]);
    if (this.#personId !== personId || this.state.value.kind !== "opening") return ok();
    const status = recogniser.status.value;
    if (!opened.ok || !gallery.ok || status.kind !== "ready") {
      this.cancel();
      if (!opened.ok) return err(failure("enrolment/no-camera", opened.error.kind));
      return err(failure("enrolment/not-ready", gallery.ok ? status.kind : gallery.error.kind));
    }
    this.#following.start();
    this.again();
    return ok();
  }

  again(): void {
    const status = this.#deps.recogniser.status.value;
    if (this.#personId === null || status.kind !== "ready") return;
    this.#capture = new Capture(status.profile, this.#deps.operatingPoint(status.profile));
    this.#show(this.#capture);
  }

  async store(): Promise<Result<void, Failure>> {
    const capture = this.#capture;
    const personId = this.#personId;
    if (capture === null || personId === null || this.state.value.kind !== "captured") return err(failure("enrolment/nothing-captured"));
    this.state.next({ kind: "checking" });
    const used = this.#deps.checkFaceUse();
    const stored = used.ok ? await this.#sealAndStore(personId, capture.references) : used;
    if (this.#capture !== capture) return stored;
    if (!stored.ok) {
      this.#fail(stored.error);
      return stored;
    }
    // While they are looked for the person may go: the picture is not needed any more.
    this.#deps.camera.close();
    const lookAlikes = await this.#deps.lookAlikesOf(personId);
    if (this.#capture !== capture) return stored;
    this.#close();
    this.state.next(lookAlikes.length === 0 ? { kind: "stored" } : { kind: "stored", lookAlikes });
    return stored;
  }

  cancel(): void {
    if (this.#personId !== null) this.#close();
    this.state.next({ kind: "closed" });
  }

  async #sealAndStore(personId: PersonId, references: readonly Float32Array[]): Promise<Result<void, Failure>> {
    const { recogniser, clock, storeTemplate } = this.#deps;
    const sealed = await recogniser.seal(personId, references, clock.wall());
    if (!sealed.ok) return sealed;
    const stored = await storeTemplate(sealed.value);
    if (!stored.ok) return stored;
    return recogniser.add(sealed.value);
  }

  #close(): void {
    this.#personId = null;
    this.#capture = null;
    void this.#following.stop();
    this.#deps.camera.close();
  }

  #report(report: FrameReport): void {
    const capture = this.#capture;
    if (capture === null || this.state.value.kind !== "capturing") return;
    const wanted = capture.look(report);
    const end = capture.end(report.capturedAtMs);
    if (end !== null) {
      this.#fail(failure(end));
      return;
    }
    if (capture.complete) {
      void this.#check(capture);
      return;
    }
    if (wanted && report.sample !== undefined && !this.#working) void this.#take(capture, report.sample);
    else if (wanted && !this.#working) this.#requestSample?.();
    this.#show(capture, report);
  }

  async #take(capture: Capture, sample: FaceSample): Promise<void> {
    // The sample's buffers go to the worker; what is kept of it does not.
    const { quality, trackId, screen } = sample;
    this.#working = true;
    try {
      const extraction = await this.#deps.recogniser.extract(sample);
      if (!extraction.ok || this.#capture !== capture || this.state.value.kind !== "capturing") return;
      capture.take(extraction.value, { quality, trackId, ...(screen === undefined ? {} : { screen }) });
      if (capture.complete) await this.#check(capture);
      else this.#show(capture);
    } finally {
      this.#working = false;
    }
  }

  /** The five are of one person, and nobody else is enrolled with that face. */
  async #check(capture: Capture): Promise<void> {
    const personId = this.#personId;
    const status = this.#deps.recogniser.status.value;
    if (personId === null || status.kind !== "ready") return;
    this.state.next({ kind: "checking" });
    if (!capture.consistent()) {
      this.#fail(failure("enrolment/not-consistent"));
      return;
    }
    const found = await this.#deps.recogniser.search(capture.fused(), CANDIDATES);
    if (this.#capture !== capture) return;
    if (!found.ok) {
      this.#fail(found.error);
      return;
    }
    const other = enrolledElsewhere(found.value, personId, this.#deps.operatingPoint(status.profile));
    if (other !== null) this.state.next({ kind: "same-face-enrolled", personId: other });
    else this.state.next({ kind: "captured", samples: capture.taken });
  }

  #show(capture: Capture, report?: FrameReport): void {
    const face = report?.faces[0];
    this.state.next({
      kind: "capturing",
      variation: capture.variation,
      taken: capture.taken,
      wanted: capture.wanted,
      reason: capture.hint,
      ...(report === undefined || face === undefined ? {} : { face: outlineOf(face, report) }),
    });
  }

  #fail(trouble: Failure): void {
    this.#capture = null;
    this.state.next({ kind: "failed", failure: trouble });
  }
}

import { ENROLMENT_QUALITY, guidanceFor, KIOSK_QUALITY } from "../../domain/biometrics/quality.ts";
import type { GuidanceReason } from "../../domain/biometrics/types.ts";
import type { Failure } from "../../domain/errors.ts";
import type { Result } from "../../domain/result.ts";
import type { CameraCheck } from "../api/administration.ts";
import type { FaceOutline } from "../api/kiosk.ts";
import { outlineOf } from "../kiosk/face-way.ts";
import { Following } from "../kiosk/following.ts";
import type { Observable } from "../observable.ts";
import { Subject } from "../observable.ts";
import type { Camera, CameraFailure } from "../ports/camera.ts";
import type { Recogniser } from "../ports/recogniser.ts";

export interface CameraCheckDependencies {
  readonly camera: Camera;
  readonly recogniser: Recogniser;
  /** Opens the recogniser with the stored templates, or leaves it open when it is. */
  readonly openGallery: () => Promise<Result<unknown, Failure>>;
}

/** Compression is measured with samples alone; one is asked for this often. */
const SAMPLE_EVERY_MS = 2000;

type View = { readonly reason: GuidanceReason | null; readonly face?: FaceOutline } | null;

/** Looks through the camera and says how well a face in front of it could be recognised. Compares nobody. */
export class LiveCameraCheck implements CameraCheck {
  readonly preview: Observable<MediaStream | null>;
  readonly view = new Subject<View>(null);
  readonly #dependencies: CameraCheckDependencies;
  readonly #following: Following;
  #reason: GuidanceReason | null = null;
  #requestSample: (() => void) | null = null;
  #askedAtMs = Number.NEGATIVE_INFINITY;
  #compression = 0;

  constructor(dependencies: CameraCheckDependencies) {
    this.#dependencies = dependencies;
    this.preview = dependencies.camera.stream;
    this.#following = new Following(dependencies.camera, dependencies.recogniser, {
      report: (report) => {
        this.#compression = report.sample?.quality.compression ?? this.#compression;
        if (report.capturedAtMs - this.#askedAtMs >= SAMPLE_EVERY_MS) {
          this.#askedAtMs = report.capturedAtMs;
          this.#requestSample?.();
        }
        // Nobody in front of a kiosk can change the camera's picture; whoever looks through it here can.
        const poor = this.#compression > ENROLMENT_QUALITY.poorCompression.on ? "poor-picture" : null;
        const reason = guidanceFor(report, KIOSK_QUALITY, this.#reason) ?? poor;
        this.#reason = reason;
        const face = report.faces[0];
        this.view.next(face === undefined ? { reason } : { reason, face: outlineOf(face, report) });
      },
      changed: (requestSample) => {
        this.#requestSample = requestSample;
        this.#compression = 0;
      },
      failed: () => this.view.next(null),
    });
  }

  async open(): Promise<Result<void, CameraFailure>> {
    this.#following.start();
    void this.#dependencies.openGallery();
    return this.#dependencies.camera.open("any-device");
  }

  close(): void {
    void this.#following.stop();
    this.#dependencies.camera.close();
    this.view.next(null);
  }
}

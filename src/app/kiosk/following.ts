import type { FrameReport } from "../../contracts/landmark.ts";
import type { Failure } from "../../domain/errors.ts";
import type { Camera } from "../ports/camera.ts";
import type { Recogniser, Tracking } from "../ports/recogniser.ts";

export interface FollowingEvents {
  report(report: FrameReport): void;
  /** A following has begun, or ended with null. */
  changed(requestSample: (() => void) | null): void;
  failed(failure: Failure): void;
}

/** Keeps the recogniser on the camera's track: whenever there is a picture and the recogniser is ready, it is followed. */
export class Following {
  readonly #camera: Camera;
  readonly #recogniser: Recogniser;
  readonly #events: FollowingEvents;
  #followed: MediaStreamTrack | null = null;
  #tracking: Tracking | null = null;
  #work: Promise<void> = Promise.resolve();
  #unsubscribe: readonly (() => void)[] = [];
  #running = false;

  constructor(camera: Camera, recogniser: Recogniser, events: FollowingEvents) {
    this.#camera = camera;
    this.#recogniser = recogniser;
    this.#events = events;
  }

  start(): void {
    this.#running = true;
    const update = (): void => void this.#update();
    this.#unsubscribe = [this.#camera.stream.subscribe(update), this.#recogniser.status.subscribe(update)];
    update();
  }

  async stop(): Promise<void> {
    this.#running = false;
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#unsubscribe = [];
    await this.#update();
  }

  /** One change at a time: a track must be let go before the next is taken. */
  #update(): Promise<void> {
    this.#work = this.#work.then(() => this.#settle());
    return this.#work;
  }

  async #settle(): Promise<void> {
    const ready = this.#running && this.#recogniser.status.value.kind === "ready";
    const wanted = ready ? (this.#camera.stream.value?.getVideoTracks()[0] ?? null) : null;
    if (wanted === this.#followed) return;
    const before = this.#tracking;
    this.#tracking = null;
    this.#followed = wanted;
    if (before !== null) {
      this.#events.changed(null);
      await before.stop();
    }
    if (wanted === null) return;
    const tracking = await this.#recogniser.track(wanted, (report) => {
      if (this.#followed !== wanted || !this.#running) return;
      this.#camera.frameSeen(report.capturedAtMs);
      this.#events.report(report);
    });
    if (!tracking.ok) {
      this.#followed = null;
      this.#events.failed(tracking.error);
      return;
    }
    this.#tracking = tracking.value;
    this.#events.changed(() => tracking.value.requestSample());
  }
}

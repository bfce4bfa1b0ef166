import type { Observable } from "../../app/observable.ts";
import { Subject } from "../../app/observable.ts";
import type { Camera, CameraFailure, CameraSource, CameraStatus, FoundCamera } from "../../app/ports/camera.ts";
import type { CameraIdentity } from "../../domain/device/camera-identity.ts";
import { compareCameras } from "../../domain/device/camera-identity.ts";
import { failure } from "../../domain/errors.ts";
import type { Result } from "../../domain/result.ts";
import { err, ok } from "../../domain/result.ts";
import { identityOf } from "./identity.ts";

/** What face recognition is tuned for; a camera that cannot do it gives what is nearest. */
const WIDTH = 640;
const HEIGHT = 480;
const FRAME_RATE = 30;

/** A camera that shows nothing new for this long is taken for frozen. */
const FROZEN_AFTER_MS = 3_000;
const WATCH_EVERY_MS = 1_000;

/** Waiting times between attempts to get a lost camera back; the last one is kept. */
const RETRY_AFTER_MS: readonly number[] = [1_000, 2_000, 4_000, 8_000, 10_000];

/** Another camera than the expected one is looked at again after this long, in case it told too little of itself at first. */
const CHANGED_RETRY_MS = 60_000;
/** Some devices tell what can be set on them only a moment after they were opened. */
const SECOND_LOOK_MS = 500;

const CHOSEN_DEVICE_KEY = "clockface.camera";

type Action = Parameters<Camera["perform"]>[0];

export interface PracticeCamera {
  readonly stream: MediaStream;
  perform(action: Action): void;
  stop(): void;
}

/** The parts of the browser that the camera stands on. */
export interface CameraEnvironment {
  /** Absent where the page is not a secure context. */
  readonly mediaDevices: Pick<MediaDevices, "getUserMedia" | "enumerateDevices" | "addEventListener" | "removeEventListener"> | undefined;
  /** Whether the camera may be used; undefined where the browser does not tell. */
  permission(): Promise<PermissionStatus | undefined>;
  readonly storage: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  /** True while the page cannot be seen: timers are unreliable then. */
  hidden(): boolean;
  monotonicMs(): number;
  practice(): Promise<PracticeCamera>;
}

/** The browser's camera, or the practice picture. One stream at most is open at any time. */
export function createCamera(): Camera {
  return new BrowserCamera({
    // Not there in an insecure context, whatever the DOM library's types say.
    mediaDevices: (navigator as { readonly mediaDevices?: MediaDevices }).mediaDevices,
    permission: async () => {
      try {
        return await navigator.permissions.query({ name: "camera" });
      } catch {
        return undefined;
      }
    },
    storage: localStorage,
    hidden: () => document.hidden,
    monotonicMs: () => performance.now(),
    practice: async () => (await import("./practice/practice-camera.ts")).createPracticeCamera(),
  });
}

interface Live {
  readonly source: CameraSource;
  readonly stream: MediaStream;
  readonly deviceId: string;
  readonly perform: (action: Action) => void;
  readonly stop: () => void;
}

export class BrowserCamera implements Camera {
  readonly #environment: CameraEnvironment;
  readonly #status = new Subject<CameraStatus>({ kind: "off" });
  readonly #stream = new Subject<MediaStream | null>(null);
  readonly #found = new Subject<FoundCamera | null>(null);
  #pinned: CameraIdentity | null = null;
  #wanted: CameraSource | undefined;
  #live: Live | undefined;
  /** Attempts wait for each other: two at once could hold two cameras. */
  #turn: Promise<unknown> = Promise.resolve();
  #failures = 0;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #watchTimer: ReturnType<typeof setInterval> | undefined;
  #permission: PermissionStatus | undefined;
  #lastFrameAtMs = 0;
  #framesCounted = 0;

  constructor(environment: CameraEnvironment) {
    this.#environment = environment;
  }

  get status(): Observable<CameraStatus> {
    return this.#status;
  }

  get stream(): Observable<MediaStream | null> {
    return this.#stream;
  }

  get found(): Observable<FoundCamera | null> {
    return this.#found;
  }

  expect(pinned: CameraIdentity | null): void {
    if (JSON.stringify(pinned) === JSON.stringify(this.#pinned)) return;
    this.#pinned = pinned;
    const { value } = this.#status;
    if (this.#live && isReal(this.#live.source)) void this.#lookAgain(this.#live);
    else if (value.kind === "fault" && value.failure.kind === "camera/changed") void this.#attempt("again");
  }

  open(source: CameraSource): Promise<Result<void, CameraFailure>> {
    if (this.#wanted === undefined) this.#environment.mediaDevices?.addEventListener("devicechange", this.#onDeviceChange);
    this.#wanted = source;
    this.#failures = 0;
    return this.#attempt("asked");
  }

  close(): void {
    this.#wanted = undefined;
    clearTimeout(this.#retryTimer);
    this.#environment.mediaDevices?.removeEventListener("devicechange", this.#onDeviceChange);
    this.#permission?.removeEventListener("change", this.#onPermissionChange);
    this.#permission = undefined;
    this.#release();
    this.#status.next({ kind: "off" });
  }

  async devices(): Promise<readonly { readonly deviceId: string; readonly label: string }[]> {
    const devices = (await this.#environment.mediaDevices?.enumerateDevices()) ?? [];
    return devices.filter(({ kind }) => kind === "videoinput").map(({ deviceId, label }) => ({ deviceId, label }));
  }

  async choose(deviceId: string): Promise<void> {
    if (deviceId === "") this.#environment.storage.removeItem(CHOSEN_DEVICE_KEY);
    else this.#environment.storage.setItem(CHOSEN_DEVICE_KEY, deviceId);
    if (isReal(this.#wanted) && this.#live?.deviceId !== deviceId) await this.#attempt("changed");
  }

  perform(action: Action): void {
    this.#live?.perform(action);
  }

  frameSeen(): void {
    this.#lastFrameAtMs = this.#environment.monotonicMs();
  }

  /** `asked` and `changed` show that the camera is being opened; `again` leaves the fault on the screen until it is over. */
  #attempt(why: "asked" | "changed" | "again"): Promise<Result<void, CameraFailure>> {
    clearTimeout(this.#retryTimer);
    const result = this.#turn.then(() => this.#open(why));
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #open(why: "asked" | "changed" | "again"): Promise<Result<void, CameraFailure>> {
    const source = this.#wanted;
    if (source === undefined) return err(failure("camera/failed", "closed"));
    if (why === "asked" && this.#live?.source === source) return ok();
    if (why === "again" && this.#live) return ok();
    this.#release();
    if (why !== "again") this.#status.next({ kind: "opening" });
    const opened = source === "practice" ? await this.#openPractice() : await this.#openDevice(source);
    if (this.#wanted !== source) {
      if (opened.ok) opened.value.stop();
      return err(failure("camera/failed", "closed"));
    }
    if (!opened.ok) {
      this.#fault(opened.error);
      return opened;
    }
    this.#start(opened.value);
    return ok();
  }

  async #openPractice(): Promise<Result<Live, CameraFailure>> {
    try {
      const practice = await this.#environment.practice();
      return ok({ source: "practice", stream: practice.stream, deviceId: "", perform: (action) => practice.perform(action), stop: () => practice.stop() });
    } catch (error) {
      return err(failure("camera/failed", describe(error)));
    }
  }

  async #openDevice(source: CameraSource): Promise<Result<Live, CameraFailure>> {
    const { mediaDevices, storage } = this.#environment;
    if (!mediaDevices) return err(failure("camera/insecure"));
    const video: MediaTrackConstraints = { width: { ideal: WIDTH }, height: { ideal: HEIGHT }, frameRate: { ideal: FRAME_RATE } };
    const chosen = storage.getItem(CHOSEN_DEVICE_KEY) ?? (this.#pinned?.deviceId || null);
    try {
      let stream: MediaStream;
      try {
        stream = await mediaDevices.getUserMedia({ audio: false, video: chosen ? { ...video, deviceId: { exact: chosen } } : { ...video, facingMode: "user" } });
      } catch (error) {
        // The chosen camera is not there: any other is better than none.
        if (!chosen || failureOf(error).kind !== "camera/none-found") throw error;
        stream = await mediaDevices.getUserMedia({ audio: false, video: { ...video, facingMode: "user" } });
      }
      const stop = (): void => stream.getTracks().forEach((track) => track.stop());
      const [track] = stream.getVideoTracks();
      if (!track) {
        stop();
        return err(failure("camera/failed", "no video track"));
      }
      const live: Live = { source, stream, deviceId: track.getSettings().deviceId ?? "", perform: () => undefined, stop };
      const found = await this.#lookAt(track);
      this.#found.next(found);
      if (source === "device" && found.differences.length > 0) {
        stop();
        return err(failure("camera/changed", found.differences.join(", ")));
      }
      return ok(live);
    } catch (error) {
      return err(failureOf(error));
    }
  }

  /** What the camera says of itself, against the expected one. Looks twice before it says that it is another. */
  async #lookAt(track: MediaStreamTrack): Promise<FoundCamera> {
    const first = await this.#compare(track);
    if (first.differences.length === 0) return first;
    await new Promise((resolve) => setTimeout(resolve, SECOND_LOOK_MS));
    return this.#compare(track);
  }

  async #compare(track: MediaStreamTrack): Promise<FoundCamera> {
    const identity = identityOf(track);
    const present = await this.devices().catch(() => []);
    return { identity, differences: this.#pinned === null ? [] : compareCameras(this.#pinned, identity, present.map(({ deviceId }) => deviceId)) };
  }

  /** The expected camera is another one now, or the same. */
  async #lookAgain(live: Live): Promise<void> {
    const [track] = live.stream.getVideoTracks();
    if (!track) return;
    const found = await this.#lookAt(track);
    if (this.#live !== live) return;
    this.#found.next(found);
    if (live.source === "device" && found.differences.length > 0) this.#fault(failure("camera/changed", found.differences.join(", ")));
  }

  #start(live: Live): void {
    const [track] = live.stream.getVideoTracks();
    const settings = track?.getSettings() ?? {};
    this.#failures = 0;
    this.#live = live;
    this.#lastFrameAtMs = this.#environment.monotonicMs();
    this.#framesCounted = 0;
    track?.addEventListener("ended", () => {
      if (this.#live === live) this.#fault(failure("camera/unplugged"));
    });
    if (isReal(live.source)) this.#watchTimer = setInterval(() => this.#watch(track), WATCH_EVERY_MS);
    this.#status.next({ kind: "opening" });
    this.#stream.next(live.stream);
    this.#status.next({
      kind: "live",
      label: track?.label ?? "",
      deviceId: live.deviceId,
      width: settings.width ?? WIDTH,
      height: settings.height ?? HEIGHT,
      frameRate: settings.frameRate ?? FRAME_RATE,
      practice: live.source === "practice",
    });
  }

  /** Notices a camera that is there and gives no frames. */
  #watch(track: MediaStreamTrack | undefined): void {
    const nowMs = this.#environment.monotonicMs();
    const frames = framesOf(track);
    const moved = frames === undefined ? track?.muted === false : frames !== this.#framesCounted;
    this.#framesCounted = frames ?? 0;
    if (moved || this.#environment.hidden()) this.#lastFrameAtMs = nowMs;
    if (nowMs - this.#lastFrameAtMs >= FROZEN_AFTER_MS) this.#fault(failure("camera/frozen"));
  }

  #fault(reason: CameraFailure): void {
    this.#release();
    this.#status.next({ kind: "fault", failure: reason });
    if (reason.kind === "camera/insecure") return;
    const waitMs = reason.kind === "camera/changed" ? CHANGED_RETRY_MS : (RETRY_AFTER_MS[Math.min(this.#failures, RETRY_AFTER_MS.length - 1)] ?? 0);
    this.#failures++;
    if (reason.kind === "camera/refused") void this.#awaitPermission();
    else this.#retryTimer = setTimeout(() => void this.#attempt("again"), waitMs);
  }

  /** A refused camera is asked for again only when somebody has allowed it: asking by ourselves would nag. */
  async #awaitPermission(): Promise<void> {
    this.#permission ??= await this.#environment.permission();
    this.#permission?.addEventListener("change", this.#onPermissionChange);
  }

  #release(): void {
    clearInterval(this.#watchTimer);
    const live = this.#live;
    this.#live = undefined;
    this.#stream.next(null);
    live?.stop();
  }

  readonly #onPermissionChange = (): void => {
    if (isReal(this.#wanted) && this.#permission?.state === "granted") void this.#attempt("again");
  };

  readonly #onDeviceChange = (): void => {
    if (!isReal(this.#wanted)) return;
    if (!this.#live) {
      const { value } = this.#status;
      if (value.kind === "fault" && value.failure.kind !== "camera/refused") void this.#attempt("again");
      return;
    }
    void this.#returnToChosen(this.#live);
  };

  /** Goes back to the chosen camera when it has been plugged in again. */
  async #returnToChosen(live: Live): Promise<void> {
    const chosen = this.#environment.storage.getItem(CHOSEN_DEVICE_KEY);
    if (!chosen || chosen === live.deviceId) return;
    const devices = await this.devices();
    if (this.#live === live && devices.some(({ deviceId }) => deviceId === chosen)) await this.#attempt("changed");
  }
}

function isReal(source: CameraSource | undefined): boolean {
  return source === "device" || source === "any-device";
}

/** Frames that the track has given out or dropped, where the browser counts them. */
function framesOf(track: MediaStreamTrack | undefined): number | undefined {
  const { stats } = (track ?? {}) as { readonly stats?: { readonly totalFrames?: number } };
  return stats?.totalFrames;
}

function failureOf(error: unknown): CameraFailure {
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  switch (name) {
    case "NotFoundError":
    case "OverconstrainedError":
      return failure("camera/none-found");
    case "NotAllowedError":
    case "SecurityError":
      return failure("camera/refused");
    case "NotReadableError":
    case "AbortError":
      return failure("camera/in-use", name);
    default:
      return failure("camera/failed", describe(error));
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : "unknown error";
}

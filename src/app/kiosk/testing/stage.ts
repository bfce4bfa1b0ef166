import type { Extraction } from "../../../contracts/inference.ts";
import type { FaceSample, FrameReport, TrackedFace } from "../../../contracts/landmark.ts";
import type { SealedTemplate, SearchScope } from "../../../contracts/matcher.ts";
import type { Attempt, Punch } from "../../../domain/attendance/types.ts";
import type { ComparisonScore } from "../../../domain/biometrics/types.ts";
import { FEATURE_DIMENSIONS } from "../../../domain/biometrics/types.ts";
import { headFace, pictureFace } from "../../../domain/biometrics/testing/synthetic-head.ts";
import type { Held } from "../../../domain/biometrics/testing/synthetic-head.ts";
import type { Clock, EpochMs, MonotonicMs } from "../../../domain/clock.ts";
import { failure } from "../../../domain/errors.ts";
import type { PersonId } from "../../../domain/people/types.ts";
import { err, ok } from "../../../domain/result.ts";
import { Subject } from "../../observable.ts";
import type { Camera, CameraSource, CameraStatus, FoundCamera } from "../../ports/camera.ts";
import type { Recogniser, RecogniserStatus } from "../../ports/recogniser.ts";
import type { FaceEvent, Ledger, LedgerFailure, PunchRequest } from "../../ports/ledger.ts";
import { PracticeLedger } from "../practice.ts";
import type { Scheduler } from "../dependencies.ts";

/** Who or what stands before the camera. */
export interface Shown extends Held {
  readonly trackId: number;
  /** Whose features the models see; an unknown name is nobody's. */
  readonly face: string;
  readonly picture?: boolean;
  /** What the models say of the surface, 0..1. */
  readonly surface?: number;
}

const WALL_START = Date.UTC(2026, 10, 23, 8, 50);
const FRAME_MS = 50;

/** Time that passes only when a test says so. */
export class StageTime implements Clock, Scheduler {
  nowMs = 1000;
  /** Added to the time of day alone. */
  sleptMs = 0;
  readonly #due = new Map<symbol, { readonly atMs: number; readonly run: () => void }>();

  wall(): EpochMs {
    return (WALL_START + this.nowMs + this.sleptMs) as EpochMs;
  }

  monotonic(): MonotonicMs {
    return this.nowMs as MonotonicMs;
  }

  after(delayMs: number, run: () => void): () => void {
    const key = Symbol();
    this.#due.set(key, { atMs: this.nowMs + delayMs, run });
    return () => this.#due.delete(key);
  }

  async advance(ms: number): Promise<void> {
    this.nowMs += ms;
    for (const [key, { atMs, run }] of [...this.#due]) {
      if (atMs > this.nowMs || !this.#due.delete(key)) continue;
      run();
    }
    await settle();
  }
}

/** Lets every promise that can go on do so. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
}

export class StageCamera implements Camera {
  readonly status = new Subject<CameraStatus>({ kind: "off" });
  readonly stream = new Subject<MediaStream | null>(null);
  readonly found = new Subject<FoundCamera | null>(null);
  readonly performed: string[] = [];
  fault: "camera/none-found" | null = null;

  open(source: CameraSource): ReturnType<Camera["open"]> {
    if (this.fault !== null) {
      const trouble = failure(this.fault);
      this.status.next({ kind: "fault", failure: trouble });
      return Promise.resolve(err(trouble));
    }
    this.goLive(source === "practice");
    return Promise.resolve(ok());
  }

  goLive(practice = false): void {
    this.status.next({ kind: "live", label: "stage", deviceId: "stage", width: 640, height: 480, frameRate: 20, practice });
    this.stream.next({ getVideoTracks: () => [{}] } as unknown as MediaStream);
  }

  unplug(): void {
    this.stream.next(null);
    this.status.next({ kind: "fault", failure: failure("camera/unplugged") });
  }

  close(): void {
    this.stream.next(null);
    this.status.next({ kind: "off" });
  }

  expect(): void {
    // Whatever stands on the stage is expected.
  }

  devices(): ReturnType<Camera["devices"]> {
    return Promise.resolve([]);
  }

  choose(): Promise<void> {
    return Promise.resolve();
  }

  perform(action: Parameters<Camera["perform"]>[0]): void {
    this.performed.push(action);
  }

  frameSeen(): void {
    // The stage's picture never freezes.
  }
}

export class StageRecogniser implements Recogniser {
  readonly status = new Subject<RecogniserStatus>({ kind: "closed" });
  /** Whose references the gallery holds, by the name of the face. */
  readonly gallery = new Map<string, PersonId>();
  readonly added: PersonId[] = [];
  /** Of every search. */
  readonly scopes: SearchScope[] = [];
  sampleWanted = false;
  onReport: ((report: FrameReport) => void) | null = null;
  /** What the samples show, by the time of the frame they were cut from. */
  readonly seen = new Map<number, Shown>();

  open(): ReturnType<Recogniser["open"]> {
    this.ready();
    return Promise.resolve(ok(this.#report()));
  }

  ready(): void {
    const inference = { threads: 1, backend: "wasm", loadMs: 1, modelSet: "stage" } as const;
    this.status.next({ kind: "ready", profile: "accurate", inference, gallery: this.#report() });
  }

  track(_video: MediaStreamTrack, onReport: (report: FrameReport) => void): ReturnType<Recogniser["track"]> {
    this.onReport = onReport;
    const requestSample = (): void => {
      this.sampleWanted = true;
    };
    const stop = (): Promise<void> => {
      this.onReport = null;
      return Promise.resolve();
    };
    return Promise.resolve(ok({ requestSample, stop }));
  }

  analyse(): ReturnType<Recogniser["analyse"]> {
    return Promise.resolve(err(failure("landmark/no-face")));
  }

  extract(sample: FaceSample): ReturnType<Recogniser["extract"]> {
    const shown = this.seen.get(sample.capturedAtMs);
    const surface = shown?.surface ?? 0.95;
    const extraction: Extraction = {
      trackId: sample.trackId,
      capturedAtMs: sample.capturedAtMs,
      probe: probeOf(shown?.face ?? ""),
      pad: { near: surface, far: surface },
      ms: { pad: 1, features: 1 },
    };
    return Promise.resolve(ok(extraction));
  }

  search(probe: Float32Array, _limit: number, scope: SearchScope = "everyone"): ReturnType<Recogniser["search"]> {
    this.scopes.push(scope);
    const among = [...this.gallery].filter(([, personId]) => typeof scope !== "object" || scope.personId === personId);
    const candidates = among
      .map(([face, personId]) => ({ personId, score: dot(probe, probeOf(face)) as ComparisonScore }))
      .sort((one, other) => other.score - one.score);
    return Promise.resolve(ok({ candidates, people: among.length, ms: 1 }));
  }

  rekey(): ReturnType<Recogniser["rekey"]> {
    return Promise.resolve(ok());
  }

  setRoster(): ReturnType<Recogniser["setRoster"]> {
    return Promise.resolve(ok());
  }

  closePairs(): ReturnType<Recogniser["closePairs"]> {
    return Promise.resolve(ok([]));
  }

  leaveOneOut(): ReturnType<Recogniser["leaveOneOut"]> {
    return Promise.resolve(ok([]));
  }

  sealRefreshed(row: SealedTemplate): ReturnType<Recogniser["sealRefreshed"]> {
    return Promise.resolve(ok(row));
  }

  seal(personId: PersonId, references: readonly Float32Array[], createdAtMs: number): ReturnType<Recogniser["seal"]> {
    return Promise.resolve(
      ok({ personId, profile: "accurate", modelSet: "stage", epoch: 0, createdAtMs, references: references.length, wrappedKey: new Uint8Array(1), envelope: new Uint8Array(1) }),
    );
  }

  add(row: SealedTemplate): ReturnType<Recogniser["add"]> {
    this.added.push(row.personId);
    return Promise.resolve(ok());
  }

  remove(): ReturnType<Recogniser["remove"]> {
    return Promise.resolve(ok());
  }

  close(): void {
    this.status.next({ kind: "closed" });
  }

  #report(): { people: number; references: number; ms: number; refused: []; resealed: [] } {
    return { people: this.gallery.size, references: 5 * this.gallery.size, ms: 1, refused: [], resealed: [] };
  }
}

/** The practice ledger, listening and failing at will, with a duplicate window of a minute. */
export class StageLedger extends PracticeLedger implements Ledger {
  override retired = false;
  readonly punches: Punch[] = [];
  readonly requests: PunchRequest[] = [];
  readonly attempts: Attempt["kind"][] = [];
  readonly outages: string[] = [];
  /** PIN of each person who has one. */
  readonly pins = new Map<PersonId, string>();
  readonly numbers = new Map<string, PersonId>();
  /** What an earlier life of the page left in the log. */
  before: readonly FaceEvent[] = [];
  /** Punches cannot be written. */
  trouble: LedgerFailure | null = null;
  /** Nor can attempts, so many times. */
  attemptsToFail = 0;
  /** Attempts are durable when this is. */
  writing: Promise<void> = Promise.resolve();

  override async punch(request: PunchRequest): ReturnType<Ledger["punch"]> {
    this.requests.push(request);
    if (this.retired) return err(failure("ledger/retired"));
    if (this.trouble !== null) return err(this.trouble);
    const recorded = await super.punch(request);
    if (!recorded.ok) return recorded;
    const previous = this.punches.findLast(({ personId }) => personId === request.personId);
    const repeats = previous !== undefined && recorded.value.punch.wallMs - previous.wallMs < 60_000;
    const punch: Punch = { ...recorded.value.punch, status: repeats ? "suppressed" : "accepted" };
    this.punches.push(punch);
    return ok({ ...recorded.value, punch, ...(repeats ? { previous } : {}) });
  }

  override async attempt(kind?: Attempt["kind"]): ReturnType<Ledger["attempt"]> {
    await this.writing;
    if (this.attemptsToFail > 0) {
      this.attemptsToFail -= 1;
      return err(failure("ledger/write-failed"));
    }
    if (kind !== undefined) this.attempts.push(kind);
    return ok();
  }

  override verifyPinAmong(people: readonly PersonId[], pin: string): ReturnType<Ledger["verifyPinAmong"]> {
    const [match, second] = people.filter((personId) => this.pins.get(personId) === pin);
    if (match === undefined) return Promise.resolve(err(failure("pin/wrong")));
    return Promise.resolve(second === undefined ? ok(match) : err(failure("pin/number-needed")));
  }

  override anyPin(people: readonly PersonId[] = []): boolean {
    return people.some((personId) => this.pins.has(personId));
  }

  override findByNumber(employeeNumber?: string): PersonId | null {
    return this.numbers.get(employeeNumber ?? "") ?? null;
  }

  override faceEvents(): Promise<readonly FaceEvent[]> {
    return Promise.resolve(this.before);
  }

  override outage(phase?: string, reason?: string): ReturnType<Ledger["outage"]> {
    this.outages.push(`${phase ?? ""} ${reason ?? ""}`);
    return Promise.resolve(ok());
  }
}

/** Puts people before the camera, frame by frame. */
export class Stage {
  readonly time = new StageTime();
  readonly camera = new StageCamera();
  readonly recogniser = new StageRecogniser();
  readonly ledger = new StageLedger(this.time, "Europe/Berlin");
  #frame = 0;

  /** One frame every 50 ms for the given time, or until `until` says so. True when it did. */
  async play(ms: number, shown: (second: number) => readonly Shown[], until?: () => boolean): Promise<boolean> {
    for (let at = 0; at < ms; at += FRAME_MS) {
      await this.#show(shown(at / 1000));
      if (until?.() === true) return true;
      await this.time.advance(FRAME_MS);
    }
    return false;
  }

  async #show(people: readonly Shown[]): Promise<void> {
    const atMs = this.time.nowMs;
    const faces = people.map(faceOf);
    const [first] = people;
    const face = faces[0];
    const wanted = this.recogniser.sampleWanted && face !== undefined;
    if (wanted) {
      this.recogniser.sampleWanted = false;
      this.recogniser.seen.set(atMs, first ?? { trackId: 0, face: "" });
    }
    this.#frame += 1;
    this.recogniser.onReport?.({
      frame: this.#frame,
      capturedAtMs: atMs,
      processedMs: 10,
      width: 640,
      height: 480,
      luma: 120,
      faces,
      ...(wanted ? { sample: sampleOf(face, atMs) } : {}),
    });
    await settle();
  }
}

function faceOf(shown: Shown): TrackedFace {
  const motion = (shown.picture === true ? pictureFace : headFace)(shown);
  const size = shown.size ?? 80;
  return {
    ...motion,
    trackId: shown.trackId,
    box: { x: 320 - size, y: 240 - 1.3 * size, width: 2 * size, height: 2.6 * size },
    quality: { ...motion.quality, rollDeg: 0, meanLuma: 120, lumaSpread: 40, evenness: 0.8, sharpness: 150, visible: 1 },
  };
}

function sampleOf({ trackId, quality }: TrackedFace, capturedAtMs: number): FaceSample {
  const nothing = new Uint8Array();
  return { trackId, capturedAtMs, quality, aligned112: nothing, aligned150: nothing, padNear: nothing, padFar: nothing };
}

/** Features of a face by its name: each name is alike itself and no other. */
function probeOf(face: string): Float32Array {
  const probe = new Float32Array(FEATURE_DIMENSIONS.accurate);
  let hash = 7;
  for (let index = 0; index < face.length; index += 1) hash = (hash * 31 + face.charCodeAt(index)) % 191;
  probe[hash] = 1;
  probe[192 + hash] = 1;
  return probe;
}

function dot(one: Float32Array, other: Float32Array): number {
  return one.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);
}

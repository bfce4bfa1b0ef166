import { proxy, transfer } from "comlink";
import type { Remote } from "comlink";
import type { Observable } from "../../app/observable.ts";
import { Subject } from "../../app/observable.ts";
import type { Recogniser, RecogniserStatus, Tracking } from "../../app/ports/recogniser.ts";
import type { Extraction, InferenceFailure, InferenceInfo, InferenceModels } from "../../contracts/inference.ts";
import type { FaceSample, FrameReport, LandmarkFailure, LandmarkWorker } from "../../contracts/landmark.ts";
import type { ClosePair, LeftOut, LoadReport, MatcherFailure, SealedTemplate, SearchScope } from "../../contracts/matcher.ts";
import type { CandidateList, RecogniserProfile } from "../../domain/biometrics/types.ts";
import type { Failure } from "../../domain/errors.ts";
import { failure } from "../../domain/errors.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { Result } from "../../domain/result.ts";
import { err, ok } from "../../domain/result.ts";
import { frameSource } from "./frame-source.ts";
import { InferenceKeeper } from "./inference-keeper.ts";
import type { KeeperEnvironment } from "./inference-keeper.ts";
import { rememberedProfile, rememberProfile } from "./last-profile.ts";
import { openMatcher, spawnMatcher } from "./matcher-client.ts";
import type { MatcherClient } from "./matcher-client.ts";
import { storedRuntime } from "./runtime-choice.ts";
import { WorkerClient } from "./worker-client.ts";

/** Loading takes 1 to 3 s from the cache; a first visit over a slow line takes longer. */
const OPEN_TIMEOUT_MS = 120_000;
/** A call that takes this long will never come back: the slowest seen take under 1 s. */
const CALL_TIMEOUT_MS = 20_000;

const VISION_BASE = `${import.meta.env.BASE_URL}vision`;
const LANDMARK_MODEL = `${import.meta.env.BASE_URL}models/face_landmarker.task`;
const MODELS: InferenceModels = {
  featuresA: `${import.meta.env.BASE_URL}models/features-a.onnx`,
  featuresB: `${import.meta.env.BASE_URL}models/features-b.onnx`,
  featuresC: `${import.meta.env.BASE_URL}models/features-c.onnx`,
  pad: `${import.meta.env.BASE_URL}models/pad.onnx`,
};

type OpenOptions = Parameters<Recogniser["open"]>[0];
type LandmarkClient = WorkerClient<LandmarkWorker, "landmark/graph-failed">;

/** As many frames in a row as a stream may lose before its worker gives up. */
const MOST_FRAME_FAILURES = 3;
/** Nobody has been looked at for this long: a time to try other ways to run the models. */
const IDLE_MS = 3_000;

export interface RecogniserOptions {
  /**
   * Threads of the inference runtime. The fastest way to run is found out by a race when absent. Only one is used where the
   * page is not cross-origin isolated.
   */
  readonly threads?: 1 | 2;
}

export interface WarmRecogniser extends Recogniser {
  /** Begins to load the models of the last time, before the gallery is known. What fails is tried again by `open`. */
  warmUp(): void;
}

/** The three workers as one {@link Recogniser}. Nothing is loaded before `open` or `warmUp`. */
export function createRecogniser(options: RecogniserOptions = {}): WarmRecogniser {
  return new WorkerRecogniser(options);
}

class WorkerRecogniser implements WarmRecogniser {
  readonly #options: RecogniserOptions;
  readonly #status = new Subject<RecogniserStatus>({ kind: "closed" });
  #landmark: LandmarkClient | undefined;
  #inference: InferenceKeeper | undefined;
  #gallery: LoadReport | undefined;
  #matcher: MatcherClient | undefined;
  #tracking: Tracking | undefined;
  #opening: Promise<unknown> = Promise.resolve();

  constructor(options: RecogniserOptions) {
    this.#options = options;
  }

  get status(): Observable<RecogniserStatus> {
    return this.#status;
  }

  /** Landmarks and inference that are loaded and fit are kept; the gallery is always made anew. */
  open(options: OpenOptions): Promise<Result<LoadReport, Failure>> {
    const result = this.#opening.then(() => this.#open(options));
    this.#opening = result.catch(() => undefined);
    return result;
  }

  warmUp(): void {
    const profile = rememberedProfile(localStorage);
    if (profile === null) return;
    this.#opening = Promise.allSettled([this.#openLandmark(), this.#openInference(profile)]);
  }

  async track(video: MediaStreamTrack, onReport: (report: FrameReport) => void): Promise<Result<Tracking, LandmarkFailure>> {
    const client = this.#landmark;
    if (!client?.alive) return err(failure("landmark/graph-failed", "not open"));
    await this.#tracking?.stop();
    const tracking = follow(client, video, this.#inference?.profile, onReport, (lost) => this.#fail(lost));
    this.#tracking = tracking;
    return ok(tracking);
  }

  async analyse(picture: ImageBitmap): Promise<Result<FrameReport & { readonly sample: FaceSample }, LandmarkFailure>> {
    const client = this.#landmark;
    if (!client?.alive) {
      picture.close();
      return err(failure("landmark/graph-failed", "not open"));
    }
    // The first picture loads a graph of its own.
    return client.call((remote) => remote.analyse(transfer(picture, [picture])), OPEN_TIMEOUT_MS);
  }

  async extract(sample: FaceSample): Promise<Result<Extraction, InferenceFailure>> {
    return this.#inference?.extract(sample) ?? err(failure("inference/run-failed", "not open"));
  }

  rekey(epoch: number, epochKey: CryptoKey): Promise<Result<void, MatcherFailure>> {
    return this.#match((client) => client.call((remote) => remote.rekey(epoch, epochKey), CALL_TIMEOUT_MS));
  }

  setRoster(people: readonly PersonId[] | null): Promise<Result<void, MatcherFailure>> {
    return this.#match((client) => client.call((remote) => remote.setRoster(people), CALL_TIMEOUT_MS));
  }

  search(probe: Float32Array, limit: number, scope: SearchScope = "everyone"): Promise<Result<CandidateList, MatcherFailure>> {
    return this.#match((client) => client.call((remote) => remote.search(probe, limit, scope), CALL_TIMEOUT_MS));
  }

  // Comparing everybody with everybody lasts as long as it lasts: the searches in between tell whether the worker is well.
  closePairs(minimum: number, limit: number, among: readonly PersonId[] | null): Promise<Result<readonly ClosePair[], MatcherFailure>> {
    return this.#match((client) => client.call((remote) => remote.closePairs(minimum, limit, among)));
  }

  leaveOneOut(): Promise<Result<readonly LeftOut[], MatcherFailure>> {
    return this.#match((client) => client.call((remote) => remote.leaveOneOut()));
  }

  sealRefreshed(row: SealedTemplate, probe: Float32Array, refreshedAtMs: number): Promise<Result<SealedTemplate, MatcherFailure>> {
    return this.#match((client) => client.call((remote) => remote.sealRefreshed(row, probe, refreshedAtMs), CALL_TIMEOUT_MS));
  }

  seal(personId: PersonId, references: readonly Float32Array[], createdAtMs: number): Promise<Result<SealedTemplate, MatcherFailure>> {
    return this.#match((client) => client.call((remote) => remote.seal(personId, references, createdAtMs), CALL_TIMEOUT_MS));
  }

  add(row: SealedTemplate): Promise<Result<void, MatcherFailure>> {
    return this.#match((client) => client.call((remote) => remote.add(row), CALL_TIMEOUT_MS));
  }

  remove(personId: PersonId): Promise<Result<void, MatcherFailure>> {
    return this.#match((client) => client.call((remote) => remote.remove(personId), CALL_TIMEOUT_MS));
  }

  close(): void {
    void this.#tracking?.stop();
    this.#tracking = undefined;
    this.#landmark?.end();
    this.#inference?.close();
    this.#matcher?.end();
    this.#landmark = undefined;
    this.#inference = undefined;
    this.#matcher = undefined;
    this.#status.next({ kind: "closed" });
  }

  async #open({ profile, templates, ...facts }: OpenOptions): Promise<Result<LoadReport, Failure>> {
    this.#status.next({ kind: "loading" });
    this.#gallery = undefined;
    const [landmark, inference] = await Promise.all([this.#openLandmark(), this.#openInference(profile)]);
    if (!landmark.ok) return this.#fail(landmark.error);
    if (!inference.ok) return this.#fail(inference.error);

    this.#matcher?.end();
    this.#matcher = spawnMatcher((lost) => this.#fail(lost));
    const loaded = await openMatcher(this.#matcher, { profile, modelSet: inference.value.modelSet, ...facts }, templates);
    if (!loaded.ok) return this.#fail(loaded.error);
    this.#gallery = loaded.value;
    rememberProfile(localStorage, profile);
    this.#showReady(inference.value);
    return loaded;
  }

  async #openLandmark(): Promise<Result<void, LandmarkFailure>> {
    if (this.#landmark?.alive) return ok();
    const client: LandmarkClient = new WorkerClient(
      new Worker(new URL("../../../workers/landmark/landmark.worker.ts", import.meta.url), { type: "module", name: "landmark" }),
      "landmark/graph-failed",
      (lost) => this.#fail(lost),
    );
    const opened = await client.call(
      (remote) => remote.open({ wasmBase: VISION_BASE, modelUrl: LANDMARK_MODEL, timeOrigin: performance.timeOrigin }),
      OPEN_TIMEOUT_MS,
    );
    if (!opened.ok) {
      client.end();
      return opened;
    }
    this.#landmark = client;
    return ok();
  }

  async #openInference(profile: RecogniserProfile): Promise<Result<InferenceInfo, InferenceFailure>> {
    const before = this.#inference;
    if (before?.alive === true && before.profile === profile && before.info) return ok(before.info);
    before?.close();
    const keeper = new InferenceKeeper(profile, environmentOf(this.#options), {
      changed: (info) => {
        // What else has failed is not put right by another inference worker.
        if (this.#inference === keeper && this.#status.value.kind !== "failed") this.#showReady(info);
      },
      replacing: () => {
        if (this.#inference === keeper) this.#status.next({ kind: "loading" });
      },
      failed: (lost) => {
        if (this.#inference === keeper) this.#fail(lost);
      },
    });
    this.#inference = keeper;
    return keeper.open();
  }

  /** Only what is open as a whole is ready. */
  #showReady(inference: InferenceInfo): void {
    const profile = this.#inference?.profile;
    const gallery = this.#gallery;
    if (profile !== undefined && gallery && this.#landmark?.alive === true && this.#matcher?.alive === true) this.#status.next({ kind: "ready", profile, inference, gallery });
  }

  async #match<T>(work: (client: MatcherClient) => Promise<Result<T, MatcherFailure>>): Promise<Result<T, MatcherFailure>> {
    return this.#matcher?.alive ? work(this.#matcher) : err(failure("matcher/not-open"));
  }

  #fail<E extends Failure>(reason: E): Result<never, E> {
    this.#status.next({ kind: "failed", failure: reason });
    return err(reason);
  }
}

/** Follows one track with the landmark worker. `onLost` hears when following ended by itself with a failure. */
function follow(client: LandmarkClient, video: MediaStreamTrack, profile: RecogniserProfile | undefined, onReport: (report: FrameReport) => void, onLost: (failure: LandmarkFailure) => void): Tracking {
  let stopped = false;
  const deliver = (report: FrameReport): void => {
    if (!stopped) onReport(report);
  };
  const lose = (lost: LandmarkFailure): void => {
    if (!stopped) onLost(lost);
  };
  const source = frameSource(video);
  let end: () => Promise<unknown>;
  if (source.kind === "stream") {
    const followed = client.call((remote) => remote.track(transfer(source.frames, [source.frames]), proxy(deliver))).then((result) => {
      if (!result.ok) lose(result.error);
    });
    end = () => client.call(acknowledge((remote) => remote.stop()), CALL_TIMEOUT_MS).then(() => followed);
  } else {
    let failures = 0;
    const unfollow = source.follow(async (frame, capturedAtMs) => {
      const report = await client.call((remote) => remote.push(transfer(frame, [frame]), capturedAtMs), CALL_TIMEOUT_MS);
      if (report.ok) {
        failures = 0;
        deliver(report.value);
      } else if (++failures === MOST_FRAME_FAILURES) lose(report.error);
    });
    end = () => {
      unfollow();
      return Promise.resolve();
    };
  }
  return {
    requestSample: () => {
      if (!stopped) void client.call(acknowledge((remote) => remote.requestSample(profile)), CALL_TIMEOUT_MS);
    },
    stop: async () => {
      if (stopped) return;
      stopped = true;
      await end();
    },
  };
}

/** A call without an answer, for {@link WorkerClient.call}. */
function acknowledge(work: (remote: Remote<LandmarkWorker>) => Promise<void>): (remote: Remote<LandmarkWorker>) => Promise<Result<void, LandmarkFailure>> {
  return async (remote) => {
    await work(remote);
    return ok();
  };
}

function environmentOf({ threads }: RecogniserOptions): KeeperEnvironment {
  const cores = navigator.hardwareConcurrency;
  const isolated = globalThis.crossOriginIsolated;
  const webgpu = "gpu" in navigator;
  return {
    models: MODELS,
    hardware: { isolated, cores, webgpu },
    spawn: (backend) =>
      backend === "wasm"
        ? new Worker(new URL("../../../workers/inference/inference.worker.ts", import.meta.url), { type: "module", name: "inference" })
        : new Worker(new URL("../../../workers/inference/inference-webgpu.worker.ts", import.meta.url), { type: "module", name: "inference-webgpu" }),
    memory: (profile) => storedRuntime(localStorage, [profile, navigator.userAgent, cores, isolated, webgpu].join(" ")),
    ...(threads === undefined ? {} : { threads }),
    idleMs: IDLE_MS,
    monotonicMs: () => performance.now(),
    wallMs: () => Date.now(),
  };
}

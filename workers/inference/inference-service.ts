import { transfer } from "comlink";
import type { Extraction, InferenceFailure, InferenceInfo, InferenceMemory, InferenceModels, InferenceWorker } from "../../src/contracts/inference.ts";
import type { FaceSample } from "../../src/contracts/landmark.ts";
import { FEATURE_DIMENSIONS } from "../../src/domain/biometrics/types.ts";
import type { RecogniserProfile } from "../../src/domain/biometrics/types.ts";
import { failure } from "../../src/domain/errors.ts";
import type { Result } from "../../src/domain/result.ts";
import { err, ok } from "../../src/domain/result.ts";
import { MODEL_INPUTS, PictureModel } from "./models.ts";
import type { Runtime } from "./runtime.ts";
import { hex, selfCheck, syntheticPixels } from "./self-check.ts";
import { wasmBytes } from "./wasm-memory.ts";
import { joined, normalised, softmaxFirst } from "./vectors.ts";

const MODEL_SET_DIGITS = 16;

const REHEARSAL_SEED = 1;

interface Loaded {
  readonly pad: PictureModel;
  /** In the order in which their answers make up the probe. */
  readonly features: readonly PictureModel[];
  readonly profile: RecogniserProfile;
}

export class InferenceService implements InferenceWorker {
  readonly #runtime: Runtime;
  #loaded: Loaded | undefined;
  /** Runs wait for each other: the runtime has one set of threads. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  open(options: { profile: RecogniserProfile; models: InferenceModels; threads?: number }): Promise<Result<InferenceInfo, InferenceFailure>> {
    return this.#enqueue(() => this.#open(options));
  }

  extract(sample: FaceSample): Promise<Result<Extraction, InferenceFailure>> {
    return this.#enqueue(() => this.#extract(sample));
  }

  rehearse(): Promise<Result<number, InferenceFailure>> {
    return this.#enqueue(() => this.#rehearse());
  }

  deviceLost(): Promise<string> {
    return this.#runtime.lost;
  }

  memory(): InferenceMemory {
    return { wasmBytes: wasmBytes() };
  }

  async #open({ profile, models, threads }: { profile: RecogniserProfile; models: InferenceModels; threads?: number }): Promise<Result<InferenceInfo, InferenceFailure>> {
    const startedAt = performance.now();
    await this.#release();
    const opened: PictureModel[] = [];
    try {
      const used = await this.#runtime.start(threads ?? 1);
      const load = async (id: PictureModel["id"], url: string): Promise<PictureModel> => {
        const model = await PictureModel.load(this.#runtime, id, url);
        opened.push(model);
        return model;
      };
      const pad = await load("pad", models.pad);
      const features =
        profile === "accurate"
          ? [await load("features-a", models.featuresA), await load("features-b", models.featuresB)]
          : [await load("features-c", models.featuresC)];
      for (const model of opened) {
        const wrong = await selfCheck(model);
        if (wrong !== undefined) {
          await releaseAll(opened);
          return err(failure("inference/self-check-failed", wrong));
        }
      }
      this.#loaded = { pad, features, profile };
      return ok({ threads: used, backend: this.#runtime.backend, loadMs: performance.now() - startedAt, modelSet: await modelSet(features) });
    } catch (error) {
      await releaseAll(opened);
      return err(failure("inference/load-failed", describe(error)));
    }
  }

  async #extract(sample: FaceSample): Promise<Result<Extraction, InferenceFailure>> {
    const loaded = this.#loaded;
    if (!loaded) return err(failure("inference/run-failed", "not open"));
    const { pad, features, profile } = loaded;
    const picture = profile === "accurate" ? sample.aligned112 : sample.aligned150;
    if ([sample.padNear, sample.padFar].some(({ length }) => length !== pad.inputBytes) || features.some(({ inputBytes }) => inputBytes !== picture.length)) {
      return err(failure("inference/bad-sample"));
    }
    try {
      const startedAt = performance.now();
      const near = softmaxFirst(await pad.run(sample.padNear));
      const far = softmaxFirst(await pad.run(sample.padFar));
      const padDoneAt = performance.now();
      const answers: Float32Array[] = [];
      for (const model of features) answers.push(await model.run(picture));
      const probe = profile === "accurate" ? joined(...answers.map(normalised)) : joined(...answers);
      if (probe.length !== FEATURE_DIMENSIONS[profile] || !probe.every(Number.isFinite) || !Number.isFinite(near + far)) {
        return err(failure("inference/run-failed", "answer is not finite"));
      }
      const extraction: Extraction = {
        trackId: sample.trackId,
        capturedAtMs: sample.capturedAtMs,
        probe,
        pad: { near, far },
        ms: { pad: padDoneAt - startedAt, features: performance.now() - padDoneAt },
      };
      return transfer(ok(extraction), [probe.buffer]);
    } catch (error) {
      return err(failure("inference/run-failed", describe(error)));
    }
  }

  async #rehearse(): Promise<Result<number, InferenceFailure>> {
    const loaded = this.#loaded;
    if (!loaded) return err(failure("inference/run-failed", "not open"));
    try {
      const picture = ({ inputBytes, id }: PictureModel): Uint8Array => syntheticPixels(REHEARSAL_SEED, inputBytes, MODEL_INPUTS[id].order);
      const runs = [loaded.pad, loaded.pad, ...loaded.features].map((model) => ({ model, picture: picture(model) }));
      const startedAt = performance.now();
      for (const { model, picture } of runs) await model.run(picture);
      return ok(performance.now() - startedAt);
    } catch (error) {
      return err(failure("inference/run-failed", describe(error)));
    }
  }

  async #release(): Promise<void> {
    const loaded = this.#loaded;
    this.#loaded = undefined;
    if (loaded) await releaseAll([loaded.pad, ...loaded.features]);
  }

  #enqueue<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}

async function releaseAll(models: readonly PictureModel[]): Promise<void> {
  await Promise.allSettled(models.map((model) => model.release()));
}

/** First hex digits of the SHA-256 over the models' SHA-256, in the order in which they make up the probe. */
async function modelSet(features: readonly PictureModel[]): Promise<string> {
  const digests = new Uint8Array(features.flatMap(({ digest }) => Array.from(digest)));
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", digests))).slice(0, MODEL_SET_DIGITS);
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : "unknown error";
}

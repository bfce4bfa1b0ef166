import type { Failure } from "../domain/errors.ts";
import type { RecogniserProfile } from "../domain/biometrics/types.ts";
import type { Result } from "../domain/result.ts";
import type { FaceSample } from "./landmark.ts";

export interface InferenceModels {
  readonly featuresA: string;
  readonly featuresB: string;
  readonly featuresC: string;
  readonly pad: string;
}

export type InferenceFailure = Failure<"inference/load-failed" | "inference/self-check-failed" | "inference/run-failed" | "inference/bad-sample">;

/** A way to run the models. */
export interface RuntimeChoice {
  readonly backend: "wasm" | "webgpu";
  /** Of the WebAssembly; 1 beside a graphics processor. They stay as they are for the life of a worker. */
  readonly threads: number;
}

/** How one way to run the models did in the race. */
export interface RaceResult extends RuntimeChoice {
  /** Median time of a whole extraction, milliseconds; null when it did not start, failed, or did not answer like the golden vectors. */
  readonly medianMs: number | null;
}

export interface Race {
  readonly results: readonly RaceResult[];
  /** Wall time at which it was run; it may have been an earlier start of the app. */
  readonly atMs: number;
}

export interface InferenceInfo extends RuntimeChoice {
  readonly loadMs: number;
  /** Names the models whose features the gallery holds: first 16 hex digits of the SHA-256 over the feature models' hashes. */
  readonly modelSet: string;
  /** Absent until a race was run, and where the way to run was given. */
  readonly race?: Race;
}

/** What the models say of one sample. */
export interface Extraction {
  readonly trackId: number;
  readonly capturedAtMs: number;
  /** Length and normalisation: see FEATURE_DIMENSIONS. */
  readonly probe: Float32Array;
  /** Probability of a bona fide presentation at either crop, 0..1. */
  readonly pad: { readonly near: number; readonly far: number };
  readonly ms: { readonly pad: number; readonly features: number };
}

/** What the worker holds, for watching it over hours. */
export interface InferenceMemory {
  /** Of the runtime's WebAssembly; it never shrinks while the worker lives. */
  readonly wasmBytes: number;
}

export interface InferenceWorker {
  /** Loads the profile's models and checks each against its golden vector before it is used. Fails on WebGPU where there is no real adapter. */
  open(options: { readonly profile: RecogniserProfile; readonly models: InferenceModels; readonly threads?: number }): Promise<Result<InferenceInfo, InferenceFailure>>;
  /** Runs everything that an extraction runs on a picture that is the same everywhere. @returns milliseconds */
  rehearse(): Promise<Result<number, InferenceFailure>>;
  /** Resolves with the reason when the graphics processor is lost; never on WebAssembly. Every run after that fails. */
  deviceLost(): Promise<string>;
  /** Takes ownership of the sample's buffers. */
  extract(sample: FaceSample): Promise<Result<Extraction, InferenceFailure>>;
  memory(): InferenceMemory;
}

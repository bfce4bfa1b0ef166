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

export interface InferenceInfo {
  readonly threads: number;
  readonly backend: "wasm" | "webgpu";
  readonly loadMs: number;
  /** Names the models whose features the gallery holds: first 16 hex digits of the SHA-256 over the feature models' hashes. */
  readonly modelSet: string;
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
  /** Loads the profile's models and checks each against its golden vector before it is used. */
  open(options: { readonly profile: RecogniserProfile; readonly models: InferenceModels; readonly threads?: number }): Promise<Result<InferenceInfo, InferenceFailure>>;
  /** Takes ownership of the sample's buffers. */
  extract(sample: FaceSample): Promise<Result<Extraction, InferenceFailure>>;
  memory(): InferenceMemory;
}

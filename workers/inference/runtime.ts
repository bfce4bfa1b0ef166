import type { InferenceSession, Tensor } from "onnxruntime-web/wasm";
import type { RuntimeChoice } from "../../src/contracts/inference.ts";

/** One build of ONNX Runtime Web. */
export interface Runtime {
  readonly backend: RuntimeChoice["backend"];
  /** Resolves with the reason when what it runs on is lost. */
  readonly lost: Promise<string>;
  /**
   * Must be called before the first session is made; what it sets stays for the life of the worker. Rejects when this
   * runtime cannot be used here.
   *
   * @returns the number of threads it uses
   */
  start(threads: number): Promise<number>;
  createSession(file: ArrayBuffer): Promise<InferenceSession>;
  tensor(values: Float32Array, dims: readonly number[]): Tensor;
}

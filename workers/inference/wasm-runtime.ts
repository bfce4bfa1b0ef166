import * as ort from "onnxruntime-web/wasm";
import ortWasmLoader from "onnxruntime-web/ort-wasm-simd-threaded.mjs?url";
import ortWasm from "onnxruntime-web/ort-wasm-simd-threaded.wasm?url";
import type { Runtime } from "./runtime.ts";

/** The processor, by WebAssembly with SIMD. */
export const wasmRuntime: Runtime = {
  backend: "wasm",
  lost: new Promise(() => undefined),
  start(threads) {
    const used = self.crossOriginIsolated ? Math.max(1, Math.floor(threads)) : 1;
    // Both are named: without the loader's address a production build waits for its threads for ever.
    ort.env.wasm.wasmPaths = { wasm: new URL(ortWasm, self.location.href).href, mjs: new URL(ortWasmLoader, self.location.href).href };
    ort.env.wasm.numThreads = used;
    ort.env.logLevel = "error";
    return Promise.resolve(used);
  },
  createSession: (file) => ort.InferenceSession.create(file, { executionProviders: ["wasm"], graphOptimizationLevel: "all" }),
  tensor: (values, dims) => new ort.Tensor("float32", values, dims),
};

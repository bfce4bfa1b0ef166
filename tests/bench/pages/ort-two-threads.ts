/** The inference runtime as faceplugin gets it: the files of the installed package, and as many threads as Clockface uses. */
import { env, InferenceSession, Tensor } from "onnxruntime-web/wasm";

env.wasm.wasmPaths = { wasm: new URL("/ort/ort-wasm-simd-threaded.wasm", location.href).href, mjs: new URL("/ort/ort-wasm-simd-threaded.mjs", location.href).href };
env.wasm.numThreads = 2;

export { InferenceSession, Tensor };

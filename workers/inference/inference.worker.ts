import { expose } from "comlink";
import { InferenceService } from "./inference-service.ts";
import { watchWasmMemory } from "./wasm-memory.ts";
import { wasmRuntime } from "./wasm-runtime.ts";

watchWasmMemory();
expose(new InferenceService(wasmRuntime));

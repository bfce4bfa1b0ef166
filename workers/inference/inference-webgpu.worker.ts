import { expose } from "comlink";
import { InferenceService } from "./inference-service.ts";
import { watchWasmMemory } from "./wasm-memory.ts";
import { webgpuRuntime } from "./webgpu-runtime.ts";

watchWasmMemory();
expose(new InferenceService(webgpuRuntime()));

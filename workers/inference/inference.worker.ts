import { expose } from "comlink";
import { watchWasmMemory } from "./wasm-memory.ts";
import { InferenceService } from "./inference-service.ts";

watchWasmMemory();
expose(new InferenceService());

import * as ort from "onnxruntime-web/webgpu";
import ortLoader from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url";
import ortWasm from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url";
import type { Runtime } from "./runtime.ts";

/** What is used of WebGPU, which TypeScript's library does not know yet. */
interface Adapter {
  readonly info: { readonly isFallbackAdapter?: boolean };
  requestDevice(): Promise<Device>;
}
interface Device {
  readonly lost: Promise<{ readonly reason: string }>;
  destroy(): void;
}
interface Gpu {
  requestAdapter(options: { readonly powerPreference: "high-performance" }): Promise<Adapter | null>;
}

/** The environment of ONNX Runtime Web, whose device is typed by a library that is not there. */
const gpuEnvironment = ort.env.webgpu as unknown as { adapter: Adapter; readonly device: Promise<Device> };

/**
 * The graphics processor. An adapter that is none, but computes on the processor, is refused: WebAssembly does that better.
 *
 * @param allowFallback for tests on machines without a graphics processor
 */
export function webgpuRuntime(allowFallback = false): Runtime {
  let tellLost: (reason: string) => void = () => undefined;
  const lost = new Promise<string>((resolve) => {
    tellLost = resolve;
  });
  let watched: Device | undefined;
  return {
    backend: "webgpu",
    lost,
    async start() {
      const { gpu } = navigator as unknown as { readonly gpu?: Gpu };
      const adapter = await gpu?.requestAdapter({ powerPreference: "high-performance" });
      if (!adapter) throw new Error("no WebGPU adapter");
      // A browser that does not say so is not believed.
      if (adapter.info.isFallbackAdapter !== false && !allowFallback) throw new Error("the WebGPU adapter is no real one");
      ort.env.wasm.wasmPaths = { wasm: new URL(ortWasm, self.location.href).href, mjs: new URL(ortLoader, self.location.href).href };
      ort.env.wasm.numThreads = 1;
      ort.env.logLevel = "error";
      gpuEnvironment.adapter = adapter;
      return 1;
    },
    async createSession(file) {
      const session = await ort.InferenceSession.create(file, { executionProviders: ["webgpu"], graphOptimizationLevel: "all" });
      const device = await gpuEnvironment.device;
      if (watched !== device) {
        watched = device;
        void device.lost.then(({ reason }) => tellLost(reason));
      }
      return session;
    },
    tensor: (values, dims) => new ort.Tensor("float32", values, dims),
  };
}

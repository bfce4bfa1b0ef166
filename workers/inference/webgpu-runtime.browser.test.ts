import * as ort from "onnxruntime-web/webgpu";
import { describe, expect, test } from "vitest";
import { InferenceService } from "./inference-service.ts";
import { webgpuRuntime } from "./webgpu-runtime.ts";
import type { InferenceModels } from "../../src/contracts/inference.ts";

const MODELS: InferenceModels = { featuresA: "/models/features-a.onnx", featuresB: "/models/features-b.onnx", featuresC: "/models/features-c.onnx", pad: "/models/pad.onnx" };

/** In these tests no graphics processor is there; Chromium computes WebGPU on the processor, and says so. */
describe("inference on WebGPU", () => {
  test("is refused when the adapter is no real one", { timeout: 60_000 }, async () => {
    const service = new InferenceService(webgpuRuntime());
    expect(await service.open({ profile: "clear", models: MODELS })).toMatchObject({ ok: false, error: { kind: "inference/load-failed" } });
  });

  test("answers like the golden vectors, and tells when the device is lost", { timeout: 300_000 }, async () => {
    const service = new InferenceService(webgpuRuntime(true));
    // Opening compares every model with its golden vector.
    expect(await service.open({ profile: "accurate", models: MODELS })).toMatchObject({ ok: true, value: { backend: "webgpu", threads: 1 } });
    expect(await service.rehearse()).toMatchObject({ ok: true });
    const device = (await (ort.env.webgpu as unknown as { readonly device: Promise<{ destroy(): void }> }).device);
    const lost = service.deviceLost();
    device.destroy();
    expect(await lost).toBe("destroyed");
  });
});

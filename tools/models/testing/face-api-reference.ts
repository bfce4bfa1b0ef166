import { createContext, runInContext } from "node:vm";
import { FACE_API } from "../packages/table.ts";
import { cachedFile } from "./sources.ts";

interface Tensor {
  data(): Promise<Float32Array>;
}

/** The little of face-api that the reference uses. */
interface FaceApi {
  readonly tf: {
    setBackend(name: string): Promise<boolean>;
    tensor3d(values: number[], shape: readonly number[]): Tensor;
    readonly io: { decodeWeights(data: ArrayBuffer, specs: readonly unknown[]): unknown };
  };
  readonly NetInput: new (inputs: readonly Tensor[]) => object;
  readonly FaceRecognitionNet: new () => { loadFromWeightMap(weights: unknown): void; forwardInput(input: object): Tensor };
}

/**
 * face-api's recognition network run by face-api itself, on the plain JavaScript backend of the TensorFlow.js it
 * brings along. Its bundle is made for browsers, so it gets a global scope of its own that looks like a worker's.
 *
 * @returns a function from 150 x 150 RGB bytes to 128 features
 */
export async function faceApiRecognition(): Promise<(rgb: Uint8Array) => Promise<Float32Array>> {
  const scope: Record<string, unknown> = {
    TextEncoder,
    TextDecoder,
    performance,
    setTimeout,
    setImmediate,
    // TensorFlow.js binds fetch when it starts; the weights are handed over and nothing is fetched.
    fetch: () => Promise.reject(new Error("the reference fetches nothing")),
    WorkerGlobalScope: Object,
  };
  scope["self"] = scope;
  const context = createContext(scope);
  runInContext(new TextDecoder().decode(await cachedFile(FACE_API, "dist/face-api.js")), context);
  const faceApi = scope["faceapi"] as FaceApi;
  await faceApi.tf.setBackend("cpu");

  const manifest = new TextDecoder().decode(
    await cachedFile(FACE_API, "model/face_recognition_model-weights_manifest.json"),
  );
  const groups = JSON.parse(manifest) as readonly { readonly weights: readonly unknown[] }[];
  const shard = Uint8Array.from(await cachedFile(FACE_API, "model/face_recognition_model.bin"));
  const net = new faceApi.FaceRecognitionNet();
  net.loadFromWeightMap(
    faceApi.tf.io.decodeWeights(
      shard.buffer,
      groups.flatMap(({ weights }) => weights),
    ),
  );
  return async (rgb) => {
    const input = new faceApi.NetInput([faceApi.tf.tensor3d(Array.from(rgb), [150, 150, 3])]);
    return Float32Array.from(await net.forwardInput(input).data());
  };
}

import { FaceLandmarker, FilesetResolver } from "@mediapipe/tasks-vision";
import type { FaceLandmarkerResult } from "@mediapipe/tasks-vision";
import { headPose } from "../../src/domain/biometrics/alignment.ts";
import type { HeadPose } from "../../src/domain/biometrics/alignment.ts";

/** More than one, so that a second person in front of the camera is noticed; a third shows that two were not an accident. */
const MOST_FACES = 3;
const LANDMARKS = 478;

export interface DetectedFace {
  /** x, y, z of 478 points in pixels of the picture. */
  readonly landmarks: Float32Array<ArrayBuffer>;
  readonly pose: HeadPose;
}

export interface GraphSource {
  /** Folder of the task library's WebAssembly, without a slash at its end. */
  readonly wasmBase: string;
  readonly model: Uint8Array;
}

/** What the task library's WebAssembly loader makes: the view on its memory is a new one whenever that grows. */
interface WasmModule {
  readonly HEAPU8: Uint8Array;
}
type WasmFactory = (settings: unknown) => Promise<WasmModule>;

/** MediaPipe's face landmarker, on the CPU: the assembled graph does not run on its GPU delegate. */
export class FaceGraph {
  readonly #landmarker: FaceLandmarker;
  readonly #mode: "VIDEO" | "IMAGE";
  readonly #module: WasmModule | undefined;
  #lastTimestampMs = 0;

  private constructor(landmarker: FaceLandmarker, mode: "VIDEO" | "IMAGE", module: WasmModule | undefined) {
    this.#landmarker = landmarker;
    this.#mode = mode;
    this.#module = module;
  }

  /** VIDEO follows faces from one picture to the next; IMAGE looks at each by itself. Rejects when a file is missing or damaged. */
  static async load({ wasmBase, model }: GraphSource, mode: "VIDEO" | "IMAGE"): Promise<FaceGraph> {
    const fileset = await FilesetResolver.forVisionTasks(wasmBase, true);
    // The library loads its WebAssembly with importScripts, which module workers lack, unless the factory is there already.
    // It takes the factory away again, so every creation needs its own.
    const loader = (await import(/* @vite-ignore */ fileset.wasmLoaderPath)) as { readonly default: WasmFactory };
    let made: WasmModule | undefined;
    const ModuleFactory: WasmFactory = async (settings) => (made = await loader.default(settings));
    Object.assign(globalThis, { ModuleFactory });
    const landmarker = await FaceLandmarker.createFromOptions(fileset, {
      baseOptions: { modelAssetBuffer: model, delegate: "CPU" },
      runningMode: mode,
      numFaces: MOST_FACES,
      outputFaceBlendshapes: false,
      outputFacialTransformationMatrixes: true,
    });
    return new FaceGraph(landmarker, mode, made);
  }

  /** Throws when the graph fails; it is of no more use then. `atMs` may be any clock: only its order counts. */
  detect(picture: ImageData, atMs: number): readonly DetectedFace[] {
    if (this.#mode === "IMAGE") return faces(this.#landmarker.detect(picture), picture);
    this.#lastTimestampMs = Math.max(this.#lastTimestampMs + 1, Math.round(atMs));
    return faces(this.#landmarker.detectForVideo(picture, this.#lastTimestampMs), picture);
  }

  /** Size of the graph's WebAssembly memory. */
  get wasmBytes(): number {
    return this.#module?.HEAPU8.byteLength ?? 0;
  }

  close(): void {
    this.#landmarker.close();
  }
}

function faces(result: FaceLandmarkerResult, { width, height }: ImageData): readonly DetectedFace[] {
  return result.faceLandmarks.flatMap((points, index) => {
    const matrix = result.facialTransformationMatrixes[index];
    if (points.length !== LANDMARKS || !matrix) return [];
    const landmarks = new Float32Array(LANDMARKS * 3);
    points.forEach(({ x, y, z }, point) => {
      landmarks[point * 3] = x * width;
      landmarks[point * 3 + 1] = y * height;
      landmarks[point * 3 + 2] = z * width;
    });
    return landmarks.every(Number.isFinite) ? [{ landmarks, pose: headPose(matrix.data) }] : [];
  });
}

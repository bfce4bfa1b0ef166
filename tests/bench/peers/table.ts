import type { ModelPackage } from "../../../tools/models/packages/table.ts";

/**
 * What is measured beside Clockface, and what runs it. Development only: fetched as data into the cache, without install
 * scripts and without a dependency tree, and never part of a build.
 */
export type PeerName = "human" | "vface" | "faceplugin" | "faceApi";

const HUMAN: ModelPackage = {
  name: "@vladmandic/human",
  version: "3.3.6",
  integrity: "sha512-Nr5mPfq1gQ+uKeXY5uM3Fj8UxvF5CEh2s6txM5wRThqaW0mF9huooOuZSrT8hhGho0hGaXLFdAwfD/2+teCv6A==",
  licence: "MIT",
  files: ["dist/human.esm.js", "models/models.json", ...["blazeface", "facemesh", "iris", "emotion", "faceres", "antispoof", "liveness"].flatMap((name) => [`models/${name}.json`, `models/${name}.bin`])],
};

const TFJS_WASM: ModelPackage = {
  name: "@tensorflow/tfjs-backend-wasm",
  version: "4.22.0",
  integrity: "sha512-/IYhReRIp4jg/wYW0OwbbJZG8ON87mbz0PgkiP3CdcACRSvUN0h8rvC0O3YcDtkTQtFWF/tcXq/KlVDyV49wmA==",
  licence: "Apache-2.0",
  files: ["dist/tfjs-backend-wasm.wasm", "dist/tfjs-backend-wasm-simd.wasm", "dist/tfjs-backend-wasm-threaded-simd.wasm"],
};

const VFACE: ModelPackage = {
  name: "@vladmandic/face-api",
  version: "1.7.15",
  integrity: "sha512-WDMmK3CfNLo8jylWqMoQgf4nIst3M0fzx1dnac96wv/dvMTN4DxC/Pq1DGtduDk1lktCamQ3MIDXFnvrdHTXDw==",
  licence: "MIT",
  files: [
    "dist/face-api.esm.js",
    ...["ssd_mobilenetv1_model", "tiny_face_detector_model", "face_landmark_68_model", "face_recognition_model"].flatMap((name) => [`model/${name}-weights_manifest.json`, `model/${name}.bin`]),
  ],
};

const FACE_API: ModelPackage = {
  name: "face-api.js",
  version: "0.22.2",
  integrity: "sha512-9Bbv/yaBRTKCXjiDqzryeKhYxmgSjJ7ukvOvEBy6krA0Ah/vNBlsf7iBNfJljWiPA8Tys1/MnB3lyP2Hfmsuyw==",
  licence: "MIT",
  files: ["dist/face-api.js"],
};

const FACEPLUGIN: ModelPackage = {
  name: "faceplugin-face-recognition-js",
  version: "0.0.1",
  integrity: "sha512-shriXjd4zJHEwhK1jHK+bWo8Vv6Vu9B/w6RRsd4AFtNM/jaI2vhuOamOSMl9qQmLd8WlQ7dgqN+3C2iOi5pXWw==",
  licence: "MIT",
  files: [
    "index.js",
    ...["download", "fr_age", "fr_detect", "fr_expression", "fr_eye", "fr_feature", "fr_gender", "fr_landmark", "fr_liveness", "fr_pose", "load_opencv"].map((name) => `lib/${name}.js`),
    ...["fr_detect", "fr_landmark", "fr_feature", "fr_liveness"].map((name) => `model/${name}.onnx`),
    "js/opencv.js",
    "js/opencv_js.wasm",
  ],
};

/** What faceplugin imports, each one file or two. */
const NDARRAY_PARTS: readonly ModelPackage[] = [
  { name: "ndarray", version: "1.1.1", integrity: "sha512-AsE8w/M2MS+0pD3nP5qbRRtJFeJJJaJ+qXZaZr0XjVGXhy6LIj2TERTlkpdK2AI3WufoOP+pwPk3q2ilAJcZ9g==", licence: "MIT", files: ["ndarray.js"] },
  { name: "ndarray-ops", version: "1.2.2", integrity: "sha512-BppWAFRjMYF7N/r6Ie51q6D4fs0iiGmeXIACKY66fLpnwIui3Wc3CXiD/30mgLbDjPpSLrsqcp3Z62+IcHZsDw==", licence: "MIT", files: ["ndarray-ops.js"] },
  { name: "cwise-compiler", version: "1.1.3", integrity: "sha512-WXlK/m+Di8DMMcCjcWr4i+XzcQra9eCdXIJrgh4TUgh0pIS/yJduLxS9JgefsHJ/YVLdgPtXm9r62W92MvanEQ==", licence: "MIT", files: ["compiler.js", "lib/compile.js", "lib/thunk.js"] },
  { name: "iota-array", version: "1.0.0", integrity: "sha512-pZ2xT+LOHckCatGQ3DcG/a+QuEqvoxqkiL7tvE8nn3uuu+f6i1TtpB5/FtWFbxUuVr5PZCx8KskuGatbJDXOWA==", licence: "MIT", files: ["iota.js"] },
  { name: "is-buffer", version: "1.1.6", integrity: "sha512-NcdALwpXkTm5Zvvbk7owOUSvVvBKDgKP5/ewfXEznmQFfs4ZRmanOeKBTjRVjka3QFoN6XJ+9F3USqfHqTaU5w==", licence: "MIT", files: ["index.js"] },
  { name: "uniq", version: "1.0.1", integrity: "sha512-Gw+zz50YNKPDKXs+9d+aKAjVwpjNwqzvNpLigIruT4HA9lMZNdMqs9x07kKHB/L9WRzqp4+DlTU5s4wG2esdoA==", licence: "MIT", files: ["uniq.js"] },
];

/** What each peer needs; the first is the peer itself. face-api.js brings no weights: those of its successor are of the same networks. */
export const PEER_PACKAGES: Readonly<Record<PeerName, readonly ModelPackage[]>> = {
  human: [HUMAN, TFJS_WASM],
  vface: [VFACE, TFJS_WASM],
  faceplugin: [FACEPLUGIN, ...NDARRAY_PARTS],
  faceApi: [FACE_API, VFACE],
};

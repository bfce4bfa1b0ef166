import { beforeAll, describe, expect, test } from "vitest";
import { OnnxSession } from "../golden/onnx-session.ts";
import { encodeOnnx } from "../onnx/proto.ts";
import { FACE_API } from "../packages/table.ts";
import { faceApiRecognition } from "../testing/face-api-reference.ts";
import { cachedFile } from "../testing/sources.ts";
import { testFaces, type TestFace } from "../testing/test-faces.ts";
import { faceRecognitionNetToOnnx } from "./face-recognition-net.ts";

const SIDE = 150;
const MANIFEST = "model/face_recognition_model-weights_manifest.json";
const SHARD = "model/face_recognition_model.bin";

describe("face-api's recognition network as ONNX", () => {
  let manifest: string;
  let shard: Uint8Array;
  let faces: TestFace[];

  beforeAll(async () => {
    manifest = new TextDecoder().decode(await cachedFile(FACE_API, MANIFEST));
    shard = await cachedFile(FACE_API, SHARD);
    faces = await testFaces(2);
  });

  test("answers as face-api's own runtime", async () => {
    const session = await OnnxSession.load(encodeOnnx(faceRecognitionNetToOnnx(manifest, shard)));
    const reference = await faceApiRecognition();
    for (const { name, dlib } of faces) {
      const expected = await reference(dlib);
      const pixels = Float32Array.from(dlib, (_, i) => dlib[3 * (i % SIDE ** 2) + Math.floor(i / SIDE ** 2)] ?? 0);
      const actual = await session.run(pixels, [1, 3, SIDE, SIDE]);
      expect(actual).toHaveLength(128);
      const worst = Math.max(...actual.map((value, index) => Math.abs(value - (expected[index] ?? Number.NaN))));
      expect(worst, name).toBeLessThan(1e-3);
    }
  });

  test("is refused when the weights are cut short", () => {
    expect(() => faceRecognitionNetToOnnx(manifest, shard.subarray(0, -1))).toThrow(
      expect.objectContaining({ kind: "models/source-unexpected" }),
    );
  });
});

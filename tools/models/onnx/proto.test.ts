import { expect, test } from "vitest";
import { OnnxGraphBuilder } from "./graph-builder.ts";
import { decodeOnnx, encodeOnnx } from "./proto.ts";

function smallModel(): Uint8Array {
  const onnx = new OnnxGraphBuilder("small");
  const input = onnx.input("x", [1, 2]);
  const padded = onnx.node("Pad", [input, onnx.int64([0, 0, 0, -1])], { mode: "constant" });
  onnx.output("y", onnx.node("Add", [padded, onnx.float32(Float32Array.of(0.5), [1])]), [1, 1]);
  return encodeOnnx(onnx.build());
}

test("an ONNX model survives decoding and encoding byte for byte", () => {
  const bytes = smallModel();
  expect(smallModel()).toEqual(bytes);
  expect(encodeOnnx(decodeOnnx(bytes))).toEqual(bytes);
  expect(decodeOnnx(bytes).graph.node.map(({ opType }) => opType)).toEqual(["Pad", "Add", "Identity"]);
});

test("decodeOnnx refuses a file with fields it would drop", () => {
  // Field 6 of a model, its doc string, in front of the rest.
  const withDocString = Buffer.concat([Buffer.from([0x32, 2, 0x68, 0x69]), smallModel()]);
  expect(() => decodeOnnx(withDocString)).toThrow(expect.objectContaining({ kind: "models/source-unexpected" }));
});

import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { DATA_TYPE, type OnnxModel } from "./proto.ts";
import { storeWeightsAsHalf, toHalf } from "./half-precision.ts";

/** The number that a half's bits stand for. */
function fromHalf(bits: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

describe("toHalf", () => {
  test.each([
    [0, 0x0000],
    [-0, 0x8000],
    [1, 0x3c00],
    [-2, 0xc000],
    [65504, 0x7bff],
    [65519, 0x7bff],
    [65520, 0x7c00],
    [1e9, 0x7c00],
    [Infinity, 0x7c00],
    [-Infinity, 0xfc00],
    [2 ** -14, 0x0400],
    [2 ** -24, 0x0001],
    [2 ** -25, 0x0000],
    [2 ** -25 * 1.5, 0x0001],
    [1 + 2 ** -11, 0x3c00],
    [1 + 3 * 2 ** -11, 0x3c02],
    [2 - 2 ** -12, 0x4000],
  ])("turns %d into the half with the nearest value", (value, bits) => {
    expect(toHalf(value)).toBe(bits);
  });

  test("keeps every half as it is", () => {
    for (let bits = 0; bits < 0x10000; bits++) {
      const value = fromHalf(bits);
      if (!Number.isNaN(value)) expect(toHalf(value)).toBe(bits);
    }
    expect(fromHalf(toHalf(Number.NaN))).toBeNaN();
  });

  property.prop([fc.float({ min: -65504, max: 65504, noNaN: true })])("is nearer than either neighbour", (value) => {
    const bits = toHalf(value);
    const error = Math.abs(fromHalf(bits) - value);
    const magnitude = bits & 0x7fff;
    for (const neighbour of [magnitude - 1, magnitude + 1]) {
      if (neighbour < 0 || neighbour >= 0x7c00) continue;
      expect(error).toBeLessThanOrEqual(Math.abs(fromHalf((bits & 0x8000) | neighbour) - value));
    }
  });
});

describe("storeWeightsAsHalf", () => {
  const model = (values: Float32Array): OnnxModel => ({
    irVersion: 8,
    opsetImport: [{ domain: "", version: 13 }],
    producerName: "test",
    graph: {
      name: "g",
      node: [{ opType: "Identity", name: "n", input: ["w"], output: ["y"] }],
      initializer: [
        { name: "w", dims: [values.length], dataType: DATA_TYPE.float, rawData: new Uint8Array(values.buffer) },
      ],
      input: [],
      output: [],
    },
  });

  test("halves a large constant and casts it back under its own name", () => {
    const { graph } = storeWeightsAsHalf(model(new Float32Array(2048).fill(0.5)));
    const [weights] = graph.initializer;
    expect(weights).toMatchObject({ name: "w_half", dims: [2048], dataType: DATA_TYPE.float16 });
    expect(weights?.rawData).toHaveLength(4096);
    expect(graph.node[0]).toMatchObject({ opType: "Cast", input: ["w_half"], output: ["w"] });
    expect(graph.node[1]).toMatchObject({ opType: "Identity", input: ["w"] });
  });

  test.each([
    ["small", new Float32Array(16).fill(0.5)],
    ["out of a half's range", new Float32Array(2048).fill(1e5)],
  ])("leaves a constant alone when it is %s", (_, values) => {
    expect(storeWeightsAsHalf(model(values))).toEqual(model(values));
  });
});

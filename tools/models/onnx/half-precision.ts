import { littleEndianFloats } from "../floats.ts";
import { ATTRIBUTE_TYPE, DATA_TYPE, type OnnxModel, type OnnxNode, type OnnxTensor } from "./proto.ts";

/** Smaller constants (biases, slopes) stay as they are: they are a few per cent of the file. */
const SMALLEST_TENSOR = 1024;
const LARGEST_HALF = 65504;

/**
 * Halves a model's file: large float32 constants are stored as float16 and cast back by a node in front of the
 * graph, which ONNX Runtime folds away when it loads the model. Computation stays in float32, because the WebAssembly
 * backend has no float16 kernels.
 */
export function storeWeightsAsHalf(model: OnnxModel): OnnxModel {
  const casts: OnnxNode[] = [];
  const initializer = model.graph.initializer.map((tensor): OnnxTensor => {
    const values = floats(tensor);
    if (values === undefined || values.length < SMALLEST_TENSOR) return tensor;
    if (values.some((value) => Math.abs(value) > LARGEST_HALF)) return tensor;
    const name = `${tensor.name}_half`;
    casts.push({
      opType: "Cast",
      name: `${tensor.name}_cast`,
      input: [name],
      output: [tensor.name],
      attribute: [{ name: "to", type: ATTRIBUTE_TYPE.int, i: DATA_TYPE.float }],
    });
    const halves = Uint16Array.from(values, toHalf);
    return { name, dims: tensor.dims, dataType: DATA_TYPE.float16, rawData: new Uint8Array(halves.buffer) };
  });
  return { ...model, graph: { ...model.graph, initializer, node: [...casts, ...model.graph.node] } };
}

function floats(tensor: OnnxTensor): Float32Array | undefined {
  return tensor.dataType === DATA_TYPE.float ? littleEndianFloats(tensor.rawData) : undefined;
}

const SINGLE = new Float32Array(1);
const SINGLE_BITS = new Uint32Array(SINGLE.buffer);

/**
 * Bits of the IEEE 754 binary16 number nearest to `value` (ties to even). Values beyond its range become infinite.
 */
export function toHalf(value: number): number {
  SINGLE[0] = value;
  const bits = SINGLE_BITS[0] ?? 0;
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 0xff) - 127;
  const fraction = bits & 0x7fffff;
  if (exponent === 128) return sign | 0x7c00 | (fraction === 0 ? 0 : 0x200);
  if (exponent > 15) return sign | 0x7c00;
  // Below 2^-14 a half has no hidden one: the whole significand is shifted into place.
  const subnormal = exponent < -14;
  const significand = subnormal ? fraction | 0x800000 : fraction;
  const shift = subnormal ? -1 - exponent : 13;
  if (shift > 24) return sign;
  const kept = significand >>> shift;
  const rest = significand & ((1 << shift) - 1);
  const half = 1 << (shift - 1);
  const up = rest > half || (rest === half && (kept & 1) === 1) ? 1 : 0;
  // A carry out of the fraction runs into the exponent, which is what rounding up there means.
  return sign | ((subnormal ? 0 : (exponent + 15) << 10) + kept + up);
}

import { TfliteGraph, type TfliteOperator } from "../tflite/graph.ts";
import { ADD_OPTIONS, BUILTIN, CONV_2D_OPTIONS, DEPTHWISE_CONV_2D_OPTIONS, PADDING } from "../tflite/schema.ts";

/** A tensor with channels last. */
interface Values {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/**
 * Runs a TensorFlow Lite graph of convolutions and element-wise operators in double precision, straight from the
 * definition of each operator. It is slow and shares nothing with the conversion but the reading of the file.
 *
 * @param input one picture of the graph's input size, channels last; a greater batch in the file counts as one
 */
export function runTflite(tflite: Uint8Array, input: Float32Array): Float64Array {
  const graph = new TfliteGraph(tflite);
  const values = new Map<number, Values>();
  const inputTensor = graph.inputs[0] ?? -1;
  values.set(inputTensor, { shape: graph.shape(inputTensor), data: Float64Array.from(input) });
  const read = (tensor: number | undefined): Values => {
    const known = values.get(tensor ?? -1);
    if (known !== undefined) return known;
    const constant = graph.constant(tensor ?? -1);
    if (constant === undefined) throw new Error(`tensor ${tensor} is used before it is computed`);
    const value = { shape: graph.shape(tensor ?? -1), data: Float64Array.from(constant) };
    values.set(tensor ?? -1, value);
    return value;
  };
  for (const operator of graph.operators) {
    const [output = -1] = operator.outputs;
    values.set(output, { shape: graph.shape(output), data: compute(operator, read, graph.shape(output)) });
  }
  return read(graph.outputs[0]).data;
}

function compute(
  { code, inputs, options }: TfliteOperator,
  read: (tensor: number | undefined) => Values,
  shape: readonly number[],
): Float64Array {
  const [first, second] = inputs;
  switch (code) {
    case BUILTIN.relu:
      return read(first).data.map((value) => Math.max(value, 0));
    case BUILTIN.abs:
      return read(first).data.map(Math.abs);
    case BUILTIN.reshape:
      return read(first).data;
    case BUILTIN.mul:
      return broadcast(read(first), read(second), (a, b) => a * b);
    case BUILTIN.sub:
      return broadcast(read(first), read(second), (a, b) => a - b);
    case BUILTIN.add:
      return activate(
        broadcast(read(first), read(second), (a, b) => a + b),
        options?.int8(ADD_OPTIONS.activation),
      );
    case BUILTIN.conv2d:
    case BUILTIN.depthwiseConv2d: {
      const depthwise = code === BUILTIN.depthwiseConv2d;
      const fields = depthwise ? DEPTHWISE_CONV_2D_OPTIONS : CONV_2D_OPTIONS;
      const strides = [options?.int32(fields.strideH) ?? 0, options?.int32(fields.strideW) ?? 0] as const;
      const same = options?.int8(fields.padding) === PADDING.same;
      const sums = convolve(read(first), read(second), read(inputs[2]), shape, strides, same, depthwise);
      return activate(sums, options?.int8(fields.activation));
    }
    default:
      throw new Error(`the reference does not know operator ${code}`);
  }
}

/** 0 none, 1 relu */
function activate(data: Float64Array, activation = 0): Float64Array {
  if (activation > 1) throw new Error(`the reference does not know activation ${activation}`);
  return activation === 1 ? data.map((value) => Math.max(value, 0)) : data;
}

/** Either side may be a value for each channel, or a single one. */
function broadcast(a: Values, b: Values, operate: (a: number, b: number) => number): Float64Array {
  return Float64Array.from({ length: Math.max(a.data.length, b.data.length) }, (_, index) =>
    operate(a.data[index % a.data.length] ?? Number.NaN, b.data[index % b.data.length] ?? Number.NaN),
  );
}

function convolve(
  input: Values,
  filter: Values,
  bias: Values,
  outputShape: readonly number[],
  [strideY, strideX]: readonly [number, number],
  same: boolean,
  depthwise: boolean,
): Float64Array {
  const [, inHeight = 0, inWidth = 0, inChannels = 0] = input.shape;
  const [, height = 0, width = 0, channels = 0] = outputShape;
  const [, kernelHeight = 0, kernelWidth = 0, kernelDepth = 0] = filter.shape;
  const padding = (outputs: number, stride: number, kernel: number, inputs: number): number =>
    same ? Math.max(0, (outputs - 1) * stride + kernel - inputs) >> 1 : 0;
  const top = padding(height, strideY, kernelHeight, inHeight);
  const left = padding(width, strideX, kernelWidth, inWidth);
  const result = new Float64Array(height * width * channels);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < channels; channel++) {
        let sum = bias.data[channel] ?? 0;
        for (let ky = 0; ky < kernelHeight; ky++) {
          const iy = y * strideY + ky - top;
          if (iy < 0 || iy >= inHeight) continue;
          for (let kx = 0; kx < kernelWidth; kx++) {
            const ix = x * strideX + kx - left;
            if (ix < 0 || ix >= inWidth) continue;
            const pixel = (iy * inWidth + ix) * inChannels;
            if (depthwise) {
              sum += (input.data[pixel + channel] ?? 0) * (filter.data[(ky * kernelWidth + kx) * kernelDepth + channel] ?? 0);
              continue;
            }
            const tap = ((channel * kernelHeight + ky) * kernelWidth + kx) * kernelDepth;
            for (let depth = 0; depth < kernelDepth; depth++) {
              sum += (input.data[pixel + depth] ?? 0) * (filter.data[tap + depth] ?? 0);
            }
          }
        }
        result[(y * width + x) * channels + channel] = sum;
      }
    }
  }
  return result;
}

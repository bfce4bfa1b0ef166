import { ModelError } from "../errors.ts";
import { OnnxGraphBuilder, type Value } from "../onnx/graph-builder.ts";
import { permute } from "../onnx/permute.ts";
import type { OnnxModel } from "../onnx/proto.ts";
import { TfliteGraph, type TfliteOperator } from "../tflite/graph.ts";
import {
  ACTIVATION,
  ADD_OPTIONS,
  BUILTIN,
  CONV_2D_OPTIONS,
  DEPTHWISE_CONV_2D_OPTIONS,
  PADDING,
} from "../tflite/schema.ts";

const INPUT = "input";
const OUTPUT = "embedding";

/**
 * MobileFaceNet.tflite as ONNX: channels first, one face.
 *
 * TensorFlow Lite wrote its PReLU as `relu(x) + slope * (x - |x|)`, with the slope halved. That sum is put back
 * together into one PRelu node, which is 4 operators and two passes over memory less for each of the 33.
 *
 * Input `input` [1, 3, 112, 112], output `embedding` [1, 192], not normalised.
 *
 * @throws ModelError `models/source-unexpected` when the file is another graph than the known one
 */
export function mobileFaceNetToOnnx(tflite: Uint8Array): OnnxModel {
  return new MobileFaceNetConverter(new TfliteGraph(tflite)).convert();
}

class MobileFaceNetConverter {
  private readonly onnx = new OnnxGraphBuilder("mobilefacenet");
  private readonly producers = new Map<number, TfliteOperator>();
  private readonly values = new Map<number, Value>();

  constructor(private readonly graph: TfliteGraph) {
    for (const operator of graph.operators) {
      for (const output of operator.outputs) this.producers.set(output, operator);
    }
  }

  convert(): OnnxModel {
    const input = at(this.graph.inputs, 0);
    const output = at(this.graph.outputs, 0);
    const [, height, width, channels] = this.graph.shape(input);
    this.values.set(input, this.onnx.input(INPUT, [1, channels ?? 0, height ?? 0, width ?? 0]));
    this.onnx.output(OUTPUT, this.value(output), [1, this.graph.shape(output).at(-1) ?? 0]);
    return this.onnx.build();
  }

  private value(tensor: number): Value {
    const known = this.values.get(tensor);
    if (known !== undefined) return known;
    const value = this.emit(this.producer(tensor));
    this.values.set(tensor, value);
    return value;
  }

  private producer(tensor: number): TfliteOperator {
    const producer = this.producers.get(tensor);
    if (producer === undefined) throw unexpected(`nothing computes tensor ${tensor}`);
    return producer;
  }

  private emit(operator: TfliteOperator): Value {
    switch (operator.code) {
      case BUILTIN.conv2d:
      case BUILTIN.depthwiseConv2d:
        return this.convolution(operator);
      case BUILTIN.add:
        return this.prelu(operator) ?? this.sum(operator);
      case BUILTIN.reshape:
        return this.onnx.node("Flatten", [this.value(at(operator.inputs, 0))], { axis: 1 });
      default:
        throw unexpected(`operator ${operator.code}`);
    }
  }

  private convolution({ code, inputs, options }: TfliteOperator): Value {
    const depthwise = code === BUILTIN.depthwiseConv2d;
    const fields = depthwise ? DEPTHWISE_CONV_2D_OPTIONS : CONV_2D_OPTIONS;
    const [data, filter, bias] = inputs;
    if (data === undefined || filter === undefined || bias === undefined || options === undefined) {
      throw unexpected("a convolution without filter, bias or options");
    }
    // Filters lie as [out, height, width, in], depthwise ones as [1, height, width, out]; ONNX wants
    // [out, in per group, height, width].
    const shape = this.graph.shape(filter);
    const order = depthwise ? [3, 0, 1, 2] : [0, 3, 1, 2];
    const dims = order.map((axis) => at(shape, axis));
    const biases = this.constant(bias);
    const value = this.onnx.node(
      "Conv",
      [
        this.value(data),
        this.onnx.float32(permute(this.constant(filter), shape, order), dims),
        this.onnx.float32(biases, [biases.length]),
      ],
      {
        kernel_shape: dims.slice(2),
        strides: [options.int32(fields.strideH, 1), options.int32(fields.strideW, 1)],
        group: depthwise ? at(dims, 0) : 1,
        auto_pad: options.int8(fields.padding, PADDING.same) === PADDING.same ? "SAME_UPPER" : "VALID",
      },
    );
    return this.activated(value, options.int8(fields.activation));
  }

  private sum({ inputs, options }: TfliteOperator): Value {
    const value = this.onnx.node(
      "Add",
      inputs.map((input) => this.value(input)),
    );
    return this.activated(value, options?.int8(ADD_OPTIONS.activation) ?? ACTIVATION.none);
  }

  private activated(value: Value, activation: number): Value {
    if (activation === ACTIVATION.none) return value;
    if (activation === ACTIVATION.relu) return this.onnx.node("Relu", [value]);
    throw unexpected(`activation ${activation}`);
  }

  /** @returns undefined when the sum is not the one that stands for a PReLU */
  private prelu({ inputs }: TfliteOperator): Value | undefined {
    const terms = inputs.map((input) => this.producers.get(input));
    const positive = terms.find((term) => term?.code === BUILTIN.relu);
    const negative = terms.find((term) => term?.code === BUILTIN.mul);
    if (positive === undefined || negative === undefined) return undefined;
    const difference = negative.inputs.map((input) => this.producers.get(input)).find((p) => p?.code === BUILTIN.sub);
    const slope = negative.inputs.map((input) => this.graph.constant(input)).find((values) => values !== undefined);
    const [x, magnitude] = difference?.inputs ?? [];
    if (slope === undefined || x === undefined || magnitude === undefined) return undefined;
    const absolute = this.producers.get(magnitude);
    if (absolute?.code !== BUILTIN.abs || absolute.inputs[0] !== x || positive.inputs[0] !== x) return undefined;
    const doubled = this.onnx.float32(
      slope.map((value) => 2 * value),
      [slope.length, 1, 1],
    );
    return this.onnx.node("PRelu", [this.value(x), doubled]);
  }

  private constant(tensor: number): Float32Array {
    const values = this.graph.constant(tensor);
    if (values === undefined) throw unexpected(`tensor ${tensor} is not constant`);
    return values;
  }
}

function at<T>(values: readonly T[], index: number): T {
  const value = values[index];
  if (value === undefined) throw unexpected(`no element ${index}`);
  return value;
}

function unexpected(what: string): ModelError {
  return new ModelError("models/source-unexpected", `MobileFaceNet.tflite is not the known graph: ${what}.`);
}

import {
  ATTRIBUTE_TYPE,
  DATA_TYPE,
  type OnnxAttribute,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValueInfo,
} from "./proto.ts";

/** IR 8 and operator set 13 are the newest that every build of ONNX Runtime Web of the last years runs. */
const IR_VERSION = 8;
const OPERATOR_SET = 13;

/** A value in the graph under construction. */
export type Value = string & { readonly __value: unique symbol };

export type AttributeValue = number | string | readonly number[];

/** Builds an ONNX graph node by node; names follow from the order of the calls, so equal calls give equal bytes. */
export class OnnxGraphBuilder {
  private readonly nodes: OnnxNode[] = [];
  private readonly tensors: OnnxTensor[] = [];
  private readonly inputs: OnnxValueInfo[] = [];
  private readonly outputs: OnnxValueInfo[] = [];

  constructor(private readonly name: string) {}

  input(name: string, dims: readonly number[]): Value {
    this.inputs.push(floatValueInfo(name, dims));
    return name as Value;
  }

  output(name: string, value: Value, dims: readonly number[]): void {
    this.nodes.push({ opType: "Identity", name, input: [value], output: [name] });
    this.outputs.push(floatValueInfo(name, dims));
  }

  float32(data: Float32Array, dims: readonly number[]): Value {
    return this.constant(DATA_TYPE.float, new Uint8Array(data.buffer, data.byteOffset, data.byteLength), dims);
  }

  uint8(data: Uint8Array, dims: readonly number[]): Value {
    return this.constant(DATA_TYPE.uint8, data, dims);
  }

  int64(values: readonly number[]): Value {
    const data = BigInt64Array.from(values, BigInt);
    return this.constant(DATA_TYPE.int64, new Uint8Array(data.buffer), [values.length]);
  }

  /** A node with one output. Attributes that are numbers are written as integers. */
  node(opType: string, inputs: readonly Value[], attributes: Readonly<Record<string, AttributeValue>> = {}): Value {
    const name = `${opType}_${this.nodes.length}`;
    this.nodes.push({
      opType,
      name,
      input: inputs,
      output: [name],
      attribute: Object.entries(attributes).map(([key, value]) => attribute(key, value)),
    });
    return name as Value;
  }

  build(): OnnxModel {
    return {
      irVersion: IR_VERSION,
      opsetImport: [{ domain: "", version: OPERATOR_SET }],
      producerName: "clockface",
      graph: {
        name: this.name,
        node: this.nodes,
        initializer: this.tensors,
        input: this.inputs,
        output: this.outputs,
      },
    };
  }

  private constant(dataType: number, rawData: Uint8Array, dims: readonly number[]): Value {
    const name = `constant_${this.tensors.length}`;
    this.tensors.push({ name, dims, dataType, rawData });
    return name as Value;
  }
}

function attribute(name: string, value: AttributeValue): OnnxAttribute {
  if (typeof value === "number") return { name, type: ATTRIBUTE_TYPE.int, i: value };
  if (typeof value === "string") return { name, type: ATTRIBUTE_TYPE.string, s: new TextEncoder().encode(value) };
  return { name, type: ATTRIBUTE_TYPE.ints, ints: value };
}

function floatValueInfo(name: string, dims: readonly number[]): OnnxValueInfo {
  return {
    name,
    type: { tensorType: { elemType: DATA_TYPE.float, shape: { dim: dims.map((dimValue) => ({ dimValue })) } } },
  };
}

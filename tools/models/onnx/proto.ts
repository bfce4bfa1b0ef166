import protobuf from "protobufjs";
import { ModelError } from "../errors.ts";

/**
 * The part of the ONNX format that the models use, from onnx/onnx.proto (Apache-2.0). A field that is not listed
 * would be lost in decoding, so `decodeOnnx` refuses a file which such a field makes longer than what is written
 * back.
 */
const SCHEMA = `
  syntax = "proto2";
  package onnx;
  message AttributeProto {
    optional string name = 1; optional float f = 2; optional int64 i = 3; optional bytes s = 4;
    optional TensorProto t = 5; repeated float floats = 7; repeated int64 ints = 8; optional int32 type = 20;
  }
  message ValueInfoProto { optional string name = 1; optional TypeProto type = 2; }
  message NodeProto {
    repeated string input = 1; repeated string output = 2; optional string name = 3; optional string op_type = 4;
    repeated AttributeProto attribute = 5; optional string doc_string = 6;
  }
  message ModelProto {
    optional int64 ir_version = 1; optional string producer_name = 2; optional string producer_version = 3;
    optional GraphProto graph = 7; repeated OperatorSetIdProto opset_import = 8;
  }
  message GraphProto {
    repeated NodeProto node = 1; optional string name = 2; repeated TensorProto initializer = 5;
    repeated ValueInfoProto input = 11; repeated ValueInfoProto output = 12;
  }
  message TensorProto {
    repeated int64 dims = 1; optional int32 data_type = 2; optional string name = 8; optional bytes raw_data = 9;
  }
  message TensorShapeProto {
    message Dimension { optional int64 dim_value = 1; optional string dim_param = 2; }
    repeated Dimension dim = 1;
  }
  message TypeProto {
    message Tensor { optional int32 elem_type = 1; optional TensorShapeProto shape = 2; }
    optional Tensor tensor_type = 1;
  }
  message OperatorSetIdProto { optional string domain = 1; optional int64 version = 2; }
`;

/** TensorProto.DataType */
export const DATA_TYPE = { float: 1, uint8: 2, int64: 7, float16: 10 } as const;

/** AttributeProto.AttributeType */
export const ATTRIBUTE_TYPE = { float: 1, int: 2, string: 3, ints: 7 } as const;

export interface OnnxAttribute {
  readonly name: string;
  readonly type: number;
  readonly f?: number;
  readonly i?: number;
  readonly s?: Uint8Array;
  readonly ints?: readonly number[];
}

export interface OnnxNode {
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly name: string;
  readonly opType: string;
  readonly attribute?: readonly OnnxAttribute[];
}

/** A constant. `rawData` is little-endian. */
export interface OnnxTensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly dataType: number;
  readonly rawData: Uint8Array;
}

export interface OnnxValueInfo {
  readonly name: string;
  readonly type: {
    readonly tensorType: {
      readonly elemType: number;
      readonly shape: { readonly dim: readonly { readonly dimValue: number }[] };
    };
  };
}

export interface OnnxGraph {
  readonly name: string;
  readonly node: readonly OnnxNode[];
  readonly initializer: readonly OnnxTensor[];
  readonly input: readonly OnnxValueInfo[];
  readonly output: readonly OnnxValueInfo[];
}

export interface OnnxModel {
  readonly irVersion: number;
  readonly opsetImport: readonly { readonly domain: string; readonly version: number }[];
  readonly producerName: string;
  readonly producerVersion?: string;
  readonly graph: OnnxGraph;
}

const modelType = protobuf.parse(SCHEMA).root.lookupType("onnx.ModelProto");

export function encodeOnnx(model: OnnxModel): Uint8Array {
  return modelType.encode(modelType.fromObject({ ...model })).finish().slice();
}

/** @throws ModelError `models/source-unexpected` when the file has fields outside the schema above */
export function decodeOnnx(bytes: Uint8Array): OnnxModel {
  const message = modelType.decode(bytes);
  if (modelType.encode(message).finish().length !== bytes.length) {
    throw new ModelError("models/source-unexpected", "The ONNX file uses parts of the format which the tool drops.");
  }
  return modelType.toObject(message, { longs: Number, arrays: true }) as OnnxModel;
}

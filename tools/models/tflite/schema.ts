/**
 * Field numbers and enumerators of the TensorFlow Lite model format that the tool uses, from
 * tensorflow/lite/schema/schema.fbs and, for the metadata, metadata_schema.fbs.
 */
export const MODEL = {
  version: 0,
  operatorCodes: 1,
  subgraphs: 2,
  description: 3,
  buffers: 4,
  metadata: 6,
  fieldCount: 8,
  identifier: "TFL3",
} as const;
export const SUBGRAPH = { tensors: 0, inputs: 1, outputs: 2, operators: 3, name: 4, fieldCount: 5 } as const;
export const TENSOR = { shape: 0, type: 1, buffer: 2, name: 3, fieldCount: 4 } as const;
export const OPERATOR = {
  opcodeIndex: 0,
  inputs: 1,
  outputs: 2,
  optionsType: 3,
  options: 4,
  fieldCount: 5,
} as const;
export const OPERATOR_CODE = { deprecatedBuiltinCode: 0, version: 2, builtinCode: 3, fieldCount: 4 } as const;
export const BUFFER = { data: 0, fieldCount: 1 } as const;
export const METADATA = { name: 0, buffer: 1, fieldCount: 2 } as const;

export const TENSOR_TYPE = { float32: 0, int32: 2 } as const;

export const BUILTIN = {
  add: 0,
  concatenation: 2,
  conv2d: 3,
  depthwiseConv2d: 4,
  mul: 18,
  relu: 19,
  reshape: 22,
  gather: 36,
  sub: 41,
  abs: 101,
} as const;

export const CONV_2D_OPTIONS = { padding: 0, strideW: 1, strideH: 2, activation: 3 } as const;
export const DEPTHWISE_CONV_2D_OPTIONS = { padding: 0, strideW: 1, strideH: 2, multiplier: 3, activation: 4 } as const;
export const ADD_OPTIONS = { activation: 0 } as const;
export const PADDING = { same: 0, valid: 1 } as const;
export const ACTIVATION = { none: 0, relu: 1 } as const;

export const CONCATENATION_OPTIONS = { unionType: 10, axis: 0, fieldCount: 2 } as const;
export const GATHER_OPTIONS = { unionType: 23, axis: 0, fieldCount: 2 } as const;

/** The name under which a model's metadata table lists the buffer that holds it. */
export const METADATA_NAME = "TFLITE_METADATA";
export const MODEL_METADATA = { name: 0, subgraphs: 3, fieldCount: 8, identifier: "M001" } as const;
export const SUBGRAPH_METADATA = { inputs: 2, fieldCount: 8 } as const;
export const TENSOR_METADATA = { name: 0, processUnits: 4, fieldCount: 7 } as const;
export const PROCESS_UNIT = { optionsType: 0, options: 1, fieldCount: 2 } as const;
export const NORMALIZATION_OPTIONS = { unionType: 1, mean: 0, std: 1, fieldCount: 2 } as const;

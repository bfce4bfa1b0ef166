import { ModelError } from "../errors.ts";
import { littleEndianFloats } from "../floats.ts";
import { FlatTable } from "./flat-table.ts";
import { BUFFER, MODEL, OPERATOR, OPERATOR_CODE, SUBGRAPH, TENSOR, TENSOR_TYPE } from "./schema.ts";

/** One operator of a TensorFlow Lite graph; tensors are named by index. */
export interface TfliteOperator {
  /** A number of `BUILTIN`. */
  readonly code: number;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly options: FlatTable | undefined;
}

/** The first subgraph of a TensorFlow Lite model, read in place. */
export class TfliteGraph {
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly operators: readonly TfliteOperator[];
  private readonly tensors: readonly FlatTable[];
  private readonly buffers: readonly FlatTable[];

  constructor(bytes: Uint8Array) {
    const model = FlatTable.root(bytes);
    const [subgraph] = model.tables(MODEL.subgraphs);
    if (subgraph === undefined) throw new ModelError("models/source-unexpected", "The tflite file holds no graph.");
    // The code outgrew its first field, a byte; a writer fills both and the greater one counts.
    const codes = model
      .tables(MODEL.operatorCodes)
      .map((code) => Math.max(code.int8(OPERATOR_CODE.deprecatedBuiltinCode), code.int32(OPERATOR_CODE.builtinCode)));
    this.buffers = model.tables(MODEL.buffers);
    this.tensors = subgraph.tables(SUBGRAPH.tensors);
    this.inputs = subgraph.int32s(SUBGRAPH.inputs);
    this.outputs = subgraph.int32s(SUBGRAPH.outputs);
    this.operators = subgraph.tables(SUBGRAPH.operators).map((operator) => ({
      code: codes[operator.int32(OPERATOR.opcodeIndex)] ?? -1,
      inputs: operator.int32s(OPERATOR.inputs),
      outputs: operator.int32s(OPERATOR.outputs),
      options: operator.table(OPERATOR.options),
    }));
  }

  shape(tensor: number): readonly number[] {
    return this.tensor(tensor).int32s(TENSOR.shape);
  }

  /** @returns the constant's values, or undefined when the tensor is computed at run time */
  constant(tensor: number): Float32Array | undefined {
    const table = this.tensor(tensor);
    const bytes = this.buffers[table.int32(TENSOR.buffer)]?.bytes(BUFFER.data);
    if (bytes === undefined || bytes.length === 0) return undefined;
    if (table.int8(TENSOR.type) !== TENSOR_TYPE.float32) {
      throw new ModelError("models/source-unexpected", `Tensor ${tensor} of the tflite file is not float32.`);
    }
    return littleEndianFloats(bytes);
  }

  private tensor(index: number): FlatTable {
    const tensor = this.tensors[index];
    if (tensor === undefined) throw new RangeError(`no tensor ${index}`);
    return tensor;
  }
}

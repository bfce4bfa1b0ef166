import { Builder, type Offset } from "flatbuffers";
import { ModelError } from "../errors.ts";
import { FlatTable } from "./flat-table.ts";
import {
  BUFFER,
  BUILTIN,
  CONCATENATION_OPTIONS,
  GATHER_OPTIONS,
  METADATA,
  METADATA_NAME,
  MODEL,
  MODEL_METADATA,
  NORMALIZATION_OPTIONS,
  OPERATOR,
  OPERATOR_CODE,
  PROCESS_UNIT,
  SUBGRAPH,
  SUBGRAPH_METADATA,
  TENSOR,
  TENSOR_METADATA,
  TENSOR_TYPE,
} from "./schema.ts";

/** XNNPACK reads constants in place and wants them aligned so. */
const ALIGNMENT = 16;

export interface TflitePatch {
  /** How the task library is to scale pixel values: (value - mean) / std. */
  readonly normalisation: { readonly mean: number; readonly std: number };
  /**
   * When given, all outputs but the last are concatenated along the channels and replaced by one output of these
   * elements: element i of the new output is element `gather[i]` of the concatenation. The last output stays.
   */
  readonly gather?: readonly number[];
}

/**
 * Adds input metadata, and where asked a gathering of outputs, to a TensorFlow Lite file.
 *
 * References in a FlatBuffer point forwards only. So new tables are written in front of the old file, whose bytes
 * stay as they are at the end, and every old table but the few roots is referred to where it lies.
 */
export function patchTflite(original: Uint8Array, patch: TflitePatch): Uint8Array {
  const size = Math.ceil(original.length / ALIGNMENT) * ALIGNMENT;
  const old = new Uint8Array(size);
  old.set(original);
  const root = FlatTable.root(old);

  const builder = new Builder(size + 2 ** 17);
  builder.prep(ALIGNMENT, size);
  builder.pad(size);
  const writer = new TableWriter(builder);
  // The builder counts from the end of the file.
  const kept = (table: FlatTable): Offset => size - table.position;

  const buffers = root.tables(MODEL.buffers).map(kept);
  const codes = root.tables(MODEL.operatorCodes).map(kept);
  const metadata = root.tables(MODEL.metadata).map(kept);
  const [graph] = root.tables(MODEL.subgraphs);
  if (graph === undefined) throw new ModelError("models/source-unexpected", "The tflite file holds no graph.");
  const subgraph =
    patch.gather === undefined ? kept(graph) : gatherOutputs(writer, graph, patch.gather, kept, buffers, codes);

  buffers.push(writer.buffer(inputMetadata(patch.normalisation)));
  const metadataName = builder.createString(METADATA_NAME);
  metadata.push(
    writer.table(METADATA.fieldCount, () => {
      builder.addFieldOffset(METADATA.name, metadataName, 0);
      builder.addFieldInt32(METADATA.buffer, buffers.length - 1, 0);
    }),
  );

  const codeVector = writer.offsets(codes);
  const subgraphVector = writer.offsets([subgraph]);
  const bufferVector = writer.offsets(buffers);
  const metadataVector = writer.offsets(metadata);
  const model = writer.table(MODEL.fieldCount, () => {
    builder.addFieldInt32(MODEL.version, root.int32(MODEL.version), 0);
    builder.addFieldOffset(MODEL.operatorCodes, codeVector, 0);
    builder.addFieldOffset(MODEL.subgraphs, subgraphVector, 0);
    builder.addFieldOffset(MODEL.buffers, bufferVector, 0);
    builder.addFieldOffset(MODEL.metadata, metadataVector, 0);
  });
  builder.finish(model, MODEL.identifier);

  const patched = builder.asUint8Array().slice();
  patched.set(old, patched.length - size);
  return patched;
}

function gatherOutputs(
  writer: TableWriter,
  graph: FlatTable,
  gather: readonly number[],
  kept: (table: FlatTable) => Offset,
  buffers: Offset[],
  codes: Offset[],
): Offset {
  const { builder } = writer;
  const oldTensors = graph.tables(SUBGRAPH.tensors);
  const parts = graph.int32s(SUBGRAPH.outputs);
  const lastOutput = parts.pop();
  if (lastOutput === undefined) throw new ModelError("models/source-unexpected", "The tflite graph has no output.");
  const width = parts
    .map((part) => oldTensors[part]?.int32s(TENSOR.shape).reduce((a, b) => a * b, 1) ?? 0)
    .reduce((a, b) => a + b, 0);
  if (gather.some((index) => index < 0 || index >= width)) {
    throw new ModelError("models/source-unexpected", `The tflite graph's outputs hold ${width} values, too few.`);
  }

  const tensors = oldTensors.map(kept);
  const operators = graph.tables(SUBGRAPH.operators).map(kept);
  const addTensor = (name: string, shape: readonly number[], type: number, buffer: number): number => {
    const nameOffset = builder.createString(name);
    const shapeOffset = writer.int32s(shape);
    tensors.push(
      writer.table(TENSOR.fieldCount, () => {
        builder.addFieldOffset(TENSOR.shape, shapeOffset, 0);
        builder.addFieldInt8(TENSOR.type, type, 0);
        builder.addFieldInt32(TENSOR.buffer, buffer, 0);
        builder.addFieldOffset(TENSOR.name, nameOffset, 0);
      }),
    );
    return tensors.length - 1;
  };
  const addOperator = (code: number, unionType: number, inputs: readonly number[], output: number): void => {
    const options = writer.table(CONCATENATION_OPTIONS.fieldCount, () => {
      builder.addFieldInt32(CONCATENATION_OPTIONS.axis, CHANNEL_AXIS, 0);
    });
    codes.push(
      writer.table(OPERATOR_CODE.fieldCount, () => {
        builder.addFieldInt8(OPERATOR_CODE.deprecatedBuiltinCode, code, 0);
        builder.addFieldInt32(OPERATOR_CODE.version, 1, 0);
        builder.addFieldInt32(OPERATOR_CODE.builtinCode, code, 0);
      }),
    );
    const inputVector = writer.int32s(inputs);
    const outputVector = writer.int32s([output]);
    operators.push(
      writer.table(OPERATOR.fieldCount, () => {
        builder.addFieldInt32(OPERATOR.opcodeIndex, codes.length - 1, 0);
        builder.addFieldOffset(OPERATOR.inputs, inputVector, 0);
        builder.addFieldOffset(OPERATOR.outputs, outputVector, 0);
        builder.addFieldInt8(OPERATOR.optionsType, unionType, 0);
        builder.addFieldOffset(OPERATOR.options, options, 0);
      }),
    );
  };

  buffers.push(writer.buffer(new Uint8Array(Int32Array.from(gather).buffer)));
  const indices = addTensor("gather_indices", [gather.length], TENSOR_TYPE.int32, buffers.length - 1);
  const joined = addTensor("joined_outputs", [1, 1, 1, width], TENSOR_TYPE.float32, 0);
  const gathered = addTensor("gathered_outputs", [1, 1, 1, gather.length], TENSOR_TYPE.float32, 0);
  addOperator(BUILTIN.concatenation, CONCATENATION_OPTIONS.unionType, parts, joined);
  addOperator(BUILTIN.gather, GATHER_OPTIONS.unionType, [joined, indices], gathered);

  const tensorVector = writer.offsets(tensors);
  const inputVector = writer.int32s(graph.int32s(SUBGRAPH.inputs));
  const outputVector = writer.int32s([gathered, lastOutput]);
  const operatorVector = writer.offsets(operators);
  return writer.table(SUBGRAPH.fieldCount, () => {
    builder.addFieldOffset(SUBGRAPH.tensors, tensorVector, 0);
    builder.addFieldOffset(SUBGRAPH.inputs, inputVector, 0);
    builder.addFieldOffset(SUBGRAPH.outputs, outputVector, 0);
    builder.addFieldOffset(SUBGRAPH.operators, operatorVector, 0);
  });
}

/** Outputs are [1, 1, 1, values]. Concatenation and gather keep their axis in the same field. */
const CHANNEL_AXIS = 3;

/** A metadata file that names the single input and states its normalisation. */
function inputMetadata({ mean, std }: TflitePatch["normalisation"]): Uint8Array {
  const builder = new Builder(512);
  const writer = new TableWriter(builder);
  const meanVector = writer.float32s([mean]);
  const stdVector = writer.float32s([std]);
  const options = writer.table(NORMALIZATION_OPTIONS.fieldCount, () => {
    builder.addFieldOffset(NORMALIZATION_OPTIONS.mean, meanVector, 0);
    builder.addFieldOffset(NORMALIZATION_OPTIONS.std, stdVector, 0);
  });
  const unit = writer.table(PROCESS_UNIT.fieldCount, () => {
    builder.addFieldInt8(PROCESS_UNIT.optionsType, NORMALIZATION_OPTIONS.unionType, 0);
    builder.addFieldOffset(PROCESS_UNIT.options, options, 0);
  });
  const units = writer.offsets([unit]);
  const inputName = builder.createString("image");
  const input = writer.table(TENSOR_METADATA.fieldCount, () => {
    builder.addFieldOffset(TENSOR_METADATA.name, inputName, 0);
    builder.addFieldOffset(TENSOR_METADATA.processUnits, units, 0);
  });
  const inputs = writer.offsets([input]);
  const subgraph = writer.table(SUBGRAPH_METADATA.fieldCount, () => {
    builder.addFieldOffset(SUBGRAPH_METADATA.inputs, inputs, 0);
  });
  const subgraphs = writer.offsets([subgraph]);
  const name = builder.createString("face");
  const model = writer.table(MODEL_METADATA.fieldCount, () => {
    builder.addFieldOffset(MODEL_METADATA.name, name, 0);
    builder.addFieldOffset(MODEL_METADATA.subgraphs, subgraphs, 0);
  });
  builder.finish(model, MODEL_METADATA.identifier);
  return builder.asUint8Array();
}

/** The builder's vectors are filled from the back; this hides it. */
class TableWriter {
  constructor(readonly builder: Builder) {}

  table(fieldCount: number, addFields: () => void): Offset {
    this.builder.startObject(fieldCount);
    addFields();
    return this.builder.endObject();
  }

  offsets(values: readonly Offset[]): Offset {
    return this.vector(values, (value) => this.builder.addOffset(value));
  }

  int32s(values: readonly number[]): Offset {
    return this.vector(values, (value) => this.builder.addInt32(value));
  }

  float32s(values: readonly number[]): Offset {
    return this.vector(values, (value) => this.builder.addFloat32(value));
  }

  buffer(content: Uint8Array): Offset {
    this.builder.startVector(1, content.length, ALIGNMENT);
    for (const value of content.toReversed()) this.builder.addInt8(value);
    const data = this.builder.endVector();
    return this.table(BUFFER.fieldCount, () => this.builder.addFieldOffset(BUFFER.data, data, 0));
  }

  private vector(values: readonly number[], add: (value: number) => void): Offset {
    this.builder.startVector(4, values.length, 4);
    for (const value of values.toReversed()) add(value);
    return this.builder.endVector();
  }
}

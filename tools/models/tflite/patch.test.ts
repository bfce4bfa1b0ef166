import { beforeAll, describe, expect, test } from "vitest";
import { unpackAssets } from "../landmarker/packed-assets.ts";
import { FACE_MESH } from "../packages/table.ts";
import { cachedFile } from "../testing/sources.ts";
import { FlatTable } from "./flat-table.ts";
import { TfliteGraph } from "./graph.ts";
import { patchTflite } from "./patch.ts";
import { BUFFER, BUILTIN, METADATA, MODEL, MODEL_METADATA, SUBGRAPH_METADATA, TENSOR_METADATA } from "./schema.ts";

const NORMALISATION = { mean: 0, std: 255 };
const PARTS = 6;

describe("patchTflite", () => {
  let original: Uint8Array;

  beforeAll(async () => {
    const data = await cachedFile(FACE_MESH, "face_mesh_solution_packed_assets.data");
    const loader = await cachedFile(FACE_MESH, "face_mesh_solution_packed_assets_loader.js");
    const asset = unpackAssets(data, new TextDecoder().decode(loader)).get("face_landmark_with_attention.tflite");
    if (asset === undefined) throw new Error("no attention mesh");
    original = asset;
  });

  test("leaves the old file as it is at the end, at a multiple of 16 bytes", () => {
    const patched = patchTflite(original, { normalisation: NORMALISATION });
    const start = patched.length - Math.ceil(original.length / 16) * 16;
    expect(start % 16).toBe(0);
    expect(Buffer.from(patched).subarray(start, start + original.length).equals(Buffer.from(original))).toBe(true);
    expect(Buffer.from(patched.subarray(4, 8)).toString()).toBe("TFL3");
  });

  test("adds metadata that states the input's normalisation", () => {
    const model = FlatTable.root(patchTflite(original, { normalisation: NORMALISATION }));
    const listed = model.tables(MODEL.metadata).at(-1);
    const buffer = model.tables(MODEL.buffers)[listed?.int32(METADATA.buffer) ?? -1];
    const metadata = FlatTable.root(Uint8Array.from(buffer?.bytes(BUFFER.data) ?? []));
    const [subgraph] = metadata.tables(MODEL_METADATA.subgraphs);
    const [input] = subgraph?.tables(SUBGRAPH_METADATA.inputs) ?? [];
    const [unit] = input?.tables(TENSOR_METADATA.processUnits) ?? [];
    const options = unit?.table(1);
    const floats = [0, 1].map((field) => Buffer.from(Int32Array.from(options?.int32s(field) ?? []).buffer).readFloatLE());
    expect(floats).toEqual([NORMALISATION.mean, NORMALISATION.std]);
  });

  test("keeps the graph when nothing is gathered", () => {
    const before = new TfliteGraph(original);
    const after = new TfliteGraph(patchTflite(original, { normalisation: NORMALISATION }));
    expect(after.outputs).toEqual(before.outputs);
    expect(after.operators.map(({ code }) => code)).toEqual(before.operators.map(({ code }) => code));
  });

  test("puts the gathered output in place of all but the last", () => {
    const before = new TfliteGraph(original);
    const after = new TfliteGraph(patchTflite(original, { normalisation: NORMALISATION, gather: [5, 3, 5] }));
    expect(before.outputs).toHaveLength(PARTS + 1);
    const [gathered = -1, ...rest] = after.outputs;
    expect(rest).toEqual(before.outputs.slice(PARTS));
    expect(after.shape(gathered)).toEqual([1, 1, 1, 3]);
    const [concatenation, gather] = after.operators.slice(-2);
    expect(concatenation).toMatchObject({ code: BUILTIN.concatenation, inputs: before.outputs.slice(0, PARTS) });
    expect(gather).toMatchObject({ code: BUILTIN.gather, outputs: [gathered] });
    expect(gather?.inputs[0]).toBe(concatenation?.outputs[0]);
    expect(concatenation?.options?.int32(0)).toBe(3);
    expect(gather?.options?.int32(0)).toBe(3);
  });

  test("refuses to gather what the outputs do not hold", () => {
    expect(() => patchTflite(original, { normalisation: NORMALISATION, gather: [1_000_000] })).toThrow(
      expect.objectContaining({ kind: "models/source-unexpected" }),
    );
  });
});

import type { ModelDescription, ModelId } from "./descriptions.ts";
import { ModelError } from "./errors.ts";
import { faceRecognitionNetToOnnx } from "./features/face-recognition-net.ts";
import { mobileFaceNetToOnnx } from "./features/mobilefacenet.ts";
import { faceLandmarkerTask } from "./landmarker/face-landmarker-task.ts";
import { storeWeightsAsHalf } from "./onnx/half-precision.ts";
import { decodeOnnx, encodeOnnx } from "./onnx/proto.ts";

type Derivation = (read: (index: number) => Uint8Array) => Uint8Array;

/** How each file the application loads comes out of its source files, in the order of the description. */
const DERIVATIONS: Readonly<Record<ModelId, Derivation>> = {
  "face-landmarker": (read) => faceLandmarkerTask(read(0), text(read(1))),
  "features-a": (read) => encodeOnnx(storeWeightsAsHalf(mobileFaceNetToOnnx(read(0)))),
  "features-b": (read) => encodeOnnx(storeWeightsAsHalf(decodeOnnx(read(0)))),
  "features-c": (read) => encodeOnnx(faceRecognitionNetToOnnx(text(read(0)), read(1))),
  pad: (read) => read(0),
};

/**
 * Builds one model file. Equal sources give equal bytes.
 *
 * @param files contents of the description's package by path
 */
export function deriveModel(description: ModelDescription, files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  return DERIVATIONS[description.id]((index) => {
    const content = files.get(description.sourceFiles[index] ?? "");
    if (content === undefined) throw new ModelError("models/source-missing", `${description.id} lacks a source file.`);
    return content;
  });
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

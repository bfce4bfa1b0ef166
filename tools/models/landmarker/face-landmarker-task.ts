import { ModelError } from "../errors.ts";
import { patchTflite } from "../tflite/patch.ts";
import { attentionMeshOrder } from "./attention-points.ts";
import { unpackAssets } from "./packed-assets.ts";
import { storedZip } from "./stored-zip.ts";

/**
 * Assembles the bundle that the MediaPipe face landmarker loads (detector, 478 landmarks, pose matrix; no
 * blendshapes) out of the models of the older face mesh solution.
 *
 * The task library wants two things which these models lack: input normalisation in the metadata, and all landmarks
 * in one output.
 *
 * @param packedAssets `face_mesh_solution_packed_assets.data`
 * @param loaderScript text of `face_mesh_solution_packed_assets_loader.js`
 */
export function faceLandmarkerTask(packedAssets: Uint8Array, loaderScript: string): Uint8Array {
  const assets = unpackAssets(packedAssets, loaderScript);
  const asset = (name: string): Uint8Array => {
    const content = assets.get(name);
    if (content === undefined) throw new ModelError("models/source-missing", `The packed assets hold no ${name}.`);
    return content;
  };
  return storedZip(
    new Map([
      [
        "face_detector.tflite",
        patchTflite(asset("face_detection_short_range.tflite"), { normalisation: { mean: 127.5, std: 127.5 } }),
      ],
      [
        "face_landmarks_detector.tflite",
        patchTflite(asset("face_landmark_with_attention.tflite"), {
          normalisation: { mean: 0, std: 255 },
          gather: attentionMeshOrder(),
        }),
      ],
      ["geometry_pipeline_metadata_landmarks.binarypb", asset("geometry_pipeline_metadata_landmarks.binarypb")],
    ]),
  );
}

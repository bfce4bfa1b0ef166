import type { FaceSample, TrackedFace } from "../../src/contracts/landmark.ts";
import {
  alignment,
  ARCFACE_TEMPLATE,
  boundingBox,
  DLIB_TEMPLATE,
  eyeOpenness,
  interEyeDistance,
} from "../../src/domain/biometrics/alignment.ts";
import { lumaMeasures, lumaPlane, sharpness, surroundings, visiblePart } from "../../src/domain/biometrics/pixels.ts";
import type { Region } from "../../src/domain/biometrics/pixels.ts";
import { blockiness } from "../../src/domain/biometrics/quality-compression.ts";
import { exposure } from "../../src/domain/biometrics/quality-exposure.ts";
import { occlusion } from "../../src/domain/biometrics/quality-occlusion.ts";
import type { RecogniserProfile } from "../../src/domain/biometrics/types.ts";
import { cropSquare, warp } from "../../src/domain/biometrics/warp.ts";
import type { DetectedFace } from "./face-graph.ts";
import { screenCues } from "./screen-cues.ts";

/** Part of the aligned face's side that is left out on every side of the measures: hair, background, collar. */
const MEASURE_MARGIN = 0.15;

/** Sides of the two squares that presentation attack detection looks at, in heights of the face's box. */
const PAD_NEAR_SCALE = 2.7;
const PAD_FAR_SCALE = 4;
const PAD_SIDE = 128;

/** A face with its measures and the aligned picture that they were taken on. */
export interface MeasuredFace {
  readonly box: Region;
  readonly face: Omit<TrackedFace, "trackId">;
  readonly aligned112: Uint8Array<ArrayBuffer>;
}

export function measureFace(picture: ImageData, { landmarks, pose }: DetectedFace): MeasuredFace {
  const box = boundingBox(landmarks);
  const side = ARCFACE_TEMPLATE.side;
  const toFrame = alignment(landmarks, ARCFACE_TEMPLATE);
  const aligned112 = warp(picture, toFrame, side, side, "rgb");
  const plane = lumaPlane(aligned112);
  const luma = lumaMeasures(plane, side, MEASURE_MARGIN);
  const clipped = exposure(plane, side, MEASURE_MARGIN);
  return {
    box,
    aligned112,
    face: {
      box,
      landmarks,
      eyeOpenness: eyeOpenness(landmarks),
      quality: {
        interEyePx: interEyeDistance(landmarks),
        ...pose,
        meanLuma: luma.mean,
        lumaSpread: luma.spread,
        evenness: luma.evenness,
        sharpness: sharpness(plane, side, MEASURE_MARGIN),
        visible: visiblePart(box, picture),
        underExposed: clipped.under,
        overExposed: clipped.over,
        occlusion: occlusion(aligned112, plane, side, toFrame, landmarks),
      },
    },
  };
}

/** Cuts out what the inference worker needs of a face for this profile, or for any. */
export function takeSample(picture: ImageData, { face, box, aligned112 }: MeasuredFace, trackId: number, capturedAtMs: number, profile?: RecogniserProfile): FaceSample {
  const side = DLIB_TEMPLATE.side;
  const far = surroundings(box, PAD_FAR_SCALE, picture);
  const padFar = cropSquare(picture, far, PAD_SIDE, "bgr");
  return {
    trackId,
    capturedAtMs,
    quality: { ...face.quality, compression: blockiness(picture, box) },
    aligned112,
    aligned150: profile === "accurate" ? new Uint8Array() : warp(picture, alignment(face.landmarks, DLIB_TEMPLATE), side, side, "rgb"),
    padNear: cropSquare(picture, surroundings(box, PAD_NEAR_SCALE, picture), PAD_SIDE, "bgr"),
    padFar,
    screen: screenCues(picture, padFar, PAD_SIDE, far, box),
  };
}

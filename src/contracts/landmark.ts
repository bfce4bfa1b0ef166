import type { Failure } from "../domain/errors.ts";
import type { QualityMeasures, RecogniserProfile } from "../domain/biometrics/types.ts";
import type { Result } from "../domain/result.ts";

export interface Box {
  /** Left, top, width, height in pixels of the camera frame; may reach past its edges. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One face in one frame. */
export interface TrackedFace {
  /** Stays the same while the face is followed from frame to frame. */
  readonly trackId: number;
  readonly box: Box;
  /** 478 points as x, y, z: x and y in pixels of the camera frame, z in the same unit, smaller is nearer. */
  readonly landmarks: Float32Array;
  /** Eye aspect ratio of the person's left and right eye, about 0.3 open and under 0.15 shut. */
  readonly eyeOpenness: { readonly left: number; readonly right: number };
  readonly quality: QualityMeasures;
}

/**
 * The crops that the inference worker needs from one frame. Every buffer is row-major, three bytes a pixel,
 * owned by whoever holds the sample and transferred on.
 */
export interface FaceSample {
  readonly trackId: number;
  readonly capturedAtMs: number;
  readonly quality: QualityMeasures;
  /** 112x112 RGB on the ArcFace template (profile `accurate`). */
  readonly aligned112: Uint8Array;
  /** 150x150 RGB on the dlib chip (profile `clear`); empty when the sample was asked for by profile `accurate`. */
  readonly aligned150: Uint8Array;
  /** 128x128 BGR, square of 2.7 box heights round the face, clipped to the frame. */
  readonly padNear: Uint8Array;
  /** 128x128 BGR, square of 4.0 box heights. */
  readonly padFar: Uint8Array;
  /**
   * `frame`: how much of a straight-edged frame, as of paper or a screen, stands round the face, 0..1. `grid`: how far a
   * pixel grid or its moire stands out over the face, natural logarithm of power, about 0.3 by chance.
   */
  readonly screen?: { readonly frame: number; readonly grid: number };
}

/** What one camera frame showed. Times are on the monotonic clock of the page, milliseconds. */
export interface FrameReport {
  readonly frame: number;
  readonly capturedAtMs: number;
  /** Time spent on this frame. */
  readonly processedMs: number;
  readonly width: number;
  readonly height: number;
  /** Mean luma of the whole frame, 0..255. */
  readonly luma: number;
  /** Largest first. */
  readonly faces: readonly TrackedFace[];
  /** Present when a sample was asked for and the frame held a face. Of the largest face. */
  readonly sample?: FaceSample;
}

export type LandmarkFailure = Failure<"landmark/load-failed" | "landmark/graph-failed" | "landmark/no-face" | "landmark/several-faces">;

export interface LandmarkInfo {
  readonly loadMs: number;
}

/** What the worker holds, for watching it over hours. */
export interface LandmarkMemory {
  /** Of the graphs' WebAssembly; that of one graph never shrinks. */
  readonly wasmBytes: number;
  /** Camera frames that were taken over and that were closed, since the worker began. */
  readonly frames: { readonly taken: number; readonly closed: number };
}

/** Face detection and landmarks. Latest frame only: a frame that arrives while another is worked on replaces the one waiting. */
export interface LandmarkWorker {
  /** `timeOrigin` is the page's `performance.timeOrigin`: the times of reports are counted from it. */
  open(options: { readonly wasmBase: string; readonly modelUrl: string; readonly timeOrigin: number }): Promise<Result<LandmarkInfo, LandmarkFailure>>;
  /** Takes ownership of `frames`; resolves when they end or {@link LandmarkWorker.stop} is called. Every frame is closed once. */
  track(frames: ReadableStream<VideoFrame>, onReport: (report: FrameReport) => void): Promise<Result<void, LandmarkFailure>>;
  /** The way for browsers without MediaStreamTrackProcessor. Takes ownership of the frame. */
  push(frame: VideoFrame | ImageBitmap, capturedAtMs: number): Promise<Result<FrameReport, LandmarkFailure>>;
  /** The next frame with a face carries a sample. With every picture, or those that this profile needs. */
  requestSample(profile?: RecogniserProfile): void;
  /** One still picture, outside tracking; exactly one face is wanted. Takes ownership of the picture. */
  analyse(picture: ImageBitmap): Promise<Result<FrameReport & { readonly sample: FaceSample }, LandmarkFailure>>;
  stop(): Promise<void>;
  memory(): LandmarkMemory;
}

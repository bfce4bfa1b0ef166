import type { TrackedFace } from "../../src/contracts/landmark.ts";
import type { QualityMeasures } from "../../src/domain/biometrics/types.ts";
import type { TextureScore } from "../../src/domain/biometrics/pad/texture.ts";

/** What is to be shown to the workers. */
export interface TraceOptions {
  /** Gives frames of I420, one after the other: `?from=INDEX&count=N`. With `media` the file itself, for the browser to decode. */
  readonly url: string;
  readonly media: { readonly still: boolean; readonly fromMs: number } | null;
  /** When each frame was taken, from the first on, milliseconds. */
  readonly atMs: readonly number[];
  readonly width: number;
  readonly height: number;
  readonly sampleEveryMs: number;
}

/** What the workers said of one presentation, whatever is then made of it. */
export interface PresentationTrace {
  readonly width: number;
  readonly height: number;
  readonly frames: readonly TraceFrame[];
}

export interface TraceFrame {
  readonly atMs: number;
  readonly luma: number;
  /** Largest first. Landmarks as base64 of float32, little-endian. */
  readonly faces: readonly (Omit<TrackedFace, "landmarks"> & { readonly landmarks: string })[];
  readonly sample?: TraceSample;
}

export interface TraceSample {
  readonly trackId: number;
  readonly quality: QualityMeasures;
  readonly pad: TextureScore;
  /** As the landmarks. */
  readonly probe: string;
}

export function floats(base64: string): Float32Array {
  const bytes = Uint8Array.from(Buffer.from(base64, "base64"));
  return new Float32Array(bytes.buffer);
}

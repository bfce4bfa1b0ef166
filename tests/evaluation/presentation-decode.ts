import { execFile, execFileSync } from "node:child_process";
import { extname } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The kiosk asks its camera for this. */
export const FRAME_WIDTH = 640;
export const FRAME_HEIGHT = 480;
/** Bytes of a frame in I420. */
export const FRAME_BYTES = FRAME_WIDTH * FRAME_HEIGHT * 1.5;

const STILLS = new Set([".png", ".jpg", ".jpeg", ".webp", ".bmp"]);
const CLIPS = new Set([".mp4", ".m4v", ".webm", ".mov", ".avi", ".gif", ".mjpeg", ".mjpg", ".mkv"]);

export type PresentationKind = "still" | "clip";

/** Null for a file that is neither a picture nor a clip. */
export function presentationKind(file: string): PresentationKind | null {
  const extension = extname(file).toLowerCase();
  if (STILLS.has(extension)) return "still";
  return CLIPS.has(extension) ? "clip" : null;
}

export function hasFfmpeg(): boolean {
  try {
    execFileSync("ffmpeg", ["-version"], { stdio: "ignore" });
    execFileSync("ffprobe", ["-version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Frames of a clip or still, fitted to the kiosk's camera picture. */
export interface DecodedFrames {
  /** When each was taken, from the first on, milliseconds. */
  readonly atMs: readonly number[];
  /** I420 of {@link FRAME_BYTES} each, one after the other. */
  readonly data: Uint8Array;
}

/** A raw stream of JPEGs has no times; Chromium's fake camera plays it at this rate. */
const RAW_RATE = 30;

/**
 * Where the shape differs, a blurred enlargement of the picture itself fills the rest: black bars look like a screen's edge.
 * BT.601 with the limited range is what the workers are told.
 */
const FIT = [
  "split[a][b]",
  `[a]scale=${String(FRAME_WIDTH / 8)}:${String(FRAME_HEIGHT / 8)}:force_original_aspect_ratio=increase,crop=${String(FRAME_WIDTH / 8)}:${String(FRAME_HEIGHT / 8)},gblur=sigma=3,scale=${String(FRAME_WIDTH)}:${String(FRAME_HEIGHT)}:flags=bicubic:out_color_matrix=bt601:out_range=tv,format=yuv420p[back]`,
  `[b]scale=${String(FRAME_WIDTH)}:${String(FRAME_HEIGHT)}:force_original_aspect_ratio=decrease:flags=bicubic:out_color_matrix=bt601:out_range=tv,format=yuv420p[front]`,
  "[back][front]overlay=(W-w)/2:(H-h)/2:format=yuv420,format=yuv420p",
].join(";");

/**
 * Decodes at most `mostMs` of a clip from `fromMs` on, thinned to frames that are at least `leastGapMs` apart.
 * Rejects when the file cannot be read.
 */
export async function decodeWithFfmpeg(path: string, range: { readonly fromMs: number; readonly mostMs: number; readonly leastGapMs: number }): Promise<DecodedFrames> {
  const times = await frameTimes(path);
  const start = times.find((time) => time >= range.fromMs) ?? Number.POSITIVE_INFINITY;
  const chosen: number[] = [];
  let previous = Number.NEGATIVE_INFINITY;
  for (const [index, time] of times.entries()) {
    if (time < range.fromMs || time - start >= range.mostMs || time - previous < range.leastGapMs - 1) continue;
    chosen.push(index);
    previous = time;
  }
  const [first] = chosen;
  if (first === undefined) return { atMs: [], data: new Uint8Array() };
  const last = Math.max(...chosen);
  const { stdout } = await run(
    "ffmpeg",
    ["-v", "error", "-nostdin", ...rawInput(path), "-i", path, "-map", "0:v:0", "-an", "-fps_mode", "passthrough", "-vf", `trim=start_frame=${String(first)}:end_frame=${String(last + 1)},${FIT}`, "-f", "rawvideo", "-pix_fmt", "yuv420p", "-"],
    { encoding: "buffer", maxBuffer: 2 ** 31 - 1 },
  );
  const kept = chosen.filter((index) => (index - first + 1) * FRAME_BYTES <= stdout.length);
  const data = new Uint8Array(kept.length * FRAME_BYTES);
  for (const [at, index] of kept.entries()) data.set(stdout.subarray((index - first) * FRAME_BYTES, (index - first + 1) * FRAME_BYTES), at * FRAME_BYTES);
  return { atMs: kept.map((index) => (times[index] ?? 0) - start), data };
}

function rawInput(path: string): readonly string[] {
  return /\.mjpe?g$/i.test(path) ? ["-framerate", String(RAW_RATE), "-f", "mjpeg"] : [];
}

/** Of every frame of the first video stream, milliseconds, ascending. */
export async function frameTimes(path: string): Promise<readonly number[]> {
  const { stdout } = await run(
    "ffprobe",
    ["-v", "error", ...rawInput(path), "-select_streams", "v:0", "-show_entries", "frame=best_effort_timestamp_time", "-of", "csv=p=0", path],
    { maxBuffer: 2 ** 28 },
  );
  const times = stdout.split(/\s+/).map((line) => Number.parseFloat(line) * 1000).filter(Number.isFinite);
  if (times.length > 0) return times;
  // A single picture has no time.
  return stdout.trim() === "" ? [] : [0];
}

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Three bytes a pixel, row by row. */
export interface Rgb {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Frames a second of what is composed. */
export const RATE = 15;

/** Frames of a clip at {@link RATE}, or the one of a still. */
export async function readFrames(path: string, options: { readonly fromSecond?: number; readonly seconds?: number; readonly still?: boolean } = {}): Promise<readonly Rgb[]> {
  const { stdout: shape } = await run("ffprobe", ["-v", "error", "-select_streams", "v:0", "-show_entries", "stream=width,height", "-of", "csv=p=0", path]);
  const [width = 0, height = 0] = shape.trim().split(",").map(Number);
  const { stdout } = await run(
    "ffmpeg",
    ["-v", "error", "-nostdin", "-ss", String(options.fromSecond ?? 0), "-i", path, "-an", ...(options.still === true ? ["-frames:v", "1"] : ["-t", String(options.seconds ?? 6), "-vf", `fps=${String(RATE)}`]), "-f", "rawvideo", "-pix_fmt", "rgb24", "-"],
    { encoding: "buffer", maxBuffer: 2 ** 31 - 1 },
  );
  const size = width * height * 3;
  return Array.from({ length: Math.floor(stdout.length / size) }, (_, index) => ({ width, height, data: stdout.subarray(index * size, (index + 1) * size) }));
}

/** Writes frames as a clip that is hardly compressed: the camera's picture, not a file that was passed on. */
export async function writeClip(path: string, width: number, height: number, frames: Iterable<Uint8Array>): Promise<void> {
  const child = spawn(
    "ffmpeg",
    ["-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", `${String(width)}x${String(height)}`, "-r", String(RATE), "-i", "-", "-c:v", "libx264", "-threads", "1", "-preset", "ultrafast", "-crf", "14", "-pix_fmt", "yuv420p", path],
    { stdio: ["pipe", "ignore", "inherit"] },
  );
  const closed = once(child, "close");
  for (const frame of frames) if (!child.stdin.write(frame)) await once(child.stdin, "drain");
  child.stdin.end();
  const [code] = (await closed) as [number | null];
  if (code !== 0) throw new Error(`ffmpeg ended with ${String(code)}`);
}

/** Bilinear sample, channels added to `out` with a weight; the edge goes on. x, y in pixels. */
export function sample({ width, height, data }: Rgb, x: number, y: number, out: Float32Array): void {
  const cx = x < 0 ? 0 : x > width - 1.001 ? width - 1.001 : x;
  const cy = y < 0 ? 0 : y > height - 1.001 ? height - 1.001 : y;
  const left = cx | 0;
  const top = cy | 0;
  const fx = cx - left;
  const fy = cy - top;
  const at = (top * width + left) * 3;
  const below = at + width * 3;
  const nw = (1 - fx) * (1 - fy);
  const ne = fx * (1 - fy);
  const sw = (1 - fx) * fy;
  const se = fx * fy;
  out[0] = nw * (data[at] ?? 0) + ne * (data[at + 3] ?? 0) + sw * (data[below] ?? 0) + se * (data[below + 3] ?? 0);
  out[1] = nw * (data[at + 1] ?? 0) + ne * (data[at + 4] ?? 0) + sw * (data[below + 1] ?? 0) + se * (data[below + 4] ?? 0);
  out[2] = nw * (data[at + 2] ?? 0) + ne * (data[at + 5] ?? 0) + sw * (data[below + 2] ?? 0) + se * (data[below + 5] ?? 0);
}

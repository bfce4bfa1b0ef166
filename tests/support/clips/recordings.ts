import { execFile, execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const ROOT = join(import.meta.dirname, "..", "..", "..");

/** Recordings of real people, which are no part of the project: a folder named by `CLOCKFACE_DATA`, or beside the project. */
function recordingsFolder(): string | null {
  const folder = join(process.env["CLOCKFACE_DATA"] ?? join(ROOT, "..", "shared", "data"), "clips");
  return existsSync(folder) ? folder : null;
}

function hasFfmpeg(): boolean {
  try {
    execFileSync("ffmpeg", ["-version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Turns a recording into a camera's picture; null where there are no recordings or nothing to convert them with. */
export function recordingsConverter(): ((name: string, target: string) => Promise<void>) | null {
  const folder = recordingsFolder();
  if (folder === null || !hasFfmpeg()) return null;
  return async (name, target) => {
    const fit = "scale=640:480:force_original_aspect_ratio=decrease,pad=640:480:(ow-iw)/2:(oh-ih)/2,fps=30";
    await promisify(execFile)("ffmpeg", ["-v", "error", "-i", join(folder, name), "-an", "-vf", fit, "-pix_fmt", "yuvj420p", "-c:v", "mjpeg", "-q:v", "3", target]);
  };
}

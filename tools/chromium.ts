import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

function onPath(name: string): string | undefined {
  try {
    return execFileSync("which", [name], { stdio: ["ignore", "pipe", "ignore"] }).toString().trim() || undefined;
  } catch {
    return undefined;
  }
}

/**
 * The Chromium that tests and screenshots run in: `CHROMIUM_PATH`, else one on the path.
 * @throws Error when there is none; `npm test` installs one first.
 */
export function findChromium(): string {
  const named = process.env["CHROMIUM_PATH"];
  if (named !== undefined && named !== "") {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM_PATH names ${named}, which does not exist`);
  }
  for (const name of NAMES) {
    const path = onPath(name);
    if (path !== undefined) return path;
  }
  throw new Error("No Chromium found. Run `npm test`, which installs one, or set CHROMIUM_PATH.");
}

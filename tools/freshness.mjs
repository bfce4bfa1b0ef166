// Tells whether the built app is older than what it is made from.
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const SOURCES = ["src", "workers", "public", "models", "index.html", "vite.config.ts", "package-lock.json", "tools/vite", "verifier"];

function newest(path) {
  const status = statSync(path);
  if (!status.isDirectory()) return status.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), status.mtimeMs);
}

/** Time of the latest change to anything the build reads, milliseconds. */
export function newestSource(root) {
  return Math.max(...SOURCES.map((name) => join(root, name)).filter((path) => existsSync(path)).map(newest));
}

/** Time of the last finished build, milliseconds; 0 when there is none. */
export function builtAt(root) {
  const page = join(root, "dist", "index.html");
  const worker = join(root, "dist", "service-worker.js");
  return existsSync(page) && existsSync(worker) ? Math.max(statSync(page).mtimeMs, statSync(worker).mtimeMs) : 0;
}

// Brings a checkout to the point where it can be built. Node's own modules only: this runs before anything is installed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const STAMP = join(ROOT, "node_modules", ".clockface-lock");
const OLDEST_NODE = [20, 19];

/** Runs a command in the project's folder and shows what it prints. Returns its exit status. */
export function run(command, args, options = {}) {
  const { status, signal, error } = spawnSync(command, args, { cwd: ROOT, stdio: "inherit", ...options });
  if (error !== undefined) throw error;
  return status ?? (signal === null ? 1 : 130);
}

/** Runs a command and ends this process with its status when it fails. */
export function must(command, args, options) {
  const status = run(command, args, options);
  if (status !== 0) process.exit(status);
}

/** A program that a package in node_modules brings. */
export function bin(name) {
  return join(ROOT, "node_modules", ".bin", name);
}

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  console.error(`Clockface needs Node ${OLDEST_NODE.join(".")} or later; this is ${process.versions.node}.`);
  process.exit(1);
}

/** Installs the packages when they are missing or the lock file has changed since. */
export function install() {
  checkNode();
  const lock = createHash("sha256").update(readFileSync(join(ROOT, "package-lock.json"))).digest("hex");
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === lock) return;
  console.log("Installing packages …");
  must("npm", ["ci", "--no-fund", "--no-audit"]);
  mkdirSync(dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, lock);
}

/** Fetches the model packages and derives what the app loads; does nothing when all is in place. */
export function deriveModels() {
  must(bin("tsx"), ["tools/models/main.ts"]);
}

/** Compiles the matcher's kernel; does nothing when it is in place. */
export function compileKernel() {
  must(bin("tsx"), ["tools/matcher/main.ts"]);
}

/** Works out the holidays that the rules can take over; does nothing when they are in place. */
export function collectHolidays() {
  must(bin("tsx"), ["tools/holidays/main.ts"]);
}

/** Packages, models, the matcher's kernel and holidays. */
export function setUp() {
  install();
  deriveModels();
  compileKernel();
  collectHolidays();
}

/** The app, and beside it the bill of what it is made of. */
export function build() {
  must(bin("vite"), ["build", "--logLevel", "warn"]);
  must(bin("tsx"), ["tools/sbom.ts"]);
}

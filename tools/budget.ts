import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { gzipSync } from "node:zlib";

/** What a build may weigh. A tablet on a mobile line fetches all of it once; the figures leave a tenth above what was measured. */
interface Limit {
  readonly name: string;
  readonly files: RegExp;
  readonly kilobytes: number;
  readonly compressed: boolean;
}

const DIST = "dist";

const LIMITS: readonly Limit[] = [
  { name: "what the kiosk begins with", files: namedIn("index.html"), kilobytes: 440, compressed: true },
  { name: "scripts and styles, compressed", files: /^assets\/.*\.(js|mjs|css)$/, kilobytes: 1_240, compressed: true },
  { name: "models", files: /^models\//, kilobytes: 22_000, compressed: false },
  { name: "WebAssembly", files: /(?<!\.asyncify-.{8})\.wasm$/, kilobytes: 28_000, compressed: false },
  { name: "everything at once", files: /^(?!.*\.asyncify-.{8}\.wasm$)/, kilobytes: 52_000, compressed: false },
  { name: "WebGPU, where it is used", files: /\.asyncify-.{8}\.wasm$/, kilobytes: 29_500, compressed: false },
];

/** The scripts and styles that a page names: without them nothing is shown. The rest comes when it is asked for, or to be kept. */
function namedIn(page: string): RegExp {
  const names = existsSync(join(DIST, page)) ? [...readFileSync(join(DIST, page), "utf8").matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map(([, name = ""]) => name) : [];
  return new RegExp(`^(${names.map((name) => name.replace(/[.]/g, "\\.")).join("|")})$`);
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

function kilobytes(files: readonly string[], compressed: boolean): number {
  const bytes = files.reduce((sum, file) => sum + (compressed ? gzipSync(readFileSync(file)).length : statSync(file).size), 0);
  return bytes / 1000;
}

if (!existsSync(DIST)) {
  console.error("There is no build to weigh: run `npm start` first.");
  process.exit(1);
}
const files = filesBelow(DIST);
let over = 0;
for (const { name, files: pattern, kilobytes: limit, compressed } of LIMITS) {
  const size = kilobytes(files.filter((file) => pattern.test(relative(DIST, file))), compressed);
  const fits = size <= limit;
  if (!fits) over += 1;
  console.log(`${name.padEnd(32)} ${size.toFixed(0).padStart(7)} kB of ${limit} kB  ${fits ? "ok" : "TOO LARGE"}`);
}
process.exit(over === 0 ? 0 : 1);

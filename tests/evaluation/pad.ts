/**
 * Presentation attack detection with the application's own workers on stills, one folder `bona-fide` and one `attack`:
 *
 *     npx tsx tests/evaluation/pad.ts FOLDER [--threads 2]
 *
 * Prints APCER and BPCER of single frames at both crops, and what the quality measures look like.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { QualityMeasures } from "../../src/domain/biometrics/types.ts";
import { extractPictures } from "./pictures.ts";
import { quantile } from "./statistics.ts";

const THRESHOLDS = [0.3, 0.5, 0.7] as const;
const QUANTILES = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99] as const;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { threads: { type: "string", default: "2" } } });
const [folder] = positionals;
if (folder === undefined) throw new Error("name the folder of frames");

const classes = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const files = classes.flatMap(({ name }) => readdirSync(join(folder, name)).sort().map((image) => ({ name, path: join(name, image) })));
const results = await extractPictures(folder, files.map(({ path }) => path), values.threads === "1" ? 1 : 2, (text) => process.stderr.write(`${text}\n`));

for (const { name } of classes) {
  const own = results.filter((_, index) => files[index]?.name === name);
  const pads = own.flatMap(({ pad }) => (pad ? [{ ...pad, mean: (pad.near + pad.far) / 2 }] : []));
  console.log(`\n${name}: ${String(own.length)} pictures, ${String(pads.length)} with one face`);
  for (const crop of ["near", "far", "mean"] as const) {
    const scores = pads.map((pad) => pad[crop]).sort((one, other) => one - other);
    const below = THRESHOLDS.map((threshold) => `${String(threshold)}: ${((100 * scores.filter((score) => score < threshold).length) / scores.length).toFixed(1)} %`);
    console.log(`  ${crop.padEnd(4)} taken for an attack at threshold ${below.join(", ")}; quantiles ${line(scores)}`);
  }
  const qualities = own.flatMap(({ quality }) => (quality ? [quality] : []));
  for (const measure of Object.keys(qualities[0] ?? {}) as (keyof QualityMeasures)[]) {
    console.log(`  ${measure.padEnd(12)} ${line(qualities.map((quality) => quality[measure]).sort((one, other) => one - other))}`);
  }
}

function line(sorted: readonly number[]): string {
  return QUANTILES.map((q) => `${String(q)}: ${quantile(sorted, q).toFixed(2)}`).join("  ");
}

/**
 * Presentation attack detection with the application's own workers on stills, one folder `bona-fide` and one `attack`:
 *
 *     npm run evaluate -- pad --images FOLDER [--threads 2]
 *
 * Prints APCER and BPCER of single frames at both crops, and what the quality measures look like.
 */
import type { QualityMeasures } from "../../src/domain/biometrics/types.ts";
import { readFolder, readOptions, readThreads } from "./options.ts";
import { extractPictures, listPictures } from "./pictures.ts";
import { quantile } from "./statistics.ts";

const THRESHOLDS = [0.3, 0.5, 0.7] as const;
const QUANTILES = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99] as const;

export const usage = "--images DIR [--threads 1|2]";

/** One subfolder for each class of pictures. */
export async function run(args: readonly string[]): Promise<void> {
  const options = readOptions(args, ["images", "threads"]);
  const folder = readFolder("images", options.images);
  const threads = readThreads(options.threads);
  const files = listPictures(folder);
  const results = await extractPictures(folder, files, { profile: "accurate", ...(threads === undefined ? {} : { threads }) });
  for (const name of new Set(files.map((file) => file.split("/")[0] ?? ""))) {
    const own = results.filter((_, index) => files[index]?.split("/")[0] === name).flatMap((result) => (result.kind === "extracted" ? [result] : []));
    const pads = own.map(({ pad }) => ({ ...pad, mean: (pad.near + pad.far) / 2 }));
    console.log(`\n${name}: ${String(pads.length)} pictures with a face`);
    for (const crop of ["near", "far", "mean"] as const) {
      const scores = pads.map((pad) => pad[crop]).sort((one, other) => one - other);
      const below = THRESHOLDS.map((threshold) => `${String(threshold)}: ${((100 * scores.filter((score) => score < threshold).length) / scores.length).toFixed(1)} %`);
      console.log(`  ${crop.padEnd(4)} taken for an attack at threshold ${below.join(", ")}; quantiles ${line(scores)}`);
    }
    const qualities = own.flatMap(({ faces }) => faces.slice(0, 1).map(({ quality }) => quality));
    for (const measure of Object.keys(qualities[0] ?? {}) as (keyof QualityMeasures)[]) {
      console.log(`  ${measure.padEnd(12)} ${line(qualities.map((quality) => quality[measure]).sort((one, other) => one - other))}`);
    }
  }
}

function line(sorted: readonly number[]): string {
  return QUANTILES.map((q) => `${String(q)}: ${quantile(sorted, q).toFixed(2)}`).join("  ");
}

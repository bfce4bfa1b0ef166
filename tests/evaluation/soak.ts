/**
 * Follows the public-domain portrait for minutes and prints, for each, the frame rate, the time of each stage and the
 * memory of page and workers:
 *
 *     npx tsx tests/evaluation/soak.ts [--minutes 5] [--threads 2]
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Harness } from "./harness.ts";
import { withHarness } from "./pictures.ts";
import { quantile } from "./statistics.ts";

declare const harness: Harness;

const SECONDS = 60;

const { values } = parseArgs({ options: { minutes: { type: "string", default: "5" }, threads: { type: "string", default: "2" } } });
const portraits = join(import.meta.dirname, "../../models/golden/portrait");

await withHarness(portraits, values.threads === "1" ? 1 : 2, console.log, async (page) => {
  for (let minute = 1; minute <= Number(values.minutes); minute++) {
    const result = await page.evaluate((seconds) => harness.follow("/evaluation-data/portrait.png", seconds), SECONDS);
    const middle = (times: readonly number[]): string =>
      [0.5, 0.95].map((q) => quantile([...times].sort((one, other) => one - other), q).toFixed(1)).join(" / ");
    console.log(
      `minute ${String(minute)}: ${(result.frames / SECONDS).toFixed(1)} frames a second, a face in ${String(result.withFace)} of ${String(result.frames)}, ` +
        `${String(result.tracks)} track(s); ms median / 95 %: frame ${middle(result.processedMs)}, PAD ${middle(result.padMs)}, features ${middle(result.featuresMs)}; ` +
        (result.memoryBytes === undefined ? "memory not told" : `${(result.memoryBytes / 2 ** 20).toFixed(1)} MiB`),
    );
  }
});

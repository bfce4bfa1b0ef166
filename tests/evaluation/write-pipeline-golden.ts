/**
 * Writes what the application's own workers make of the public-domain portrait, from the picture to the probe:
 *
 *     npx tsx tests/evaluation/write-pipeline-golden.ts
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RecogniserProfile } from "../../src/domain/biometrics/types.ts";
import type { PictureResult } from "./extract-page.ts";
import type { Harness } from "./harness.ts";
import { readProbe } from "./pictures.ts";
import { tell } from "./progress.ts";
import { pictureUrl, withHarness } from "./with-harness.ts";

declare const harness: Harness;

const FOLDER = join(import.meta.dirname, "../../models/golden");
const DIGITS = 6;

const FOLDER_OF_PORTRAIT = join(FOLDER, "portrait");
const extracted = async (profile: RecogniserProfile): Promise<Extract<PictureResult, { kind: "extracted" }>> => {
  const picture = await withHarness(FOLDER_OF_PORTRAIT, tell, async (page) => {
    await page.evaluate((chosen) => harness.open({ profile: chosen, threads: 1 }), profile);
    return page.evaluate((url) => harness.extract(url, { mirrored: false }), pictureUrl("portrait.png"));
  });
  if (picture.kind === "failed") throw new Error(picture.failure);
  return picture;
};
const accurate = await extracted("accurate");
const clear = await extracted("clear");
const rounded = (probe: string): readonly number[] => Array.from(readProbe(probe), (value) => Number(value.toPrecision(DIGITS)));
const lines = [
  `  "picture": "portrait/portrait.png"`,
  `  "pad": ${JSON.stringify(accurate.pad)}`,
  `  "accurate": [${rounded(accurate.probe).join(", ")}]`,
  `  "clear": [${rounded(clear.probe).join(", ")}]`,
];
writeFileSync(join(FOLDER, "pipeline-portrait.json"), `{\n${lines.join(",\n")}\n}\n`);

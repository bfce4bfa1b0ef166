/**
 * Writes what the application's own workers make of the public-domain portrait, from the picture to the probe:
 *
 *     npx tsx tests/evaluation/write-pipeline-golden.ts
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { extractPictures } from "./pictures.ts";

const FOLDER = join(import.meta.dirname, "../../models/golden");
const DIGITS = 6;

const [result] = await extractPictures(join(FOLDER, "portrait"), ["portrait.png"], 1, (text) => process.stderr.write(`${text}\n`));
if (!result?.accurate || !result.clear || !result.pad) throw new Error(result?.failure ?? "no result");
const rounded = (values: readonly number[]): readonly number[] => values.map((value) => Number(value.toPrecision(DIGITS)));
const lines = [
  `  "picture": "portrait/portrait.png"`,
  `  "pad": ${JSON.stringify(result.pad)}`,
  `  "accurate": [${rounded(result.accurate).join(", ")}]`,
  `  "clear": [${rounded(result.clear).join(", ")}]`,
];
writeFileSync(join(FOLDER, "pipeline-portrait.json"), `{\n${lines.join(",\n")}\n}\n`);

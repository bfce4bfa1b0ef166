import { readFileSync } from "node:fs";
import { EvaluationError } from "./errors.ts";
import { readFilePath, readFolder, readOptions, readProfile, readThreads, writeJson } from "./options.ts";
import { readPairs, type Pair, type PairSide } from "./pairs.ts";
import { extractPictures, listPictures } from "./pictures.ts";
import { tell } from "./progress.ts";
import { similarity } from "./scores.ts";
import { stageTimes } from "./stages.ts";
import { percent, reasons, table } from "./table.ts";
import { acquire, type Acquired } from "./usable.ts";
import { verificationReport, type ScoredPair } from "./verification-report.ts";

export const usage = "--images DIR --pairs FILE [--profile accurate|clear] [--threads 1|2] [--json FILE]";

/** 1:1 comparison of listed pairs, in ten folds. */
export async function run(args: readonly string[]): Promise<void> {
  const options = readOptions(args, ["images", "pairs", "profile", "threads", "json"]);
  const folder = readFolder("images", options.images);
  const folds = readPairs(readFileSync(readFilePath("pairs", options.pairs), "utf8"));
  const profile = readProfile(options.profile);
  const threads = readThreads(options.threads);

  const there = new Map(listPictures(folder).map((file) => [file.replace(/\.[^.]*$/, ""), file]));
  const fileOf = ({ name, number }: PairSide): string | undefined => there.get(`${name}/${name}_${String(number).padStart(4, "0")}`);
  const complete = folds.map((fold) => fold.filter(({ one, other }) => fileOf(one) !== undefined && fileOf(other) !== undefined));
  const missing = folds.flat().length - complete.flat().length;
  if (complete.flat().length === 0) throw new EvaluationError("--pairs: none of the pictures that it names (NAME/NAME_0001.jpg) is in the folder");
  if (missing > 0) tell(`${String(missing)} of ${String(folds.flat().length)} pairs name pictures that are not there and are left out`);

  const files = [...new Set(complete.flat().flatMap(({ one, other }) => [fileOf(one) ?? "", fileOf(other) ?? ""]))];
  const results = await extractPictures(folder, files, { profile, ...(threads === undefined ? {} : { threads }) });
  const acquired = new Map<string, Acquired>(results.map((result, index) => [files[index] ?? "", acquire(result, "face")]));
  const score = ({ one, other, same }: Pair): readonly ScoredPair[] => {
    const [first, second] = [acquired.get(fileOf(one) ?? ""), acquired.get(fileOf(other) ?? "")];
    return first && second && "probe" in first && "probe" in second ? [{ same, score: similarity(profile, first.probe, second.probe) }] : [];
  };
  const report = verificationReport(complete.map((fold) => fold.flatMap(score)));
  const ftaReasons: Record<string, number> = {};
  for (const picture of acquired.values()) {
    if ("failure" in picture) ftaReasons[picture.failure] = (ftaReasons[picture.failure] ?? 0) + 1;
  }
  const failed = complete.flat().length - report.same - report.different;
  console.log(`${String(report.same)} pairs of the same person, ${String(report.different)} of different people; ${String(failed)} pairs without a probe${reasons(ftaReasons)}\n`);
  console.log(
    table([
      ...Object.entries(report.tmrAtFmr).map(([fmr, { tmr, threshold }]) => [`TMR at FMR ${fmr}`, `${percent(tmr)}, threshold ${threshold.toFixed(4)}${Number(fmr) * report.different < 1 ? "; no pair of different people may reach it" : ""}`]),
      [`accuracy over ${String(folds.length)} folds`, `${(100 * report.accuracy.value).toFixed(2)} %, standard error ${(100 * report.accuracy.standardError).toFixed(2)}`],
    ]),
  );
  writeJson(options.json, {
    protocol: "verification",
    profile,
    same: report.same,
    different: report.different,
    missing,
    failed,
    ftaReasons,
    tmrAtFmr: Object.fromEntries(Object.entries(report.tmrAtFmr).map(([fmr, { tmr }]) => [fmr, tmr.value])),
    accuracy: report.accuracy.value,
    standardError: report.accuracy.standardError,
    intervals: { tmrAtFmr: report.tmrAtFmr, accuracy: report.accuracy.all },
    msPerImage: stageTimes(results),
  });
}

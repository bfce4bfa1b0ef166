import { readFileSync } from "node:fs";
import { basename } from "node:path";
import Papa from "papaparse";
import { OPERATING_POINTS } from "../../src/domain/biometrics/operating-points.ts";
import { EvaluationError } from "./errors.ts";
import { groupsReport, type GroupPicture, type GroupsReport } from "./groups-report.ts";
import { readCount, readFilePath, readFolder, readOptions, readProfile, readRate, readThreads, writeJson } from "./options.ts";
import { extractPictures, listPictures } from "./pictures.ts";
import { stageTimes } from "./stages.ts";
import { percent, reasons, table } from "./table.ts";
import { acquire, faceReject } from "./usable.ts";

export const usage = "--images DIR --csv FILE [--by race] [--people 100] [--fpir 0.001] [--profile accurate|clear] [--threads 1|2] [--json FILE]";

const DEFAULT_COLUMN = "race";
/** Gallery whose threshold is meant when none is named. */
const DEFAULT_PEOPLE = 100;

/** Differences between groups: a table names each picture's file in its first column and what to group by in others. */
export async function run(args: readonly string[]): Promise<void> {
  const options = readOptions(args, ["images", "csv", "by", "people", "fpir", "profile", "threads", "json"]);
  const folder = readFolder("images", options.images);
  const profile = readProfile(options.profile);
  const threads = readThreads(options.threads);
  const people = readCount("people", options.people, 1, DEFAULT_PEOPLE);
  const point = { ...OPERATING_POINTS[profile], fpirTarget: readRate("fpir", options.fpir, OPERATING_POINTS[profile].fpirTarget) };
  const rows = readGroups(readFileSync(readFilePath("csv", options.csv), "utf8"), options.by);

  const there = new Map(listPictures(folder).flatMap((file) => [[basename(file), file], [file, file]] as const));
  const files = rows.flatMap(({ file }) => there.get(file) ?? []);
  if (files.length < rows.length) throw new EvaluationError(`--csv names ${String(rows.length - files.length)} pictures that are not in the folder, the first of them ${rows.find(({ file }) => !there.has(file))?.file ?? ""}`);
  const results = await extractPictures(folder, files, { profile, ...(threads === undefined ? {} : { threads }) });
  const pictures = results.map((result, index): GroupPicture => ({
    group: rows[index]?.group ?? "",
    acquired: acquire(result, "face"),
    reject: result.kind === "extracted" ? faceReject(result) : null,
  }));
  const report = groupsReport(pictures, profile, point, people);
  print(report);
  writeJson(options.json, { protocol: "groups", profile, ...summary(report), msPerImage: stageTimes(results) });
}

/** @throws EvaluationError when the table does not fit */
function readGroups(text: string, by: string | undefined): readonly { readonly file: string; readonly group: string }[] {
  const { data, meta } = Papa.parse<Readonly<Record<string, string>>>(text, { header: true, skipEmptyLines: true });
  const columns = meta.fields ?? [];
  const [fileColumn = ""] = columns;
  const groupColumn = by ?? columns.find((column) => column === DEFAULT_COLUMN) ?? columns.slice(-1).join("");
  if (columns.length < 2 || !columns.includes(groupColumn)) {
    throw new EvaluationError(`--csv: a heading with the file's name first and a column ${by ?? "to group by"} is expected; it has ${columns.join(", ")}`);
  }
  if (data.length === 0) throw new EvaluationError("--csv names no picture");
  return data.map((row) => ({ file: row[fileColumn] ?? "", group: row[groupColumn] ?? "" }));
}

/** The report as other tools read it: plain proportions, the rest beside them. */
function summary({ groups, ...rest }: GroupsReport): Readonly<Record<string, unknown>> {
  const plain = Object.entries(groups).map(([name, { n, fta, fmr, ...figures }]) => [name, { n, fta: fta.value, fmr: fmr.value, ...figures, intervals: { fta, fmr } }]);
  return { groups: Object.fromEntries(plain), ...rest };
}

function print({ groups, operating, compared, worstToBest, worstToBestInterval }: GroupsReport): void {
  console.log(`Operating point: FPIR ${String(operating.chosenFpir)} among ${String(operating.people)} people, threshold ${operating.threshold.toFixed(4)}\n`);
  console.log(
    table([
      ["group", "n", "FTA", "quality rejects", "FMR at the operating point", compared === null ? "" : `FMR at ${compared.threshold.toFixed(4)}`],
      ...Object.entries(groups).map(([name, { n, fta, qualityRejects, qualityReasons, fmr, fmrCompared }]) => [
        name,
        String(n),
        percent(fta),
        percent(qualityRejects) + reasons(qualityReasons),
        percent(fmr),
        fmrCompared === null ? "" : percent(fmrCompared),
      ]),
    ]),
  );
  if (worstToBest === null || worstToBestInterval === null || compared === null) {
    console.log("\nWorst to best: too few false matches in a group to say.");
    return;
  }
  console.log(
    `\nWorst to best FMR: ${worstToBest.toFixed(1)} (about ${worstToBestInterval.low.toFixed(1)} to ${worstToBestInterval.high.toFixed(1)}), at the strictest common threshold that still gives every group ` +
      `${String(compared.fewestFalseMatches)} false matches. At the operating point itself there are too few to compare.`,
  );
}

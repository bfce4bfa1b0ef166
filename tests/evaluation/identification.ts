import { comparisonsPerPerson } from "../../src/domain/biometrics/operating-point.ts";
import { OPERATING_POINTS } from "../../src/domain/biometrics/operating-points.ts";
import { EvaluationError } from "./errors.ts";
import { identificationReport, type IdentificationReport, type Person } from "./identification-report.ts";
import { readCount, readFolder, readGate, readOptions, readProfile, readRate, readThreads, writeJson } from "./options.ts";
import { extractPictures, listPictures } from "./pictures.ts";
import { stageTimes } from "./stages.ts";
import { percent, reasons, table } from "./table.ts";
import { acquire } from "./usable.ts";

export const usage = "--images DIR [--references 3] [--fpir 0.001] [--gate face|kiosk] [--profile accurate|clear] [--threads 1|2] [--json FILE]";

/** Open-set identification on a folder that holds a folder for each person. */
export async function run(args: readonly string[]): Promise<void> {
  const options = readOptions(args, ["images", "references", "fpir", "gate", "profile", "threads", "json"]);
  const folder = readFolder("images", options.images);
  const references = readCount("references", options.references, 1, 3);
  const profile = readProfile(options.profile);
  const gate = readGate(options.gate);
  const threads = readThreads(options.threads);
  const point = { ...OPERATING_POINTS[profile], comparisonsPerPerson: comparisonsPerPerson(profile, references), fpirTarget: readRate("fpir", options.fpir, OPERATING_POINTS[profile].fpirTarget) };

  const files = choose(listPictures(folder), references);
  const results = await extractPictures(folder, files, { profile, ...(threads === undefined ? {} : { threads }) });
  const people = new Map<string, Person["pictures"]>();
  for (const [index, file] of files.entries()) {
    const name = personOf(file) ?? "";
    const result = results[index];
    if (result) people.set(name, [...(people.get(name) ?? []), acquire(result, gate)]);
  }
  const report = identificationReport(Array.from(people, ([name, pictures]) => ({ name, pictures })), references, profile, point);
  const msPerImage = stageTimes(results);
  print(report);
  if (msPerImage) console.log(`\nms an image, median: landmarks ${String(msPerImage.landmarks)}, PAD ${String(msPerImage.pad)}, features ${String(msPerImage.features)}, all ${String(msPerImage.total)}`);
  writeJson(options.json, { ...summary(report), protocol: "identification", profile, gate, msPerImage });
}

/** The pictures that the protocol looks at: everything of people who can be enrolled, the first one of everybody else. */
function choose(files: readonly string[], references: number): readonly string[] {
  const byPerson = new Map<string, string[]>();
  for (const file of files) {
    const person = personOf(file);
    if (person !== null) byPerson.set(person, [...(byPerson.get(person) ?? []), file]);
  }
  if (byPerson.size === 0) throw new EvaluationError("--images: a folder for each person is expected, with pictures (jpg, png, webp, bmp) in it");
  return [...byPerson.values()].flatMap((own) => (own.length > references ? own : own.slice(0, 1)));
}

/** The folder that the picture lies in; null for pictures beside the folders. */
function personOf(file: string): string | null {
  const slash = file.lastIndexOf("/");
  return slash === -1 ? null : file.slice(0, slash);
}

/** The report as other tools read it: plain proportions, intervals beside them. */
function summary({ fte, fta, rank1, fnirAtFpir, operating, ...rest }: IdentificationReport): Readonly<Record<string, unknown>> {
  const { fpir, fnir, wrongPerson, ...point } = operating;
  return {
    ...rest,
    fte: fte.value,
    fta: fta.value,
    rank1: rank1.value,
    fnirAtFpir: Object.fromEntries(Object.entries(fnirAtFpir).map(([rate, { value }]) => [rate, value])),
    operating: { ...point, fpir: fpir.value, fnir: fnir.value, wrongPerson: wrongPerson.value },
    intervals: { fte, fta, rank1, fnirAtFpir, operating: { fpir, fnir, wrongPerson } },
  };
}

function print({ references, n, mated, nonMated, fte, fteReasons, fta, ftaReasons, rank1, fnirAtFpir, operating, named }: IdentificationReport): void {
  console.log(`N = ${String(n)} people enrolled with ${String(references)} reference(s) each; ${String(mated)} mated and ${String(nonMated)} non-mated searches, one picture each\n`);
  console.log(
    table([
      ["FTE", `${percent(fte)}${reasons(fteReasons)}`],
      ["FTA", `${percent(fta)}${reasons(ftaReasons)}`],
      ["rank 1", percent(rank1)],
      ...Object.entries(fnirAtFpir).map(([rate, fnir]) => [`FNIR at FPIR ${rate}`, `${percent(fnir)}${Number(rate) * nonMated < 1 ? "; too few non-mated searches: none of them may reach the threshold" : ""}`]),
      [`At the kiosk's operating point for N = ${String(n)}`, `chosen FPIR ${String(operating.chosenFpir)}, threshold ${operating.threshold.toFixed(4)}, margin ${String(operating.margin)}`],
      ["  FPIR", percent(operating.fpir)],
      ["  FNIR", percent(operating.fnir)],
      ["  another person named", percent(operating.wrongPerson)],
    ]),
  );
  if (named.length > 0) console.log(`\nNamed wrongly; pictures of one person filed under two names look like this:\n${named.map(({ search, candidate, score }) => `  ${search} as ${candidate}, ${score.toFixed(3)}`).join("\n")}`);
}

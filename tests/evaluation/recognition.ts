/**
 * Recognition with the application's own workers on a folder of faces, one folder for each person:
 *
 *     npx tsx tests/evaluation/recognition.ts FOLDER [--most-images 4] [--people-with-one 300] [--threads 2]
 *
 * Prints the distributions of mated and non-mated scores of both profiles, TMR at FMR, and open-set identification.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { RecogniserProfile } from "../../src/domain/biometrics/types.ts";
import type { PictureResult } from "./harness.ts";
import { extractPictures } from "./pictures.ts";
import { quantile, rateAt, thresholdAt } from "./statistics.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    "most-images": { type: "string", default: "4" },
    "people-with-one": { type: "string", default: "300" },
    threads: { type: "string", default: "2" },
  },
});
const [folder] = positionals;
if (folder === undefined) throw new Error("name the folder of faces");

interface Probe {
  readonly person: string;
  readonly accurate: Float64Array;
  readonly clear: Float64Array;
}

const people = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => ({ name, images: readdirSync(join(folder, name)).sort().slice(0, Number(values["most-images"])) }));
const chosen = [...people.filter(({ images }) => images.length > 1), ...people.filter(({ images }) => images.length === 1).slice(0, Number(values["people-with-one"]))];
const files = chosen.flatMap(({ name, images }) => images.map((image) => join(name, image)));

const results = await extractPictures(folder, files, values.threads === "1" ? 1 : 2, (text) => process.stderr.write(`${text}\n`));
const probes = results.flatMap((result, index): Probe[] => {
  const person = files[index]?.split("/")[0];
  return result.accurate && result.clear && person !== undefined
    ? [{ person, accurate: Float64Array.from(result.accurate), clear: Float64Array.from(result.clear) }]
    : [];
});

console.log(`${String(files.length)} pictures, ${String(probes.length)} probes of ${String(new Set(probes.map(({ person }) => person)).size)} people`);
console.log("failures", countBy(results.flatMap(({ failure }) => (failure === undefined ? [] : [failure]))));
printStages(results);
for (const profile of ["accurate", "clear"] as const) {
  printVerification(profile);
  for (const references of [1, 3]) printIdentification(profile, references);
}

function score(profile: RecogniserProfile, one: Probe, other: Probe): number {
  const a = one[profile];
  const b = other[profile];
  let sum = 0;
  if (profile === "accurate") {
    for (let index = 0; index < a.length; index++) sum += (a[index] ?? 0) * (b[index] ?? 0);
    return sum;
  }
  for (let index = 0; index < a.length; index++) sum += ((a[index] ?? 0) - (b[index] ?? 0)) ** 2;
  return -Math.sqrt(sum);
}

function printVerification(profile: RecogniserProfile): void {
  const mated: number[] = [];
  const nonMated: number[] = [];
  probes.forEach((one, index) => {
    for (const other of probes.slice(index + 1)) (one.person === other.person ? mated : nonMated).push(score(profile, one, other));
  });
  const matedSorted = Float64Array.from(mated).sort();
  const nonMatedSorted = Float64Array.from(nonMated).sort();
  console.log(`\n${profile}: ${String(mated.length)} mated and ${String(nonMated.length)} non-mated comparisons`);
  for (const [name, sorted] of [["mated", matedSorted], ["non-mated", nonMatedSorted]] as const) {
    const row = [0, 0.001, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999, 1].map((q) => quantile(sorted, q).toFixed(3));
    console.log(`  ${name.padEnd(10)} quantiles 0 .001 .01 .05 .25 .5 .75 .95 .99 .999 1: ${row.join(" ")}`);
  }
  for (const fmr of [1e-2, 1e-3, 1e-4, 1e-5]) {
    const threshold = thresholdAt(nonMatedSorted, fmr);
    console.log(`  FMR ${fmr.toExponential(0)}: threshold ${threshold.toFixed(4)}, TMR ${(100 * rateAt(mated, threshold)).toFixed(2)} %`);
  }
}

/** Best score among a person's references, one probe a search. */
function printIdentification(profile: RecogniserProfile, references: number): void {
  const byPerson = new Map<string, Probe[]>();
  for (const probe of probes) byPerson.set(probe.person, [...(byPerson.get(probe.person) ?? []), probe]);
  const enrolled = [...byPerson.values()].filter((all) => all.length > references);
  const gallery = enrolled.map((all) => all.slice(0, references));
  const search = (probe: Probe): { person: string; best: number; second: number } => {
    const ranked = gallery
      .map((all) => ({ person: all[0]?.person ?? "", best: Math.max(...all.map((reference) => score(profile, probe, reference))) }))
      .sort((one, other) => other.best - one.best);
    return { person: ranked[0]?.person ?? "", best: ranked[0]?.best ?? Number.NaN, second: ranked[1]?.best ?? Number.NaN };
  };
  const known = new Set(enrolled.map((all) => all[0]?.person));
  const mated = enrolled.flatMap((all) => all.slice(references)).map((probe) => ({ probe, ...search(probe) }));
  const nonMated = probes.filter(({ person }) => !known.has(person)).map((probe) => search(probe));
  const tops = Float64Array.from(nonMated, ({ best }) => best).sort();
  const rightMargins = Float64Array.from(mated.filter((found) => found.person === found.probe.person), ({ best, second }) => best - second).sort();
  const wrongMargins = Float64Array.from(nonMated, ({ best, second }) => best - second).sort();
  console.log(`  1:N, N = ${String(gallery.length)}, ${String(references)} reference(s) a person, ${String(mated.length)} mated and ${String(nonMated.length)} non-mated searches`);
  for (const fpir of [1e-1, 1e-2, 1e-3]) {
    const threshold = thresholdAt(tops, fpir);
    const missed = mated.filter((found) => found.person !== found.probe.person || found.best < threshold).length;
    console.log(`    FPIR ${fpir.toExponential(0)}: threshold ${threshold.toFixed(4)}, FNIR ${((100 * missed) / mated.length).toFixed(2)} %`);
  }
  console.log(`    margin first - second: mated, right person first: quantiles .01 .05 .5: ${[0.01, 0.05, 0.5].map((q) => quantile(rightMargins, q).toFixed(3)).join(" ")}`);
  console.log(`                           non-mated: quantiles .5 .95 .99: ${[0.5, 0.95, 0.99].map((q) => quantile(wrongMargins, q).toFixed(3)).join(" ")}`);
}

function printStages(all: readonly PictureResult[]): void {
  const stages = all.flatMap(({ ms }) => (ms ? [ms] : []));
  for (const stage of ["landmarks", "pad", "accurate", "clear"] as const) {
    const sorted = stages.map((ms) => ms[stage]).sort((one, other) => one - other);
    console.log(`${stage}: median ${quantile(sorted, 0.5).toFixed(1)} ms, 95 % ${quantile(sorted, 0.95).toFixed(1)} ms`);
  }
}

function countBy(kinds: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries([...new Set(kinds)].map((kind) => [kind, kinds.filter((other) => other === kind).length]));
}

/**
 * What must hold when things go wrong: `npm run faults [-- --only NAME … --seed N --json FILE --short]`.
 * Every module beside this one that exports a FaultTest is run, one after the other.
 */
import { readdir, writeFile } from "node:fs/promises";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

import { faultTable, type FaultRow } from "./table.ts";
import type { FaultReport, FaultTest } from "./types.ts";

/** Longer than any test takes on a slow machine, milliseconds. */
const LIMIT_MS = { short: 600_000, long: 7_200_000 };
/** Of the short form, so that a check that passed once does not fail by another draw. */
const SHORT_SEED = 1;

async function findTests(): Promise<readonly FaultTest[]> {
  const tests: FaultTest[] = [];
  for (const file of (await readdir(import.meta.dirname)).sort()) {
    if (!file.endsWith(".ts") || file.endsWith(".test.ts") || file === "main.ts") continue;
    const module = (await import(pathToFileURL(join(import.meta.dirname, file)).href)) as { readonly default?: Partial<FaultTest> };
    if (typeof module.default?.run === "function") tests.push(module.default as FaultTest);
  }
  return tests;
}

async function limited(work: Promise<FaultReport>, limitMs: number): Promise<FaultReport> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`took more than ${limitMs / 1000} s`)), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    return { n: 0, failures: [error instanceof Error ? (error.stack ?? error.message) : String(error)] };
  } finally {
    clearTimeout(timer);
  }
}

/** A test that tried nothing has shown nothing. */
function outcomeOf({ n, failures, skipped }: FaultReport): FaultRow["outcome"] {
  if (failures.length > 0) return "failed";
  if (skipped !== undefined) return "skipped";
  return n > 0 ? "passed" : "failed";
}

const { values } = parseArgs({
  options: { only: { type: "string", multiple: true }, seed: { type: "string" }, json: { type: "string" }, short: { type: "boolean", default: false } },
});
const seed = values.seed === undefined ? (values.short ? SHORT_SEED : crypto.getRandomValues(new Uint32Array(1))[0]!) : Number(values.seed);
if (!Number.isSafeInteger(seed)) {
  console.error("--seed takes a whole number.");
  process.exit(2);
}
const tests = await findTests();
const unknown = (values.only ?? []).filter((name) => !tests.some((one) => one.name === name));
if (unknown.length > 0) {
  console.error(`There is no test ${unknown.join(", ")}. Tests: ${tests.map(({ name }) => name).join(", ")}.`);
  process.exit(2);
}

const startedAt = new Date().toISOString();
const loadBefore = Number((loadavg()[0] ?? 0).toFixed(2));
const rows: FaultRow[] = [];
for (const { name, holds, run } of tests.filter((one) => values.only?.includes(one.name) ?? true)) {
  const begin = performance.now();
  const log = (line: string): void => console.log(`[${((performance.now() - begin) / 1000).toFixed(0).padStart(4)} s] ${name}: ${line}`);
  log("begins");
  const report = await limited(run({ seed, short: values.short, log }), values.short ? LIMIT_MS.short : LIMIT_MS.long);
  const outcome = outcomeOf(report);
  rows.push({ name, holds, seed, outcome, seconds: Number(((performance.now() - begin) / 1000).toFixed(1)), ...report });
  log(outcome === "skipped" ? `SKIPPED: ${report.skipped ?? ""}` : outcome);
}

console.log(`\n${faultTable(rows)}`);
const count = (outcome: FaultRow["outcome"]): number => rows.filter((row) => row.outcome === outcome).length;
for (const row of rows.filter(({ outcome }) => outcome === "failed")) {
  console.log(`\n${row.name} FAILED${row.n === 0 && row.failures.length === 0 ? ": it tried nothing" : ""}`);
  for (const line of row.failures.slice(0, 20)) console.log(`  ${line}`);
  if (row.failures.length > 20) console.log(`  … and ${row.failures.length - 20} more`);
  console.log(`  Again: npm run faults -- --only ${row.name} --seed ${row.seed}${values.short ? " --short" : ""}`);
}
console.log(`\n${count("passed")} passed, ${count("failed")} failed, ${count("skipped")} skipped (seed ${seed}${values.short ? ", short form" : ""})`);
if (values.json !== undefined) {
  const report = { faults: { passed: count("passed"), failed: count("failed"), skipped: count("skipped") }, seed, short: values.short, startedAt, machine: { cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length, loadBefore }, tests: rows };
  await writeFile(values.json, `${JSON.stringify(report, null, 2)}\n`);
}
process.exit(count("failed") === 0 && rows.length > 0 ? 0 : 1);

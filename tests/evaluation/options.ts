import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { RecogniserProfile } from "../../src/domain/biometrics/types.ts";
import { EvaluationError } from "./errors.ts";
import type { Gate } from "./usable.ts";

/** The options that are given as text, all of them optional; an option that is not named is refused. */
export function readOptions<Name extends string>(args: readonly string[], names: readonly Name[]): Readonly<Partial<Record<Name, string>>> {
  try {
    const { values } = parseArgs({ args: [...args], options: Object.fromEntries(names.map((name) => [name, { type: "string" as const }])) });
    return values as Partial<Record<Name, string>>;
  } catch (error) {
    throw new EvaluationError(error instanceof Error ? error.message : String(error));
  }
}

export function readProfile(text: string | undefined): RecogniserProfile {
  if (text === undefined || text === "accurate") return "accurate";
  if (text === "clear") return "clear";
  throw new EvaluationError(`--profile is accurate or clear, not ${text}`);
}

/** Undefined lets the workers decide. */
export function readThreads(text: string | undefined): 1 | 2 | undefined {
  if (text === undefined) return undefined;
  if (text === "1") return 1;
  if (text === "2") return 2;
  throw new EvaluationError(`--threads is 1 or 2, not ${text}`);
}

export function readGate(text: string | undefined): Gate {
  if (text === undefined || text === "face") return "face";
  if (text === "kiosk") return "kiosk";
  throw new EvaluationError(`--gate is face or kiosk, not ${text}`);
}

/** A number above 0 and below 1. */
export function readRate(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!(value > 0 && value < 1)) throw new EvaluationError(`--${name} is between 0 and 1, not ${text}`);
  return value;
}

/** A whole number of at least `least`. */
export function readCount(name: string, text: string | undefined, least: number, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!Number.isInteger(value) || value < least) throw new EvaluationError(`--${name} is a whole number of at least ${String(least)}, not ${text}`);
  return value;
}

/** A path as the caller sees it: npm changes to the project's folder before it runs a script. */
function fromCaller(path: string): string {
  return resolve(process.env["INIT_CWD"] ?? process.cwd(), path);
}

/** @throws EvaluationError when the option is missing or names no folder */
export function readFolder(name: string, text: string | undefined): string {
  if (text === undefined) throw new EvaluationError(`--${name} DIR is missing`);
  const folder = fromCaller(text);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new EvaluationError(`--${name}: there is no folder ${folder}`);
  return folder;
}

/** @throws EvaluationError when the option is missing or names no file */
export function readFilePath(name: string, text: string | undefined): string {
  if (text === undefined) throw new EvaluationError(`--${name} FILE is missing`);
  const file = fromCaller(text);
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw new EvaluationError(`--${name}: there is no file ${file}`);
  return file;
}

/** Writes the report where `--json` says, if it does. */
export function writeJson(path: string | undefined, report: unknown): void {
  if (path === undefined) return;
  const file = fromCaller(path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
}

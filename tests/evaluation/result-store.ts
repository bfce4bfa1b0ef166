import { createHash } from "node:crypto";
import { createReadStream, existsSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import type { RecogniserProfile } from "../../src/domain/biometrics/types.ts";

const ROOT = join(import.meta.dirname, "..", "..");
/** Tests keep theirs elsewhere. */
const RESULTS = process.env["CLOCKFACE_EVALUATION_RESULTS"] ?? join(ROOT, ".cache", "evaluation-results");
/** To be raised when what is kept of a picture changes its meaning. */
const RECORD_VERSION = 1;

/**
 * Where the results of a profile are kept. The name changes with the models, and with what the app's own workers make of
 * the golden portrait: that is how a change of alignment or scaling shows.
 *
 * @param what further names, for results of another kind
 */
export function resultsFile(profile: RecogniserProfile, ...what: readonly string[]): string {
  const hash = createHash("sha256");
  hash.update(String(RECORD_VERSION));
  for (const source of ["models/manifest.json", "models/golden/pipeline-portrait.json"]) hash.update(readFileSync(join(ROOT, source)));
  return join(RESULTS, `${[profile, ...what, hash.digest("hex").slice(0, 16)].join("-")}.jsonl`);
}

/** Results by key, written one a line as they come, so that a run that was ended goes on where it was. */
export class ResultStore<T> {
  readonly #file: string;
  readonly #results: Map<string, T>;
  #descriptor: number | undefined;

  private constructor(file: string, results: Map<string, T>) {
    this.#file = file;
    this.#results = results;
  }

  /** Reads what is there; a last line that was cut off is left out. */
  static async open<T>(file: string): Promise<ResultStore<T>> {
    const results = new Map<string, T>();
    if (existsSync(file)) {
      for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
        try {
          const [key, value] = JSON.parse(line) as [string, T];
          results.set(key, value);
        } catch {
          continue;
        }
      }
    }
    return new ResultStore(file, results);
  }

  get(key: string): T | undefined {
    return this.#results.get(key);
  }

  set(key: string, value: T): void {
    this.#results.set(key, value);
    if (this.#descriptor === undefined) {
      mkdirSync(dirname(this.#file), { recursive: true });
      this.#descriptor = openSync(this.#file, "a");
      // Ends a line that was cut off.
      writeSync(this.#descriptor, "\n");
    }
    writeSync(this.#descriptor, `${JSON.stringify([key, value])}\n`);
  }
}

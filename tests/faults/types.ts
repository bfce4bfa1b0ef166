/** What a fault test is run with. */
export interface FaultContext {
  /** Everything random comes of it: the same seed gives the same run. */
  readonly seed: number;
  /** The form that fits a continuous check; the long one otherwise. */
  readonly short: boolean;
  /** A line of progress. */
  log(line: string): void;
}

/** What came of it. */
export interface FaultReport {
  /** Cases that were tried. */
  readonly n: number;
  /** What went wrong, one line each; empty when all held. */
  readonly failures: readonly string[];
  /** Why it could not be run here: shown, and never counted as passed. */
  readonly skipped?: string;
  readonly figures?: Readonly<Record<string, number | string>>;
}

/** One row of the table that `npm run faults` prints. Each lies in a module of its own beside this file, as default export. */
export interface FaultTest {
  /** For `--only`. */
  readonly name: string;
  /** What must hold, in words. */
  readonly holds: string;
  run(context: FaultContext): Promise<FaultReport>;
}

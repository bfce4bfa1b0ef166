import { simulate } from "./simulation/run.ts";
import type { FaultTest } from "./types.ts";

const SEEDS = { short: 1_000, long: 10_000 };
/** So many runs are made a second time: a run that does not come again from its seed explains nothing. */
const REPEATED_EVERY = 50;

const test: FaultTest = {
  name: "simulation",
  holds: "three tablets and a hub come together after partitions, lost answers, late and doubled requests; each run comes again from its seed",
  async run({ seed, short, log }) {
    const runs = short ? SEEDS.short : SEEDS.long;
    const failures: string[] = [];
    const sums = { requests: 0, duplicates: 0, segments: 0 };
    for (let run = 0; run < runs; run++) {
      const outcome = await simulate(seed + run);
      failures.push(...outcome.failures);
      sums.requests += outcome.requests;
      sums.duplicates += outcome.duplicates;
      sums.segments += outcome.segments;
      if (run % REPEATED_EVERY === 0 && (await simulate(seed + run)).trace !== outcome.trace) failures.push(`seed ${String(seed + run)}: the run does not come again`);
      if (run % 200 === 199) log(`${String(run + 1)} of ${String(runs)}`);
    }
    return { n: runs, failures, figures: sums };
  },
};

export default test;

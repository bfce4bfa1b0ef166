import type { BrowserContext } from "@playwright/test";

import { median, rounded } from "./figures.ts";
import type { MatcherOptions, MatcherTimes } from "./pages/matcher.ts";
import { readKernel } from "./read-kernel.ts";
import type { BenchServer } from "./server.ts";

const PEOPLE = 100_000;
const ROUNDS = 31;

/** Medians in milliseconds of the matcher with a hundred thousand people of one reference each, beside reading that memory once. */
export interface MatcherFigures {
  readonly n: number;
  readonly dims: number;
  readonly ms: number;
  readonly readMs: number;
  /** Median over the rounds of the search by the reading of the same round. */
  readonly ratioToRead: number;
  readonly fastestMs: number;
  readonly fastestReadMs: number;
  readonly addMs: number;
  readonly removeMs: number;
  readonly rounds: number;
}

export async function matcher(context: BrowserContext, server: BenchServer): Promise<MatcherFigures> {
  const page = await context.newPage();
  await page.goto(server.page("matcher"));
  await page.waitForFunction(() => "measureMatcher" in globalThis);
  const options: MatcherOptions = { people: PEOPLE, rounds: ROUNDS, readKernel: await readKernel() };
  const times = await page.evaluate((given) => (globalThis as unknown as { measureMatcher(options: MatcherOptions): MatcherTimes }).measureMatcher(given), options);
  await page.close();
  return {
    n: times.people,
    dims: times.dimensions,
    ms: rounded(median(times.searchMs)),
    readMs: rounded(median(times.readMs)),
    ratioToRead: rounded(median(times.searchMs.map((ms, round) => ms / (times.readMs[round] ?? Number.NaN)))),
    fastestMs: rounded(Math.min(...times.searchMs)),
    fastestReadMs: rounded(Math.min(...times.readMs)),
    addMs: rounded(median(times.addMs)),
    removeMs: rounded(median(times.removeMs)),
    rounds: times.searchMs.length,
  };
}

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Expectations, READY_WITHIN_MS } from "../expectations.ts";
import { FaultBrowser } from "../profile.ts";
import { Random } from "../random.ts";
import { openSite } from "../site.ts";
import type { FaultContext, FaultReport } from "../types.ts";

const PEOPLE = 5;
const PUNCHES_AT_MOST = 40;
const LATER_MS = 40;
/** Between two lives of the page, milliseconds of its own clock. */
const LIFE_MS = 30 * 86_400_000;
const BEGIN_MS = Date.UTC(2026, 2, 2);

export interface Kill {
  readonly kills: number;
  /** Ends what the test is about, in the middle of a punch. */
  end(browser: FaultBrowser, random: Random): Promise<void>;
  /** A browser whose page can be loaded anew: the same one, or another. */
  revive(browser: FaultBrowser, start: () => Promise<FaultBrowser>): Promise<FaultBrowser>;
}

/** One profile, ended again and again while people punch, and what was wrong at the next start. */
export async function killAgainAndAgain(context: FaultContext, { kills, end, revive }: Kill): Promise<FaultReport> {
  const random = new Random(context.seed);
  const failures: string[] = [];
  const readyMs: number[] = [];
  const expectations = new Expectations();
  const folder = await mkdtemp(join(tmpdir(), "clockface-kills-"));
  const site = await openSite();
  const start = (): Promise<FaultBrowser> => FaultBrowser.start(folder, site);
  let browser = await start();
  try {
    await browser.open({ startMs: BEGIN_MS });
    await browser.call("setUp");
    const people = await browser.call("addPeople", PEOPLE);
    for (let kill = 1; kill <= kills; kill++) {
      const draw = random.fork(kill);
      await browser.call("act", "punching", people);
      await browser.acknowledgedAtLeast(draw.between(1, PUNCHES_AT_MOST));
      await new Promise((resolve) => setTimeout(resolve, draw.below(LATER_MS)));
      try {
        await end(browser, draw);
      } catch (error) {
        failures.push(`kill ${kill}: ${error instanceof Error ? error.message : String(error)}`);
      }
      expectations.take(browser.forget());
      browser = await revive(browser, start);
      const opened = await browser.open({ startMs: BEGIN_MS + kill * LIFE_MS, matcher: true });
      readyMs.push(opened.readyMs);
      if (opened.readyMs > READY_WITHIN_MS) failures.push(`kill ${kill}: ready after ${Math.round(opened.readyMs)} ms`);
      failures.push(...expectations.compare(await browser.call("audit")).map((line) => `kill ${kill}: ${line}`));
      if (kill % 10 === 0) context.log(`${kill} kills, ${expectations.acknowledged} punches acknowledged`);
      if (failures.length > 0) break;
    }
  } finally {
    await browser.kill();
    await site.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  const sorted = readyMs.toSorted((a, b) => a - b);
  return {
    n: readyMs.length,
    failures,
    figures: { acknowledged: expectations.acknowledged, "ready ms, median": Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0), "ready ms, worst": Math.round(sorted.at(-1) ?? 0) },
  };
}

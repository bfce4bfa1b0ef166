import { PowerCutDisk } from "./disk/power-cut-disk.ts";
import type { CutMode } from "./disk/file-data.ts";
import { Expectations } from "./expectations.ts";
import type { Activity } from "./page/types.ts";
import { FaultBrowser } from "./profile.ts";
import { Random } from "./random.ts";
import { openSite, type Site } from "./site.ts";
import type { FaultContext, FaultReport, FaultTest } from "./types.ts";

const CUTS = { short: 20, long: 200 };
/** The short form ends after that at the latest: on a slow machine with fewer cuts, and it says how many. Milliseconds. */
const SHORT_MS = 100_000;
const PEOPLE = 5;
/** Cuts in which something else than punching goes on, too, one in so many. */
const ACTIVITIES: readonly Activity[] = ["punching", "punching", "turning", "erasing"];
/** Acknowledged punches before a cut at most, and how much later it comes, milliseconds. */
const PUNCHES_AT_MOST = 40;
const LATER_MS = 40;
/** Between two lives of the tablet, milliseconds of its own clock. */
const LIFE_MS = 30 * 86_400_000;
const BEGIN_MS = Date.UTC(2026, 2, 2);

export interface CutOptions {
  readonly context: FaultContext;
  readonly cuts: number;
  readonly withinMs?: number;
  readonly activities: readonly Activity[];
  readonly modes: readonly CutMode[];
  readonly relaxed: boolean;
  /** After the first failure nothing of that profile can be told any more. */
  readonly stopAtFailure: boolean;
}

/** Lives of one tablet, each ended by a power cut, and what was wrong at the next start. */
export async function cutPower({ context, cuts, withinMs = Number.POSITIVE_INFINITY, activities, modes, relaxed, stopAtFailure }: CutOptions): Promise<FaultReport> {
  const made = await PowerCutDisk.create();
  if ("skipped" in made) return { n: 0, failures: [], skipped: made.skipped };
  const { disk } = made;
  const random = new Random(context.seed);
  const failures: string[] = [];
  const readyMs: number[] = [];
  const figures = { pages: 0, names: 0, worstReadyMs: 0 };
  const expectations = new Expectations();
  let site: Site | null = null;
  let cut = 0;
  const startedAt = performance.now();
  try {
    site = await openSite();
    const profile = `${disk.path}/profile`;
    const people = await prepare(disk, profile, site, relaxed);
    for (let what = "set-up"; ; cut++) {
      const browser = await FaultBrowser.start(profile, site);
      try {
        const wrong = await begin(browser, cut, relaxed, expectations, readyMs);
        failures.push(...wrong.map((line) => `after cut ${cut} (${what}): ${line}`));
        if (cut === cuts || performance.now() - startedAt > withinMs || (wrong.length > 0 && stopAtFailure)) break;
        const draw = random.fork(cut);
        const activity = draw.pick(activities);
        const mode = draw.pick(modes);
        await browser.call("act", activity, people);
        await browser.acknowledgedAtLeast(draw.between(1, PUNCHES_AT_MOST));
        await new Promise((resolve) => setTimeout(resolve, draw.below(LATER_MS)));
        const lost = await disk.cut(mode, draw.below(2 ** 31));
        what = `${activity}, ${mode}`;
        if (browser.failures.length > 0) failures.push(`before cut ${cut + 1} (${what}): ${browser.failures[0] ?? ""}`);
        figures.pages += lost.pages;
        figures.names += lost.names;
        if ((cut + 1) % 10 === 0) context.log(`${cut + 1} cuts, ${expectations.acknowledged} punches acknowledged`);
      } finally {
        await browser.kill();
      }
      expectations.take(browser);
      await disk.remount();
    }
  } finally {
    await disk.remove();
    await site?.close();
  }
  figures.worstReadyMs = Math.round(Math.max(0, ...readyMs));
  return { n: cut, failures, figures: { acknowledged: expectations.acknowledged, "pages lost": figures.pages, "names lost": figures.names, "ready ms at worst": figures.worstReadyMs } };
}

/** A tablet that was set up some time ago. */
async function prepare(disk: PowerCutDisk, profile: string, site: Site, relaxed: boolean): Promise<readonly string[]> {
  const browser = await FaultBrowser.start(profile, site);
  await browser.open({ startMs: BEGIN_MS, relaxed });
  await browser.call("setUp");
  const people = await browser.call("addPeople", PEOPLE);
  await browser.close();
  await disk.settle();
  return people;
}

async function begin(browser: FaultBrowser, life: number, relaxed: boolean, expectations: Expectations, readyMs: number[]): Promise<readonly string[]> {
  try {
    const opened = await browser.open({ startMs: BEGIN_MS + (life + 1) * LIFE_MS, relaxed, matcher: true });
    readyMs.push(opened.readyMs);
    const wrong = expectations.compare(await browser.call("audit"));
    const empty = opened.setUp && opened.people.length === PEOPLE ? [] : ["the set-up or its people are gone"];
    return [...empty, ...wrong];
  } catch (error) {
    return [`the core does not open: ${error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)}`];
  }
}

export default {
  name: "power-cut",
  holds: "no acknowledged punch lost or doubled, the chain verifies, old or new keys and never a mixture",
  run: (context) =>
    cutPower({ context, cuts: context.short ? CUTS.short : CUTS.long, ...(context.short ? { withinMs: SHORT_MS } : {}), activities: ACTIVITIES, modes: ["kept", "torn"], relaxed: false, stopAtFailure: true }),
} satisfies FaultTest;

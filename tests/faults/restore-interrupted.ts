import { newProfile } from "../support/browser.ts";
import { until } from "../support/until.ts";
import type { BackupOnPage, MadeBackup, TabletState } from "./page/backup.ts";
import { FaultBrowser } from "./profile.ts";
import { Random } from "./random.ts";
import { openSite, type Site } from "./site.ts";
import type { FaultContext, FaultReport, FaultTest } from "./types.ts";

const KILLS = { short: 5, long: 40 };
const PEOPLE = 40;
const PUNCHES = 120;

async function call<N extends keyof BackupOnPage>(browser: FaultBrowser, site: Site, name: N, ...args: Parameters<BackupOnPage[N]>): Promise<Awaited<ReturnType<BackupOnPage[N]>>> {
  await browser.page.goto(site.origin);
  await browser.page.addScriptTag({ url: "/backup.js", type: "module" });
  await browser.page.waitForFunction(() => "backupFaults" in globalThis);
  return (await browser.page.evaluate(
    ([called, given]) => (globalThis as unknown as { readonly backupFaults: Record<string, (...values: unknown[]) => unknown> }).backupFaults[called]?.(...given),
    [name as string, args as readonly unknown[]] as const,
  )) as Awaited<ReturnType<BackupOnPage[N]>>;
}

/** Nothing of the backup, or all of it. */
function wrongWith(state: TabletState, { people, entries }: MadeBackup): string | null {
  const old = !state.setUp && state.people === 0 && state.users === 0 && state.history === 0 && state.restored === 0;
  const fresh = state.setUp && state.people === people && state.users === 1 && state.history === entries && state.restored === 1;
  return (old || fresh) && !state.staged ? null : JSON.stringify(state);
}

async function run(context: FaultContext): Promise<FaultReport> {
  const random = new Random(context.seed);
  const failures: string[] = [];
  const outcomes = { before: 0, after: 0 };
  const site = await openSite();
  const profile = await newProfile("restore");
  const kills = context.short ? KILLS.short : KILLS.long;
  let browser = await FaultBrowser.start(profile.path, site);
  try {
    const backup = await call(browser, site, "make", PEOPLE, PUNCHES);
    const wholeMs = await call(browser, site, "restore", "whole-", backup);
    const whole = wrongWith(await call(browser, site, "look", "whole-"), backup);
    if (whole !== null) failures.push(`without a kill: ${whole}`);
    for (let kill = 0; kill < kills; kill++) {
      const prefix = `cut${kill}-`;
      // What it comes to is not heard of any more.
      const restoring = call(browser, site, "restore", prefix, backup).catch(() => undefined);
      await until(browser.page, async (name) => (await (navigator as unknown as { storageBuckets: { keys(): Promise<string[]> } }).storageBuckets.keys()).some((one) => one.startsWith(name)), `${prefix}restore-`, { everyMs: 5 });
      await new Promise((resolve) => setTimeout(resolve, random.below(Math.ceil(wholeMs))));
      await browser.kill();
      await restoring;
      browser = await FaultBrowser.start(profile.path, site);
      const state = await call(browser, site, "look", prefix);
      const wrong = wrongWith(state, backup);
      if (wrong !== null) failures.push(`kill ${kill}: ${wrong}`);
      outcomes[state.setUp ? "after" : "before"]++;
      context.log(`kill ${kill + 1}: ${state.setUp ? "restored" : "as before"}`);
    }
    return { n: kills, failures, figures: { "as before": outcomes.before, restored: outcomes.after, "restore ms": Math.round(wholeMs) } };
  } finally {
    await browser.close().catch(() => undefined);
    await site.close();
    await profile.remove();
  }
}

export default {
  name: "restore-interrupted",
  holds: "after kill -9 in the middle of a restore the tablet is as it was or wholly restored, and nothing is left lying",
  run,
} satisfies FaultTest;

import { killAgainAndAgain } from "./kills/lives.ts";
import type { FaultBrowser } from "./profile.ts";
import type { FaultTest } from "./types.ts";

/** Workers that a punch needs are started anew by the next one; longer than that takes, milliseconds. */
const GOES_ON_WITHIN_MS = 5_000;

async function recorded(browser: FaultBrowser, personId: string): Promise<boolean> {
  try {
    browser.acknowledged.push(await browser.call("punch", personId));
    return true;
  } catch {
    return false;
  }
}

export default {
  name: "kill-worker",
  holds: "after a worker dies in the middle of a punch the next one is recorded within 5 s; none is lost or doubled",
  run: (context) => {
    let turn = 0;
    return killAgainAndAgain(context, {
      kills: context.short ? 5 : 50,
      async end(browser, random) {
        const workers = browser.page.workers();
        if (workers.length === 0) throw new Error("the page has no worker");
        // Each in its turn: which of them a punch needs is not for this test to know.
        await workers[turn++ % workers.length]?.evaluate(() => (globalThis as unknown as { close(): void }).close());
        const killedAt = performance.now();
        // What was on its way may fail, visibly; then somebody punches again.
        await browser.call("rest");
        const someone = random.pick(await browser.call("people"));
        while (!(await recorded(browser, someone))) {
          if (performance.now() - killedAt > GOES_ON_WITHIN_MS) break;
        }
        const tookMs = performance.now() - killedAt;
        if (tookMs > GOES_ON_WITHIN_MS) throw new Error(`no punch was recorded for ${Math.round(tookMs)} ms`);
      },
      // The page goes on; what is compared is what another start finds.
      revive: (browser) => Promise.resolve(browser),
    });
  },
} satisfies FaultTest;

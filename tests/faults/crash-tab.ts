import { killAgainAndAgain } from "./kills/lives.ts";
import type { FaultTest } from "./types.ts";

export default {
  name: "crash-tab",
  holds: "after a crash of the tab no acknowledged punch is lost or doubled, and the core is ready in 5 s",
  run: (context) =>
    killAgainAndAgain(context, {
      kills: context.short ? 5 : 50,
      end: (browser) => browser.crashPage(),
      revive: async (browser) => {
        await browser.newPage();
        return browser;
      },
    }),
} satisfies FaultTest;

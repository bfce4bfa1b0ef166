import { killAgainAndAgain } from "./kills/lives.ts";
import type { FaultTest } from "./types.ts";

export default {
  name: "kill-browser",
  holds: "after kill -9 of the browser no acknowledged punch is lost or doubled, and the core is ready in 5 s",
  run: (context) =>
    killAgainAndAgain(context, {
      kills: context.short ? 5 : 50,
      end: (browser) => browser.kill(),
      revive: (_gone, start) => start(),
    }),
} satisfies FaultTest;

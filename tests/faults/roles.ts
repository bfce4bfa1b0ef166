import { withTabs } from "./identity-tabs.ts";
import type { FaultTest } from "./types.ts";

export default {
  name: "roles",
  holds: "each role can do and read what is its own, in its own department, and the keys that it holds open nothing else",
  run: () => withTabs(1, async ([tab]) => (tab ? tab.call("roles") : { n: 0, failures: ["no tab"] })),
} satisfies FaultTest;

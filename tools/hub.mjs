// npm run hub: the sync hub, with the built app on the same origin.
import { ROOT, bin, build, must, setUp } from "./setup.mjs";
import { newestSource, builtAt } from "./freshness.mjs";

setUp();
if (builtAt(ROOT) < newestSource(ROOT)) build();
must(bin("tsx"), ["hub/main.ts", ...process.argv.slice(2)]);

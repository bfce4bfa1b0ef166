// npm run faults: set up, build when the sources are newer, and see what holds when things go wrong.
import { ROOT, bin, build, run, setUp } from "./setup.mjs";
import { newestSource, builtAt } from "./freshness.mjs";

setUp();
if (builtAt(ROOT) < newestSource(ROOT)) {
  console.log("Building …");
  build();
}
process.exit(run(bin("tsx"), ["tests/faults/main.ts", ...process.argv.slice(2)]));

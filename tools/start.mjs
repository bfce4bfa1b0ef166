// npm start: install, derive the models, build, and serve the built app.
import { ROOT, bin, build, must, setUp } from "./setup.mjs";
import { newestSource, builtAt } from "./freshness.mjs";

setUp();
if (builtAt(ROOT) < newestSource(ROOT)) {
  console.log("Building …");
  build();
}
must(bin("tsx"), ["tools/serve.ts", ...process.argv.slice(2)]);

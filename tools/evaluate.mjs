// npm run evaluate: set up, then measure on folders of pictures. The protocol itself builds what it measures, when it must.
import { bin, run, setUp } from "./setup.mjs";

setUp();
process.exit(run(bin("tsx"), ["tests/evaluation/main.ts", ...process.argv.slice(2)]));

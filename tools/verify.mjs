// npm run verify -- FILE: checks an auditor's package. Needs the packages and nothing else; it neither builds nor asks a network.
import { bin, install, run } from "./setup.mjs";

install();
process.exit(run(bin("tsx"), ["tools/verify.ts", ...process.argv.slice(2)]));

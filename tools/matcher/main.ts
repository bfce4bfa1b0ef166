/** Compiles the matcher's kernel when it is missing or its source has changed: `npx tsx tools/matcher/main.ts`. */
import { buildKernel } from "./build.ts";

process.stdout.write((await buildKernel()) ? "matcher: compiled\n" : "matcher: in place\n");

import { trustOwnScripts } from "../../src/adapters/platform/trusted-types.ts";
import { extract, open } from "./extract-page.ts";
import { mediaDuration } from "./presentation-media-page.ts";
import { tracePresentation } from "./presentation-page.ts";

/** What the evaluation page offers to a script that drives it: the application's own workers. */
const harness = { open, extract, tracePresentation, mediaDuration };

export type Harness = typeof harness;

trustOwnScripts();
Object.assign(globalThis, { harness });

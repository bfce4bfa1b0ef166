import { cutPower } from "./power-cut.ts";
import type { FaultTest } from "./types.ts";

/** Enough to lose something, if anything can be lost. */
const CUTS = 2;

/** The control of the power cuts: the same without waiting for the disk and with no second copy. */
export default {
  name: "power-cut-blind",
  holds: "with relaxed durability and no second copy a cut loses acknowledged punches: the harness sees losses",
  async run(context) {
    const report = await cutPower({ context, cuts: CUTS, activities: ["punching"], modes: ["kept"], relaxed: true, stopAtFailure: true });
    if (report.skipped !== undefined) return report;
    const seen = report.failures.filter((line) => line.includes("are lost") || line.includes("are gone") || line.includes("does not open"));
    return { ...report, n: 1, failures: seen.length > 0 ? [] : ["nothing was lost: the harness is blind"], figures: { ...report.figures, seen: seen[0] ?? "" } };
  },
} satisfies FaultTest;

import type { BrowserContext } from "@playwright/test";

import { median, rounded } from "./figures.ts";
import type { ReportFigures } from "./pages/reports.ts";
import type { BenchServer } from "./server.ts";

const ROWS = 100_000;
const FRAMES = 300;

/** A report of 100,000 rows: how smoothly it is scrolled, and how long its files take. Milliseconds; a longest task of 0 is one under 50. */
export async function reports(context: BrowserContext, server: BenchServer): Promise<object> {
  const page = await context.newPage();
  await page.goto(server.page("reports"));
  await page.waitForFunction(() => "measureReports" in globalThis);
  const { frames, ...figures } = await page.evaluate(({ rows, count }) => (globalThis as unknown as { measureReports(rows: number, frames: number): Promise<ReportFigures> }).measureReports(rows, count), { rows: ROWS, count: FRAMES });
  await page.close();
  const sorted = [...frames].sort((one, other) => one - other);
  return {
    ...Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, rounded(value)])),
    frames: frames.length,
    frameMedianMs: rounded(median(sorted)),
    frameP99Ms: rounded(sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN),
    frameWorstMs: rounded(sorted.at(-1) ?? Number.NaN),
  };
}

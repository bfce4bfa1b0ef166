import type { BrowserContext } from "@playwright/test";

import { rounded } from "./figures.ts";
import type { TrackingFigures } from "./pages/tracking.ts";
import type { BenchServer } from "./server.ts";

const MS = 10_000;

/** Frames followed a second by the production workers, from the browser's camera. */
export async function tracking(context: BrowserContext, server: BenchServer): Promise<TrackingFigures> {
  const page = await context.newPage();
  await page.goto(server.page("tracking"));
  await page.waitForFunction(() => "measureTracking" in globalThis);
  const { camera, following, deciding } = await page.evaluate(
    ({ workers, ms }) => (globalThis as unknown as { measureTracking(options: object, ms: number): Promise<TrackingFigures> }).measureTracking({ workers }, ms),
    { workers: server.workers, ms: MS },
  );
  await page.close();
  return {
    camera,
    following: { fps: rounded(following.fps), processedMs: rounded(following.processedMs) },
    deciding: { fps: rounded(deciding.fps), processedMs: rounded(deciding.processedMs), extractions: deciding.extractions },
  };
}

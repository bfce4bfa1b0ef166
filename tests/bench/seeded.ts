import { Tablet } from "../support/browser.ts";
import type { OpenOptions } from "./pages/page.ts";
import type { BenchServer } from "./server.ts";

export const STORED_PEOPLE = 5_000;
export const STORED_ENTRIES = 1_000_000;

/** Fills a profile's store with people of five references each and a long log. Says how many seconds that took. */
export async function seedStore(server: BenchServer, profile: string, clip: string | null = null): Promise<number> {
  const begun = performance.now();
  const tablet = await Tablet.start({ clip, origin: server.origin, profile });
  try {
    await tablet.page.goto(server.page("seed"));
    await tablet.page.waitForFunction(() => "seed" in globalThis);
    const options: OpenOptions = { workers: server.workers, people: STORED_PEOPLE, entries: STORED_ENTRIES };
    await tablet.page.evaluate((given) => (globalThis as unknown as { seed(options: OpenOptions): Promise<void> }).seed(given), options);
  } finally {
    await tablet.close();
  }
  return Math.round((performance.now() - begun) / 1_000);
}

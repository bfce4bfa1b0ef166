import type { Page } from "@playwright/test";

/** Lets the page's wall clock jump ahead. Timers and the monotonic clock go on as they were. */
export async function advanceClock(page: Page, byMs: number): Promise<void> {
  await page.evaluate((ms) => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + ms;
  }, byMs);
}

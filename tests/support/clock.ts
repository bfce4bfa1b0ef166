import type { Page } from "@playwright/test";

/**
 * Lets time pass on a tablet: the page is loaded anew with its wall clock further ahead. Within one life of a page
 * the app goes by the monotonic clock, which nothing moves.
 */
export async function letTimePass(page: Page, byMs: number): Promise<void> {
  await moveWallClock(page, byMs);
  await page.reload();
}

/** From the next load on the page's wall clock goes ahead by that much more; the monotonic one is as it was. */
export async function moveWallClock(page: Page, byMs: number): Promise<void> {
  await page.addInitScript((ms) => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + ms;
  }, byMs);
}

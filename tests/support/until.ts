import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "@playwright/test";

interface Patience {
  readonly timeoutMs?: number;
  readonly everyMs?: number;
}

/** Asks in the page, through every load of it, until the answer is true. `page.waitForFunction` is not for this: it takes the promise for the answer, and waits for nothing. */
export async function until<T>(page: Page, answer: (arg: T) => Promise<boolean>, arg: T, { timeoutMs = 20_000, everyMs = 50 }: Patience = {}): Promise<void> {
  const end = performance.now() + timeoutMs;
  const ask = answer as Parameters<typeof page.evaluate<boolean, T>>[0];
  let failed: unknown;
  while (!(await page.evaluate<boolean, T>(ask, arg).catch((error: unknown) => ((failed = error), false)))) {
    if (performance.now() > end) throw new Error(`not true within ${timeoutMs} ms: ${answer.toString()}`, { cause: failed });
    await sleep(everyMs);
  }
}

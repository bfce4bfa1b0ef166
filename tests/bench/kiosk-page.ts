import type { Page } from "@playwright/test";

import type { KioskState, KioskSurroundings } from "../../src/app/api/kiosk.ts";
import type { Observable } from "../../src/app/observable.ts";

/** A kiosk that is not ready by then will not be. */
const READY_MS = 180_000;

/** The app's page as the bench looks into it. */
export interface KioskElement extends Element {
  readonly kiosk: { readonly state: Observable<KioskState>; readonly surroundings: Observable<KioskSurroundings> };
}

/**
 * From the navigation to the first screen that recognises faces, milliseconds on the page's clock.
 *
 * @param enrolled how many people must be in the gallery then
 */
export async function readyAfter(page: Page, origin: string, enrolled = 0): Promise<number> {
  await page.goto(origin);
  const handle = await page.waitForFunction(
    (least) => {
      const kiosk = (document.querySelector("cf-app") as unknown as KioskElement | null)?.kiosk;
      if (kiosk === undefined || kiosk.state.value.kind === "starting") return false;
      const { enrolled: known, faceFault } = kiosk.surroundings.value;
      return known >= least && faceFault === null && performance.now();
    },
    enrolled,
    { timeout: READY_MS },
  );
  return Number(await handle.jsonValue());
}

import { expect } from "@playwright/test";
import { Temporal } from "temporal-polyfill";

import type { Tablet } from "./browser.ts";
import { moveWallClock } from "./clock.ts";
import { KioskPage, type Direction, type TestPerson } from "./pages.ts";
import type { Line } from "./proxy.ts";

/** What the kiosk showed when it had recorded a punch. */
export interface Acknowledged {
  readonly number: string;
  readonly direction: Direction;
  /** Local time of the site, `2026-10-06 07:55:03`. */
  readonly at: string;
  readonly receipt: string;
}

/** A tablet at a door of the site, with a line of its own to the hub, on a clock that the test sets. */
export class PlacedTablet {
  readonly kiosk: KioskPage;
  /** Everything that it told people it has recorded, in its order. */
  readonly acknowledged: Acknowledged[] = [];
  #aheadMs = 0;
  #day = "";

  constructor(
    readonly tablet: Tablet,
    readonly line: Line,
    private readonly zone: string,
  ) {
    this.kiosk = new KioskPage(tablet.page);
  }

  /** It is that local time, on the tablet and in what its line brings. The next page that is opened knows. */
  async itIs(local: string): Promise<void> {
    const time = Temporal.PlainDateTime.from(local);
    const aheadMs = time.toZonedDateTime(this.zone).epochMilliseconds - Date.now();
    await moveWallClock(this.tablet.page, aheadMs - this.#aheadMs);
    this.#aheadMs = aheadMs;
    this.#day = time.toPlainDate().toString();
    this.line.aheadMs = aheadMs;
  }

  /** Shows the kiosk at that local time. */
  async at(local: string): Promise<void> {
    await this.itIs(local);
    await this.kiosk.open(this.line.origin);
    await expect(this.kiosk.idle).toBeVisible();
  }

  async unplug(): Promise<void> {
    // The app has to be there without its server.
    await this.tablet.page.evaluate(async () => navigator.serviceWorker.ready.then(() => undefined));
    await this.line.cut();
    await this.tablet.context.setOffline(true);
  }

  async plugIn(): Promise<void> {
    await this.line.connect();
    await this.tablet.context.setOffline(false);
  }

  /** By number and PIN. Turned round by the person where the tablet takes it for the other direction. */
  async punch(person: TestPerson, pin: string, direction: Direction): Promise<void> {
    const { kiosk } = this;
    await expect(kiosk.idle).toBeVisible();
    await kiosk.typePunch(person.number, pin);
    // At once: the outcome is shown for four seconds.
    let shown = await kiosk.outcome.evaluate(readAndTurn, direction);
    if (shown.direction !== direction) await expect.poll(async () => (shown = await kiosk.outcome.evaluate(readAndTurn, direction)).direction).toBe(direction);
    expect(shown).toMatchObject({ name: expect.stringMatching(`^${person.name.split(" ")[0] ?? ""}`), said: "Recorded" });
    this.acknowledged.push({ number: person.number, direction, at: `${this.#day} ${shown.time}`, receipt: shown.receipt });
  }
}

/** Runs in the page: what the screen with the outcome says. Where it says the other direction, the button that turns it is pressed. */
function readAndTurn(outcome: Element, wanted: string): { readonly name: string; readonly direction: string; readonly time: string; readonly said: string; readonly receipt: string } {
  const root = outcome.shadowRoot;
  const text = (selector: string): string => root?.querySelector(selector)?.textContent.trim() ?? "";
  const shown = { name: text("h1"), direction: text(".direction"), time: text(".when span"), said: text(".when small"), receipt: text(".receipt span") };
  const turn = root?.querySelector<HTMLButtonElement>(".buttons .button");
  if (shown.direction !== wanted && turn?.textContent.trim() === `Change to ${wanted}`) turn.click();
  return shown;
}

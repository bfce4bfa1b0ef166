/**
 * How long a person stands before the kiosk, on the production build: `npx tsx tests/bench/walk-up.ts [--rounds 10] [--json FILE]`.
 *
 * The fake camera plays somebody who comes, is recognised and leaves, again and again. Measured in the page: from the
 * first usable frame (the kiosk begins to decide) to the outcome, frames a second while tracking, tasks of 50 ms and
 * more on the main thread, and what it takes until the kiosk is ready, with the server and without it.
 */
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";

import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";

import type { KioskState } from "../../src/app/api/kiosk.ts";
import type { Observable } from "../../src/app/observable.ts";
import { newProfile, Tablet } from "../support/browser.ts";
import { prepareClips } from "../support/clips/clips.ts";
import { ADA, EnrolmentPage, SetupPage } from "../support/pages.ts";
import { freePort, servedApp, startApp } from "../support/servers.ts";

interface KioskElement extends Element {
  readonly kiosk: { readonly state: Observable<KioskState> };
}

interface Visit {
  readonly outcome: KioskState["kind"];
  /** From the first usable frame, milliseconds; a challenge counts as part of it. */
  readonly ms: number;
  readonly challenged: boolean;
}

interface Watched {
  visits: Visit[];
  views: number;
}

const { values } = parseArgs({ options: { rounds: { type: "string", default: "10" }, json: { type: "string" } } });
const rounds = Number(values.rounds);

/** Runs in the page: notes when deciding begins and what comes of it. */
function watch(): void {
  const { kiosk } = document.querySelector("cf-app") as unknown as KioskElement;
  const watched: Watched = { visits: [], views: 0 };
  Object.assign(globalThis, { watched });
  let began: number | null = null;
  let challenged = false;
  kiosk.state.subscribe((state) => {
    watched.views += 1;
    switch (state.kind) {
      case "deciding":
        began ??= performance.now();
        break;
      case "challenge":
        challenged = true;
        break;
      case "recorded":
      case "already-recorded":
      case "not-recognised":
        if (began !== null) watched.visits.push({ outcome: state.kind, ms: performance.now() - began, challenged });
        began = null;
        challenged = false;
        break;
      case "idle":
        began = null;
        challenged = false;
        break;
      case "starting":
      case "guiding":
      case "undone":
      case "pin":
      case "not-recorded":
    }
  });
}

const watched = (page: Page): Promise<Watched> => page.evaluate(() => (globalThis as unknown as { watched: Watched }).watched);

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** From the navigation to the first screen that recognises faces, milliseconds on the page's clock. */
async function readyAfter(page: Page, origin: string): Promise<number> {
  await page.goto(origin);
  const handle = await page.waitForFunction(() => {
    const kiosk = (document.querySelector("cf-app") as unknown as KioskElement | null)?.kiosk;
    return kiosk !== undefined && kiosk.state.value.kind !== "starting" && performance.now();
  });
  return Number(await handle.jsonValue());
}

const clips = await prepareClips();
const profile = await newProfile("walk-up");
const app = await startApp(await freePort(), servedApp());

const first = await Tablet.start({ clip: clips["portrait-enrols"], origin: app.origin, profile: profile.path });
const setup = new SetupPage(first.page);
await setup.run(app.origin);
await setup.addPerson(ADA);
const enrolment = new EnrolmentPage(first.page);
await enrolment.agree();
await expect(enrolment.enrolled).toBeVisible({ timeout: 90_000 });
await enrolment.issuePin();
await enrolment.finish();
await setup.openKiosk();
await first.close();

const tablet = await Tablet.start({ clip: clips["portrait-passes"], origin: app.origin, profile: profile.path });
const { page } = tablet;
const coldStartMs = await readyAfter(page, app.origin);
await page.evaluate(watch);
const begin = Date.now();
while ((await watched(page)).visits.length < rounds && Date.now() - begin < rounds * 20_000) await page.waitForTimeout(500);
const { visits, views } = await watched(page);
const seconds = (Date.now() - begin) / 1000;
const longTasks = await tablet.longTasks();
await app.stop();
const offlineStartMs = await readyAfter(page, app.origin);
await tablet.close();
await profile.remove();

const passive = visits.filter(({ challenged, outcome }) => !challenged && outcome !== "not-recognised").map(({ ms }) => ms);
const asked = visits.filter(({ challenged }) => challenged).map(({ ms }) => ms);
const result = {
  coldStartMs: Math.round(coldStartMs),
  offlineStartMs: Math.round(offlineStartMs),
  walkUp: { n: passive.length, medianMs: Math.round(median(passive)), worstMs: Math.round(Math.max(...passive)) },
  challenged: { n: asked.length, medianMs: Math.round(median(asked)) },
  outcomes: Object.fromEntries([...new Set(visits.map(({ outcome }) => outcome))].map((kind) => [kind, visits.filter(({ outcome }) => outcome === kind).length])),
  viewsPerSecond: Number((views / seconds).toFixed(1)),
  longTasks: { n: longTasks.length, worstMs: Math.round(Math.max(0, ...longTasks)), overSeconds: Math.round(seconds) },
};
console.log(JSON.stringify(result, null, 2));
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(result)}\n`);

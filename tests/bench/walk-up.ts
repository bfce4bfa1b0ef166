import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";

import type { KioskState } from "../../src/app/api/kiosk.ts";
import { newProfile, Tablet } from "../support/browser.ts";
import { prepareClips } from "../support/clips/clips.ts";
import { ADA, EnrolmentPage, SetupPage } from "../support/pages.ts";
import { freePort, servedApp, startApp } from "../support/servers.ts";
import { median, rounded } from "./figures.ts";
import { readyAfter, type KioskElement } from "./kiosk-page.ts";

const ROUNDS = 10;
/** A visit of the clip takes about this long; a kiosk that recognises nobody is given up. */
const ROUND_MS = 20_000;

interface Visit {
  readonly outcome: KioskState["kind"];
  /** From the first usable frame, milliseconds; a challenge counts as part of it. */
  readonly ms: number;
  readonly challenged: boolean;
}

/** Times in milliseconds. */
export interface WalkUpFigures {
  /** Of the visits without a challenge that ended in "recorded" or "already recorded". */
  readonly medianMs: number;
  readonly n: number;
  readonly worstMs: number;
  readonly challenged: { readonly n: number; readonly medianMs: number };
  readonly outcomes: Readonly<Record<string, number>>;
  readonly coldStartMs: number;
  /** Tasks of 50 ms and more on the kiosk's main thread: while it started, and while visits went on. */
  readonly longTasks: { readonly atStart: number; readonly whileTracking: number; readonly worstWhileTrackingMs: number; readonly trackedSeconds: number };
}

/**
 * How long a person stands before the kiosk, on the production build. The fake camera plays somebody who comes, is
 * recognised and leaves, again and again; measured in the page, from when the kiosk begins to decide to the outcome.
 */
export async function walkUp(progress: (text: string) => void): Promise<WalkUpFigures> {
  const clips = await prepareClips(["portrait-enrols", "portrait-passes"]);
  const profile = await newProfile("walk-up");
  const app = await startApp(await freePort(), servedApp());
  let tablet = await Tablet.start({ clip: clips["portrait-enrols"], origin: app.origin, profile: profile.path });
  try {
    await enrolAda(tablet.page, app.origin);
    await tablet.close();
    progress("somebody is enrolled");

    tablet = await Tablet.start({ clip: clips["portrait-passes"], origin: app.origin, profile: profile.path });
    const { page } = tablet;
    const coldStartMs = await readyAfter(page, app.origin);
    await page.evaluate(watch);
    // What belongs to the start has been said by the time the first visit is over.
    await visitsOf(page, 1);
    const atStart = (await tablet.longTasks()).length;
    const began = performance.now();
    const visits = await visitsOf(page, ROUNDS);
    const whileTracking = (await tablet.longTasks()).slice(atStart);
    return figures(visits, {
      coldStartMs: rounded(coldStartMs),
      longTasks: {
        atStart,
        whileTracking: whileTracking.length,
        worstWhileTrackingMs: rounded(Math.max(0, ...whileTracking)),
        trackedSeconds: rounded((performance.now() - began) / 1000),
      },
    });
  } finally {
    await tablet.close();
    await app.stop();
    await profile.remove();
  }
}

async function enrolAda(page: Page, origin: string): Promise<void> {
  const setup = new SetupPage(page);
  await setup.run(origin);
  await setup.addPerson(ADA);
  const enrolment = new EnrolmentPage(page);
  await enrolment.agree();
  await expect(enrolment.enrolled).toBeVisible({ timeout: 90_000 });
  await enrolment.issuePin();
  await enrolment.finish();
  await setup.openKiosk();
}

/** Runs in the page: notes when deciding begins and what comes of it. */
function watch(): void {
  const { kiosk } = document.querySelector("cf-app") as unknown as KioskElement;
  const visits: Visit[] = [];
  Object.assign(globalThis, { visits });
  let began: number | null = null;
  let challenged = false;
  const ended = new Set<KioskState["kind"]>(["recorded", "already-recorded", "not-recognised", "second-factor"]);
  kiosk.state.subscribe(({ kind }) => {
    if (kind === "deciding") began ??= performance.now();
    else if (kind === "challenge") challenged = true;
    else if (ended.has(kind) || kind === "idle") {
      if (ended.has(kind) && began !== null) visits.push({ outcome: kind, ms: performance.now() - began, challenged });
      began = null;
      challenged = false;
    }
  });
}

/** The visits there are when there are so many, or when none comes any more. */
async function visitsOf(page: Page, count: number): Promise<readonly Visit[]> {
  await page
    .waitForFunction((wanted) => (globalThis as unknown as { visits: readonly Visit[] }).visits.length >= wanted, count, { timeout: count * ROUND_MS })
    .catch(() => undefined);
  return page.evaluate(() => (globalThis as unknown as { visits: readonly Visit[] }).visits);
}

function figures(visits: readonly Visit[], more: Pick<WalkUpFigures, "coldStartMs" | "longTasks">): WalkUpFigures {
  const recorded = visits.filter(({ outcome }) => outcome === "recorded" || outcome === "already-recorded");
  const passive = recorded.filter(({ challenged }) => !challenged).map(({ ms }) => ms);
  const asked = recorded.filter(({ challenged }) => challenged).map(({ ms }) => ms);
  const kinds = [...new Set(visits.map(({ outcome }) => outcome))];
  return {
    medianMs: rounded(median(passive)),
    n: passive.length,
    worstMs: rounded(Math.max(...passive)),
    challenged: { n: asked.length, medianMs: rounded(median(asked)) },
    outcomes: Object.fromEntries(kinds.map((kind) => [kind, visits.filter(({ outcome }) => outcome === kind).length])),
    ...more,
  };
}

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Page } from "@playwright/test";
import { Temporal } from "temporal-polyfill";
import { build } from "vite";

import { matcherKernel } from "../../../tools/vite/matcher-kernel.ts";
import { moveWallClock } from "../clock.ts";
import { Phone } from "../phone.ts";
import type { Seeded, SeedMonth, SeedPage } from "./types.ts";

const FOLDER = "/seed/";

/**
 * Fills the stores of the page's origin with a month, and takes its users' second factors in to the phone. The page that
 * does it is built for the occasion and served into the origin by the test alone: the app that is tested has no such page.
 */
export async function seedMonth(page: Page, origin: string, month: SeedMonth): Promise<Seeded> {
  const seeded = await onSeedPage(page, origin, (what) => (globalThis as unknown as SeedPage).seed(what), month);
  const phone = new Phone(page);
  for (const { name, secret } of seeded.users) phone.takeIn(name, secret);
  return seeded;
}

/** People confirm a month by the app's own code, without its screens; each looks at it first, as on the screen. */
export async function confirmWithoutScreens(page: Page, origin: string, month: string, people: readonly string[]): Promise<void> {
  await onSeedPage(page, origin, (what) => (globalThis as unknown as SeedPage).confirmMonths(what), { month, people });
}

async function onSeedPage<In, Out>(page: Page, origin: string, run: (what: In) => Promise<Out>, what: In): Promise<Out> {
  const folder = await mkdtemp(join(tmpdir(), "clockface-month-"));
  // The app's service worker would answer for the whole origin, where it has come to be.
  const network = await page.context().newCDPSession(page);
  await network.send("Network.enable");
  await network.send("Network.setBypassServiceWorker", { bypass: true });
  try {
    await buildPage(folder);
    await page.route(`${origin}${FOLDER}**`, async (route) => {
      const path = new URL(route.request().url()).pathname.slice(FOLDER.length);
      if (path === "") await route.fulfill({ contentType: "text/html; charset=utf-8", body: `<!doctype html><html lang="en"><meta charset="utf-8"><title>Seed</title><link rel="icon" href="data:,"><script type="module" src="${FOLDER}page.js"></script>` });
      else await route.fulfill({ contentType: path.endsWith(".wasm") ? "application/wasm" : "text/javascript", body: await readFile(join(folder, path)) });
    });
    await page.goto(`${origin}${FOLDER}`);
    await page.waitForFunction(() => "confirmMonths" in globalThis);
    const done = await page.evaluate(run as (what: unknown) => Promise<Out>, what);
    await page.unroute(`${origin}${FOLDER}**`);
    return done;
  } finally {
    await network.detach();
    await rm(folder, { recursive: true, force: true });
  }
}

async function buildPage(folder: string): Promise<void> {
  await build({
    configFile: false,
    root: import.meta.dirname,
    logLevel: "error",
    publicDir: false,
    base: FOLDER,
    plugins: [matcherKernel()],
    worker: { format: "es" },
    build: { target: "es2023", outDir: folder, emptyOutDir: true, chunkSizeWarningLimit: 5000, rolldownOptions: { input: { page: join(import.meta.dirname, "page.ts") }, preserveEntrySignatures: "strict", output: { entryFileNames: "[name].js" } } },
  });
}

/** From the next load on, the page's wall clock goes on from that local time; the monotonic one is as it was. */
export async function setWallClock(page: Page, local: string, zone: string): Promise<void> {
  await moveWallClock(page, Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds - Date.now());
}

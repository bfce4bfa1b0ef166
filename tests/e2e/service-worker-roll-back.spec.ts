import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test, type Page } from "@playwright/test";

import { changeFile, changeScript } from "../support/another-version.ts";
import { Tablet } from "../support/browser.ts";
import { freePort, servedApp, startApp, type Server } from "../support/servers.ts";

const MODEL = "models/pad.onnx";

let folder: string;
let dist: string;
let app: Server;
let tablet: Tablet;

const start = (): Promise<Tablet> => Tablet.start({ clip: null, origin: app.origin, profile: join(folder, "profile") });
const works = (page: Page): Promise<void> => expect(page.locator("cf-app")).toBeAttached();
/** The page's script has run, and no more. */
const isBroken = async (page: Page): Promise<void> => {
  await page.waitForFunction(() => "startedBroken" in globalThis);
  await expect(page.locator("cf-app")).not.toBeAttached();
};

test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "clockface-roll-back-"));
  dist = join(folder, "dist");
  cpSync(servedApp(), dist, { recursive: true });
  app = await startApp(await freePort(), dist);
  tablet = await start();
  await tablet.page.goto(app.origin);
  await tablet.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
});

test.afterEach(async () => {
  await tablet.close();
  await app.kill();
  rmSync(folder, { recursive: true });
});

/** Fetches the version that is served now and makes it the one in force, as a page does when nobody is in front of it. */
async function takeUp({ page }: Tablet): Promise<void> {
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const found = new Promise<ServiceWorker>((resolve) => registration.addEventListener("updatefound", () => registration.installing && resolve(registration.installing)));
    await registration.update();
    const worker = await found;
    const comesTo = (state: ServiceWorkerState): Promise<void> =>
      new Promise((resolve) => {
        const look = (): void => {
          if (worker.state === state) resolve();
        };
        worker.addEventListener("statechange", look);
        look();
      });
    await comesTo("installed");
    worker.postMessage({ type: "SKIP_WAITING" });
    await comesTo("activated");
  });
}

const breakStart = (): void => changeScript(dist, () => "globalThis.startedBroken = true; throw new Error('a version that does not start');");

test("a version that does not start is given up through power cuts and without a network", async () => {
  breakStart();
  await takeUp(tablet);
  await app.stop();
  await tablet.page.reload();
  await isBroken(tablet.page);

  await tablet.kill();
  tablet = await start();
  await tablet.page.goto(app.origin);
  await isBroken(tablet.page);
  await tablet.page.reload();
  await isBroken(tablet.page);
  await tablet.page.reload();
  await works(tablet.page);

  await tablet.kill();
  tablet = await start();
  await tablet.page.goto(app.origin);
  await works(tablet.page);
});

test("a version that does not start is given up by itself when nobody comes, in every tab", async () => {
  breakStart();
  await takeUp(tablet);
  await app.stop();
  const { page, context } = tablet;
  // A second of the service worker's is a fiftieth of one.
  for (const worker of context.serviceWorkers()) {
    await worker.evaluate(() => {
      const later = setTimeout;
      Object.assign(globalThis, { setTimeout: (run: () => void, ms: number) => later(run, ms / 50) });
    });
  }
  const other = await context.newPage();
  await Promise.all([page.reload(), other.goto(app.origin)]);
  await works(page);
  await works(other);
});

test("a version that fails its self-test opens the one before it, and is not taken again", async () => {
  const model = readFileSync(join(dist, MODEL)).toString("base64");
  const served = (): Promise<string> =>
    tablet.page.evaluate(async (address) => {
      const bytes = new Uint8Array(await (await fetch(address)).arrayBuffer());
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
    }, `/${MODEL}`);
  changeFile(dist, MODEL, (before) => before.fill(0, before.length >> 1));
  await takeUp(tablet);
  expect(await served()).not.toBe(model);
  const loads: string[] = [];
  tablet.page.on("load", (page) => loads.push(page.url()));
  await tablet.page.reload();
  await expect.poll(() => loads.length).toBe(2);
  await works(tablet.page);
  expect(await served()).toBe(model);
  await tablet.page.reload();
  await works(tablet.page);
  expect(await served()).toBe(model);
});

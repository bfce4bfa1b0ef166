import { appendFileSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chromium, expect, test, type BrowserContext, type Page } from "@playwright/test";

import { heldSegments } from "../../hub/testing/contents.ts";
import { makeSegment } from "../../hub/testing/client.ts";
import { pairingText, startHubProcess, type HubProcess } from "../../hub/testing/process.ts";
import { findChromium } from "../../tools/chromium.ts";
import { changeScript } from "../support/another-version.ts";
import { CHROMIUM_FLAGS } from "../support/chromium-flags.ts";
import { servedApp } from "../support/servers.ts";
import { until } from "../support/until.ts";

const DEVICE = "3f0a9c2e77b1d4058e21";
const SITE = "gate";

interface NavigatorWithBuckets extends Navigator {
  readonly storageBuckets: { open(name: string): Promise<{ readonly indexedDB: IDBFactory }> };
}

let folder: string;
let dist: string;
let hub: HubProcess;
let context: BrowserContext;
let page: Page;

test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "clockface-worker-"));
  dist = join(folder, "dist");
  cpSync(servedApp(), dist, { recursive: true });
  hub = await startHubProcess({ data: join(folder, "data"), site: SITE, dist });
  context = await chromium.launchPersistentContext(join(folder, "profile"), {
    executablePath: findChromium(),
    headless: true,
    args: [...CHROMIUM_FLAGS],
  });
  page = await context.newPage();
  await page.goto(hub.origin);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
});

test.afterEach(async () => {
  await context.close();
  await hub.kill();
  rmSync(folder, { recursive: true });
});

/** Puts a pairing and a sealed segment into the tablet's store, as the page does, and tells nobody. */
async function enqueue(seq: number): Promise<string> {
  const [, origin, site, token] = (await pairingText(hub.data, DEVICE, hub.origin)).split("~");
  const segment = { ...makeSegment(`abcd${seq}`, DEVICE, seq), firstSeq: seq, lastSeq: seq, state: "pending", sealedAtMs: 1 };
  await page.evaluate(
    async ([pairing, row]) => {
      const bucket = await (navigator as NavigatorWithBuckets).storageBuckets.open("punch");
      const opening = bucket.indexedDB.open("clockface");
      const database = await new Promise<IDBDatabase>((resolve) => (opening.onsuccess = () => resolve(opening.result)));
      const transaction = database.transaction(["sync", "segments"], "readwrite");
      transaction.objectStore("sync").put({ key: "pairing", value: pairing });
      transaction.objectStore("segments").put(row);
      await new Promise((resolve) => (transaction.oncomplete = resolve));
      database.close();
    },
    [{ hub: origin, site, token }, segment] as const,
  );
  return segment._id;
}

const stateOf = (id: string): Promise<string | undefined> =>
  page.evaluate(async (wanted) => {
    const bucket = await (navigator as NavigatorWithBuckets).storageBuckets.open("punch");
    const opening = bucket.indexedDB.open("clockface");
    const database = await new Promise<IDBDatabase>((resolve) => (opening.onsuccess = () => resolve(opening.result)));
    const reading = database.transaction("segments").objectStore("segments").get(wanted);
    const row = await new Promise<unknown>((resolve) => (reading.onsuccess = () => resolve(reading.result)));
    database.close();
    return (row as { readonly state?: string } | undefined)?.state;
  }, id);

const register = (tag: string): Promise<void> =>
  page.evaluate(async (name) => {
    const registration = (await navigator.serviceWorker.ready) as ServiceWorkerRegistration & { readonly sync: { register(tag: string): Promise<void> } };
    await registration.sync.register(name);
  }, tag);

test("the app opens without its server, whole and cross-origin isolated", async () => {
  await hub.stop();
  for (const path of ["/", "/admin/people", "/practice"]) {
    await page.goto(hub.origin + path);
    await expect(page.locator("cf-app")).toBeAttached();
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  }
  const missing = await page.evaluate(async () => {
    const names = ["/models/face_landmarker.task", "/models/pad.onnx", "/models/features-a.onnx", "/models/features-b.onnx", "/models/features-c.onnx"];
    const answers = await Promise.all(names.map((name) => fetch(name).then((answer) => answer.ok)));
    return names.filter((_name, i) => answers[i] !== true);
  });
  expect(missing).toEqual([]);
});

test("the service worker sends what the page has sealed, at once when there is a network and with the page closed", async () => {
  const first = await enqueue(1);
  await register("push-1");
  await expect.poll(() => stateOf(first)).toBe("stored");

  await context.setOffline(true);
  const second = await enqueue(2);
  await register("push-2");
  const origin = hub.origin;
  await page.goto("about:blank");
  await context.setOffline(false);
  await expect.poll(async () => {
    await page.goto(`${origin}/icons/clockface.svg`);
    return stateOf(second);
  }).toBe("stored");

  expect(await hub.stop()).toBe(0);
  expect((await heldSegments(hub.data)).map(({ id, revisions }) => [id, revisions])).toEqual([first, second].map((id) => [id, 1]));
});

test("a new version waits, is taken when nobody has used the tablet for a minute, and the one before goes when it works", async () => {
  // A minute of the page's is a second and a half.
  await page.addInitScript(() => {
    const later = setTimeout;
    Object.assign(globalThis, { setTimeout: (run: () => void, ms = 0) => later(run, ms === 60_000 ? 1_500 : ms) });
  });
  await page.reload();
  const script = (): Promise<string | null> => page.locator('script[type="module"]').first().getAttribute("src");
  const before = await script();
  changeScript(dist, (text) => `${text}\n// another version\n`);
  const loaded = page.waitForEvent("load", { timeout: 60_000 });
  const whileWaiting = await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const { active } = registration;
    const waits = new Promise<void>((resolve) => registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", () => resolve())));
    await registration.update();
    await waits;
    return [registration.waiting?.state, registration.active === active];
  });
  expect(whileWaiting).toEqual(["installed", true]);
  await loaded;
  expect(await script()).not.toBe(before);
  await until(
    page,
    async (path) => {
      const kept = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).match(path)));
      return kept.every((answer) => answer === undefined);
    },
    before ?? "",
    { timeoutMs: 60_000 },
  );
});

test("a version with a file that is not what the build made is not taken", async () => {
  appendFileSync(join(dist, "index.html"), "<!-- changed on the way -->");
  appendFileSync(join(dist, "service-worker.js"), "\n// another version\n");
  const end = await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const kept of await cache.keys()) if (kept.url.includes("/index.html")) await cache.delete(kept);
    }
    const settled = new Promise<string>((resolve) => {
      registration.addEventListener("updatefound", () => {
        const { installing } = registration;
        installing?.addEventListener("statechange", () => resolve(installing.state));
      });
    });
    await registration.update();
    return settled;
  });
  expect(end).toBe("redundant");
});

import * as v from "valibot";
import type { PrecacheEntry } from "workbox-precaching";

import { bucketNames } from "../../src/adapters/storage/bucket.ts";
import { openPunchDatabase } from "../../src/adapters/storage/database.ts";
import { HubTokenSeal } from "../../src/adapters/storage/hub-token-seal.ts";
import { StoredSegments } from "../../src/adapters/storage/stored-segments.ts";
import { attempt, SYNC_CHANNEL } from "../../src/adapters/sync/attempt.ts";
import { BACKGROUND_TAG } from "../../src/adapters/sync/background.ts";
import { SyncStore } from "../../src/adapters/sync/sync-store.ts";
import type { EpochMs } from "../../src/domain/clock.ts";
import { AppFiles } from "./app-files.ts";
import { KEPT_WHEN_USED, keptWhenUsed } from "./kept-when-used.ts";
import { Trial } from "./trial.ts";
import { Versions } from "./versions.ts";

/** Background Sync is not in TypeScript's library. */
interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
  /** The browser will not try this tag again. */
  readonly lastChance: boolean;
}

/** As earlier versions named it: their files are found again. */
const CACHE_NAME = `workbox-precache-v2-${self.registration.scope}`;

const pageMessage = v.variant("type", [
  v.object({ type: v.literal("SKIP_WAITING") }),
  v.object({ type: v.literal("STARTED") }),
  v.object({ type: v.literal("SELF_TEST_PASSED"), script: v.string() }),
  v.object({ type: v.literal("SELF_TEST_FAILED"), script: v.string(), reason: v.string() }),
  v.object({ type: v.literal("GIVEN_UP") }),
]);

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: readonly (PrecacheEntry | string)[] };

const versions = new Versions(caches);
// The answers are kept with their headers, so that a page opened without a network is cross-origin isolated as well.
const files = new AppFiles(versions, caches, CACHE_NAME, self.__WB_MANIFEST);
const trial = new Trial({ versions, pages: self.clients, second: () => new Promise((resolve) => setTimeout(resolve, 1000)) });

self.addEventListener("install", (event) => {
  event.waitUntil(files.install(event));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(files.takeUp().finally(() => self.clients.claim()));
});

/** True when this ended a trial. */
async function works(script: string): Promise<boolean> {
  const needed = await versions.works(script);
  await files.keepOnly(needed);
  return needed !== null;
}

/** True when the version before is served from now on: the page opens it by itself. */
async function failed(script: string, reason: string, page: string | undefined): Promise<boolean> {
  const back = await versions.failed(script, reason);
  if (back) await trial.goBack(page);
  return back;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (KEPT_WHEN_USED.test(pathname)) {
    event.respondWith(keptWhenUsed(request));
    return;
  }
  const answer = files.answer(request).catch(() => null);
  event.respondWith(answer.then((kept) => kept?.response ?? fetch(request)));
  event.waitUntil(answer.then((kept) => (kept?.opens === true ? trial.watch(event.resultingClientId) : undefined)));
});

self.addEventListener("message", (event) => {
  const parsed = v.safeParse(pageMessage, event.data);
  if (!parsed.success) return;
  const message = parsed.output;
  const page = event.source !== null && "id" in event.source ? event.source.id : undefined;
  switch (message.type) {
    // A new version waits until the page says that nobody is in front of it.
    case "SKIP_WAITING":
      void self.skipWaiting();
      return;
    case "STARTED":
      if (page !== undefined) trial.started(page);
      return;
    case "SELF_TEST_PASSED":
      event.waitUntil(works(message.script).then((proved) => event.ports[0]?.postMessage(proved)));
      return;
    case "SELF_TEST_FAILED":
      event.waitUntil(failed(message.script, message.reason, page).then((back) => event.ports[0]?.postMessage(back)));
      return;
    case "GIVEN_UP":
      event.waitUntil(versions.heard().then((givenUp) => event.ports[0]?.postMessage(givenUp)));
      return;
  }
});

/** Sends what the page has sealed; false when something is left that a later try may send. The database is closed again: a page with a newer schema must not wait for it. */
async function pushInBackground(): Promise<boolean> {
  const database = await openPunchDatabase();
  const channel = new BroadcastChannel(SYNC_CHANNEL);
  try {
    const clock = { wall: () => Date.now() as EpochMs };
    const outcome = await attempt(
      {
        queue: new StoredSegments(database, clock),
        store: new SyncStore(database.sync, new HubTokenSeal(bucketNames())),
        fetch: (url, init) => fetch(url, init),
        locks: self.navigator.locks,
        now: clock.wall,
        random: Math.random,
      },
      "background",
    );
    channel.postMessage(null);
    return outcome.kind !== "failed" && outcome.kind !== "too-early";
  } finally {
    channel.close();
    database.close();
  }
}

self.addEventListener("sync", (event) => {
  const sync = event as SyncEvent;
  if (!BACKGROUND_TAG.test(sync.tag)) return;
  sync.waitUntil(
    pushInBackground().then((settled) => {
      // A rejected promise makes the browser try this tag again.
      if (!settled && !sync.lastChance) throw new Error("the hub was not reached");
    }),
  );
});

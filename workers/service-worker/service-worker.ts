import * as v from "valibot";
import type { PrecacheEntry } from "workbox-precaching";

import { openPunchDatabase } from "../../src/adapters/storage/database.ts";
import { StoredSegments } from "../../src/adapters/storage/stored-segments.ts";
import { attempt, SYNC_CHANNEL } from "../../src/adapters/sync/attempt.ts";
import { BACKGROUND_TAG } from "../../src/adapters/sync/background.ts";
import { SyncStore } from "../../src/adapters/sync/sync-store.ts";
import type { EpochMs } from "../../src/domain/clock.ts";
import { AppFiles } from "./app-files.ts";
import { KEPT_WHEN_USED, keptWhenUsed } from "./kept-when-used.ts";
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
  v.object({ type: v.literal("SELF_TEST_PASSED"), script: v.string() }),
  v.object({ type: v.literal("SELF_TEST_FAILED"), script: v.string(), reason: v.string() }),
  v.object({ type: v.literal("GIVEN_UP") }),
]);

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: readonly (PrecacheEntry | string)[] };

const versions = new Versions(caches);
// The answers are kept with their headers, so that a page opened without a network is cross-origin isolated as well.
const files = new AppFiles(versions, caches, CACHE_NAME, self.__WB_MANIFEST);

self.addEventListener("install", (event) => {
  event.waitUntil(files.install(event));
});

/** True when this ended a trial. */
async function works(script: string): Promise<boolean> {
  const needed = await versions.works(script);
  if (needed !== null) await files.keepOnly(needed);
  return needed !== null;
}

async function activate(): Promise<void> {
  const needed = await versions.activated(await files.version());
  if (needed !== null) await files.keepOnly(needed);
  await self.clients.claim();
}

self.addEventListener("activate", (event) => {
  event.waitUntil(activate());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (KEPT_WHEN_USED.test(pathname)) event.respondWith(keptWhenUsed(request));
  else event.respondWith(files.answer(request).then((kept) => kept ?? fetch(request)));
});

self.addEventListener("message", (event) => {
  const parsed = v.safeParse(pageMessage, event.data);
  if (!parsed.success) return;
  const message = parsed.output;
  switch (message.type) {
    // A new version waits until the page says that nobody is in front of it.
    case "SKIP_WAITING":
      void self.skipWaiting();
      return;
    case "SELF_TEST_PASSED":
      event.waitUntil(works(message.script).then((proved) => event.ports[0]?.postMessage(proved)));
      return;
    case "SELF_TEST_FAILED":
      event.waitUntil(versions.failed(message.script, message.reason).then((back) => event.ports[0]?.postMessage(back)));
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
        store: new SyncStore(database.sync),
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

import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from "workbox-precaching";
import type { PrecacheEntry } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";

import { openPunchDatabase } from "../../src/adapters/storage/database.ts";
import { StoredSegments } from "../../src/adapters/storage/stored-segments.ts";
import { attempt, SYNC_CHANNEL } from "../../src/adapters/sync/attempt.ts";
import { BACKGROUND_TAG } from "../../src/adapters/sync/background.ts";
import { SyncStore } from "../../src/adapters/sync/sync-store.ts";
import type { EpochMs } from "../../src/domain/clock.ts";
import { KEPT_WHEN_USED, keptWhenUsed } from "./kept-when-used.ts";

/** Background Sync is not in TypeScript's library. */
interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
  /** The browser will not try this tag again. */
  readonly lastChance: boolean;
}

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: readonly (PrecacheEntry | string)[] };

// Everything the app is made of, models and WebAssembly too. The answers are kept with their headers, so that a page
// opened without a network is cross-origin isolated as well.
precacheAndRoute([...self.__WB_MANIFEST]);
cleanupOutdatedCaches();
registerRoute(({ sameOrigin, url }) => sameOrigin && KEPT_WHEN_USED.test(url.pathname), ({ request }) => keptWhenUsed(request));
registerRoute(new NavigationRoute(createHandlerBoundToURL("/index.html"), { denylist: [/^\/db\//] }));

self.addEventListener("activate", (event) => {
  event.waitUntil(self.clients.claim());
});

// A new version waits until the page says that nobody is in front of it.
self.addEventListener("message", (event) => {
  const { type } = (event.data ?? {}) as { readonly type?: unknown };
  if (type === "SKIP_WAITING") void self.skipWaiting();
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

import { PrecacheController } from "workbox-precaching";
import type { PrecacheEntry } from "workbox-precaching";
import type { Version, Versions } from "./versions.ts";

const PAGE = "/index.html";
/** Answered by the network alone. */
const NEVER_KEPT = /^\/(?:db\/|service-worker\.js$)/;

/**
 * The files that the app is made of: fetched when a version is installed, each held against the hash that the build gave
 * it, and served from the cache, as the version that is in force has them.
 */
export class AppFiles {
  readonly #controller: PrecacheController;

  /** @param cacheName the cache that all versions share: a file that did not change is not fetched again */
  constructor(
    private readonly versions: Versions,
    private readonly storage: CacheStorage,
    private readonly cacheName: string,
    manifest: readonly (PrecacheEntry | string)[],
  ) {
    this.#controller = new PrecacheController({ cacheName });
    this.#controller.addToCacheList([...manifest]);
  }

  /** Throws when a file is missing or is not what the build made: the version is then not installed. */
  async install(event: ExtendableEvent): Promise<void> {
    await this.#controller.install(event);
  }

  /** This script's version. */
  async version(): Promise<Version> {
    const files: Record<string, string> = {};
    for (const [url, key] of [...this.#controller.getURLsToCacheKeys()].sort(([a], [b]) => (a < b ? -1 : 1))) files[new URL(url).pathname] = key;
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify(files))));
    return { id: Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join(""), files };
  }

  /** The kept answer; undefined for what is none of the app's files. */
  async answer(request: Request): Promise<Response | undefined> {
    const { origin, pathname } = new URL(request.url);
    if (request.method !== "GET" || origin !== self.location.origin || NEVER_KEPT.test(pathname)) return undefined;
    const page = request.mode === "navigate";
    if (page) await this.versions.opened();
    const files = await this.versions.files();
    const key = files?.[page && !(pathname in files) ? PAGE : pathname];
    if (key === undefined) return undefined;
    return (await this.storage.open(this.cacheName)).match(key);
  }

  /** Takes away what no version needs any more. */
  async keepOnly(keys: ReadonlySet<string>): Promise<void> {
    const cache = await this.storage.open(this.cacheName);
    for (const request of await cache.keys()) if (!keys.has(request.url)) await cache.delete(request);
  }
}

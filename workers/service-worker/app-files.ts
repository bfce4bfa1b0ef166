import { PrecacheController } from "workbox-precaching";
import type { PrecacheEntry } from "workbox-precaching";
import type { Version, Versions } from "./versions.ts";

const PAGE = "/index.html";
/** Answered by the network alone. */
const NEVER_KEPT = /^\/(?:db\/|service-worker\.js$)/;

/** What is kept for a request. */
interface KeptAnswer {
  /** Undefined for what is none of the app's files. */
  readonly response: Response | undefined;
  /** It is the app that is opened, not one of its files. */
  readonly opens: boolean;
}

const NOTHING: KeptAnswer = { response: undefined, opens: false };

/**
 * The files that the app is made of: fetched when a version is installed, each held against the hash that the build gave
 * it, and served from the cache, as the version that is in force has them.
 */
export class AppFiles {
  readonly #controller: PrecacheController;
  #version: Promise<Version> | undefined;

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
    await this.versions.announce(await this.#own());
    await this.#controller.install(event);
  }

  /** Serves this script's version from now on, unless it was given up. */
  async takeUp(): Promise<void> {
    const own = await this.#own();
    await this.keepOnly(await this.versions.takeUp(own, () => this.#isWhole(own)));
  }

  /** The kept answer. */
  async answer(request: Request): Promise<KeptAnswer> {
    const { origin, pathname } = new URL(request.url);
    if (request.method !== "GET" || origin !== self.location.origin || NEVER_KEPT.test(pathname)) return NOTHING;
    const own = await this.#own();
    const opens = request.mode === "navigate" && (pathname === PAGE || !(pathname in own.files));
    if (opens) {
      // The browser may have been stopped while it took this version up. On a full disk it cannot, and the one before goes on.
      await this.takeUp().catch(() => undefined);
      await this.versions.opened();
    }
    const { serving, fallback } = (await this.versions.files()) ?? { serving: own.files, fallback: {} };
    const key = opens ? serving[PAGE] : (serving[pathname] ?? fallback[pathname]);
    return { response: key === undefined ? undefined : await (await this.storage.open(this.cacheName)).match(key), opens };
  }

  /** Takes away what no version needs any more; nothing when there is no saying. */
  async keepOnly(keys: ReadonlySet<string> | null): Promise<void> {
    if (keys === null) return;
    const cache = await this.storage.open(this.cacheName);
    for (const request of await cache.keys()) if (!keys.has(request.url)) await cache.delete(request);
  }

  async #isWhole({ files }: Version): Promise<boolean> {
    const there = new Set((await (await this.storage.open(this.cacheName)).keys()).map(({ url }) => url));
    return Object.values(files).every((key) => there.has(key));
  }

  /** This script's version. */
  #own(): Promise<Version> {
    return (this.#version ??= this.#name());
  }

  async #name(): Promise<Version> {
    const files: Record<string, string> = {};
    for (const [url, key] of [...this.#controller.getURLsToCacheKeys()].sort(([a], [b]) => (a < b ? -1 : 1))) files[new URL(url).pathname] = key;
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify(files))));
    return { id: Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join(""), files };
  }
}

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { Subject } from "../../app/observable.ts";
import type { EpochMs } from "../../domain/clock.ts";
import { AppUpdates } from "./updates.ts";
import type { WorkerWindow } from "./updates.ts";

const NOW = 1_770_000_000_000 as EpochMs;

type Listener = (event: { readonly isUpdate?: boolean; readonly isExternal?: boolean }) => void;

/** What a browser and workbox-window do, at the word of the test. */
class FakeBrowser {
  controller: object | null = null;
  skipped = 0;
  refuses = false;
  readonly #listeners = new Map<string, Listener>();

  readonly workbox = {
    addEventListener: (type: string, listener: Listener) => void this.#listeners.set(type, listener),
    messageSkipWaiting: () => void (this.skipped += 1),
    register: () => (this.refuses ? Promise.reject(new TypeError("refused")) : Promise.resolve({ update: () => Promise.resolve() })),
  } as unknown as WorkerWindow;

  get container(): Pick<ServiceWorkerContainer, "controller" | "addEventListener"> {
    return { controller: this.controller as ServiceWorker | null, addEventListener: this.workbox.addEventListener as ServiceWorkerContainer["addEventListener"] };
  }

  say(type: "waiting" | "activated" | "controllerchange", event: { readonly isUpdate?: boolean } = {}): void {
    this.#listeners.get(type)?.(event);
  }
}

let browser: FakeBrowser;
let quiet: Subject<boolean>;
let reloads: number;

beforeEach(() => {
  vi.useFakeTimers();
  browser = new FakeBrowser();
  quiet = new Subject(false);
  reloads = 0;
});

afterEach(() => {
  vi.useRealTimers();
});

async function started(controlled: boolean): Promise<AppUpdates> {
  browser.controller = controlled ? {} : null;
  const updates = new AppUpdates({ quiet, clock: { wall: () => NOW }, reload: () => (reloads += 1), browser });
  await updates.start();
  return updates;
}

describe("AppUpdates", () => {
  test("says that the app works without a network when it was kept for the first time, and leaves the page alone", async () => {
    const updates = await started(false);
    browser.say("activated");
    browser.say("controllerchange");
    expect(updates.status.value).toEqual({ kind: "offline-ready" });
    quiet.next(true);
    vi.advanceTimersByTime(120_000);
    expect(reloads).toBe(0);
  });

  test("takes a waiting version after a minute without anyone in front of the tablet", async () => {
    const updates = await started(true);
    browser.say("waiting");
    expect(updates.status.value).toEqual({ kind: "waiting", since: NOW });
    vi.advanceTimersByTime(600_000);
    expect(browser.skipped).toBe(0);
    quiet.next(true);
    vi.advanceTimersByTime(59_999);
    expect(browser.skipped).toBe(0);
    vi.advanceTimersByTime(1);
    expect(browser.skipped).toBe(1);
    browser.say("controllerchange");
    expect(reloads).toBe(1);
  });

  test("begins the minute anew when someone comes", async () => {
    await started(true);
    browser.say("waiting");
    quiet.next(true);
    vi.advanceTimersByTime(50_000);
    quiet.next(false);
    vi.advanceTimersByTime(50_000);
    quiet.next(true);
    vi.advanceTimersByTime(59_999);
    expect(browser.skipped).toBe(0);
    vi.advanceTimersByTime(1);
    expect(browser.skipped).toBe(1);
  });

  test("takes it at once when it is told to", async () => {
    const updates = await started(true);
    browser.say("waiting");
    await updates.apply();
    browser.say("controllerchange");
    expect([browser.skipped, reloads]).toEqual([1, 1]);
  });

  test("does nothing when there is nothing to take", async () => {
    const updates = await started(true);
    await updates.apply();
    expect([browser.skipped, reloads]).toEqual([0, 0]);
  });

  test("waits for a quiet minute to reload when another tab took the version", async () => {
    await started(true);
    browser.say("controllerchange");
    expect(reloads).toBe(0);
    quiet.next(true);
    vi.advanceTimersByTime(60_000);
    expect(reloads).toBe(1);
  });

  test("is unsupported when the browser has no service worker, or refuses it", async () => {
    const without = new AppUpdates({ quiet, clock: { wall: () => NOW }, reload: () => undefined, browser: null });
    await without.start();
    expect(without.status.value).toEqual({ kind: "unsupported" });
    browser.refuses = true;
    const refused = await started(false);
    expect(refused.status.value).toEqual({ kind: "unsupported" });
  });
});

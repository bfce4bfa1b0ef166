import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { Subject } from "../../app/observable.ts";
import type { EpochMs } from "../../domain/clock.ts";
import { failure } from "../../domain/errors.ts";
import { err, ok } from "../../domain/result.ts";
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

/** The service worker's side of the questions. */
class FakeWorker {
  readonly asked: string[] = [];
  givenUp: { readonly id: string; readonly reason: string } | null = null;
  onTrial = false;

  postMessage({ type }: { readonly type: string }, [port]: readonly MessagePort[] = []): void {
    this.asked.push(type);
    port?.postMessage(type === "GIVEN_UP" ? this.givenUp : this.onTrial);
  }
}

let browser: FakeBrowser;
let worker: FakeWorker;
let quiet: Subject<boolean>;
let reloads: number;
let busy: boolean;
let works: boolean;
let recorded: string[];

beforeEach(() => {
  vi.useFakeTimers();
  browser = new FakeBrowser();
  quiet = new Subject(false);
  reloads = 0;
  worker = new FakeWorker();
  [busy, works, recorded] = [false, true, []];
});

afterEach(() => {
  vi.useRealTimers();
});

async function started(controlled: boolean): Promise<AppUpdates> {
  browser.controller = controlled ? worker : null;
  const updates = new AppUpdates({
    quiet,
    clock: { wall: () => NOW },
    reload: () => (reloads += 1),
    mayUpdate: () => Promise.resolve(!busy),
    selfTest: () => Promise.resolve(works ? ok() : err(failure("self-test/model"))),
    script: "/assets/index-two.js",
    record: ({ phase }) => void recorded.push(phase),
    browser,
  });
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
    await vi.advanceTimersByTimeAsync(1);
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
    await vi.advanceTimersByTimeAsync(1);
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
    await vi.advanceTimersByTimeAsync(60_000);
    expect(reloads).toBe(1);
  });

  test("waits with a version while people usually come, and asks again", async () => {
    await started(true);
    busy = true;
    browser.say("waiting");
    quiet.next(true);
    await vi.advanceTimersByTimeAsync(5 * 60_000);
    expect(browser.skipped).toBe(0);
    busy = false;
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    expect(browser.skipped).toBe(1);
  });

  test("says that the page has come up before anything else", async () => {
    await started(true);
    expect(worker.asked[0]).toBe("STARTED");
  });

  test("says that a version works when it has passed its self-test, and records the one that ended a trial", async () => {
    await started(true);
    expect(worker.asked).toEqual(["STARTED", "GIVEN_UP", "SELF_TEST_PASSED"]);
    expect(recorded).toEqual([]);
    worker.onTrial = true;
    await started(true);
    expect(recorded).toEqual(["activated"]);
  });

  test("goes back to the version before when the self-test fails on trial, and nowhere when there is none", async () => {
    works = false;
    await started(true);
    expect(reloads).toBe(0);
    worker.onTrial = true;
    await started(true);
    expect(reloads).toBe(1);
    expect(worker.asked.at(-1)).toBe("SELF_TEST_FAILED");
  });

  test("records that a version was given up", async () => {
    worker.givenUp = { id: "two", reason: "self-test/model" };
    await started(true);
    expect(recorded).toEqual(["rolled-back"]);
  });

  test("is unsupported when the browser has no service worker, or refuses it", async () => {
    const without = new AppUpdates({
      quiet,
      clock: { wall: () => NOW },
      reload: () => undefined,
      mayUpdate: () => Promise.resolve(true),
      selfTest: () => Promise.resolve(ok()),
      script: "",
      record: () => undefined,
      browser: null,
    });
    await without.start();
    expect(without.status.value).toEqual({ kind: "unsupported" });
    browser.refuses = true;
    const refused = await started(false);
    expect(refused.status.value).toEqual({ kind: "unsupported" });
  });
});

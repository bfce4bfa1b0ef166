import { expect, test } from "vitest";

import { holdWakeLock } from "./wake-lock.ts";

class FakeSentinel extends EventTarget {
  released = false;
  readonly type = "screen";
  onrelease = null;

  release(): Promise<void> {
    this.released = true;
    this.dispatchEvent(new Event("release"));
    return Promise.resolve();
  }
}

class FakeDocument extends EventTarget {
  visibilityState: DocumentVisibilityState = "visible";

  show(state: DocumentVisibilityState): void {
    this.visibilityState = state;
    this.dispatchEvent(new Event("visibilitychange"));
  }
}

function host() {
  const document = new FakeDocument();
  const sentinels: FakeSentinel[] = [];
  let refuse = false;
  const wakeLock = {
    request: (): Promise<WakeLockSentinel> => {
      if (refuse) return Promise.reject(new DOMException("low battery", "NotAllowedError"));
      const sentinel = new FakeSentinel();
      sentinels.push(sentinel);
      return Promise.resolve(sentinel);
    },
  };
  return { document, wakeLock, sentinels, refuse: (value: boolean) => void (refuse = value) };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("holdWakeLock asks again when the page was hidden and comes back", async () => {
  const { document, wakeLock, sentinels } = host();
  holdWakeLock({ document, wakeLock });
  await settled();
  expect(sentinels).toHaveLength(1);

  document.show("hidden");
  await sentinels[0]?.release();
  await settled();
  expect(sentinels).toHaveLength(1);

  document.show("visible");
  await settled();
  expect(sentinels).toHaveLength(2);
});

test("holdWakeLock tries again on the next view when it was refused", async () => {
  const { document, wakeLock, sentinels, refuse } = host();
  refuse(true);
  holdWakeLock({ document, wakeLock });
  await settled();
  expect(sentinels).toHaveLength(0);

  refuse(false);
  document.show("visible");
  await settled();
  expect(sentinels).toHaveLength(1);
});

test("holdWakeLock lets go when it is stopped, also while it is still asking", async () => {
  const { document, wakeLock, sentinels } = host();
  holdWakeLock({ document, wakeLock })();
  await settled();
  expect(sentinels.map(({ released }) => released)).toEqual([true]);

  document.show("visible");
  await settled();
  expect(sentinels).toHaveLength(1);
});

test("holdWakeLock does nothing when the browser has no wake lock", () => {
  expect(() => holdWakeLock({ document: new FakeDocument(), wakeLock: undefined })()).not.toThrow();
});

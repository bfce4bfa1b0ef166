import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import type { SyncStatus } from "../../app/api/administration.ts";
import type { Outbox, OutboxCounts, Segment, SegmentOutcome } from "../../app/ports/outbox.ts";
import type { EpochMs } from "../../domain/clock.ts";
import { HubSync } from "./hub-sync.ts";
import { formatPairingText } from "./pairing-text.ts";
import { SyncStore } from "./sync-store.ts";
import { MemoryQueue, MemoryRows, PLAIN_TOKENS } from "./testing/memory.ts";

const DEVICE = "3f0a9c2e77b1d4058e21";
const NOW = 1_770_000_000_000;

const base64url = (value: object): string => btoa(JSON.stringify(value)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

function pairing(over: { readonly hub?: string; readonly device?: string; readonly expiresAtMs?: number } = {}): string {
  const { hub = location.origin, device = DEVICE, expiresAtMs = NOW + 86_400_000 } = over;
  const token = `${base64url({ alg: "ES256" })}.${base64url({ sub: device, roles: ["gate", device], iat: NOW / 1000, exp: expiresAtMs / 1000 })}.c2ln`;
  return formatPairingText({ hub, site: "gate", token });
}

/** An outbox whose log is a number: each entry becomes a segment of its own when it is sealed. */
class MemoryOutbox implements Outbox {
  entries = 0;
  readonly segments: Segment[] = [];
  readonly queue = new MemoryQueue(this.segments);
  released = 0;

  seal(): Promise<void> {
    while (this.segments.length < this.entries) this.segments.push({ _id: `${DEVICE}:${this.segments.length + 1}`, kind: "seg", c: "abcd" });
    return Promise.resolve();
  }

  pending(maxDocuments: number, maxBytes: number): Promise<readonly Segment[]> {
    return this.queue.pending(maxDocuments, maxBytes);
  }

  settle(outcomes: ReadonlyMap<string, SegmentOutcome>): Promise<void> {
    return this.queue.settle(outcomes);
  }

  release(): Promise<void> {
    this.released += 1;
    return Promise.resolve();
  }

  counts(): Promise<OutboxCounts> {
    return Promise.resolve({ waitingEntries: this.entries - this.queue.settled.size, quarantinedSegments: 0 });
  }
}

/** The hub's answers, and what it was asked. */
class Hub {
  status = 201;
  down = false;
  readonly pushed: string[] = [];
  readonly heartbeats: string[] = [];
  asked = 0;

  readonly fetch = (url: string, init: RequestInit): Promise<Response> => {
    this.asked += 1;
    if (this.down) return Promise.reject(new TypeError("Failed to fetch"));
    if (url.includes("/_changes")) return Promise.resolve(new Response("{}", { status: this.status === 201 ? 200 : this.status }));
    if (this.status !== 201) return Promise.resolve(new Response("{}", { status: this.status }));
    if (url.endsWith("/heartbeat")) {
      this.heartbeats.push(typeof init.body === "string" ? init.body : "");
      return Promise.resolve(new Response(null, { status: 204 }));
    }
    const { docs } = JSON.parse(typeof init.body === "string" ? init.body : "{}") as { readonly docs: readonly Segment[] };
    this.pushed.push(...docs.map(({ _id }) => _id));
    return Promise.resolve(new Response(JSON.stringify(docs.map(({ _id }) => ({ id: _id, ok: true }))), { status: 201 }));
  };
}

let hub: Hub;
let outbox: MemoryOutbox;
let store: SyncStore;
let sync: HubSync;
let entered: () => void;
let wallMs: number;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
  hub = new Hub();
  outbox = new MemoryOutbox();
  store = new SyncStore(new MemoryRows(), PLAIN_TOKENS);
  wallMs = NOW;
  entered = () => undefined;
  sync = new HubSync({
    outbox,
    store,
    deviceId: DEVICE,
    clock: { wall: () => wallMs as EpochMs },
    onEntry: (listener) => {
      entered = listener;
      return () => undefined;
    },
    fetch: hub.fetch,
    random: () => 0.5,
    registration: () => Promise.resolve(null),
    heartbeat: () => Promise.resolve(`up-to-${outbox.entries}`),
  });
});

afterEach(() => {
  sync.stop();
  vi.useRealTimers();
});

/** Resolves as soon as the status is as wanted. */
function reached(wanted: (status: SyncStatus) => boolean): Promise<SyncStatus> {
  return new Promise((resolve) => {
    if (wanted(sync.status.value)) resolve(sync.status.value);
    else {
      const stop = sync.status.subscribe((status) => {
        if (!wanted(status)) return;
        stop();
        resolve(status);
      });
    }
  });
}

const settled = (): Promise<SyncStatus> => reached(({ state, waiting }) => state === "idle" && waiting === 0);

async function paired(): Promise<void> {
  await sync.start();
  expect(await sync.pair(pairing())).toEqual({ ok: true, value: undefined });
  await settled();
}

describe("HubSync", () => {
  test("is alone, and nothing waits, when it was never paired", async () => {
    outbox.entries = 3;
    await sync.start();
    expect(sync.status.value).toMatchObject({ hub: null, state: "alone", waiting: 0 });
    expect([hub.asked, outbox.segments.length]).toEqual([0, 0]);
  });

  test.each([
    ["unreadable", "hello", "pairing/unreadable"],
    ["of another address", pairing({ hub: "https://elsewhere.example" }), "pairing/other-origin"],
    ["of another device", pairing({ device: "ffffffffffffffffffff" }), "pairing/other-device"],
    ["expired", pairing({ expiresAtMs: NOW }), "pairing/expired"],
  ])("keeps no pairing that is %s, and asks nobody", async (_name, text, kind) => {
    await sync.start();
    expect(await sync.pair(text)).toMatchObject({ ok: false, error: { kind } });
    expect([hub.asked, await store.pairing()]).toEqual([0, null]);
  });

  test.each([
    ["does not answer", (): void => void (hub.down = true), "pairing/unreachable"],
    ["refuses", (): void => void (hub.status = 401), "pairing/refused"],
    ["is no hub", (): void => void (hub.status = 404), "pairing/unreachable"],
  ])("keeps no pairing when the hub %s", async (_name, prepare, kind) => {
    prepare();
    await sync.start();
    expect(await sync.pair(pairing())).toMatchObject({ ok: false, error: { kind } });
    expect(await store.pairing()).toBeNull();
  });

  test("sends what was there before, and what was refused, when it is paired", async () => {
    outbox.entries = 5;
    await paired();
    expect(hub.pushed.length).toBe(5);
    expect(outbox.released).toBe(1);
    expect(sync.status.value).toMatchObject({ hub: { url: location.origin, site: "gate", expiresAt: NOW + 86_400_000 }, lastSuccessAt: NOW });
  });

  test("sends entries that come close together in one go, a second later", async () => {
    await paired();
    const before = hub.asked;
    outbox.entries = 3;
    entered();
    entered();
    await vi.advanceTimersByTimeAsync(999);
    expect(hub.asked).toBe(before);
    await vi.advanceTimersByTimeAsync(1);
    await reached(() => hub.pushed.length === 3);
    await settled();
    expect(hub.asked).toBe(before + 1);
  });

  test("waits when the hub is away, counts what waits, and goes on when the network returns", async () => {
    await paired();
    hub.down = true;
    outbox.entries = 2;
    await sync.pushNow();
    expect(sync.status.value).toMatchObject({ state: "waiting", waiting: 2, nextAttemptAt: NOW + 1000 });
    hub.down = false;
    window.dispatchEvent(new Event("online"));
    expect((await settled()).nextAttemptAt).toBeNull();
    expect(hub.pushed.length).toBe(2);
  });

  test("tries again by itself when the wait is over", async () => {
    await paired();
    hub.down = true;
    outbox.entries = 1;
    await sync.pushNow();
    hub.down = false;
    wallMs += 1001;
    await vi.advanceTimersByTimeAsync(1001);
    await settled();
    expect(hub.pushed.length).toBe(1);
  });

  test("looks every 45 seconds whether there is something to send", async () => {
    await paired();
    outbox.entries = 1;
    await vi.advanceTimersByTimeAsync(45_000);
    await reached(() => hub.pushed.length === 1);
    await settled();
  });

  test("stops and asks for a token when the hub does not take it, and keeps everything", async () => {
    await paired();
    hub.status = 401;
    outbox.entries = 2;
    await sync.pushNow();
    expect(sync.status.value).toMatchObject({ state: "needs-token", waiting: 2, nextAttemptAt: null });
    const before = hub.asked;
    entered();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(hub.asked).toBe(before);
    hub.status = 201;
    await sync.pair(pairing());
    await settled();
    expect(hub.pushed.length).toBe(2);
  });

  test("says that it is refused and keeps everything when the hub will not have the site", async () => {
    await paired();
    hub.status = 403;
    outbox.entries = 2;
    await sync.pushNow();
    expect(sync.status.value).toMatchObject({ state: "refused", waiting: 2 });
  });

  test("says where its log ends when there is nothing to send, and not more than every five minutes", async () => {
    await paired();
    await vi.waitFor(() => expect(hub.heartbeats).toEqual([JSON.stringify({ heartbeat: "up-to-0" })]));
    wallMs += 4 * 60_000;
    await sync.pushNow();
    expect(hub.heartbeats).toHaveLength(1);
    wallMs += 60_000;
    hub.down = true;
    await sync.pushNow();
    hub.down = false;
    outbox.entries = 2;
    await sync.pushNow();
    expect(hub.pushed).toHaveLength(2);
    expect(hub.heartbeats).toEqual([JSON.stringify({ heartbeat: "up-to-0" }), JSON.stringify({ heartbeat: "up-to-2" })]);
  });

  test("is alone again when it is unpaired", async () => {
    await paired();
    await sync.unpair();
    outbox.entries = 1;
    await sync.pushNow();
    expect(sync.status.value).toMatchObject({ hub: null, state: "alone" });
    expect(hub.pushed).toEqual([]);
  });
});

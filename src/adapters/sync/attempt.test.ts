import { mkdtempSync, rmSync } from "node:fs";
import { createServer, request as forward } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { DataFolder } from "../../../hub/data-folder.ts";
import { makeSegment } from "../../../hub/testing/client.ts";
import { heldSegments } from "../../../hub/testing/contents.ts";
import { pairingText, startHubProcess } from "../../../hub/testing/process.ts";
import type { HubProcess } from "../../../hub/testing/process.ts";
import type { Segment } from "../../app/ports/outbox.ts";
import { attempt } from "./attempt.ts";
import type { Trigger } from "./back-off.ts";
import { parsePairingText } from "./pairing-text.ts";
import type { Fetch } from "./push.ts";
import { SyncStore } from "./sync-store.ts";
import { MemoryQueue, MemoryRows, PLAIN_TOKENS } from "./testing/memory.ts";

const SITE = "gate";
const DEVICE = "3f0a9c2e77b1d4058e21";
const NOW = 1_770_000_000_000;

const segments = (count: number): Segment[] => Array.from({ length: count }, (_, i) => makeSegment(`content-${i}-${"x".repeat(600)}`, DEVICE, 1 + i * 24));
const noNetwork: Fetch = () => Promise.reject(new TypeError("network"));

async function paired(text: string): Promise<SyncStore> {
  const store = new SyncStore(new MemoryRows(), PLAIN_TOKENS);
  const pairing = parsePairingText(text);
  if (pairing === null) throw new Error("no pairing");
  await store.keepPairing(pairing);
  return store;
}

const tryOnce = (store: SyncStore, queue: MemoryQueue, trigger: Trigger, over: { readonly fetch?: Fetch; readonly now?: number } = {}) =>
  attempt({ queue, store, fetch: over.fetch ?? ((url, init) => fetch(url, init)), locks: null, now: () => over.now ?? NOW, random: () => 0.5 }, trigger);

describe("attempt", () => {
  const TEXT = "clockface1~http://hub.test~gate~a.b.c";

  test("does nothing when the tablet stands alone", async () => {
    const store = new SyncStore(new MemoryRows(), PLAIN_TOKENS);
    expect(await tryOnce(store, new MemoryQueue(segments(1)), "asked", { fetch: noNetwork })).toEqual({ kind: "idle" });
  });

  test("asks for nothing when there is nothing to send", async () => {
    expect(await tryOnce(await paired(TEXT), new MemoryQueue([]), "timer", { fetch: noNetwork })).toEqual({ kind: "idle" });
  });

  test("waits after a failure, and is let through by the network's return", async () => {
    const store = await paired(TEXT);
    const queue = new MemoryQueue(segments(1));
    expect(await tryOnce(store, queue, "entry", { fetch: noNetwork })).toEqual({ kind: "failed" });
    expect(await store.standing()).toEqual({ state: "waiting", failures: 1, nextAttemptAtMs: NOW + 1000 });
    expect(await tryOnce(store, queue, "timer", { fetch: noNetwork, now: NOW + 999 })).toEqual({ kind: "too-early" });
    expect(await tryOnce(store, queue, "background", { fetch: noNetwork, now: NOW + 999 })).toEqual({ kind: "too-early" });
    expect(await tryOnce(store, queue, "online", { fetch: noNetwork, now: NOW + 999 })).toEqual({ kind: "failed" });
    expect(await store.standing()).toEqual({ state: "waiting", failures: 2, nextAttemptAtMs: NOW + 999 + 2000 });
  });

  test("does not hold an old token's refusal against a new one that came in between", async () => {
    const store = await paired(TEXT);
    const outcome = await tryOnce(store, new MemoryQueue(segments(1)), "entry", {
      fetch: async () => {
        await store.keepPairing({ hub: "http://hub.test", site: "gate", token: "d.e.f" });
        return new Response(null, { status: 401 });
      },
    });
    expect(outcome).toEqual({ kind: "needs-token" });
    expect((await store.standing()).state).toBe("idle");
  });
});

describe("attempts against a hub of its own process", () => {
  let data: string;
  let hub: HubProcess;

  beforeEach(async () => {
    data = mkdtempSync(join(tmpdir(), "clockface-hub-"));
    hub = await startHubProcess({ data, site: SITE });
  });

  afterEach(async () => {
    await hub.kill();
    rmSync(data, { recursive: true });
  });

  /** What the folder holds, after the hub is gone. */
  async function held(): Promise<readonly (readonly [string, number])[]> {
    await hub.kill();
    return (await heldSegments(data)).map(({ id, revisions }) => [id, revisions] as const);
  }

  const onceEach = (all: readonly Segment[]): readonly (readonly [string, number])[] => all.map(({ _id }) => [_id, 1] as const);

  test("bring each segment to it exactly once when it is killed while it takes them", async () => {
    const queue = new MemoryQueue(segments(700));
    const store = await paired(await pairingText(data, DEVICE, hub.origin));
    let requests = 0;
    const whileKilled: Fetch = async (url, init) => {
      requests += 1;
      const answer = fetch(url, init);
      if (requests === 3 || requests === 6) await Promise.all([hub.kill(), answer.catch(() => null)]);
      return answer;
    };
    let restarts = 0;
    for (let now = NOW; queue.settled.size < queue.segments.length; now += 300_000) {
      const outcome = await tryOnce(store, queue, "timer", { fetch: whileKilled, now });
      if (outcome.kind !== "failed") continue;
      restarts += 1;
      hub = await startHubProcess({ data, site: SITE, port: hub.port });
    }
    expect(restarts).toBe(2);
    expect(new Set(queue.settled.values())).toEqual(new Set(["stored"]));
    expect(await held()).toEqual(onceEach(queue.segments));
  }, 90_000);

  test("bring each segment to it exactly once when its answers are lost", async () => {
    let answers = 0;
    const proxy = createServer((request, response) => {
      const passed = forward({ port: hub.port, method: request.method, path: request.url, headers: request.headers }, (answer) => {
        answers += 1;
        if (answers <= 2) answer.resume().on("end", () => request.socket.destroy());
        else answer.pipe(response.writeHead(answer.statusCode ?? 500, answer.headers));
      });
      request.pipe(passed);
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    const address = proxy.address();
    const origin = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
    const queue = new MemoryQueue(segments(150));
    const store = await paired(await pairingText(data, DEVICE, origin));
    const outcomes: string[] = [];
    for (let now = NOW; outcomes.at(-1) !== "done"; now += 300_000) outcomes.push((await tryOnce(store, queue, "timer", { now })).kind);
    await new Promise((resolve) => proxy.close(resolve));
    expect(outcomes).toEqual(["failed", "failed", "done"]);
    expect(await store.lastSuccessAtMs()).toBe(NOW + 600_000);
    expect(await held()).toEqual(onceEach(queue.segments));
  }, 60_000);

  test("put aside what is refused, keep the rest, and stop at a token that was taken back", async () => {
    const good = segments(2);
    const strange = makeSegment("strange", "another-device", 1);
    const queue = new MemoryQueue([good[0]!, strange, good[1]!]);
    const store = await paired(await pairingText(data, DEVICE, hub.origin));
    expect(await tryOnce(store, queue, "entry")).toEqual({ kind: "done" });
    expect([...queue.settled.values()].sort()).toEqual(["quarantined", "stored", "stored"]);
    (await DataFolder.open(data)).revoke(DEVICE, Math.floor(Date.now() / 1000));
    const later = new MemoryQueue(segments(1));
    expect(await tryOnce(store, later, "entry")).toEqual({ kind: "needs-token" });
    expect(later.settled.size).toBe(0);
    expect((await store.standing()).state).toBe("needs-token");
  }, 60_000);
});

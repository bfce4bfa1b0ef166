import { describe, expect, test } from "vitest";

import type { Segment, SegmentOutcome } from "../../app/ports/outbox.ts";
import { askHub, MOST_BYTES, pushPending, readAnswer } from "./push.ts";
import { MemoryQueue } from "./testing/memory.ts";

const PAIRING = { hub: "http://hub.test", site: "gate", token: "a.b.c" };
const segment = (seq: number, size = 10): Segment => ({ _id: `tablet-1:${String(seq).padStart(12, "0")}:${"0".repeat(64)}`, kind: "seg", c: "x".repeat(size) });
const SENT = [segment(1), segment(2), segment(3)];
const row = (sent: Segment, how: string): object => (how === "ok" ? { id: sent._id, ok: true, rev: "1-a" } : { id: sent._id, error: how, reason: "" });

describe("readAnswer", () => {
  const all = (how: string): object[] => SENT.map((sent) => row(sent, how));

  test.each<[string, number, unknown, readonly (SegmentOutcome | undefined)[], string]>([
    ["every row is ok", 201, all("ok"), ["stored", "stored", "stored"], "done"],
    ["every row was there before", 201, all("conflict"), ["stored", "stored", "stored"], "done"],
    ["rows come in another order", 201, all("ok").reverse(), ["stored", "stored", "stored"], "done"],
    ["one is forbidden", 201, [row(SENT[0]!, "ok"), row(SENT[1]!, "forbidden"), row(SENT[2]!, "conflict")], ["stored", "quarantined", "stored"], "done"],
    ["one failed in the database", 201, [row(SENT[0]!, "ok"), row(SENT[1]!, "internal_error"), row(SENT[2]!, "ok")], ["stored", undefined, "stored"], "failed"],
    ["one is left out", 201, [row(SENT[0]!, "ok")], ["stored", undefined, undefined], "failed"],
    ["a row is about something else", 201, [...all("ok").slice(0, 2), row(segment(9), "ok")], ["stored", "stored", undefined], "failed"],
    ["too few nodes have it, although rows say ok", 202, all("ok"), [undefined, undefined, undefined], "failed"],
    ["the body is another", 201, { ok: true }, [undefined, undefined, undefined], "failed"],
    ["a portal answers with its page", 200, null, [undefined, undefined, undefined], "failed"],
    ["the signature is bad", 400, null, [undefined, undefined, undefined], "needs-token"],
    ["the token has expired", 401, null, [undefined, undefined, undefined], "needs-token"],
    ["the site is another", 403, null, [undefined, undefined, undefined], "refused"],
    ["there is no hub there", 404, null, [undefined, undefined, undefined], "failed"],
    ["it is too much", 413, null, [undefined, undefined, undefined], "too-large"],
    ["there is a crowd", 429, null, [undefined, undefined, undefined], "failed"],
    ["the hub is ill", 500, null, [undefined, undefined, undefined], "failed"],
    ["the hub is not ready", 503, null, [undefined, undefined, undefined], "failed"],
  ])("settles what is certain and nothing else when %s", (_name, status, rows, outcomes, kind) => {
    const verdict = readAnswer(status, rows, SENT);
    expect(SENT.map(({ _id }) => verdict.outcomes.get(_id))).toEqual(outcomes);
    expect(verdict.outcome.kind).toBe(kind);
  });
});

const textOf = (init: RequestInit): string => (typeof init.body === "string" ? init.body : "");
const docsOf = (init: RequestInit): Segment[] => (JSON.parse(textOf(init)) as { docs: Segment[] }).docs;
const answer = (status: number, body: unknown, headers: Record<string, string> = {}): Response => new Response(JSON.stringify(body), { status, headers });

describe("pushPending", () => {
  test("sends all in batches of a hundred, oldest first, with the token", async () => {
    const queue = new MemoryQueue(Array.from({ length: 250 }, (_, i) => segment(i + 1)));
    const asked: { readonly url: string; readonly token: unknown; readonly ids: readonly string[] }[] = [];
    const outcome = await pushPending({
      queue,
      pairing: PAIRING,
      fetch: (url, init) => {
        const docs = docsOf(init);
        asked.push({ url, token: new Headers(init.headers).get("Authorization"), ids: docs.map(({ _id }) => _id) });
        return Promise.resolve(answer(201, docs.map((doc) => row(doc, "ok"))));
      },
    });
    expect(outcome).toEqual({ kind: "done" });
    expect(asked.map(({ ids }) => ids.length)).toEqual([100, 100, 50]);
    expect(asked.flatMap(({ ids }) => ids)).toEqual(queue.segments.map(({ _id }) => _id));
    expect(new Set(asked.map(({ url, token }) => `${url} ${String(token)}`))).toEqual(new Set(["http://hub.test/db/up-gate/_bulk_docs Bearer a.b.c"]));
  });

  test("asks for half as much when a proxy says it is too large", async () => {
    const queue = new MemoryQueue(Array.from({ length: 60 }, (_, i) => segment(i + 1, 20_000)));
    const limit = 300_000;
    const outcome = await pushPending({
      queue,
      pairing: PAIRING,
      fetch: (_url, init) => Promise.resolve(textOf(init).length > limit ? answer(413, null) : answer(201, docsOf(init).map((doc) => row(doc, "ok")))),
    });
    expect(outcome).toEqual({ kind: "done" });
    expect(queue.settled.size).toBe(60);
    expect(limit).toBeLessThan(MOST_BYTES);
  });

  test("gives up on a proxy that takes nothing at all", async () => {
    const outcome = await pushPending({ queue: new MemoryQueue(SENT), pairing: PAIRING, fetch: () => Promise.resolve(answer(413, null)) });
    expect(outcome).toEqual({ kind: "refused" });
  });

  test("keeps everything when the line breaks, before or within the answer", async () => {
    const queue = new MemoryQueue(SENT);
    const broken = new Response(new ReadableStream({ start: (controller) => controller.error(new TypeError("network")) }), { status: 201 });
    expect(await pushPending({ queue, pairing: PAIRING, fetch: () => Promise.reject(new TypeError("network")) })).toEqual({ kind: "failed" });
    expect(await pushPending({ queue, pairing: PAIRING, fetch: () => Promise.resolve(broken) })).toEqual({ kind: "failed" });
    expect(queue.settled.size).toBe(0);
  });

  test("hands on how long the hub wants to be left alone", async () => {
    const outcome = await pushPending({ queue: new MemoryQueue(SENT), pairing: PAIRING, fetch: () => Promise.resolve(answer(503, null, { "Retry-After": "20" })) });
    expect(outcome).toEqual({ kind: "failed", retryAfterMs: 20_000 });
  });

  test("asks for nothing when nothing is pending", async () => {
    expect(await pushPending({ queue: new MemoryQueue([]), pairing: PAIRING, fetch: () => Promise.reject(new Error("asked")) })).toEqual({ kind: "done" });
  });
});

describe("askHub", () => {
  test.each([
    [200, "known"],
    [400, "refused"],
    [401, "refused"],
    [403, "refused"],
    [404, "unreachable"],
    [502, "unreachable"],
  ] as const)("reads %i as %s", async (status, meaning) => {
    expect(await askHub(() => Promise.resolve(answer(status, {})), PAIRING)).toBe(meaning);
  });

  test("is unreachable without a network", async () => {
    expect(await askHub(() => Promise.reject(new TypeError("network")), PAIRING)).toBe("unreachable");
  });
});

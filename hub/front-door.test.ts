import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { DataFolder } from "./data-folder.ts";
import { startHub, type Hub } from "./server.ts";
import { ask, makeSegment, push, type Row } from "./testing/client.ts";
import { issueToken } from "./tokens.ts";

const SITE = "gate";
const DEVICE = "tablet-1";
const DAY_S = 86_400;

let folder: DataFolder;
let hub: Hub;
let token: string;
let data: string;

const nowS = (): number => Math.floor(Date.now() / 1000);
const at = (hubToAsk: Hub): string => `http://127.0.0.1:${hubToAsk.port}`;
const signed = (claims: Record<string, unknown>, key = folder.privateKey, alg = "ES256"): Promise<string> => new SignJWT(claims).setProtectedHeader({ alg }).sign(key);
const claims = (over: Record<string, unknown> = {}): Record<string, unknown> => ({ sub: DEVICE, roles: [SITE, DEVICE], iat: nowS(), exp: nowS() + DAY_S, ...over });

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), "clockface-hub-"));
  folder = await DataFolder.open(data, SITE);
  hub = await startHub({ data, dist: join(data, "none"), host: "127.0.0.1", port: 0 });
  token = await issueToken(folder, DEVICE, DAY_S, nowS());
});

afterAll(async () => {
  await hub.close();
  rmSync(data, { recursive: true });
});

describe("a push", () => {
  test("stores a segment once and says conflict when it comes again", async () => {
    const docs = [makeSegment("first", DEVICE, 1), makeSegment("second", DEVICE, 2)];
    const once = await push(at(hub), SITE, token, docs);
    const twice = await push(at(hub), SITE, token, docs);
    expect(once.status).toBe(201);
    expect(once.rows.map((row) => row.ok)).toEqual([true, true]);
    expect(twice.status).toBe(201);
    expect(twice.rows.map((row) => row.error)).toEqual(["conflict", "conflict"]);
  });

  test("refuses the bad rows alone when good ones are beside them", async () => {
    const good = makeSegment("good", DEVICE, 10);
    const bad = { ...makeSegment("bad", DEVICE, 11), c: "other" };
    const strange = makeSegment("strange", "tablet-2", 12);
    const { status, rows } = await push(at(hub), SITE, token, [bad, good, strange]);
    expect(status).toBe(201);
    expect(new Map(rows.map((row) => [row.id, row.error ?? "stored"]))).toEqual(new Map([[bad._id, "forbidden"], [good._id, "stored"], [strange._id, "forbidden"]]));
  });

  test("takes a hundred segments of full size", async () => {
    const docs = Array.from({ length: 100 }, (_, i) => makeSegment("x".repeat(21_840) + String(i).padStart(6, "0"), DEVICE, 1000 + i));
    const { status, rows } = await push(at(hub), SITE, token, docs);
    expect(status).toBe(201);
    expect(rows.every((row) => row.ok === true)).toBe(true);
  });
});

describe("the front door", () => {
  const stored = makeSegment("stored", DEVICE, 20);

  test("keeps what is stored when a device tries to change it", async () => {
    await push(at(hub), SITE, token, [stored]);
    const before = await hub.store.up.get(stored._id);
    const rev = before._rev ?? "";
    const bulk = `/db/up-${SITE}/_bulk_docs`;
    const id = encodeURIComponent(stored._id);
    const attacks: readonly [string, string, unknown?][] = [
      ["POST", bulk, { docs: [{ ...stored, c: "changed", _rev: rev }] }],
      ["POST", bulk, { docs: [{ ...stored, _rev: rev }] }],
      ["POST", bulk, { docs: [{ ...stored, _deleted: true, _rev: rev }] }],
      ["POST", bulk, { docs: [{ _id: stored._id, _deleted: true, _rev: rev }] }],
      ["POST", bulk, { new_edits: false, docs: [{ ...stored, c: "changed", _rev: "9-ffffffffffffffffffffffffffffffff" }] }],
      ["POST", bulk, { new_edits: false, docs: [{ ...stored, c: "changed", _rev: "9-ffffffffffffffffffffffffffffffff", _revisions: { start: 9, ids: ["ffffffffffffffffffffffffffffffff"] } }] }],
      ["POST", bulk, { new_edits: true, docs: [stored] }],
      ["POST", `${bulk}?new_edits=false`, { docs: [{ ...stored, c: "changed" }] }],
      ["POST", bulk, { docs: [{ _id: "_local/x", kind: "seg", c: "x" }] }],
      ["POST", bulk, { docs: [{ _id: "_design/append-only", kind: "seg", c: "x" }] }],
      ["POST", bulk, { docs: [{ _id: "_design/other", language: "javascript", validate_doc_update: "function () {}" }] }],
      ["POST", bulk, { docs: [{ kind: "seg", c: "no-identifier" }] }],
      ["POST", bulk, { docs: [] }],
      ["POST", bulk, [stored]],
      ["POST", bulk, { docs: [null] }],
      ["POST", bulk, { docs: [[stored]] }],
      ["POST", bulk, { docs: Array.from({ length: 101 }, (_, i) => makeSegment(`many${i}`, DEVICE, 2000 + i)) }],
      ["PUT", `/db/up-${SITE}/${id}`, { ...stored, c: "changed", _rev: rev }],
      ["PUT", `/db/up-${SITE}/${id}?new_edits=false`, { ...stored, c: "changed", _rev: "9-ffffffffffffffffffffffffffffffff" }],
      ["PUT", `/db/up-${SITE}/${id}/file?rev=${rev}`, {}],
      ["DELETE", `/db/up-${SITE}/${id}?rev=${rev}`],
      ["PUT", `/db/up-${SITE}/_local/x`, { c: "x" }],
      ["PUT", `/db/up-${SITE}/_design/append-only`, {}],
      ["PUT", `/db/up-${SITE}/_security`, {}],
      ["POST", `/db/up-${SITE}`, stored],
      ["POST", `/db/up-${SITE}/_compact`, {}],
      ["POST", `/db/up-${SITE}/_purge`, { [stored._id]: [rev] }],
      ["DELETE", `/db/up-${SITE}`],
      ["PUT", "/db/other"],
      ["POST", "/db/other/_bulk_docs", { docs: [stored] }],
      ["POST", `/db/down-${SITE}/_bulk_docs`, { docs: [stored] }],
      ["POST", `/db/up-${SITE}%2f_bulk_docs`, { docs: [stored] }],
      ["POST", `/db/up-${SITE}/_bulk_docs/`, { docs: [{ ...stored, c: "changed" }] }],
      ["POST", `/db//up-${SITE}/_bulk_docs`, { docs: [{ ...stored, c: "changed" }] }],
      ["POST", "/db/_replicate", { source: `up-${SITE}`, target: "http://127.0.0.1:1/" }],
    ];
    for (const [method, path, body] of attacks) {
      const answer = await ask(at(hub), method, path, token, body);
      const everyRowRefused = answer.status === 201 && (answer.body as Row[]).every((row) => row.error === "forbidden");
      expect(everyRowRefused ? [answer.status] : [403, 404], `${method} ${path} ${JSON.stringify(body ?? null).slice(0, 120)}`).toContain(answer.status);
    }
    expect(await hub.store.up.get(stored._id)).toEqual(before);
    const { rows } = await hub.store.up.allDocs({ include_docs: false });
    expect(rows.filter((row) => row.id.startsWith("_")).map((row) => row.id)).toEqual(["_design/append-only"]);
    expect(rows.filter((row) => row.id.includes("many"))).toEqual([]);
  });

  test.each([
    ["GET", `/db/up-${SITE}/_all_docs?include_docs=true`],
    ["POST", `/db/up-${SITE}/_all_docs`],
    ["POST", `/db/up-${SITE}/_bulk_get`],
    ["GET", `/db/up-${SITE}/${encodeURIComponent(stored._id)}`],
    ["GET", `/db/up-${SITE}/_design/append-only`],
    ["GET", `/db/down-${SITE}/_all_docs`],
    ["POST", `/db/down-${SITE}/_changes`],
    ["GET", "/db/pouch__all_dbs__/_changes"],
    ["GET", "/db/_all_dbs"],
    ["GET", "/db/"],
  ])("does not show what it holds to %s %s", async (method, path) => {
    const { status, body } = await ask(at(hub), method, path, token, method === "POST" ? {} : undefined);
    expect(status).toBe(404);
    expect(body).toEqual({ error: "not_found", reason: "there is nothing here" });
  });

  test("lets the device read its site's down-database", async () => {
    const { status, body } = await ask(at(hub), "GET", `/db/down-${SITE}/_changes?since=0&include_docs=true&limit=500`, token);
    expect(status).toBe(200);
    expect(body).toEqual({ results: [], last_seq: 0 });
  });

  test("leaves out what would run code or hold the line when it reads", async () => {
    const { status, body } = await ask(at(hub), "GET", `/db/down-${SITE}/_changes?feed=continuous&filter=a/b&view=a/b&limit=100000&since=${encodeURIComponent('{"a":1}')}`, token);
    expect(status).toBe(200);
    expect(body).toEqual({ results: [], last_seq: 0 });
  });

  test("answers 413 when the body is too large", async () => {
    const { status } = await push(at(hub), SITE, token, [{ ...stored, c: "x".repeat(4_000_000) }]);
    expect(status).toBe(413);
  });

  test("gives away nothing of itself when the body is no JSON", async () => {
    const response = await fetch(`${at(hub)}/db/up-${SITE}/_bulk_docs`, { method: "POST", headers: { authorization: `Bearer ${token}`, "content-type": "application/json" }, body: "{" });
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({ error: "forbidden", reason: "the body cannot be read" });
  });
});

describe("a token", () => {
  const cases: readonly [string, number, () => Promise<string | null>][] = [
    ["missing", 401, () => Promise.resolve(null)],
    ["no token at all", 400, () => Promise.resolve("x")],
    ["expired", 401, () => signed(claims({ iat: nowS() - 2 * DAY_S, exp: nowS() - DAY_S }))],
    ["signed by another key", 400, async () => signed(claims(), (await generateKeyPair("ES256")).privateKey)],
    ["signed by no key", 400, () => Promise.resolve(`${btoa('{"alg":"none"}').replaceAll("=", "")}.${btoa(JSON.stringify(claims())).replaceAll("=", "")}.`)],
    ["of another algorithm", 400, async () => signed(claims(), (await generateKeyPair("ES384")).privateKey, "ES384")],
    ["changed after signing", 400, async () => (await signed(claims())).replace(/\.(.)/, (_all, first: string) => `.${first === "e" ? "f" : "e"}`)],
    ["for another site", 403, () => signed(claims({ roles: ["elsewhere", DEVICE] }))],
    ["without roles", 400, () => signed(claims({ roles: undefined }))],
    ["without its device among the roles", 400, () => signed(claims({ roles: [SITE] }))],
    ["without a device", 400, () => signed(claims({ sub: undefined }))],
    ["without an end", 400, () => signed(claims({ exp: undefined }))],
    ["good for longer than 30 days", 400, () => signed(claims({ exp: nowS() + 31 * DAY_S }))],
  ];

  test.each(cases)("is refused when it is %s (%i)", async (_name, expected, make) => {
    const { status } = await push(at(hub), SITE, await make(), [makeSegment("token", DEVICE, 30)]);
    expect(status).toBe(expected);
  });

  test("is refused for another site's database", async () => {
    expect((await push(at(hub), "elsewhere", token, [makeSegment("token", DEVICE, 30)])).status).toBe(403);
  });

  test("ends when it is taken back, and the device is let in again with a new one", async () => {
    const old = await issueToken(folder, "tablet-9", DAY_S, nowS());
    expect((await push(at(hub), SITE, old, [makeSegment("before", "tablet-9", 1)])).status).toBe(201);
    folder.revoke("tablet-9", nowS());
    expect((await push(at(hub), SITE, old, [makeSegment("after", "tablet-9", 2)])).status).toBe(401);
    const renewed = await issueToken(folder, "tablet-9", DAY_S, nowS());
    expect((await push(at(hub), SITE, renewed, [makeSegment("after", "tablet-9", 2)])).status).toBe(201);
    expect((await push(at(hub), SITE, token, [makeSegment("other", DEVICE, 31)])).status).toBe(201);
  });
});

describe("the data folder", () => {
  test("keeps the signing key from other accounts", () => {
    expect(statSync(join(data, "signing-key.json")).mode & 0o777).toBe(0o600);
  });

  test("says what to do when the port is taken", async () => {
    const other = mkdtempSync(join(tmpdir(), "clockface-hub-"));
    await expect(startHub({ data: other, dist: other, host: "127.0.0.1", port: hub.port })).rejects.toThrow(/is taken/);
    rmSync(other, { recursive: true });
  });

  test("keeps its site", async () => {
    await expect(DataFolder.open(data, "other")).rejects.toThrow(/belongs to the site "gate"/);
  });
});

import { mkdtempSync, rmSync } from "node:fs";
import { createServer, request as forward, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import type { Segment } from "../src/app/ports/outbox.ts";
import { DataFolder } from "./data-folder.ts";
import { makeSegment, push } from "./testing/client.ts";
import { heldSegments } from "./testing/contents.ts";
import { pairingText, startHubProcess, type HubProcess } from "./testing/process.ts";
import { issueToken } from "./tokens.ts";

const SITE = "gate";
const DEVICE = "tablet-1";

let data: string;
let running: HubProcess | null = null;

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), "clockface-hub-"));
});

afterEach(async () => {
  await running?.kill();
  running = null;
  rmSync(data, { recursive: true });
});

const tokenFor = async (device: string): Promise<string> => issueToken(await DataFolder.open(data, SITE), device, 3600, Math.floor(Date.now() / 1000));

const segments = (count: number): Segment[] => Array.from({ length: count }, (_, i) => makeSegment(`content-${i}-${"x".repeat(400)}`, DEVICE, 1 + i * 24));

const settled = (status: number, rows: readonly { readonly ok?: boolean; readonly error?: string }[]): boolean => status === 201 && rows.every((row) => row.ok === true || row.error === "conflict");

test("a hub killed in the middle of batches holds each segment exactly once when they are sent again", async () => {
  const all = segments(2400);
  const token = await tokenFor(DEVICE);
  running = await startHubProcess({ data, site: SITE });
  let kills = 0;
  for (let from = 0; from < all.length; ) {
    const batch = all.slice(from, from + 100);
    const answer = push(running.origin, SITE, token, batch).catch(() => null);
    if (kills < 3 && from >= (kills + 1) * 600) {
      kills += 1;
      await running.kill();
      expect(await answer.then((given) => given === null || settled(given.status, given.rows))).toBe(true);
      running = await startHubProcess({ data, site: SITE, port: running.port });
      continue;
    }
    const given = await answer;
    expect(given !== null && settled(given.status, given.rows)).toBe(true);
    from += 100;
  }
  await running.kill();
  running = null;
  expect(kills).toBe(3);
  const held = await heldSegments(data);
  expect(held.map(({ id }) => id)).toEqual(all.map(({ _id }) => _id).sort());
  expect(held.every(({ revisions }) => revisions === 1)).toBe(true);
  expect(new Map(held.map(({ id, c }) => [id, c]))).toEqual(new Map(all.map(({ _id, c }) => [_id, c])));
}, 120_000);

test("segments whose answers were lost are held once when they are sent again", async () => {
  const all = segments(300);
  const token = await tokenFor(DEVICE);
  running = await startHubProcess({ data, site: SITE });
  const target = running.port;
  let dropped = 0;
  // Passes every request on; of the first answers it drops each second one after the hub has given it.
  let count = 0;
  const proxy: Server = createServer((request, response) => {
    const passed = forward({ port: target, method: request.method, path: request.url, headers: request.headers }, (answer) => {
      count += 1;
      const drop = count % 2 === 1 && dropped < 3;
      answer.on("end", () => {
        if (!drop) return;
        dropped += 1;
        request.socket.destroy();
      });
      if (drop) answer.resume();
      else answer.pipe(response.writeHead(answer.statusCode ?? 500, answer.headers));
    });
    request.pipe(passed);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const address = proxy.address();
  const origin = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  for (let from = 0; from < all.length; ) {
    const given = await push(origin, SITE, token, all.slice(from, from + 100)).catch(() => null);
    if (given !== null && settled(given.status, given.rows)) from += 100;
  }
  await new Promise((resolve) => proxy.close(resolve));
  expect(await running.stop()).toBe(0);
  running = null;
  expect(dropped).toBe(3);
  const held = await heldSegments(data);
  expect(held.map(({ id, revisions }) => [id, revisions])).toEqual(all.map(({ _id }) => [_id, 1]).sort());
});

test("a second hub on the same folder says who has it", async () => {
  running = await startHubProcess({ data, site: SITE });
  await expect(startHubProcess({ data, site: SITE })).rejects.toThrow(/Another hub is using .*--data/);
});

test("the printed pairing text lets a tablet in, and revoke keeps it out, while the hub runs", async () => {
  running = await startHubProcess({ data, site: SITE });
  const [mark, hub, site, token] = (await pairingText(data, DEVICE, running.origin)).split("~");
  expect([mark, hub, site]).toEqual(["clockface1", running.origin, SITE]);
  expect((await push(running.origin, SITE, token ?? "", segments(1))).status).toBe(201);
  (await DataFolder.open(data)).revoke(DEVICE, Math.floor(Date.now() / 1000));
  expect((await push(running.origin, SITE, token ?? "", segments(1))).status).toBe(401);
});

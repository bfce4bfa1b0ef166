import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { signatureVerifier } from "../src/adapters/crypto/verify-signature.ts";
import { EMPTY_FRONTIER, appendLeaves, rootOf } from "../src/domain/log/merkle.ts";
import { consistencyProof, readerOf } from "../src/domain/log/proofs.ts";
import { formatRequest, isAbout, isSignedCoSignature, readCoSignature } from "../src/domain/log/statements.ts";
import type { CoSignature } from "../src/domain/log/types.ts";
import { Random } from "../tests/faults/random.ts";
import { makeCheckpoint, makeSigner, sha, type Signer } from "../tests/support/log/sample.ts";
import { DataFolder } from "./data-folder.ts";
import { startHub, type Hub } from "./server.ts";
import { ask } from "./testing/client.ts";
import { startHubProcess } from "./testing/process.ts";
import { issueToken } from "./tokens.ts";
import { witnessLines } from "./witness-words.ts";
import { WitnessBook } from "./witness.ts";

const SITE = "gate";
const random = new Random(9);
const history = (count: number): Uint8Array[] => Array.from({ length: count }, () => sha(random.bytes(8)));
const rootAt = (leaves: readonly Uint8Array[], size: number): Uint8Array => rootOf(appendLeaves(EMPTY_FRONTIER, leaves.slice(0, size)).frontier);

async function request(device: Signer, leaves: readonly Uint8Array[], from: number, size: number): Promise<{ readonly request: string }> {
  const checkpoint = makeCheckpoint(device, size, rootAt(leaves, size));
  const proof = from < size ? await consistencyProof(readerOf(leaves), from, size) : [];
  return { request: formatRequest({ checkpoint, publicKey: device.spki, from, proof }) };
}

interface Told {
  readonly status: number;
  readonly body: { readonly error?: string; readonly reason?: string; readonly cosigned?: string | null };
}

let data: string;
let folder: DataFolder;
let hub: Hub;

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), "clockface-witness-"));
  folder = await DataFolder.open(data, SITE);
  hub = await startHub({ data, dist: join(data, "none"), host: "127.0.0.1", port: 0 });
});

afterAll(async () => {
  await hub.close();
  rmSync(data, { recursive: true });
});

const token = (device: Signer, in_: DataFolder = folder): Promise<string> => issueToken(in_, device.id, 3600, Math.floor(Date.now() / 1000));
const send = async (device: Signer, body: unknown, origin = `http://127.0.0.1:${hub.port}`, with_?: string): Promise<Told> => (await ask(origin, "POST", `/db/up-${SITE}/witness`, with_ ?? (await token(device)), body)) as Told;
const signature = ({ body }: Told): CoSignature => readCoSignature(body.cosigned ?? "")!;
const alarms = async (device: Signer): Promise<readonly (readonly [string, number])[]> => (await WitnessBook.open(folder)).alarms.filter((one) => one.device === device.id).map(({ alarm, size }) => [alarm, size] as const);

describe("the hub as a witness", () => {
  test("signs a first checkpoint, then what extends it", async () => {
    const [device, leaves] = [makeSigner(), history(900)];
    const first = await send(device, await request(device, leaves, 0, 100));
    const next = await send(device, await request(device, leaves, 100, 900));
    expect([first.status, next.status]).toEqual([200, 200]);
    const cosigned = signature(next);
    expect(isAbout(cosigned, { device: device.id, size: 900, root: rootAt(leaves, 900) })).toBe(true);
    expect(cosigned.previousSize).toBe(100);
    expect(cosigned.kind).toBe("hub");
    expect(await isSignedCoSignature(signatureVerifier(), cosigned)).toBe(true);
    expect(cosigned.witness).toBe(signature(first).witness);
    expect(await alarms(device)).toEqual([]);
  });

  test("gives the same co-signature again when the answer was lost", async () => {
    const [device, leaves] = [makeSigner(), history(100)];
    const first = await send(device, await request(device, leaves, 0, 100));
    const again = await send(device, await request(device, leaves, 0, 100));
    expect(again).toEqual(first);
  });

  test("says what it had signed, without an alarm, when the proof begins elsewhere", async () => {
    const [device, leaves] = [makeSigner(), history(300)];
    await send(device, await request(device, leaves, 0, 200));
    const told = await send(device, await request(device, leaves, 100, 300));
    expect([told.status, told.body.error, signature(told).size]).toEqual([409, "base", 200]);
    expect(await alarms(device)).toEqual([]);
    expect((await send(device, await request(device, leaves, 200, 300))).status).toBe(200);
  });

  test("refuses a smaller, a forked and an inconsistent tree, keeps each alarm once, and still signs the true one", async () => {
    const [device, leaves, other] = [makeSigner(), history(400), history(400)];
    const first = await send(device, await request(device, leaves, 0, 200));
    const rewritten = [...leaves.slice(0, 150), ...other.slice(150)];
    for (let twice = 0; twice < 2; twice++) {
      const answers = [await send(device, await request(device, leaves, 200, 150)), await send(device, await request(device, rewritten, 200, 200)), await send(device, await request(device, rewritten, 200, 300))];
      expect(answers.map(({ status, body }) => [status, body.error, body.reason])).toEqual([[409, "alarm", "smaller"], [409, "alarm", "fork"], [409, "alarm", "inconsistent"]]);
      expect(answers[0]!.body.cosigned).toBe(first.body.cosigned);
    }
    expect(await alarms(device)).toEqual([["smaller", 150], ["fork", 200], ["inconsistent", 300]]);
    expect((await send(device, await request(device, leaves, 200, 400))).status).toBe(200);
    const lines = witnessLines(await WitnessBook.open(folder));
    expect(lines.join("\n")).toContain(`${device.id} shows fewer entries than were signed`);
    expect(lines.some((line) => line.startsWith(`${device.id}  400 entries`))).toBe(true);
  });

  test("signs nothing that the device did not sign itself", async () => {
    const [device, other, leaves] = [makeSigner(), makeSigner(), history(50)];
    const own = await request(device, leaves, 0, 50);
    // Another tablet's token; a checkpoint of another tablet; a key that is not the name's; no checkpoint at all.
    expect((await send(other, own)).status).toBe(403);
    expect((await send(device, await request(other, leaves, 0, 50))).status).toBe(403);
    const checkpoint = makeCheckpoint(device, 50, rootAt(leaves, 50));
    expect((await send(device, { request: formatRequest({ checkpoint, publicKey: other.spki, from: 0, proof: [] }) })).status).toBe(403);
    expect((await send(device, { request: formatRequest({ checkpoint: { ...checkpoint, size: 51 }, publicKey: device.spki, from: 0, proof: [] }) })).status).toBe(403);
    for (const body of [{}, { request: 1 }, { request: "x" }, { ...own, more: true }, []]) expect((await send(device, body)).status).toBe(403);
    expect((await send(device, { request: "x".repeat(40_000) })).status).toBe(413);
    expect((await ask(`http://127.0.0.1:${hub.port}`, "POST", `/db/up-${SITE}/witness`, null, own)).status).toBe(401);
    expect((await send(device, own, undefined, "x")).status).toBe(400);
    expect((await WitnessBook.open(folder)).devices.map((one) => one.device)).not.toContain(device.id);
  });

  test("keeps its key from other accounts", () => {
    expect(statSync(join(data, "witness", "key.json")).mode & 0o777).toBe(0o600);
  });
});

describe("a hub that is killed", () => {
  test("has kept everything that it answered, and does not sign another history after it", async () => {
    const own = mkdtempSync(join(tmpdir(), "clockface-witness-"));
    const [device, leaves] = [makeSigner(), history(600)];
    const bearer = await token(device, await DataFolder.open(own, SITE));
    let port = 0;
    let [signed, witness] = [0, ""];
    for (let round = 1; round <= 3; round++) {
      const running = await startHubProcess({ data: own, site: SITE, port });
      ({ port } = running);
      const origin = `http://127.0.0.1:${port}`;
      if (signed > 0) {
        const forked = [...leaves.slice(0, signed - 1), ...history(600)];
        expect((await send(device, await request(device, forked, signed, signed + 50), origin, bearer)).body.reason).toBe("inconsistent");
      }
      for (let step = 0; step < 4; step++) {
        const told = await send(device, await request(device, leaves, signed, signed + 40), origin, bearer);
        expect(told.status).toBe(200);
        signed += 40;
        witness ||= signature(told).witness;
        expect(signature(told).witness).toBe(witness);
      }
      await running.kill();
    }
    const book = await WitnessBook.open(await DataFolder.open(own));
    expect(book.devices.map(({ latest }) => latest.size)).toEqual([480]);
    expect(book.alarms).toHaveLength(2);
    expect(existsSync(join(own, "witness", "alarms.jsonl")) && readFileSync(join(own, "witness", "alarms.jsonl"), "utf8").endsWith("\n")).toBe(true);
    rmSync(own, { recursive: true });
  });
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { signatureVerifier } from "../src/adapters/crypto/verify-signature.ts";
import { HubWitness } from "../src/adapters/sync/witness.ts";
import { ProofAlarms } from "../src/app/audit/proof-alarms.ts";
import { Witnesses } from "../src/app/audit/witnesses.ts";
import type { DeviceIdentity, ProofStore } from "../src/app/ports/proof.ts";
import type { EntryDraft } from "../src/domain/attendance/entries.ts";
import type { EpochMs } from "../src/domain/clock.ts";
import { EMPTY_FRONTIER, appendLeaves, rootOf } from "../src/domain/log/merkle.ts";
import { readerOf } from "../src/domain/log/proofs.ts";
import type { Checkpoint, CoSignature } from "../src/domain/log/types.ts";
import { Random } from "../tests/faults/random.ts";
import { makeCheckpoint, makeSigner, sha, type Signer } from "../tests/support/log/sample.ts";
import { DataFolder } from "./data-folder.ts";
import { startHub, type Hub } from "./server.ts";
import { issueToken } from "./tokens.ts";
import { WitnessBook } from "./witness.ts";

const SITE = "gate";
const random = new Random(5);
const leavesOf = (count: number): Uint8Array[] => Array.from({ length: count }, () => sha(random.bytes(8)));

/** A tablet's log in memory: its leaves are what it is. */
class Tablet {
  leaves: Uint8Array[] = [];
  signed: CoSignature[] = [];
  readonly entries: EntryDraft[] = [];
  readonly signer: Signer = makeSigner();
  readonly #memory = new Map<string, unknown>();
  readonly #checkpoints: Checkpoint[] = [];

  readonly proof: ProofStore = {
    tree: { leaves: (from, to) => readerOf(this.leaves).leaves(from, to), tiles: (from, to) => readerOf(this.leaves).tiles(from, to) },
    frontier: () => Promise.resolve(appendLeaves(EMPTY_FRONTIER, this.leaves).frontier),
    checkpoints: () => Promise.resolve(this.#checkpoints),
    lastCheckpoint: () => Promise.resolve(this.#checkpoints.at(-1) ?? null),
    keepCheckpoint: (one) => Promise.resolve(void this.#checkpoints.push(one)),
    coSignatures: () => Promise.resolve(this.signed),
    keepCoSignature: (one) => Promise.resolve(void this.signed.push(one)),
    entriesAfter: () => Promise.resolve([]),
    recall: (key) => Promise.resolve(this.#memory.get(key)),
    remember: (key, value) => Promise.resolve(void this.#memory.set(key, value)),
    alone: (work) => work(),
  };
  readonly #device: DeviceIdentity = { deviceId: this.signer.id, algorithm: "Ed25519", publicKey: this.signer.spki, sign: (bytes) => Promise.resolve(this.signer.sign(bytes)) };
  readonly #append = (entry: EntryDraft): Promise<boolean> => Promise.resolve(this.entries.push(entry) > 0);
  readonly alarms = new ProofAlarms(this.proof, this.#append, () => 1 as EpochMs);
  readonly witnesses = new Witnesses(this.proof, this.#device, this.alarms, this.#append, signatureVerifier());

  checkpoint(): void {
    this.#checkpoints.push(makeCheckpoint(this.signer, this.leaves.length, rootOf(appendLeaves(EMPTY_FRONTIER, this.leaves).frontier)));
  }

  grow(count: number): void {
    this.leaves.push(...leavesOf(count));
    this.checkpoint();
  }
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

interface Line {
  cut: "no" | "before" | "after";
  asked: number;
}

/** What asks the hub over a line that can be cut, before the hub hears or before its answer arrives. */
async function lineTo(tablet: Tablet, origin = `http://127.0.0.1:${hub.port}`, in_: DataFolder = folder): Promise<{ readonly line: Line; readonly witness: HubWitness }> {
  const token = await issueToken(in_, tablet.signer.id, 3600, Math.floor(Date.now() / 1000));
  const line: Line = { cut: "no", asked: 0 };
  const fetch_ = async (url: string, init: RequestInit): Promise<Response> => {
    line.asked += 1;
    if (line.cut === "before") throw new TypeError("no line");
    const answer = await fetch(url, init);
    if (line.cut === "after") throw new TypeError("no line");
    return answer;
  };
  return { line, witness: new HubWitness({ witnesses: tablet.witnesses, pairing: () => Promise.resolve({ hub: origin, site: SITE, token }), fetch: fetch_, now: () => 1_000, random: () => 0 }) };
}

describe("a tablet and its hub", () => {
  test("have every checkpoint co-signed, and nothing asked twice", async () => {
    const tablet = new Tablet();
    const { line, witness } = await lineTo(tablet);
    await witness.ask();
    expect(line.asked).toBe(0);
    for (const count of [100, 1, 600]) {
      tablet.grow(count);
      await witness.ask();
      await witness.ask();
    }
    expect(tablet.signed.map(({ size, previousSize }) => [size, previousSize])).toEqual([[100, 0], [101, 100], [701, 101]]);
    expect(line.asked).toBe(3);
    expect(tablet.entries.map(({ type }) => type)).toEqual(["witnessed", "witnessed", "witnessed"]);
  });

  test("go on where the hub's answer was lost", async () => {
    const tablet = new Tablet();
    const { line, witness } = await lineTo(tablet);
    tablet.grow(50);
    await witness.ask();
    tablet.grow(50);
    line.cut = "after";
    await witness.ask(true);
    tablet.grow(50);
    line.cut = "no";
    await witness.ask(true);
    expect(tablet.signed.map(({ size }) => size)).toEqual([50, 100, 150]);
    expect(await tablet.alarms.list()).toEqual([]);
  });

  test("wait after a cut line, and ask at once when a person wants it", async () => {
    const tablet = new Tablet();
    const { line, witness } = await lineTo(tablet);
    tablet.grow(10);
    line.cut = "before";
    await witness.ask();
    line.cut = "no";
    await witness.ask(true);
    expect(tablet.signed.map(({ size }) => size)).toEqual([10]);
  });

  test("raise an alarm on both sides when the tablet was rolled back and grew again, or rewritten", async () => {
    for (const [kept, grown] of [[30, 80], [30, 10], [99, 1]] as const) {
      const tablet = new Tablet();
      const { witness } = await lineTo(tablet);
      tablet.grow(100);
      await witness.ask();
      tablet.leaves = tablet.leaves.slice(0, kept);
      tablet.grow(grown);
      // The roll back took what the tablet knew of the hub as well.
      tablet.signed = [];
      await witness.ask(true);
      expect((await tablet.alarms.list()).map(({ alarm }) => alarm)).toEqual([kept + grown < 100 ? "hub-refused" : kept + grown > 100 ? "forked" : "hub-refused"]);
      expect(tablet.signed).toEqual([]);
      const told = (await WitnessBook.open(folder)).alarms.filter(({ device }) => device === tablet.signer.id);
      expect(told.map(({ alarm }) => alarm)).toEqual(kept + grown < 100 ? ["smaller"] : kept + grown > 100 ? [] : ["fork"]);
    }
  });

  test("expect the hub's first key: another one is an alarm until somebody accepts it", async () => {
    const tablet = new Tablet();
    const { witness } = await lineTo(tablet);
    tablet.grow(20);
    await witness.ask();
    const other = mkdtempSync(join(tmpdir(), "clockface-witness-"));
    const second = await startHub({ data: other, dist: join(other, "none"), host: "127.0.0.1", port: 0, site: SITE });
    const moved = await lineTo(tablet, `http://127.0.0.1:${second.port}`, await DataFolder.open(other));
    tablet.grow(20);
    await moved.witness.ask(true);
    expect((await tablet.alarms.list()).map(({ alarm }) => alarm)).toEqual(["hub-key-changed"]);
    expect(tablet.signed).toHaveLength(1);
    expect(await tablet.witnesses.acceptHubKey()).toBe(true);
    await moved.witness.ask(true);
    expect(tablet.signed.map(({ size }) => size)).toEqual([20, 40]);
    await second.close();
    rmSync(other, { recursive: true });
  });
});

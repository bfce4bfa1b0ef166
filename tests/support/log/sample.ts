import { createHash, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { Readable } from "node:stream";

import { canonical } from "../../../src/domain/log/cbor.ts";
import { EMPTY_FRONTIER, appendLeaves, leafHashOf, rootOf } from "../../../src/domain/log/merkle.ts";
import type { PackageFacts, PackedEntry } from "../../../src/domain/log/package.ts";
import { FRAME_ENTRIES, PackageWriter } from "../../../src/domain/log/package.ts";
import { checkpointBytes, coSignatureBytes, keyIdOf } from "../../../src/domain/log/statements.ts";
import type { Checkpoint, CoSignature } from "../../../src/domain/log/types.ts";
import type { EpochMs } from "../../../src/domain/clock.ts";

/** A key that signs as a device or a witness does. */
export interface Signer {
  readonly id: string;
  readonly spki: Uint8Array;
  sign(bytes: Uint8Array): Uint8Array;
}

export function makeSigner(): Signer {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const spki = new Uint8Array(publicKey.export({ type: "spki", format: "der" }));
  return { id: keyIdOf(spki), spki, sign: (bytes) => signed(privateKey, bytes) };
}

const signed = (key: KeyObject, bytes: Uint8Array): Uint8Array => new Uint8Array(sign(null, bytes, key));

/** Everything that a package is made of, to be changed at will before it is packed. */
export interface SampleLog {
  facts: PackageFacts;
  entries: PackedEntry[];
  checkpoints: Checkpoint[];
  coSignatures: CoSignature[];
}

export interface SampleOptions {
  readonly entries: number;
  readonly device: Signer;
  readonly hub?: Signer;
  readonly phone?: Signer;
  /** Checkpoints every so many entries. */
  readonly every?: number;
  /** The hub signs every so many checkpoints. */
  readonly hubEvery?: number;
  readonly random: (length: number) => Uint8Array;
}

const START = Date.UTC(2026, 9, 1, 0) as EpochMs;
export const sha = (...parts: readonly Uint8Array[]): Uint8Array => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
};

/** Header of one entry, as the device would write it. */
export function headerBytes(device: string, seq: number, type: string, bodyCommit: Uint8Array, prev: Uint8Array, timeState = "T1"): Uint8Array {
  return canonical({ v: 1, device, bootId: "7b0f1d8e-53f2-4c1c-9c3b-2f1a4a1f3e10", seq, type, wallMs: START + seq * 7_000, monoMs: seq * 7_000, timeState, bodyCommit, prev });
}

const bodyOf = (seq: number): readonly [string, object] => {
  const person = `00000000-0000-4000-8000-${String(seq % 97).padStart(12, "0")}`;
  if (seq % 50 === 7) return ["viewed", { personId: person, by: "11111111-1111-4111-8111-111111111111", role: "hr", what: "person" }];
  return ["punch", { personId: person, employeeNumber: `E${seq % 97}`, siteId: "site", zone: "Asia/Shanghai", direction: seq % 2 === 0 ? "in" : "out", directionSource: "auto", method: "face", status: "accepted" }];
};

export function sampleLog({ entries: count, device, hub, phone, every = 100, hubEvery = 1, random }: SampleOptions): SampleLog {
  const log: SampleLog = {
    facts: {
      device: device.id,
      algorithm: "Ed25519",
      publicKey: device.spki,
      site: { organisation: "Sample", siteId: "site", siteName: "Gate", zone: "Asia/Shanghai", lawRegion: "cn" },
      exportedAt: (START + count * 7_000) as EpochMs,
      exportedBy: { user: "11111111-1111-4111-8111-111111111111", role: "auditor" },
      version: "test",
      entries: count,
      witnesses: [],
    },
    entries: [],
    checkpoints: [],
    coSignatures: [],
  };
  let prev: Uint8Array = new Uint8Array(32);
  for (let seq = 1; seq <= count; seq++) {
    const [type, value] = bodyOf(seq);
    const [salt, body] = [random(32), canonical(value)];
    const header = headerBytes(device.id, seq, type, sha(salt, body), prev, seq % 211 === 0 ? "T2" : "T1");
    const leaf = leafHashOf(header);
    // A tenth of the bodies cannot be opened any more.
    log.entries.push({ seq, leaf, header, content: seq % 10 === 9 ? null : { salt, body } });
    prev = leaf;
  }
  signAll(log, { device, ...(hub ? { hub } : {}), ...(phone ? { phone } : {}), every, hubEvery });
  return log;
}

/** Signs checkpoints, and has them co-signed, over the entries as they are now. */
export function signAll(log: SampleLog, { device, hub, phone, every, hubEvery }: { readonly device: Signer; readonly hub?: Signer; readonly phone?: Signer; readonly every: number; readonly hubEvery: number }): void {
  log.checkpoints = [];
  log.coSignatures = [];
  let frontier = EMPTY_FRONTIER;
  let [nth, before] = [0, 0];
  const sizes = Array.from({ length: Math.floor(log.entries.length / every) }, (_, index) => (index + 1) * every);
  if (sizes.at(-1) !== log.entries.length) sizes.push(log.entries.length);
  for (const size of sizes) {
    ({ frontier } = appendLeaves(frontier, log.entries.slice(frontier.size, size).map(({ leaf }) => leaf)));
    const root = rootOf(frontier);
    log.checkpoints.push(makeCheckpoint(device, size, root));
    nth += 1;
    if (hub && nth % hubEvery === 0) {
      log.coSignatures.push(makeCoSignature(hub, "hub", device.id, size, root, before));
      before = size;
    }
    if (phone && size === sizes[Math.floor(sizes.length / 2)]) log.coSignatures.push(makeCoSignature(phone, "phone", device.id, size, root, 0));
  }
}

export function makeCheckpoint(device: Signer, size: number, root: Uint8Array): Checkpoint {
  const statement = { v: 1, device: device.id, size, root, wallMs: (START + size * 7_000) as EpochMs, reason: "count", algorithm: "Ed25519" } as const;
  return { ...statement, signature: device.sign(checkpointBytes(statement)) };
}

export function makeCoSignature(by: Signer, kind: "hub" | "phone", device: string, size: number, root: Uint8Array, previousSize: number): CoSignature {
  const statement = { v: 1, kind, witness: by.id, publicKey: by.spki, algorithm: "Ed25519", device, size, root, previousSize, wallMs: (START + size * 7_000 + 5_000) as EpochMs } as const;
  return { ...statement, signature: by.sign(coSignatureBytes(statement)) };
}

/** The package's bytes, frame by frame, sealed by the device. */
export async function* packed(log: SampleLog, device: Signer): AsyncGenerator<Uint8Array> {
  const writer = new PackageWriter(log.facts);
  yield writer.begin();
  for (let at = 0; at < log.entries.length; at += FRAME_ENTRIES) yield writer.entries(log.entries.slice(at, at + FRAME_ENTRIES));
  yield writer.checkpoints(log.checkpoints);
  yield writer.coSignatures(log.coSignatures);
  yield await writer.end((bytes) => Promise.resolve(device.sign(bytes)));
}

/** Bytes as they would come from a file. */
export function streamOf(...chunks: readonly Uint8Array[]): AsyncIterable<Uint8Array> {
  return Readable.from(chunks);
}

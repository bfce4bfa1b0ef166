import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";

import { signatureVerifier } from "../../src/adapters/crypto/verify-signature.ts";
import { canonical } from "../../src/domain/log/cbor.ts";
import { EMPTY_FRONTIER, appendLeaves, leafHashOf, rootOf } from "../../src/domain/log/merkle.ts";
import { FRAME_ENTRIES, PackageWriter, type PackedEntry } from "../../src/domain/log/package.ts";
import type { Checkpoint, CoSignature } from "../../src/domain/log/types.ts";
import { verifyPackage } from "../../src/domain/log/verify.ts";
import { headerBytes, makeCheckpoint, makeCoSignature, makeSigner, sampleLog, sha } from "../support/log/sample.ts";
import { rounded } from "./figures.ts";

const ENTRIES = 1_000_000;
/** What the verifier is asked to stay within, seconds. */
const WITHIN_S = 60;
const CHECKPOINT_EVERY = 100;

/** A log of a million punches, packed without ever being in memory whole. */
async function* packed(): AsyncGenerator<Uint8Array> {
  const [device, hub] = [makeSigner(), makeSigner()];
  const { facts } = sampleLog({ entries: 1, device, random: (length) => new Uint8Array(length) });
  const writer = new PackageWriter({ ...facts, entries: ENTRIES });
  yield writer.begin();
  const checkpoints: Checkpoint[] = [];
  const coSignatures: CoSignature[] = [];
  let frontier = EMPTY_FRONTIER;
  let prev: Uint8Array = new Uint8Array(32);
  let waiting: PackedEntry[] = [];
  for (let seq = 1; seq <= ENTRIES; seq++) {
    const salt = sha(Uint8Array.of(seq & 255, (seq >> 8) & 255, seq >> 16));
    const body = canonical({ personId: `00000000-0000-4000-8000-${String(seq % 5_000).padStart(12, "0")}`, employeeNumber: `E${seq % 5_000}`, siteId: "site", zone: "Asia/Shanghai", direction: "in", directionSource: "auto", method: "face", status: "accepted" });
    const header = headerBytes(device.id, seq, "punch", sha(salt, body), prev);
    const leaf = leafHashOf(header);
    waiting.push({ seq, leaf, header, content: { salt, body } });
    ({ frontier } = appendLeaves(frontier, [leaf]));
    prev = leaf;
    if (seq % CHECKPOINT_EVERY === 0) {
      checkpoints.push(makeCheckpoint(device, seq, rootOf(frontier)));
      coSignatures.push(makeCoSignature(hub, "hub", device.id, seq, rootOf(frontier), seq - CHECKPOINT_EVERY));
    }
    if (waiting.length === FRAME_ENTRIES || seq === ENTRIES) {
      yield writer.entries(waiting);
      waiting = [];
    }
  }
  yield writer.checkpoints(checkpoints);
  yield writer.coSignatures(coSignatures);
  yield await writer.end((bytes) => Promise.resolve(device.sign(bytes)));
}

/** How long the verifier takes for a million entries with bodies, 10,000 checkpoints and as many co-signatures. */
export async function verify(progress: (text: string) => void): Promise<object> {
  const folder = await mkdtemp(join(tmpdir(), "clockface-bench-"));
  const file = join(folder, "million.clockface-audit");
  try {
    progress("making a package of a million entries");
    await pipeline(Readable.from(packed()), createGzip({ level: 1 }), createWriteStream(file));
    const fileMB = rounded((await stat(file)).size / 1e6);
    progress("verifying it");
    const [begin, used] = [performance.now(), process.cpuUsage()];
    const report = await verifyPackage(createReadStream(file).pipe(createGunzip()), { verify: signatureVerifier() });
    const seconds = rounded((performance.now() - begin) / 1000);
    const { user, system } = process.cpuUsage(used);
    if (report.findings.length > 0 || report.entries !== ENTRIES || report.sealedUpTo !== ENTRIES || report.witnessedUpTo !== ENTRIES) throw new Error("the package was not verified whole");
    return { entries: ENTRIES, checkpoints: report.checkpoints, fileMB, seconds, cpuSeconds: rounded((user + system) / 1e6), withinS: WITHIN_S, within: seconds <= WITHIN_S, residentMB: rounded(process.memoryUsage().rss / 1e6) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

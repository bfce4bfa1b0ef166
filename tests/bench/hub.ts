import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { DhkemX25519HkdfSha256 } from "@hpke/dhkem-x25519";

import { DataFolder } from "../../hub/data-folder.ts";
import { makeSegment, push } from "../../hub/testing/client.ts";
import { startHubProcess } from "../../hub/testing/process.ts";
import { issueToken } from "../../hub/tokens.ts";
import { createDeviceKey } from "../../src/adapters/crypto/device-keys.ts";
import { canonicalBytes, commitToBody, sealHeader } from "../../src/adapters/crypto/digest.ts";
import { sealSegment, type OutgoingEntry } from "../../src/adapters/crypto/segments.ts";
import { HEADER_VERSION, type EntryBody } from "../../src/domain/attendance/entries.ts";
import type { EpochMs, MonotonicMs } from "../../src/domain/clock.ts";
import type { EmployeeNumber, PersonId } from "../../src/domain/people/types.ts";

/**
 * How many documents a second a hub stores durably, and what a punch weighs on the line.
 * `npx tsx tests/bench/hub.ts`
 */
const SITE = "bench";
const DOCUMENTS = 6_000;
const CONTENT = 500;

async function documentsPerSecond(tablets: number, batch: number): Promise<number> {
  const data = mkdtempSync(join(tmpdir(), "clockface-bench-"));
  const folder = await DataFolder.open(data, SITE);
  const hub = await startHubProcess({ data, site: SITE });
  const each = DOCUMENTS / tablets;
  const loads = await Promise.all(
    Array.from({ length: tablets }, async (_, tablet) => {
      const device = `tablet-${tablet}`;
      const token = await issueToken(folder, device, 3600, Math.floor(Date.now() / 1000));
      return { token, docs: Array.from({ length: each }, (_row, i) => makeSegment("x".repeat(CONTENT - 12) + String(i).padStart(12, "0"), device, i + 1)) };
    }),
  );
  const start = performance.now();
  await Promise.all(
    loads.map(async ({ token, docs }) => {
      for (let from = 0; from < docs.length; from += batch) {
        const { rows } = await push(hub.origin, SITE, token, docs.slice(from, from + batch));
        if (!rows.every((row) => row.ok === true)) throw new Error("a document was not stored");
      }
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  await hub.stop();
  rmSync(data, { recursive: true });
  return DOCUMENTS / seconds;
}

/** Bytes of JSON that one segment of so many face punches adds to a push. */
async function segmentBytes(punches: number): Promise<number> {
  const device = await createDeviceKey();
  const kem = new DhkemX25519HkdfSha256();
  const key = new Uint8Array(await kem.serializePublicKey((await kem.generateKeyPair()).publicKey));
  const entries: OutgoingEntry[] = [];
  for (let i = 0; i < punches; i += 1) {
    const body: EntryBody<"punch"> = {
      personId: crypto.randomUUID() as PersonId,
      employeeNumber: "A0012345" as EmployeeNumber,
      siteId: crypto.randomUUID(),
      zone: "Asia/Shanghai",
      direction: "in",
      directionSource: "auto",
      method: "face",
      status: "accepted",
    };
    const salt = crypto.getRandomValues(new Uint8Array(32));
    const bytes = canonicalBytes(body);
    const header = { v: HEADER_VERSION, device: device.deviceId, bootId: crypto.randomUUID(), seq: 100_000 + i, type: "punch", wallMs: Date.now() as EpochMs, monoMs: 86_400_000 as MonotonicMs, timeState: "T1", bodyCommit: await commitToBody(salt, bytes), prev: crypto.getRandomValues(new Uint8Array(32)) } as const;
    entries.push({ seq: header.seq, header: (await sealHeader(header)).bytes, content: { salt, body: bytes } });
  }
  return JSON.stringify(await sealSegment(device, key, entries)).length + 1;
}

for (const [tablets, batch] of [[1, 100], [4, 100], [4, 10], [8, 1]] as const) {
  console.log(`${tablets} tablets, ${batch} documents a push: ${(await documentsPerSecond(tablets, batch)).toFixed(0)} documents/s`);
}
for (const punches of [1, 4, 24]) {
  const bytes = await segmentBytes(punches);
  console.log(`${punches} punches a segment: ${bytes} bytes, ${(bytes / punches).toFixed(0)} a punch`);
}

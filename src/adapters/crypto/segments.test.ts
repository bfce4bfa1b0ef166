import { DhkemX25519HkdfSha256 } from "@hpke/dhkem-x25519";
import { beforeAll, describe, expect, test } from "vitest";

import type { Segment } from "../../app/ports/outbox.ts";
import { HEADER_VERSION } from "../../domain/attendance/entries.ts";
import type { EntryHeader, TypedBody } from "../../domain/attendance/entries.ts";
import type { EpochMs, MonotonicMs } from "../../domain/clock.ts";
import { refusalOf } from "../../../hub/validation.ts";
import { createDeviceKey } from "./device-keys.ts";
import type { DeviceKey } from "./device-keys.ts";
import { canonicalBytes, commitToBody, sealHeader } from "./digest.ts";
import { fitting, MOST_SEGMENT_BYTES, openSegment, sealSegment, segmentRange } from "./segments.ts";
import type { OutgoingEntry } from "./segments.ts";

const PERSON = "2f0c1c7e-52a2-4b55-9d28-1d5d2b6d2a10";

interface KeyPair {
  readonly publicKey: Uint8Array;
  readonly privateKey: Uint8Array;
}

async function administrationKeys(): Promise<KeyPair> {
  const kem = new DhkemX25519HkdfSha256();
  const pair = await kem.generateKeyPair();
  return { publicKey: new Uint8Array(await kem.serializePublicKey(pair.publicKey)), privateKey: new Uint8Array(await kem.serializePrivateKey(pair.privateKey)) };
}

const body = (seq: number): TypedBody => ({ type: "punch-undone", body: { cites: seq, personId: PERSON as never } });

/** A run of the log from `first`, chained as the log chains it. */
async function run(device: DeviceKey, first: number, count: number, padding = 0): Promise<OutgoingEntry[]> {
  const entries: OutgoingEntry[] = [];
  let prev: Uint8Array = new Uint8Array(32);
  for (let seq = first; seq < first + count; seq += 1) {
    const salt = crypto.getRandomValues(new Uint8Array(32));
    const typed: TypedBody = padding === 0 ? body(seq) : { type: "outage", body: { siteId: "gate", phase: "start", reason: "x".repeat(padding) } };
    const bytes = canonicalBytes(typed.body);
    const header: EntryHeader = { v: HEADER_VERSION, device: device.deviceId, bootId: "boot", seq, type: typed.type, wallMs: 1_770_000_000_000 as EpochMs, monoMs: seq as MonotonicMs, timeState: "T3", bodyCommit: await commitToBody(salt, bytes), prev };
    const sealed = await sealHeader(header);
    prev = sealed.leaf;
    entries.push({ seq, header: sealed.bytes, content: { salt, body: bytes } });
  }
  return entries;
}

let device: DeviceKey;
let administration: KeyPair;

beforeAll(async () => {
  device = await createDeviceKey();
  administration = await administrationKeys();
});

const seal = async (entries: readonly OutgoingEntry[]): Promise<Segment> => sealSegment(device, administration.publicKey, entries);
const kindOf = async (segment: Segment, key = administration.privateKey): Promise<string> => {
  const opened = await openSegment(segment, key);
  return opened.ok ? "ok" : opened.error.kind;
};

describe("sealSegment", () => {
  test("gives a document that the hub takes from this device alone", async () => {
    const segment = await seal(await run(device, 7, 3));
    expect(refusalOf({ ...segment }, null, { name: device.deviceId })).toBeNull();
    expect(refusalOf({ ...segment }, null, { name: "another" })).not.toBeNull();
  });

  test("says nothing of the entries in clear", async () => {
    const segment = await seal(await run(device, 1, 24));
    const bytes = Buffer.from(segment.c, "base64url").toString("latin1");
    expect(bytes).not.toContain(PERSON);
    expect(bytes).not.toContain("punch");
    expect(bytes).not.toContain("wallMs");
  });
});

describe("openSegment", () => {
  test("gives the administration the entries as they were when it has the key", async () => {
    const entries = await run(device, 7, 3);
    const opened = await openSegment(await seal(entries), administration.privateKey);
    expect(opened).toMatchObject({ ok: true, value: { device: device.deviceId, first: 7, last: 9 } });
    expect(opened.ok ? opened.value.entries.map(({ header, content }) => [header.seq, content]) : null).toEqual([7, 8, 9].map((seq) => [seq, body(seq)]));
  });

  test("gives the header without the body when the body's key was gone", async () => {
    const [entry] = await run(device, 1, 1);
    const opened = await openSegment(await seal([{ ...entry!, content: null }]), administration.privateKey);
    expect(opened.ok ? opened.value.entries.map(({ content }) => content) : "failed").toEqual([null]);
  });

  test("refuses another administration's key", async () => {
    expect(await kindOf(await seal(await run(device, 1, 2)), (await administrationKeys()).privateKey)).toBe("segment/sealed-for-another");
  });

  test("refuses content that is not what the identifier says", async () => {
    const [one, other] = [await seal(await run(device, 1, 1)), await seal(await run(device, 2, 1))];
    expect(await kindOf({ ...one, c: other.c })).toBe("segment/other-content");
    expect(await kindOf({ ...one, _id: one._id.replace(":000000000001:", ":000000000002:") })).toBe("segment/other-content");
  });

  test("refuses a byte that was changed, wherever it is", async () => {
    const segment = await seal(await run(device, 1, 1));
    const bytes = Buffer.from(segment.c, "base64url");
    for (let at = 0; at < bytes.length; at += 37) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const c = changed.toString("base64url");
      const hash = Buffer.from(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`seg.${c}`))).toString("hex");
      expect(await kindOf({ _id: segment._id.replace(/[0-9a-f]{64}$/, hash), kind: "seg", c }), `byte ${at}`).not.toBe("ok");
    }
  });

  test("refuses entries that another device sealed under this one's name", async () => {
    const stranger = await createDeviceKey();
    const forged = await sealSegment({ ...stranger, deviceId: device.deviceId }, administration.publicKey, await run(device, 1, 1));
    expect(await kindOf(forged)).toBe("segment/bad-signature");
  });

  test("refuses a run with an entry left out, put in or out of order", async () => {
    const entries = await run(device, 1, 4);
    const elsewhere = await run(device, 1, 4);
    expect(await kindOf(await seal([entries[0]!, entries[2]!]))).toBe("segment/broken-chain");
    expect(await kindOf(await seal([entries[0]!, elsewhere[1]!]))).toBe("segment/broken-chain");
    expect(await kindOf(await seal([entries[0]!, { ...entries[1]!, content: entries[2]!.content }]))).toBe("segment/broken-chain");
  });
});

describe("segmentRange", () => {
  test("tells device and entries without a key", async () => {
    expect(segmentRange(await seal(await run(device, 7, 3)))).toEqual({ device: device.deviceId, first: 7, last: 9 });
    expect(segmentRange({ c: "abcd" })).toBeNull();
  });
});

describe("fitting", () => {
  test("keeps a segment within its size when entries are large", async () => {
    const entries = await run(device, 1, 24, 1500);
    const count = fitting(entries);
    const segment = await seal(entries.slice(0, count));
    expect(count).toBeGreaterThan(1);
    expect(count).toBeLessThan(24);
    expect(Buffer.from(segment.c, "base64url").length).toBeLessThanOrEqual(MOST_SEGMENT_BYTES);
  });

  test("takes 24 entries of the usual size, and no more", async () => {
    const entries = await run(device, 1, 30);
    expect(fitting(entries)).toBe(24);
  });

  test("takes one entry when that alone is too large", async () => {
    expect(fitting(await run(device, 1, 2, 20_000))).toBe(1);
  });
});

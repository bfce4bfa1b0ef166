import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { DhkemX25519HkdfSha256 } from "@hpke/dhkem-x25519";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { createDeviceKey, type DeviceKey } from "../src/adapters/crypto/device-keys.ts";
import { canonicalBytes, commitToBody, sealHeader } from "../src/adapters/crypto/digest.ts";
import { signHeartbeat } from "../src/adapters/crypto/heartbeats.ts";
import { sealSegment, type OutgoingEntry } from "../src/adapters/crypto/segments.ts";
import { Intake, type DeviceState, type OtherShelf, type Taken } from "../src/adapters/sync/others/intake.ts";
import { pullSegments } from "../src/adapters/sync/others/pull.ts";
import { readTokenClaims } from "../src/adapters/sync/pairing-text.ts";
import { pushPending, sendHeartbeat } from "../src/adapters/sync/push.ts";
import { MemoryQueue } from "../src/adapters/sync/testing/memory.ts";
import type { Segment } from "../src/app/ports/outbox.ts";
import { parseHeader, type EntryDraft } from "../src/domain/attendance/entries.ts";
import { decoded } from "../src/domain/log/cbor.ts";
import type { EpochMs } from "../src/domain/clock.ts";
import type { ExactEntry } from "../src/domain/backup/frames.ts";
import { leafHashOf } from "../src/domain/log/merkle.ts";
import type { EmployeeNumber, PersonId } from "../src/domain/people/types.ts";
import { DataFolder } from "./data-folder.ts";
import { startHub, type Hub } from "./server.ts";
import { ask, makeSegment } from "./testing/client.ts";
import { issueToken } from "./tokens.ts";

const SITE = "gate";
const SITE_ID = "site-1";
const DAY_S = 86_400;
const MONDAY = Date.UTC(2026, 2, 2);
const HOUR = 3_600_000;
/** When A looks: after everything that is recorded here. */
const FRIDAY = MONDAY + 4 * 24 * HOUR;
const ADA = "7f0d6c1e-6a0c-4b53-9f43-0f6b3f3f8a11" as PersonId;

const nowS = (): number => Math.floor(Date.now() / 1000);

async function roleKey(): Promise<{ readonly publicKey: Uint8Array; readonly privateKey: Uint8Array }> {
  const kem = new DhkemX25519HkdfSha256();
  const pair = await kem.generateKeyPair();
  return { publicKey: new Uint8Array(await kem.serializePublicKey(pair.publicKey)), privateKey: new Uint8Array(await kem.serializePrivateKey(pair.privateKey)) };
}

const punchOf = (personId: PersonId): EntryDraft => ({ type: "punch", subject: personId, body: { personId, employeeNumber: "1042" as EmployeeNumber, siteId: SITE_ID, zone: "Asia/Shanghai", direction: "in", directionSource: "auto", method: "pin", status: "accepted" } });
const setupOf = (siteId: string): EntryDraft => ({ type: "setup", subject: null, body: { siteId, siteName: "Gate 3", zone: "Asia/Shanghai", lawRegion: "cn", profile: "accurate" } });

/** Another tablet: a log that grows, and what it sends of it. */
class Tablet {
  readonly segments: Segment[] = [];
  readonly #entries: OutgoingEntry[] = [];
  prev: Uint8Array = new Uint8Array(32);
  #sealed = 0;

  private constructor(
    readonly key: DeviceKey,
    readonly token: string,
    readonly sealedTo: Uint8Array,
  ) {}

  static async paired(sealedTo: Uint8Array, key?: DeviceKey): Promise<Tablet> {
    const device = key ?? (await createDeviceKey());
    return new Tablet(device, await issueToken(folder, device.deviceId, DAY_S, nowS()), sealedTo);
  }

  get length(): number {
    return this.#entries.length;
  }

  async record(draft: EntryDraft, wallMs: number): Promise<void> {
    const salt = crypto.getRandomValues(new Uint8Array(32));
    const body = canonicalBytes(draft.body);
    const { bytes, leaf } = await sealHeader({ v: 1, device: this.key.deviceId, bootId: "b", seq: this.length + 1, type: draft.type, wallMs: wallMs as EpochMs, monoMs: 1, timeState: "T1", bodyCommit: await commitToBody(salt, body), prev: this.prev } as Parameters<typeof sealHeader>[0]);
    this.prev = leaf;
    this.#entries.push({ seq: this.length + 1, header: bytes, content: { salt, body } });
  }

  /** Everything that was not sealed yet, in one segment. */
  async seal(): Promise<Segment> {
    const segment = await sealSegment(this.key, this.sealedTo, this.#entries.slice(this.#sealed));
    this.#sealed = this.length;
    this.segments.push(segment);
    return segment;
  }

  async push(segments: readonly Segment[] = this.segments): Promise<void> {
    const outcome = await pushPending({ queue: new MemoryQueue(segments), pairing: pairingOf(this.token), fetch });
    if (outcome.kind !== "done") throw new Error(outcome.kind);
  }

  async beat(wallMs: number): Promise<boolean> {
    return sendHeartbeat(fetch, pairingOf(this.token), await signHeartbeat(this.key, { upToSeq: this.length, leaf: this.prev, wallMs: wallMs as EpochMs }));
  }
}

/** What the reading tablet keeps. */
class MemoryShelf implements OtherShelf {
  readonly states = new Map<string, DeviceState>();
  readonly entries = new Map<string, ExactEntry[]>();
  readonly aside = new Map<string, Segment>();

  device = (device: string): Promise<DeviceState | null> => Promise.resolve(this.states.get(device) ?? null);

  leaf(device: string, seq: number): Promise<Uint8Array | null> {
    const entry = this.entries.get(device)?.[seq - 1];
    return Promise.resolve(entry ? leafHashOf(entry[0]) : null);
  }

  keep(state: DeviceState, entries: readonly ExactEntry[]): Promise<void> {
    this.states.set(state.device, state);
    this.entries.set(state.device, [...(this.entries.get(state.device) ?? []), ...entries]);
    return Promise.resolve();
  }

  waiting = (device: string): Promise<readonly Segment[]> => Promise.resolve([...this.aside.values()].filter(({ _id }) => _id.startsWith(device)).sort((a, b) => (a._id < b._id ? -1 : 1)));
  putAside = (segment: Segment): Promise<void> => Promise.resolve(void this.aside.set(segment._id, segment));
  takeAway = (segment: Segment): Promise<void> => Promise.resolve(void this.aside.delete(segment._id));
}

let folder: DataFolder;
let hub: Hub;
let data: string;
let hr: Awaited<ReturnType<typeof roleKey>>;
let shelf: MemoryShelf;
let intake: Intake;
let own: DeviceKey;
let since: string | null;

const pairingOf = (token: string): { readonly hub: string; readonly site: string; readonly token: string } => ({ hub: `http://127.0.0.1:${hub.port}`, site: SITE, token });
const kindsOf = (tablet: Tablet): readonly string[] => (shelf.entries.get(tablet.key.deviceId) ?? []).map(([header]) => parseHeader(decoded(header))?.type ?? "");
const upTo = (tablet: Tablet): number => shelf.states.get(tablet.key.deviceId)?.upToSeq ?? 0;
const until = (tablet: Tablet): number | null => shelf.states.get(tablet.key.deviceId)?.untilMs ?? null;
const refusalOf = (tablet: Tablet): string | undefined => shelf.states.get(tablet.key.deviceId)?.refused?.kind;

async function pull(): Promise<readonly Taken[]> {
  const token = await issueToken(folder, own.deviceId, DAY_S, nowS(), true);
  const taken: Taken[] = [];
  const pulled = await pullSegments({
    pairing: pairingOf(token),
    fetch,
    since,
    page: async (segments, reached) => {
      for (const segment of segments) taken.push(await intake.take(segment, [hr.privateKey]));
      since = reached;
    },
    beat: async (text) => {
      await intake.beat(text);
    },
  });
  if (!pulled.ok) throw new Error(pulled.error.kind);
  return taken;
}

const pulledOf = async (tablet: Tablet): Promise<readonly Taken[]> => (await pull()).filter(({ device }) => device === tablet.key.deviceId);

async function tabletOfSite(): Promise<Tablet> {
  const tablet = await Tablet.paired(hr.publicKey);
  await tablet.record(setupOf(SITE_ID), MONDAY);
  return tablet;
}

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), "clockface-others-"));
  folder = await DataFolder.open(data, SITE);
  hub = await startHub({ data, dist: join(data, "none"), host: "127.0.0.1", port: 0 });
  hr = await roleKey();
});

afterAll(async () => {
  await hub.close();
  rmSync(data, { recursive: true });
});

beforeEach(async () => {
  own = await createDeviceKey();
  shelf = new MemoryShelf();
  intake = new Intake({ shelf, own: own.deviceId, siteId: () => SITE_ID, now: () => FRIDAY as EpochMs });
  since = null;
});

describe("another tablet's records", () => {
  test("come over after three days without a network, with a watermark that a quiet tablet moves on", async () => {
    const other = await tabletOfSite();
    await other.seal();
    for (let day = 0; day < 3; day++) {
      await other.record(punchOf(ADA), MONDAY + day * 24 * HOUR + 8 * HOUR);
      await other.record(punchOf(ADA), MONDAY + day * 24 * HOUR + 17 * HOUR);
      await other.seal();
    }
    await pull();
    expect(upTo(other)).toBe(0);
    await other.push();
    // In whatever order the hub keeps what came at once: a later one waits for those before it.
    expect((await pulledOf(other)).reduce((sum, { entries }) => sum + entries, 0)).toBe(7);
    expect(refusalOf(other)).toBeUndefined();
    expect(kindsOf(other)).toEqual(["setup", "punch", "punch", "punch", "punch", "punch", "punch"]);
    expect(until(other)).toBe(MONDAY + 2 * 24 * HOUR + 17 * HOUR);

    expect(await other.beat(MONDAY + 72 * HOUR)).toBe(true);
    expect(await pulledOf(other)).toEqual([]);
    expect(until(other)).toBe(MONDAY + 72 * HOUR);
    // One that speaks of entries which are not here says nothing yet.
    await other.record(punchOf(ADA), MONDAY + 80 * HOUR);
    await other.seal();
    await other.beat(MONDAY + 90 * HOUR);
    await pull();
    expect(until(other)).toBe(MONDAY + 72 * HOUR);
    await other.push();
    await pull();
    expect(until(other)).toBe(MONDAY + 90 * HOUR);
  });

  test("change nothing when they come again, and wait for what is missing before them", async () => {
    const other = await tabletOfSite();
    const first = await other.seal();
    await other.record(punchOf(ADA), MONDAY + HOUR);
    const second = await other.seal();
    await other.record(punchOf(ADA), MONDAY + 2 * HOUR);
    const third = await other.seal();
    await other.push([third]);
    expect((await pulledOf(other))[0]?.failure?.kind).toBe("segment/gap");
    expect([upTo(other), refusalOf(other)]).toEqual([0, "segment/gap"]);
    await other.push([first, second]);
    await pull();
    expect([upTo(other), refusalOf(other), shelf.aside.size]).toEqual([3, undefined, 0]);
    // The hub may begin anew with what it told.
    since = null;
    expect((await pulledOf(other)).map(({ entries, failure }) => [entries, failure])).toEqual([[0, null], [0, null], [0, null]]);
    expect(kindsOf(other)).toHaveLength(3);
  });

  test("are refused and named when they are cut, forged, changed, of another site or of two logs under one name", async () => {
    const other = await tabletOfSite();
    const whole = await other.seal();
    const take = async (segment: Segment): Promise<string | undefined> => (await intake.take(segment, [hr.privateKey])).failure?.kind;
    const hashed = (c: string): Segment => makeSegment(c, other.key.deviceId, 1);
    expect(await take({ ...whole, c: whole.c.slice(0, -40) })).toBe("segment/other-content");
    expect(await take(hashed(whole.c.slice(0, -40)))).toBe("segment/malformed");
    // A name in front of another's content.
    expect(await take({ ...whole, _id: whole._id.replace(other.key.deviceId, "0".repeat(20)) })).toBe("segment/other-content");
    const at = whole.c.length - 20;
    expect(await take(hashed(whole.c.slice(0, at) + (whole.c[at] === "A" ? "B" : "A") + whole.c.slice(at + 1)))).toBe("segment/bad-signature");
    expect(shelf.states.size).toBe(0);

    const stranger = await Tablet.paired((await roleKey()).publicKey);
    await stranger.record(setupOf(SITE_ID), MONDAY);
    expect(await take(await stranger.seal())).toBe("segment/sealed-for-another");
    const elsewhere = await Tablet.paired(hr.publicKey);
    await elsewhere.record(setupOf("another site"), MONDAY);
    expect(await take(await elsewhere.seal())).toBe("segment/foreign");

    expect(await take(whole)).toBeUndefined();
    const copied = await Tablet.paired(hr.publicKey, other.key);
    await copied.record(setupOf(SITE_ID), MONDAY + 1);
    expect(await take(await copied.seal())).toBe("segment/forked");
    expect(refusalOf(other)).toBe("segment/forked");
    await other.record(punchOf(ADA), MONDAY + HOUR);
    await copied.record(punchOf(ADA), MONDAY + HOUR);
    expect(await take(await copied.seal())).toBe("segment/forked");
    expect(await take(await other.seal())).toBeUndefined();
    expect(upTo(other)).toBe(2);
  });

  test("are read with a reader's token alone, and heartbeats of a device are its own", async () => {
    const other = await tabletOfSite();
    await other.seal();
    await other.push();
    expect(readTokenClaims(other.token)?.roles).toEqual([SITE, other.key.deviceId]);
    const { origin } = new URL(pairingOf("").hub);
    for (const path of [`/db/up-${SITE}/_changes?include_docs=true`, `/db/up-${SITE}/heartbeats`]) {
      expect((await ask(origin, "GET", path, other.token)).status).toBe(403);
      expect((await ask(origin, "GET", path, null)).status).toBe(401);
    }
    const elsewhere = await issueToken(await DataFolder.open(mkdtempSync(join(data, "other-")), "yard"), own.deviceId, DAY_S, nowS(), true);
    expect((await ask(origin, "GET", `/db/up-${SITE}/_changes`, elsewhere)).status).toBe(400);
    expect((await ask(origin, "POST", `/db/up-${SITE}/heartbeat`, other.token, { heartbeat: "not base64url!" })).status).toBe(403);
    // Somebody else's word under the own name moves nobody's watermark.
    const liar = await Tablet.paired(hr.publicKey);
    await sendHeartbeat(fetch, pairingOf(liar.token), await signHeartbeat({ ...liar.key, deviceId: other.key.deviceId }, { upToSeq: 1, leaf: other.prev, wallMs: (MONDAY + HOUR) as EpochMs }));
    await pull();
    expect(until(other)).toBe(MONDAY);
  });
});

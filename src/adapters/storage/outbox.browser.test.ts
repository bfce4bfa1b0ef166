import { DhkemX25519HkdfSha256 } from "@hpke/dhkem-x25519";
import { afterEach, describe, expect, test } from "vitest";

import type { Segment } from "../../app/ports/outbox.ts";
import { foldPunches } from "../../domain/attendance/entries.ts";
import type { Entry } from "../../domain/attendance/entries.ts";
import { openSegment } from "../crypto/segments.ts";
import type { Core } from "./core.ts";
import { SealingOutbox } from "./outbox.ts";
import { addPerson, deleteStores, openCore, SetClock, setUpCore } from "./testing/harness.ts";

afterEach(deleteStores);

interface Opened {
  readonly core: Core;
  readonly prefix: string;
  readonly clock: SetClock;
  readonly outbox: SealingOutbox;
  readonly publicKey: Uint8Array;
  readonly privateKey: Uint8Array;
}

const outboxOf = (core: Core, clock: SetClock, administrationKey: () => Uint8Array | null): SealingOutbox =>
  new SealingOutbox({ database: core.database, clock, ring: core.store.ring, device: core.keys.device, administrationKey });

/** A set-up store whose segments go to a key pair that the test holds. */
async function opened(): Promise<Opened> {
  const clock = new SetClock();
  const { core, prefix } = await setUpCore(clock);
  const kem = new DhkemX25519HkdfSha256();
  const pair = await kem.generateKeyPair();
  const publicKey = new Uint8Array(await kem.serializePublicKey(pair.publicKey));
  return { core, prefix, clock, outbox: outboxOf(core, clock, () => publicKey), publicKey, privateKey: new Uint8Array(await kem.serializePrivateKey(pair.privateKey)) };
}

async function attempts(core: Core, count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    const done = await core.ledger.attempt("no-candidate");
    if (!done.ok) throw new Error(done.error.kind);
  }
}

const everything = (outbox: SealingOutbox): Promise<readonly Segment[]> => outbox.pending(1000, Number.POSITIVE_INFINITY);

async function read(segments: readonly Segment[], privateKey: Uint8Array): Promise<readonly number[]> {
  const seqs: number[] = [];
  for (const segment of segments) {
    const result = await openSegment(segment, privateKey);
    if (!result.ok) throw new Error(result.error.kind);
    seqs.push(...result.value.entries.map(({ header }) => header.seq));
  }
  return seqs;
}

describe("SealingOutbox", () => {
  test("gives the administration every entry once, the punch among them", async () => {
    const { core, outbox, privateKey } = await opened();
    const person = await addPerson(core, "1001");
    const punched = await core.ledger.punch({ personId: person.id, method: "pin" });
    if (!punched.ok) throw new Error(punched.error.kind);
    await outbox.seal();
    const segments = await everything(outbox);
    const entries: Entry[] = [];
    for (const segment of segments) {
      const result = await openSegment(segment, privateKey);
      if (!result.ok) throw new Error(result.error.kind);
      for (const { header, content } of result.value.entries) entries.push({ header, content, leaf: new Uint8Array(32), receipt: "", subject: null });
    }
    expect(entries.map(({ header }) => header.seq)).toEqual(Array.from({ length: core.store.length }, (_, i) => i + 1));
    expect(foldPunches(entries).map(({ id, personId, direction }) => [id, personId, direction])).toEqual([[punched.value.punch.id, person.id, "in"]]);
  });

  test("seals at most 24 entries a segment, and those that come later into the next", async () => {
    const { core, outbox, privateKey } = await opened();
    await attempts(core, 50);
    await outbox.seal();
    const before = await everything(outbox);
    await attempts(core, 2);
    await outbox.seal();
    const after = await everything(outbox);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.length).toBe(before.length + 1);
    expect(before.length).toBe(Math.ceil((core.store.length - 2) / 24));
    expect(await read(after, privateKey)).toEqual(Array.from({ length: core.store.length }, (_, i) => i + 1));
  });

  test("keeps the bytes of a segment for each further attempt, also after a restart", async () => {
    const { core, prefix, clock, outbox } = await opened();
    await outbox.seal();
    const first = await everything(outbox);
    core.close();
    const again = await openCore(prefix, clock);
    const second = outboxOf(again, clock, again.administrationKey);
    expect(await everything(second)).toEqual(first);
    await second.seal();
    expect((await everything(second)).slice(0, first.length)).toEqual(first);
  });

  test("seals each entry once when two tabs seal at the same time", async () => {
    const { core, prefix, clock, outbox, publicKey, privateKey } = await opened();
    await attempts(core, 60);
    const other = await openCore(prefix, clock);
    await Promise.all([outbox.seal(), outboxOf(other, clock, () => publicKey).seal(), outbox.seal()]);
    await outbox.seal();
    expect(await read(await everything(outbox), privateKey)).toEqual(Array.from({ length: other.store.length }, (_, i) => i + 1));
  });

  test("waits with sealing until there is someone to seal for", async () => {
    const { core, clock } = await opened();
    const outbox = outboxOf(core, clock, () => null);
    await outbox.seal();
    expect(await everything(outbox)).toEqual([]);
    expect((await outbox.counts()).waitingEntries).toBe(core.store.length);
  });

  test("counts what waits, what was refused, and lets the refused go again", async () => {
    const { core, outbox } = await opened();
    await attempts(core, 50);
    expect(await outbox.counts()).toEqual({ waitingEntries: core.store.length, quarantinedSegments: 0 });
    await outbox.seal();
    expect((await outbox.counts()).waitingEntries).toBe(core.store.length);
    const [first, second, ...rest] = await everything(outbox);
    await outbox.settle(new Map([[first?._id ?? "", "stored"], [second?._id ?? "", "quarantined"]] as const));
    expect(await everything(outbox)).toEqual(rest);
    expect(await outbox.counts()).toEqual({ waitingEntries: core.store.length - 48, quarantinedSegments: 1 });
    await outbox.release();
    expect(await everything(outbox)).toEqual([second, ...rest]);
    await outbox.settle(new Map([[first?._id ?? "", "quarantined"]] as const));
    expect((await outbox.counts()).quarantinedSegments).toBe(0);
  });

  test("gives the oldest within the documents and bytes asked for, and one at least", async () => {
    const { core, outbox } = await opened();
    await attempts(core, 100);
    await outbox.seal();
    const all = await everything(outbox);
    expect(await outbox.pending(2, 10_000_000)).toEqual(all.slice(0, 2));
    expect(await outbox.pending(100, 1)).toEqual(all.slice(0, 1));
    const two = (all[0]?.c.length ?? 0) + (all[1]?.c.length ?? 0) + 300;
    expect(await outbox.pending(100, two)).toEqual(all.slice(0, 2));
  });

  test("goes on behind an entry that cannot be read", async () => {
    const { core, outbox, privateKey } = await opened();
    await attempts(core, 5);
    const broken = core.store.length - 2;
    const row = await core.database.log.get(broken);
    if (row === undefined) throw new Error("no row");
    await core.database.log.put({ ...row, envelope: row.envelope.map((byte, i) => (i === row.envelope.length - 1 ? byte ^ 1 : byte)) });
    await outbox.seal();
    const expected = Array.from({ length: core.store.length }, (_, i) => i + 1).filter((seq) => seq !== broken);
    expect(await read(await everything(outbox), privateKey)).toEqual(expected);
    const ids = (await everything(outbox)).map(({ _id }) => _id);
    await outbox.settle(new Map(ids.map((id) => [id, "stored"] as const)));
    expect(await outbox.counts()).toEqual({ waitingEntries: 0, quarantinedSegments: 0 });
  });

  test("leaves nothing half-sealed when the write fails", async () => {
    const { core, outbox } = await opened();
    const fail = (): never => {
      throw new DOMException("full", "QuotaExceededError");
    };
    core.database.segments.hook("creating", fail);
    await expect(outbox.seal()).rejects.toThrow();
    core.database.segments.hook("creating").unsubscribe(fail);
    expect(await everything(outbox)).toEqual([]);
    await outbox.seal();
    expect((await everything(outbox)).length).toBe(1);
  });
});

import { afterEach, describe, expect, it } from "vitest";
import { punchOf } from "../../domain/attendance/entries.ts";
import type { Person } from "../../domain/people/types.ts";
import { leafHash } from "../crypto/digest.ts";
import { openRecord, sealRecord, createEpochKey } from "../crypto/record-keys.ts";
import type { NamedKey, Place } from "../crypto/record-keys.ts";
import { openEntry } from "./log-codec.ts";
import { addPerson, deleteBucket, deleteStores, openCore, SetClock, setUpCore, valueOf } from "./testing/harness.ts";

afterEach(deleteStores);

const flipped = (bytes: Uint8Array, at: number): Uint8Array<ArrayBuffer> => {
  const copy = new Uint8Array(bytes);
  copy[at] = (copy[at] ?? 0) ^ 0x01;
  return copy;
};

describe("a sealed record", () => {
  const place: Place = { store: "people", recordId: "one", schema: 1 };

  it("is refused when any one of its bytes is changed", async () => {
    const key: NamedKey = { id: "k", epoch: 1, key: await createEpochKey() };
    const envelope = await sealRecord("tenant", key, place, new TextEncoder().encode("a name"));
    for (let at = 0; at < envelope.length; at++) {
      expect((await openRecord("tenant", key, place, flipped(envelope, at))).ok, `byte ${at}`).toBe(false);
    }
    expect((await openRecord("tenant", key, place, envelope.subarray(0, -1))).ok).toBe(false);
    expect((await openRecord("tenant", key, place, envelope)).ok).toBe(true);
  });

  it("is refused in any other place, by any other key and in any other epoch", async () => {
    const raw = await createEpochKey();
    const key: NamedKey = { id: "k", epoch: 1, key: raw };
    const envelope = await sealRecord("tenant", key, place, new TextEncoder().encode("a name"));
    const refusals = await Promise.all([
      openRecord("other", key, place, envelope),
      openRecord("tenant", key, { ...place, store: "standings" }, envelope),
      openRecord("tenant", key, { ...place, recordId: "two" }, envelope),
      openRecord("tenant", key, { ...place, schema: 2 }, envelope),
      openRecord("tenant", { ...key, id: "j" }, place, envelope),
      openRecord("tenant", { ...key, epoch: 2 }, place, envelope),
      openRecord("tenant", { ...key, key: await createEpochKey() }, place, envelope),
    ]);
    expect(refusals.map((one) => (one.ok ? "opened" : one.error.kind))).toEqual(refusals.map(() => "envelope/refused"));
  });

  it("never has the same nonce twice", async () => {
    const key: NamedKey = { id: "k", epoch: 1, key: await createEpochKey() };
    const plain = new Uint8Array(4);
    const seen = new Set<string>();
    for (let turn = 0; turn < 500; turn++) seen.add((await sealRecord("tenant", key, place, plain)).join());
    expect(seen.size).toBe(500);
  });
});

describe("the store", () => {
  it("puts a person whose row is damaged aside, tells of it once, and works on with the rest", async () => {
    const clock = new SetClock();
    const { core, prefix } = await setUpCore(clock);
    const [lost, kept] = [await addPerson(core, "1", "Lost"), await addPerson(core, "2", "Kept")];
    const row = await core.database.people.get(lost.id);
    if (!row) throw new Error("no row");
    await core.database.people.put({ ...row, envelope: flipped(row.envelope, row.envelope.length - 1) });
    core.close();
    await deleteBucket(`${prefix}journal`);

    for (let boot = 0; boot < 2; boot++) {
      const again = await openCore(prefix, clock);
      expect(again.people.rows.value.map(({ person }) => person.name)).toEqual(["Kept"]);
      expect(await again.store.quarantined()).toMatchObject([{ store: "people", id: lost.id, kind: "envelope/refused" }]);
      expect((await again.ledger.punch({ personId: kept.id, method: "face" })).ok).toBe(true);
      clock.pass(3_600_000);
      again.close();
    }
  });

  it("does not open a person's row that was put in another's place", async () => {
    const clock = new SetClock();
    const { core, prefix } = await setUpCore(clock);
    const [one, two] = [await addPerson(core, "1", "One"), await addPerson(core, "2", "Two")];
    const [rowOne, rowTwo] = await core.database.people.bulkGet([one.id, two.id]);
    if (!rowOne || !rowTwo) throw new Error("no rows");
    await core.database.people.put({ ...rowOne, envelope: rowTwo.envelope });
    core.close();
    await deleteBucket(`${prefix}journal`);
    const again = await openCore(prefix, clock);
    expect(again.people.rows.value.map(({ person }) => person.name)).toEqual(["Two"]);
  });

  it("puts damaged templates, standings and record keys aside", async () => {
    const clock = new SetClock();
    const { core, prefix } = await setUpCore(clock);
    const [a, b, c] = [await addPerson(core, "1"), await addPerson(core, "2"), await addPerson(core, "3")];
    valueOf(await core.ledger.punch({ personId: b.id, method: "face" }));
    await core.keys.vault.templates.put({ id: "t", template: { personId: a.id, profile: "accurate", modelSet: "m", epoch: 1, createdAtMs: 0, references: 1, wrappedKey: new Uint8Array(3), envelope: new Uint8Array(3) } });
    await core.database.templatePointers.put({ personId: a.id, templateId: "t" });
    const standing = await core.database.standings.get(b.id);
    const key = await core.keys.vault.recordKeys.get(c.id);
    if (!standing || !key) throw new Error("no rows");
    await core.database.standings.put({ ...standing, envelope: flipped(standing.envelope, 40) });
    await core.keys.vault.recordKeys.put({ ...key, envelope: flipped(key.envelope, 40) });
    core.close();
    await deleteBucket(`${prefix}journal`);

    const again = await openCore(prefix, clock);
    expect((await again.store.quarantined()).map((row) => row.store).sort()).toEqual(["people", "standings", "templates"]);
    expect(again.people.rows.value.map((row) => [row.person.employeeNumber, row.face])).toEqual([["1", "unreadable"], ["2", "none"]]);
    expect((await again.ledger.punch({ personId: b.id, method: "face" })).ok).toBe(true);
  });

  it("leaves a damaged entry in the log, tells of it, and reads the others", async () => {
    const clock = new SetClock();
    const { core, prefix } = await setUpCore(clock);
    const person = await addPerson(core, "1");
    const first = valueOf(await core.ledger.punch({ personId: person.id, method: "face" })).punch;
    clock.pass(3_600_000);
    const second = valueOf(await core.ledger.punch({ personId: person.id, method: "face" })).punch;
    const row = await core.database.log.get(first.seq);
    if (!row) throw new Error("no row");
    await core.database.log.put({ ...row, envelope: flipped(row.envelope, 100) });
    core.close();
    await deleteBucket(`${prefix}journal`);

    const again = await openCore(prefix, clock);
    expect((await again.records.punches({})).map((punch) => punch.id)).toEqual([second.id]);
    expect(await again.store.quarantined()).toMatchObject([{ store: "log", id: String(first.seq) }]);
    expect(await again.database.log.get(first.seq)).toBeDefined();
  });

  it("moves a template that the matcher could not open aside", async () => {
    const { core } = await setUpCore(new SetClock());
    const person = await addPerson(core, "1");
    await core.galleryLoaded({ resealed: [], refused: [{ personId: person.id, failure: { kind: "template/decryption-failed" } }] });
    expect(core.people.rows.value[0]?.face).toBe("unreadable");
    await core.galleryLoaded({ resealed: [], refused: [{ personId: person.id, failure: { kind: "template/other-model" } }] });
    expect((await core.store.quarantined()).map((row) => row.kind)).toEqual(["template/decryption-failed"]);
  });

  it("finds the end of the log again when its own note of it was lost", async () => {
    const clock = new SetClock();
    const { core, prefix } = await setUpCore(clock);
    const before = core.store.length;
    await core.database.meta.delete("head");
    core.close();
    const again = await openCore(prefix, clock);
    // Two entries of this start: what was lost, and the start. What was on its way may be there, too.
    expect((await again.store.latest(2)).map(({ content }) => content?.type)).toEqual(["boot", "data-loss"]);
    expect(again.store.length).toBeGreaterThanOrEqual(before + 2);
  });
});

describe("the log", () => {
  it("is one unbroken chain whose bodies fit their commitments", async () => {
    const clock = new SetClock();
    const { core } = await setUpCore(clock);
    const person = await addPerson(core, "1");
    for (let turn = 0; turn < 5; turn++) {
      valueOf(await core.ledger.punch({ personId: person.id, method: "face" }));
      clock.pass(600_000);
    }
    let prev: Uint8Array = new Uint8Array(32);
    const rows = await core.database.log.orderBy("seq").toArray();
    for (const [index, row] of rows.entries()) {
      const { entry, headerBytes, bodyFailure } = valueOf(await openEntry(core.store.ring, row));
      expect(entry.header.seq).toBe(index + 1);
      expect(entry.header.prev).toEqual(prev);
      expect(bodyFailure).toBeUndefined();
      prev = await leafHash(headerBytes);
    }
    expect(rows.length).toBe(core.store.length);
  });

  it.each([["with Web Locks", true], ["without Web Locks", false]])("gives each entry its own number, without gaps, when two tabs write at once %s", async (_name, locks) => {
    const descriptor = Object.getOwnPropertyDescriptor(Navigator.prototype, "locks");
    if (!locks) Object.defineProperty(navigator, "locks", { value: undefined, configurable: true });
    try {
      const clock = new SetClock();
      const { core, prefix } = await setUpCore(clock);
      const people: Person[] = [];
      for (let number = 1; number <= 4; number++) people.push(await addPerson(core, String(number)));
      const other = await openCore(prefix, clock);
      const start = core.store.length;
      const punches = await Promise.all(
        Array.from({ length: 40 }, (_, turn) => (turn % 2 === 0 ? core : other).ledger.punch({ personId: people[turn % 4]!.id, method: "face" })),
      );
      const seqs = punches.map((one) => valueOf(one).punch.seq).sort((a, b) => a - b);
      expect(new Set(seqs).size).toBe(40);
      await other.store.exclusively(() => Promise.resolve());
      expect(other.store.length).toBe(await other.database.log.count());
      expect(seqs.at(-1)).toBeGreaterThanOrEqual(start + 40);
      // Everybody's first punch counts, and every later one repeats it, whichever tab wrote it.
      const folded = await other.records.punches({});
      expect(folded.filter((punch) => punch.status === "accepted")).toHaveLength(4);
      expect((await core.database.log.orderBy("seq").keys()).map(Number)).toEqual(Array.from({ length: other.store.length }, (_, index) => index + 1));
    } finally {
      if (!locks) Reflect.deleteProperty(navigator, "locks");
      expect(Object.getOwnPropertyDescriptor(Navigator.prototype, "locks")).toEqual(descriptor);
    }
  });

  it("shows what another tab recorded", async () => {
    const clock = new SetClock();
    const { core, prefix } = await setUpCore(clock);
    const other = await openCore(prefix, clock);
    const seen = new Promise<void>((resolve) => other.people.rows.subscribe((rows) => rows.length > 0 && resolve()));
    await addPerson(core, "1");
    await seen;
    expect(other.people.rows.value[0]?.person.employeeNumber).toBe("1");
  });
});

describe("a full disk", () => {
  it("refuses the punch visibly and leaves nothing half-written", async () => {
    const clock = new SetClock();
    const { core, prefix } = await setUpCore(clock, { quotaBytes: 3 * 1024 * 1024 });
    const person = await addPerson(core, "1");
    await fillUp(core.database);
    const before = { length: core.store.length, rows: await core.database.log.count(), standing: await core.database.standings.get(person.id) };
    const refused = [];
    for (let turn = 0; turn < 20_000; turn++) {
      clock.pass(600_000);
      const punched = await core.ledger.punch({ personId: person.id, method: "face" });
      if (!punched.ok) {
        refused.push(punched.error.kind);
        break;
      }
      before.length = core.store.length;
      before.rows = await core.database.log.count();
      before.standing = await core.database.standings.get(person.id);
    }
    expect(refused).toEqual(["ledger/storage-full"]);
    expect(core.store.length).toBe(before.length);
    expect(await core.database.log.count()).toBe(before.rows);
    expect(await core.database.standings.get(person.id)).toEqual(before.standing);
    expect(await core.people.add({ employeeNumber: "2", name: "Late", department: "", employmentType: "intern" })).toMatchObject({ ok: false, error: { kind: "person/storage-full" } });
    expect(core.people.rows.value).toHaveLength(1);

    await core.database.sync.clear();
    core.close();
    const again = await openCore(prefix, clock, { quotaBytes: 3 * 1024 * 1024 });
    expect(again.store.length).toBeGreaterThanOrEqual(before.length);
    expect(await again.database.log.count()).toBe(again.store.length);
  });

  it("does not keep the tablet from starting, nor from putting a damaged row out of use", async () => {
    const clock = new SetClock();
    const { core, prefix } = await setUpCore(clock, { quotaBytes: 3 * 1024 * 1024 });
    const [lost] = [await addPerson(core, "1", "Lost"), await addPerson(core, "2", "Kept")];
    const row = await core.database.people.get(lost.id);
    if (!row) throw new Error("no row");
    await core.database.people.put({ ...row, envelope: flipped(row.envelope, 60) });
    await fillUp(core.database);
    core.close();
    await deleteBucket(`${prefix}journal`);
    const again = await openCore(prefix, clock, { quotaBytes: 3 * 1024 * 1024 });
    expect(again.people.rows.value.map(({ person }) => person.name)).toEqual(["Kept"]);
  });

  /** Fills the bucket, in ever smaller rows, until not even a small one fits. */
  async function fillUp(database: Awaited<ReturnType<typeof setUpCore>>["core"]["database"]): Promise<void> {
    let number = 0;
    for (const size of [256 * 1024, 16 * 1024, 512]) {
      for (;;) {
        try {
          await database.sync.put({ key: `filler-${number++}`, value: crypto.getRandomValues(new Uint8Array(Math.min(size, 65_536))) });
        } catch {
          break;
        }
      }
    }
  }
});

describe("a time that the clock cannot vouch for", () => {
  it("is recorded as it is and marked", async () => {
    const clock = new SetClock();
    const { core, prefix } = await setUpCore(clock);
    const person = await addPerson(core, "1");
    const states: string[] = [];
    const punch = async (opened = core): Promise<void> => void states.push(valueOf(await opened.ledger.punch({ personId: person.id, method: "face" })).punch.timeState);
    await punch();
    await core.store.anchorTime(core.store.now().wallMs);
    await punch();
    clock.wallMs -= 3_600_000;
    await punch();
    core.close();
    clock.wallMs += 7_200_000;
    const again = await openCore(prefix, clock);
    await punch(again);
    expect(states).toEqual(["T3", "T0", "T2", "T1"]);
    expect((await again.store.entries(0, 1e9)).flatMap((entry) => punchOf(entry) ?? []).map(({ timeState }) => timeState)).toEqual(states);
  });
});

import { afterEach, describe, expect, it } from "vitest";
import type { EpochChange } from "../../app/ports/store.ts";
import type { SealedTemplate } from "../../contracts/matcher.ts";
import type { Person, PersonId } from "../../domain/people/types.ts";
import { createEpochKey, openRecord, sealRecord, unwrapForTransfer, unwrapKey, wrapKey } from "../crypto/record-keys.ts";
import type { NamedKey, Place } from "../crypto/record-keys.ts";
import type { Core } from "./core.ts";
import type { TurnStep } from "./epoch-turn.ts";
import { addPerson, bucketsOf, deleteBucket, deleteStores, openCore, SetClock, setUpCore, valueOf } from "./testing/harness.ts";

afterEach(deleteStores);

const NOTHING: EpochChange = { reason: "age", withoutFaces: [], withoutRecords: [] };
const facePlace = (id: PersonId): Place => ({ store: "face-keys", recordId: id, schema: 1 });
const templatePlace: Place = { store: "templates", recordId: "t", schema: 1 };

/** A template as the matcher makes it: a face key of its own, wrapped by the epoch's. */
async function giveFace(core: Core, person: Person): Promise<void> {
  const { epochKey, tenant } = core.store.keys;
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt", "decrypt"]);
  const envelope = await sealRecord(tenant, { id: `face-${person.id}`, epoch: epochKey.epoch, key }, templatePlace, new TextEncoder().encode(person.id));
  const template: SealedTemplate = { personId: person.id, profile: "accurate", modelSet: "m", epoch: epochKey.epoch, createdAtMs: 1, references: 1, wrappedKey: await wrapKey(tenant, epochKey, facePlace(person.id), key), envelope };
  valueOf(await core.people.giveConsent(person.id, "2026-03", "en"));
  valueOf(await core.people.storeTemplate(template));
}

/** Whose template opens with the epoch in force, all the way to what lies inside. */
async function openFaces(core: Core): Promise<readonly PersonId[]> {
  const { epochKey, tenant } = core.store.keys;
  const opened: PersonId[] = [];
  for (const { personId, wrappedKey, envelope, epoch } of core.store.templates.values()) {
    expect(epoch).toBe(epochKey.epoch);
    const key = valueOf(await unwrapKey(tenant, epochKey, facePlace(personId), wrappedKey));
    const plain = valueOf(await openRecord(tenant, { id: `face-${personId}`, epoch: 1, key }, templatePlace, envelope));
    expect(new TextDecoder().decode(plain)).toBe(personId);
    opened.push(personId);
  }
  return opened.sort();
}

interface Site {
  readonly core: Core;
  readonly prefix: string;
  readonly clock: SetClock;
  readonly people: Person[];
}

async function site(atStep?: (step: TurnStep) => void): Promise<Site> {
  const clock = new SetClock();
  const { core, prefix } = await setUpCore(clock, atStep ? { atStep } : {});
  const people = [await addPerson(core, "1"), await addPerson(core, "2"), await addPerson(core, "3")];
  for (const person of people) {
    await giveFace(core, person);
    clock.pass(3_600_000);
    valueOf(await core.ledger.punch({ personId: person.id, method: "pin" }));
  }
  return { core, prefix, clock, people };
}

const keyBuckets = (prefix: string): Promise<readonly string[]> => bucketsOf(`${prefix}keys-`);
const idsOf = (people: readonly Person[]): readonly PersonId[] => people.map(({ id }) => id).sort();

/** People with punches whose content is there. */
async function readPunches(core: Core): Promise<readonly PersonId[]> {
  return (await core.store.entries(0, 1e6)).flatMap(({ content }) => (content?.type === "punch" ? [content.body.personId] : [])).sort();
}

describe("a turn of the epoch", () => {
  it("keeps all records, faces, grants and small things, under other keys, and says so in the log", async () => {
    const { core, prefix, clock, people } = await site();
    const before = core.store.keys;
    const place: Place = { store: "site-transform", recordId: "s", schema: 1 };
    const seed = crypto.getRandomValues(new Uint8Array(32));
    await before.vault.sealed.put({ id: "s", store: place.store, schema: place.schema, envelope: await sealRecord(before.tenant, before.epochKey, place, seed) });
    const length = core.store.length;
    clock.pass(1_000);
    expect(valueOf(await core.store.turnEpoch(NOTHING))).toEqual({ from: 1, to: 2, bytes: "destroyed" });
    expect(core.store.epoch).toEqual({ number: 2, since: clock.wallMs });
    expect(await keyBuckets(prefix)).toEqual([`${prefix}keys-2`]);
    expect((await core.store.latest(1))[0]?.content).toEqual({ type: "epoch", body: { from: 1, to: 2, reason: "age", bytes: "destroyed" } });
    expect(core.store.length).toBe(length + 1);
    core.close();

    const again = await openCore(prefix, clock);
    expect(await openFaces(again)).toEqual(idsOf(people));
    expect(await readPunches(again)).toEqual(idsOf(people));
    expect(await again.store.quarantined()).toEqual([]);
    const { vault, epochKey, tenant } = again.store.keys;
    expect(valueOf(await openRecord(tenant, epochKey, place, (await vault.sealed.get("s"))!.envelope))).toEqual(seed);
    // Keys of two epochs, and of a second turn.
    const later = await addPerson(again, "4");
    expect(valueOf(await again.store.turnEpoch(NOTHING)).to).toBe(3);
    clock.pass(3_600_000);
    for (const { id } of [...people, later]) valueOf(await again.ledger.punch({ personId: id, method: "pin" }));
    expect(await readPunches(again)).toEqual([...idsOf(people), ...idsOf([...people, later])].sort());
  });

  it("leaves a face behind and keeps the records", async () => {
    const { core, prefix, clock, people } = await site();
    const [one, ...others] = people;
    valueOf(await core.store.turnEpoch({ reason: "erasure", withoutFaces: [one!.id], withoutRecords: [] }));
    expect(await openFaces(core)).toEqual(idsOf(others));
    expect(core.people.rows.value.map(({ face }) => face)).toEqual(["none", "enrolled", "enrolled"]);
    core.close();
    const again = await openCore(prefix, clock);
    expect(await openFaces(again)).toEqual(idsOf(others));
    expect(await readPunches(again)).toEqual(idsOf(people));
    expect(await again.store.keys.vault.templates.count()).toBe(2);
    expect(await again.store.quarantined()).toEqual([]);
  });

  it("leaves a record behind: nobody reads it again, and the chain stays whole", async () => {
    const { core, prefix, clock, people } = await site();
    const [one, ...others] = people;
    const ring = core.store.ring;
    valueOf(await core.store.turnEpoch({ reason: "erasure", withoutFaces: [], withoutRecords: [one!.id] }));
    expect(await readPunches(core)).toEqual(idsOf(others));
    expect(valueOf(await ring.find(one!.id))).toBeNull();
    expect(core.store.findByNumber("1")).toBeUndefined();
    core.close();
    const again = await openCore(prefix, clock);
    expect(again.people.rows.value.map(({ person }) => person.employeeNumber)).toEqual(["2", "3"]);
    expect(await readPunches(again)).toEqual(idsOf(others));
    expect((await again.store.entries(0, 1e6)).map(({ header }) => header.seq)).toEqual(Array.from({ length: again.store.length }, (_, index) => index + 1));
    expect(await again.store.quarantined()).toEqual([]);
    expect([await again.database.people.count(), await again.database.standings.count(), await again.database.templatePointers.count()]).toEqual([2, 2, 2]);
  });

  it("makes what the old key wrapped worthless", async () => {
    const { core, people } = await site();
    const { tenant, epochKey, vault } = core.store.keys;
    const row = (await vault.recordKeys.get(people[0]!.id))!;
    expect((await unwrapForTransfer(tenant, epochKey, row.id, row.envelope)).ok).toBe(true);
    valueOf(await core.store.turnEpoch(NOTHING));
    const after: NamedKey = core.store.keys.epochKey;
    expect((await unwrapForTransfer(tenant, after, row.id, row.envelope)).ok).toBe(false);
    expect((await unwrapForTransfer(tenant, { ...after, id: epochKey.id, epoch: 1, key: await createEpochKey() }, row.id, row.envelope)).ok).toBe(false);
  });

  it.each<[TurnStep, number]>([["built", 1], ["moved", 2], ["deleted", 2], ["logged", 2]])("leaves the old epoch or the new when it is cut at: %s", async (cut, expected) => {
    const change: EpochChange = { reason: "erasure", withoutFaces: [], withoutRecords: [] };
    let reached = false;
    const { core, prefix, clock, people } = await site((step) => {
      if (step !== cut) return;
      reached = true;
      throw new Error("cut");
    });
    const [one, two, three] = people;
    const turned = await core.store.turnEpoch({ ...change, withoutFaces: [one!.id], withoutRecords: [two!.id] });
    expect([reached, turned.ok]).toEqual([true, false]);
    core.close();

    const again = await openCore(prefix, clock);
    expect(again.store.epoch.number).toBe(expected);
    expect(await keyBuckets(prefix)).toEqual([`${prefix}keys-${expected}`]);
    expect(await again.store.quarantined()).toEqual([]);
    expect(await openFaces(again)).toEqual(expected === 1 ? idsOf(people) : [three!.id]);
    expect(again.people.rows.value.map(({ person }) => person.id).sort()).toEqual(expected === 1 ? idsOf(people) : idsOf([one!, three!]));
    expect(await readPunches(again)).toEqual(expected === 1 ? idsOf(people) : idsOf([one!, three!]));
    const noted = (await again.store.entries(0, 1e6)).filter(({ content }) => content?.type === "epoch");
    expect(noted.length).toBe(expected - 1);
    expect(valueOf(await again.store.turnEpoch(NOTHING)).to).toBe(expected + 1);
  });

  it("is taken in by another tab, which goes on writing with the new keys", async () => {
    const { core, prefix, clock, people } = await site();
    const other = await openCore(prefix, clock);
    const heard: boolean[] = [];
    other.store.subscribe(({ all }) => heard.push(all));
    valueOf(await core.store.turnEpoch({ ...NOTHING, reason: "erasure", withoutRecords: [people[0]!.id] }));
    const added = await addPerson(other, "4");
    expect(other.store.epoch.number).toBe(2);
    expect(heard).toContain(true);
    expect(await openFaces(other)).toEqual(idsOf(people.slice(1)));
    expect(other.store.people.has(people[0]!.id)).toBe(false);
    clock.pass(3_600_000);
    valueOf(await other.ledger.punch({ personId: added.id, method: "pin" }));
    await core.store.exclusively(() => Promise.resolve());
    expect(await readPunches(core)).toEqual([...idsOf(people.slice(1)), added.id].sort());
  });

  it("says that bytes are pending where the browser cannot destroy them, and works all the same", async () => {
    const descriptor = Object.getOwnPropertyDescriptor(Navigator.prototype, "storageBuckets");
    Object.defineProperty(navigator, "storageBuckets", { value: undefined, configurable: true });
    const made: string[] = [];
    try {
      const { core, prefix, clock, people } = await site();
      made.push(prefix);
      expect(valueOf(await core.store.turnEpoch({ ...NOTHING, reason: "erasure", withoutFaces: [people[0]!.id] }))).toEqual({ from: 1, to: 2, bytes: "pending" });
      core.close();
      const again = await openCore(prefix, clock);
      expect(again.store.epoch.number).toBe(2);
      expect(await openFaces(again)).toEqual(idsOf(people.slice(1)));
      expect(await readPunches(again)).toEqual(idsOf(people));
      const keys = (await indexedDB.databases()).filter(({ name }) => name?.startsWith(`clockface-keys@${prefix}`));
      expect(keys.map(({ name }) => name)).toEqual([`clockface-keys@${prefix}keys-2`]);
      again.close();
    } finally {
      for (const { name } of await indexedDB.databases()) if (name !== undefined && made.some((prefix) => name.includes(prefix))) indexedDB.deleteDatabase(name);
      Reflect.deleteProperty(navigator, "storageBuckets");
      expect(Object.getOwnPropertyDescriptor(Navigator.prototype, "storageBuckets")).toEqual(descriptor);
    }
  });
});

describe("a power cut that took a key store away", () => {
  const turn = (core: Core): ReturnType<Core["store"]["turnEpoch"]> => core.store.turnEpoch(NOTHING);
  const secondOf = async (prefix: string, epoch: number): Promise<string> => (await bucketsOf(`${prefix}second-keys-${String(epoch)}-`))[0] ?? "";

  it("leaves the epoch in force in its second copy, with all that was written since", async () => {
    const { core, prefix, clock, people } = await site();
    valueOf(await turn(core));
    people.push(await addPerson(core, "4"));
    core.close();
    await deleteBucket(`${prefix}keys-2`);

    const started = await openCore(prefix, clock);
    expect(started.store.epoch.number).toBe(2);
    expect(started.people.rows.value.map(({ person }) => person.id).sort()).toEqual(idsOf(people));
    expect(await openFaces(started)).toEqual(idsOf(people.slice(0, 3)));
    expect(await started.store.quarantined()).toEqual([]);
    await started.store.tidy();
    started.close();
    await deleteBucket(await secondOf(prefix, 2));

    const again = await openCore(prefix, clock);
    expect(again.store.people.size).toBe(4);
    await again.store.tidy();
    expect(await secondOf(prefix, 2)).not.toBe("");
    expect(valueOf(await turn(again)).to).toBe(3);
  });

  it("gives the epoch before back where both copies of the next one are gone", async () => {
    const { core, prefix, clock, people } = await site((step) => {
      if (step === "moved") throw new Error("cut");
    });
    expect((await turn(core)).ok).toBe(false);
    core.close();
    await deleteBucket(`${prefix}keys-2`);
    await deleteBucket(await secondOf(prefix, 2));

    const started = await openCore(prefix, clock);
    expect(started.store.epoch.number).toBe(1);
    expect(await openFaces(started)).toEqual(idsOf(people));
    expect(valueOf(await turn(started))).toMatchObject({ from: 1, to: 2 });
  });

  it("does not need the device's own bucket: whose keys they are is written beside them", async () => {
    const { core, prefix, clock, people } = await site();
    valueOf(await turn(core));
    const { deviceId, tenant } = core.store;
    core.close();
    await deleteBucket(`${prefix}device`);

    const started = await openCore(prefix, clock);
    expect([started.store.deviceId, started.store.tenant, started.store.epoch.number]).toEqual([deviceId, tenant, 2]);
    expect(await openFaces(started)).toEqual(idsOf(people));
    expect(await bucketsOf(`${prefix}device`)).toHaveLength(1);
  });

  it("leaves no copy of an epoch's keys behind when the epoch turns", async () => {
    const { core, prefix } = await site();
    expect(await secondOf(prefix, 1)).not.toBe("");
    valueOf(await turn(core));
    expect(await secondOf(prefix, 1)).toBe("");
  });
});

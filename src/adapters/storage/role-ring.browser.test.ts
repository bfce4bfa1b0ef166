import { DhkemX25519HkdfSha256 } from "@hpke/dhkem-x25519";
import { afterEach, describe, expect, it } from "vitest";
import type { OpenedRoleKey, RecordRing } from "../../app/ports/store.ts";
import type { RoleKeyId } from "../../domain/people/access.ts";
import type { Person, PersonId } from "../../domain/people/types.ts";
import type { RoleRecord } from "../../domain/people/users.ts";
import { openRecord } from "../crypto/record-keys.ts";
import type { Core } from "./core.ts";
import { openEntry } from "./log-codec.ts";
import { personPlace } from "./places.ts";
import { RoleRing } from "./role-ring.ts";
import { addPerson, deleteStores, openCore, SetClock, setUpCore, valueOf } from "./testing/harness.ts";

afterEach(deleteStores);

interface TestRole {
  readonly record: RoleRecord;
  readonly key: OpenedRoleKey;
}

async function newRole(id: RoleKeyId, version = 100): Promise<TestRole> {
  const kem = new DhkemX25519HkdfSha256();
  const pair = await kem.generateKeyPair();
  const publicKey = new Uint8Array(await kem.serializePublicKey(pair.publicKey));
  return { record: { id, version, publicKey, members: [], earlier: [] }, key: { id, version, privateKey: new Uint8Array(await kem.serializePrivateKey(pair.privateKey)) } };
}

async function giveRoles(core: Core, ...roles: readonly TestRole[]): Promise<void> {
  valueOf(await core.store.exclusively(() => core.store.commit({ roles: roles.map(({ record }) => record), entries: [] })));
}

async function move(core: Core, { id, employeeNumber, name }: Person, department: string): Promise<void> {
  valueOf(await core.people.update(id, { employeeNumber, name, department, employmentType: "full-time" }));
}

async function punchOf(core: Core, clock: SetClock, person: Person): Promise<number> {
  clock.pass(3_600_000);
  return valueOf(await core.ledger.punch({ personId: person.id, method: "pin" })).punch.seq;
}

/** Types of the entries about somebody whose content the ring reads. */
async function readable(core: Core, ring: RecordRing, id: PersonId): Promise<readonly string[]> {
  const entries = await core.store.entries(0, 1e6, ring);
  return entries.filter(({ subject }) => subject === id).flatMap(({ content }) => content?.type ?? []);
}

describe("a ring of roles", () => {
  it("decrypts the own department's people and no other's", async () => {
    const clock = new SetClock();
    const { core } = await setUpCore(clock);
    const [own, other] = [await addPerson(core, "1", "Own"), await addPerson(core, "2", "Other")];
    await move(core, other, "Stores");
    const supervisor = await newRole("supervisor:Assembly");
    await giveRoles(core, supervisor);
    const seqs = [await punchOf(core, clock, own), await punchOf(core, clock, other)];
    const ring = await core.store.openRing([supervisor.key]);
    expect([...ring.reach]).toEqual([own.id]);
    expect(await readable(core, ring, own.id)).toEqual(["person-added", "punch"]);
    expect(await readable(core, ring, other.id)).toEqual([]);

    // Not by a flag: there is no key in the ring that opens the other's rows.
    if (!(ring instanceof RoleRing)) throw new Error("not a ring of roles");
    expect(valueOf(await ring.find(other.id))).toBeNull();
    const key = valueOf(await ring.find(own.id));
    const [ownRow, otherRow] = await core.database.people.bulkGet([own.id, other.id]);
    if (!key || !ownRow || !otherRow) throw new Error("no rows");
    expect((await openRecord(core.store.tenant, key, personPlace(own.id), ownRow.envelope)).ok).toBe(true);
    expect((await openRecord(core.store.tenant, { ...key, id: other.id }, personPlace(other.id), otherRow.envelope)).ok).toBe(false);
    const [ownPunch, otherPunch] = await core.database.log.bulkGet(seqs);
    expect(valueOf(await openEntry(ring, ownPunch!)).entry.content?.type).toBe("punch");
    expect(valueOf(await openEntry(ring, otherPunch!)).entry.content).toBeNull();
  });

  it("opens nothing with another role's private key", async () => {
    const { core } = await setUpCore(new SetClock());
    await addPerson(core, "1");
    const [mine, theirs] = [await newRole("supervisor:Stores"), await newRole("supervisor:Assembly")];
    await giveRoles(core, mine, theirs);
    const ring = await core.store.openRing([{ ...theirs.key, privateKey: mine.key.privateKey }]);
    expect(ring.reach.size).toBe(0);
    expect(await core.store.entries(0, 1e6, ring)).toEqual([]);
  });

  it("reads everybody as HR, no records as system administrator, both by the headers", async () => {
    const { core } = await setUpCore(new SetClock());
    const people = [await addPerson(core, "1"), await addPerson(core, "2")];
    const [hr, keeper] = [await newRole("hr"), await newRole("system-administrator")];
    await giveRoles(core, hr, keeper);
    people.push(await addPerson(core, "3"));
    const all = await core.store.openRing([hr.key]);
    expect([...all.reach].sort()).toEqual(people.map(({ id }) => id).sort());
    const none = await core.store.openRing([keeper.key]);
    expect(none.reach.size).toBe(0);
    expect((await core.store.entries(0, 1e6, none)).map(({ header }) => header.seq)).toEqual((await core.store.entries(0, 1e6)).map(({ header }) => header.seq));
    expect(await readable(core, none, people[0]!.id)).toEqual([]);
  });

  it("follows a transfer at once, for the department that is left and the one that is joined, in another tab too", async () => {
    const clock = new SetClock();
    const { core, prefix } = await setUpCore(clock);
    const person = await addPerson(core, "1");
    const [from, to] = [await newRole("supervisor:Assembly"), await newRole("supervisor:Stores")];
    await giveRoles(core, from, to);
    const other = await openCore(prefix, clock);
    const rings = { from: await core.store.openRing([from.key]), to: await core.store.openRing([to.key]), elsewhere: await other.store.openRing([from.key]) };
    expect([rings.from.reach.size, rings.to.reach.size, rings.elsewhere.reach.size]).toEqual([1, 0, 1]);
    await move(core, person, "Stores");
    await other.store.exclusively(() => Promise.resolve());
    expect([rings.from.reach.size, rings.to.reach.size, rings.elsewhere.reach.size]).toEqual([0, 1, 0]);
    expect(await readable(core, rings.from, person.id)).toEqual([]);
    expect(await readable(other, rings.elsewhere, person.id)).toEqual([]);
    expect(await readable(core, rings.to, person.id)).toEqual(["person-added", "person-changed"]);
    expect((await core.store.openRing([from.key])).reach.size).toBe(0);
  });

  it("opens with the new version of a role's key alone once there is one", async () => {
    const { core } = await setUpCore(new SetClock());
    const person = await addPerson(core, "1");
    const [before, after] = [await newRole("auditor", 100), await newRole("auditor", 101)];
    await giveRoles(core, before);
    await giveRoles(core, after);
    expect((await core.store.openRing([before.key])).reach.size).toBe(0);
    expect([...(await core.store.openRing([after.key])).reach]).toEqual([person.id]);
  });

  it("holds nothing any more when it is closed, its copy of the role's key neither", async () => {
    const { core } = await setUpCore(new SetClock());
    const person = await addPerson(core, "1");
    const hr = await newRole("hr");
    await giveRoles(core, hr);
    const ring = await core.store.openRing([hr.key]);
    ring.close();
    await addPerson(core, "2");
    expect(ring.reach.size).toBe(0);
    expect(await readable(core, ring, person.id)).toEqual([]);
    expect(await core.store.entries(0, 1e6, ring)).toEqual([]);
  });

  it("does not get back what a cut left behind of an ended grant, nor does a face", async () => {
    const clock = new SetClock();
    const { core, prefix } = await setUpCore(clock);
    const person = await addPerson(core, "1");
    const [from, to] = [await newRole("supervisor:Assembly"), await newRole("supervisor:Stores")];
    await giveRoles(core, from, to);
    const { vault } = core.store.keys;
    const ended = (await vault.grants.toArray()).filter(({ person: of }) => of === person.id);
    await move(core, person, "Stores");
    await vault.grants.bulkPut(ended);
    await vault.templates.put({ id: "stray", template: { personId: person.id, profile: "accurate", modelSet: "m", epoch: 1, createdAtMs: 0, references: 1, wrappedKey: new Uint8Array(3), envelope: new Uint8Array(3) } });
    expect((await core.store.openRing([from.key])).reach.size).toBe(1);
    core.close();
    const again = await openCore(prefix, clock);
    await again.store.tidy();
    expect((await again.store.openRing([from.key])).reach.size).toBe(0);
    expect([...(await again.store.openRing([to.key])).reach]).toEqual([person.id]);
    expect(await again.store.keys.vault.templates.count()).toBe(0);
  });
});

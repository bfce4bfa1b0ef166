import { afterEach, describe, expect, it } from "vitest";
import type { Core } from "./core.ts";
import { WORTH_A_SNAPSHOT } from "./roster-snapshot.ts";
import { deleteStores, importPeople, openCore, SetClock, setUpCore, valueOf } from "./testing/harness.ts";

afterEach(deleteStores);

const PEOPLE = WORTH_A_SNAPSHOT + 10;

/** A site of many people with a snapshot of them, and everything closed. */
async function largeSite(): Promise<{ readonly prefix: string; readonly clock: SetClock }> {
  const clock = new SetClock();
  const { core, prefix } = await setUpCore(clock);
  await importPeople(core, PEOPLE);
  for (const number of ["1", "2", "3"]) await punch(core, clock, number);
  await core.store.tidy();
  expect(await core.store.keys.vault.roster.count()).toBeGreaterThan(1);
  core.close();
  return { prefix, clock };
}

async function punch(core: Core, clock: SetClock, number: string): Promise<void> {
  clock.pass(3_600_000);
  valueOf(await core.ledger.punch({ personId: core.store.findByNumber(number)!.person.id, method: "pin" }));
}

/** All that the store holds of people. */
function everybody(core: Core): unknown {
  const people = [...core.store.people.values()].sort((a, b) => (a.person.id < b.person.id ? -1 : 1));
  return people.map((stored) => ({ stored, standing: core.store.standing(stored.person.id), byNumber: core.store.findByNumber(stored.person.employeeNumber)?.person.id }));
}

/** What a start finds with its snapshot, and what one finds without. */
async function bothWays(prefix: string, clock: SetClock): Promise<{ readonly quick: unknown; readonly slow: unknown }> {
  const quickly = await openCore(prefix, clock);
  const quick = everybody(quickly);
  await quickly.store.keys.vault.roster.clear();
  quickly.close();
  const slowly = await openCore(prefix, clock);
  const slow = everybody(slowly);
  slowly.close();
  return { quick, slow };
}

describe("a snapshot of the roster", () => {
  it("gives what the rows give, with everything that came after it", async () => {
    const { prefix, clock } = await largeSite();
    const core = await openCore(prefix, clock);
    await punch(core, clock, "2");
    await punch(core, clock, "4");
    const five = core.store.findByNumber("5")!.person;
    valueOf(await core.people.update(five.id, { employeeNumber: "5000", name: "Somebody Else", department: "Stores", employmentType: "intern" }));
    valueOf(await core.people.add({ employeeNumber: "9000", name: "New", department: "Stores", employmentType: "intern" }));
    valueOf(await core.people.leave(core.store.findByNumber("6")!.person.id));
    core.close();
    const { quick, slow } = await bothWays(prefix, clock);
    expect(quick).toEqual(slow);
    expect(quick).toHaveLength(PEOPLE + 1);
  });

  it("is what a start reads, in place of the rows", async () => {
    const { prefix, clock } = await largeSite();
    const before = await openCore(prefix, clock);
    const one = before.store.findByNumber("7")!.person.id;
    const row = (await before.database.people.get(one))!;
    await before.database.people.put({ ...row, envelope: new Uint8Array(8) });
    before.close();
    const again = await openCore(prefix, clock);
    expect(again.store.findByNumber("7")?.person.id).toBe(one);
    expect(await again.store.quarantined()).toEqual([]);
  });

  it("brings nobody back whose row is gone, and counts for nothing when a part is damaged", async () => {
    const { prefix, clock } = await largeSite();
    const core = await openCore(prefix, clock);
    const gone = core.store.findByNumber("8")!.person.id;
    await core.database.people.delete(gone);
    core.close();
    const again = await openCore(prefix, clock);
    expect([again.store.people.size, again.store.people.has(gone)]).toEqual([PEOPLE - 1, false]);
    const chunk = (await again.store.keys.vault.roster.toCollection().first())!;
    if (!("envelope" in chunk)) throw new Error("no snapshot");
    await again.store.keys.vault.roster.put({ ...chunk, envelope: chunk.envelope.slice(0, -1) });
    again.close();
    const slowly = await openCore(prefix, clock);
    expect(slowly.store.people.size).toBe(PEOPLE - 1);
  });

  it("is let go before people are changed without an entry about each, and with its epoch", async () => {
    const { prefix, clock } = await largeSite();
    const core = await openCore(prefix, clock);
    const { store } = core;
    await store.tidy();
    const stored = store.findByNumber("9")!;
    valueOf(await store.exclusively(() => store.commit({ people: [{ ...stored, person: { ...stored.person, name: "Quietly Renamed" } }], entries: [] })));
    expect(await store.keys.vault.roster.count()).toBe(0);
    await store.tidy();
    expect(await store.keys.vault.roster.count()).toBeGreaterThan(1);
    valueOf(await store.turnEpoch({ reason: "erasure", withoutFaces: [], withoutRecords: [stored.person.id] }));
    expect(await store.keys.vault.roster.count()).toBe(0);
    core.close();
    const again = await openCore(prefix, clock);
    expect(again.store.people.size).toBe(PEOPLE - 1);
  });
});

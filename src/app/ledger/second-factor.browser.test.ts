import { afterEach, describe, expect, it } from "vitest";
import { addPerson, deleteStores, openCore, SetClock, setUpCore, valueOf } from "../../adapters/storage/testing/harness.ts";
import type { Core } from "../../adapters/storage/core.ts";
import type { Secrets } from "../ports/secrets.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { ok } from "../../domain/result.ts";
import { StoredLedger } from "./ledger.ts";

afterEach(deleteStores);

const WRONG = "804159";

async function withThree() {
  const clock = new SetClock();
  const { core, prefix } = await setUpCore(clock);
  const people = [await addPerson(core, "E-1"), await addPerson(core, "E-2"), await addPerson(core, "E-3")];
  const [anna, bert, cleo] = people.map(({ id }) => id) as [PersonId, PersonId, PersonId];
  const [annas, berts] = [valueOf(await core.people.issuePin(anna)), valueOf(await core.people.issuePin(bert))];
  return { clock, core, prefix, anna, bert, cleo, annas, berts };
}

/** What the store holds of every count, by its size: the scopes' names are keyed hashes. */
async function counts(core: Core): Promise<readonly number[]> {
  return (await core.database.lockouts.toArray()).map(({ failures }) => failures.count).sort((a, b) => a - b);
}

describe("one PIN among several people", () => {
  it("says whose it is, whatever their order", async () => {
    const { core, anna, bert, annas, berts } = await withThree();
    expect(await core.ledger.verifyPinAmong([anna, bert], berts)).toEqual(ok(bert));
    expect(await core.ledger.verifyPinAmong([bert, anna], annas)).toEqual(ok(anna));
  });

  it("counts a wrong one once for each of them, and locks all of them after five", async () => {
    const { clock, core, anna, bert, annas, berts } = await withThree();
    for (let turn = 0; turn < 5; turn++) expect(await core.ledger.verifyPinAmong([anna, bert], WRONG)).toMatchObject({ error: { kind: "pin/wrong" } });
    expect(await counts(core)).toEqual([5, 5]);
    for (const [number, pin] of [["E-1", annas], ["E-2", berts]] as const) {
      expect(await core.ledger.verifyPin(number, pin)).toMatchObject({ error: { kind: "pin/locked", until: clock.wallMs + 30_000 } });
    }
    expect(await core.ledger.verifyPinAmong([anna, bert], annas)).toMatchObject({ error: { kind: "pin/locked", until: clock.wallMs + 30_000 } });
  });

  it("leaves the others' counts as they were when it is one of them's: none is locked by it", async () => {
    const { clock, core, anna, bert, annas, berts } = await withThree();
    for (let turn = 0; turn < 4; turn++) await core.ledger.verifyPin("E-2", WRONG);
    clock.pass(60_000);
    const before = await core.database.lockouts.toArray();
    // Four wrong ones for Bert, and Anna's own PIN many times: the fifth try would lock Bert if it were counted.
    for (let turn = 0; turn < 3; turn++) expect(await core.ledger.verifyPinAmong([anna, bert], annas)).toEqual(ok(anna));
    expect(await core.database.lockouts.toArray()).toEqual(before);
    expect(await core.ledger.verifyPin("E-2", berts)).toEqual(ok(bert));
  });

  it("does not unlock the others either: their wrong PINs still add up", async () => {
    const { core, anna, bert, annas } = await withThree();
    for (let turn = 0; turn < 4; turn++) await core.ledger.verifyPin("E-2", WRONG);
    expect(await core.ledger.verifyPinAmong([anna, bert], annas)).toEqual(ok(anna));
    expect(await core.ledger.verifyPin("E-2", WRONG)).toMatchObject({ error: { kind: "pin/wrong" } });
    expect(await core.ledger.verifyPin("E-2", WRONG)).toMatchObject({ error: { kind: "pin/locked" } });
  });

  it("lets the count of whoever's it is begin anew", async () => {
    const { core, anna, bert, annas } = await withThree();
    for (let turn = 0; turn < 4; turn++) await core.ledger.verifyPinAmong([anna, bert], WRONG);
    expect(await core.ledger.verifyPinAmong([anna, bert], annas)).toEqual(ok(anna));
    expect(await counts(core)).toEqual([4]);
  });

  it("is open while the tablet is locked for numbers", async () => {
    const { core, anna, bert, berts } = await withThree();
    for (let number = 1; number <= 20; number++) await core.ledger.verifyPin(`X-${number}`, WRONG);
    expect(await core.ledger.verifyPin("E-2", berts)).toMatchObject({ error: { kind: "pin/locked" } });
    expect(await core.ledger.verifyPinAmong([anna, bert], berts)).toEqual(ok(bert));
  });

  it("is counted before it is looked at: a page that is killed while it is compared has counted", async () => {
    const { core, prefix, clock, anna, bert } = await withThree();
    let compared: () => void = () => undefined;
    const comparing = new Promise<void>((resolve) => (compared = resolve));
    const secrets = { pinMatches: () => (compared(), new Promise(() => undefined)) } as unknown as Secrets;
    void new StoredLedger(core.store, secrets).verifyPinAmong([anna, bert], WRONG);
    await comparing;
    core.close();
    expect(await counts(await openCore(prefix, clock))).toEqual([1, 1]);
  });

  it("compares every one of them, also after the right one was found", async () => {
    const { core, anna, bert, cleo } = await withThree();
    const seen: boolean[] = [];
    const secrets = { pinMatches: (_pin: string, hash: unknown) => Promise.resolve(ok((seen.push(hash !== null), seen.length === 1))) } as unknown as Secrets;
    expect(await new StoredLedger(core.store, secrets).verifyPinAmong([anna, bert, cleo], WRONG)).toEqual(ok(anna));
    expect(seen).toEqual([true, true, false]);
  });

  it("asks for the number when two have the same PIN, and locks nobody for it", async () => {
    const { core, anna, bert, annas } = await withThree();
    const { people } = core.store;
    const same = { ...people.get(bert)!, pin: people.get(anna)!.pin };
    valueOf(await core.store.exclusively(() => core.store.commit({ entries: [], people: [same] })));
    for (let turn = 0; turn < 6; turn++) expect(await core.ledger.verifyPinAmong([anna, bert], annas)).toMatchObject({ error: { kind: "pin/number-needed" } });
    expect(await counts(core)).toEqual([]);
  });

  it("says that none was issued where nobody has one, and knows beforehand", async () => {
    const { core, anna, cleo } = await withThree();
    expect(core.ledger.anyPin([cleo])).toBe(false);
    expect(core.ledger.anyPin([cleo, anna])).toBe(true);
    expect(await core.ledger.verifyPinAmong([cleo], WRONG)).toMatchObject({ error: { kind: "pin/not-issued" } });
    expect(await core.ledger.verifyPinAmong([], WRONG)).toMatchObject({ error: { kind: "pin/not-issued" } });
  });

  it("is nobody's who has left", async () => {
    const { core, anna, bert, berts } = await withThree();
    valueOf(await core.people.leave(bert));
    expect(await core.ledger.verifyPinAmong([anna, bert], berts)).toMatchObject({ error: { kind: "pin/wrong" } });
    expect(core.ledger.findByNumber("E-2")).toBeNull();
    expect(core.ledger.findByNumber("e-1")).toBe(anna);
    expect(core.ledger.findByNumber("E-9")).toBeNull();
  });
});

import { afterEach, describe, expect, it } from "vitest";
import type { Core } from "../../adapters/storage/core.ts";
import { addPerson, deleteStores, openCore, SetClock, valueOf } from "../../adapters/storage/testing/harness.ts";
import { setUpSite, type TestSite } from "../../adapters/storage/testing/site.ts";
import type { Entry } from "../../domain/attendance/entries.ts";
import type { Person } from "../../domain/people/types.ts";
import { ok } from "../../domain/result.ts";
import { SiteAttesting } from "./attesting.ts";

afterEach(deleteStores);

interface AttestingScene extends TestSite {
  readonly clock: SetClock;
  readonly attesting: SiteAttesting;
  readonly people: readonly Person[];
}

/** A site with five people at the gate; HR is signed in. */
async function attestingScene(): Promise<AttestingScene> {
  const clock = new SetClock();
  const site = await setUpSite(clock);
  const { access, ledger } = site.core;
  const people: Person[] = [];
  for (let index = 1; index <= 5; index++) people.push(await addPerson(site.core, `E-${index}`));
  return { ...site, clock, people, attesting: new SiteAttesting({ access, ledger, store: site.core.store, days: { presence: () => Promise.resolve(ok([])) } }) };
}

const allIn = (people: readonly Person[]) => people.map(({ id }) => ({ personId: id, direction: "in" as const }));
const ofAttesting = async (core: Core): Promise<readonly Entry[]> => [...(await core.store.latest(100))].reverse().filter(({ header }) => header.type === "punch" || header.type === "attested");

/** The first copy gives up at its n-th row of a table. */
function failAt(core: Core, table: "log" | "standings", row: number): () => void {
  let count = 0;
  const hook = (): undefined => {
    count += 1;
    if (count === row) throw new Error("the disk went away");
    return undefined;
  };
  core.database[table].hook("creating", hook);
  return () => core.database[table].hook("creating").unsubscribe(hook);
}

describe("SiteAttesting", () => {
  it("writes everybody's punch and, right after them, who attested them and why", async () => {
    const { attesting, core, keeper, people } = await attestingScene();
    const punches = valueOf(await attesting.attest(allIn(people), "  Recognition\n is down "));
    expect(punches.map(({ personId, method, direction }) => [personId, method, direction])).toEqual(people.map(({ id }) => [id, "attested", "in"]));
    const entries = await ofAttesting(core);
    const seqs = entries.map(({ header }) => header.seq);
    expect(seqs).toEqual(seqs.map((_, index) => seqs[0]! + index));
    expect(entries.at(-1)?.content).toEqual({ type: "attested", body: { by: keeper.userId, reason: "Recognition is down", people: 5, firstSeq: seqs[0], lastSeq: seqs[4] } });
    expect(people.map(({ id }) => core.store.standing(id).latest?.punch.seq)).toEqual(seqs.slice(0, 5));
  });

  it.each([
    ["log", 3],
    ["log", 6],
    ["standings", 4],
  ] as const)("leaves nothing of the list when the store fails in the %s at row %i, also after a start, and can be repeated", async (table, row) => {
    const { attesting, clock, core, people, prefix } = await attestingScene();
    const before = core.store.length;
    const mended = failAt(core, table, row);
    expect(await attesting.attest(allIn(people), "Power cut at the gate")).toMatchObject({ ok: false, error: { kind: "attendance/store-failed" } });
    mended();
    expect(core.store.length).toBe(before);
    expect(await ofAttesting(core)).toEqual([]);
    core.close();
    const again = await openCore(prefix, clock);
    expect(await ofAttesting(again)).toEqual([]);
    expect(people.map(({ id }) => again.store.standing(id).latest)).toEqual(people.map(() => null));
    const list = { people: allIn(people), by: "u" as never, reason: "Power cut at the gate" };
    expect(valueOf(await again.ledger.attest(list))).toHaveLength(5);
    expect((await ofAttesting(again)).map(({ header }) => header.type)).toEqual([...people.map(() => "punch"), "attested"]);
  });

  it("lets nobody attest their own punch, nor others together with it", async () => {
    const { core, keeper, people } = await attestingScene();
    const [own, other] = people;
    valueOf(await core.users.link(keeper.userId, own!.id));
    const present = people.map((person) => ({ person, state: "expected" as const, since: null, shift: null, last: null }));
    const attesting = new SiteAttesting({ access: core.access, ledger: core.ledger, store: core.store, days: { presence: () => Promise.resolve(ok(present)) } });
    expect(valueOf(await attesting.people()).map(({ person }) => person.id)).not.toContain(own!.id);
    expect(await attesting.attest(allIn([other!, own!]), "Power cut at the gate")).toMatchObject({ ok: false, error: { kind: "attest/own" } });
    expect(await ofAttesting(core)).toEqual([]);
    expect(valueOf(await attesting.attest(allIn([other!]), "Power cut at the gate"))).toHaveLength(1);
  });

  it("records nobody when one of them has left meanwhile, and everybody once where one was named twice", async () => {
    const { attesting, core, people } = await attestingScene();
    valueOf(await core.people.leave(people[2]!.id));
    expect(await attesting.attest(allIn(people), "Power cut at the gate")).toMatchObject({ ok: false, error: { kind: "attest/not-active" } });
    expect(await ofAttesting(core)).toEqual([]);
    const two = allIn([people[0]!, people[1]!, people[0]!]);
    expect(valueOf(await attesting.attest(two, "Power cut at the gate"))).toHaveLength(2);
    expect((await ofAttesting(core)).map(({ header }) => header.type)).toEqual(["punch", "punch", "attested"]);
    expect(await attesting.attest(two, " ")).toMatchObject({ ok: false, error: { kind: "attest/reason-missing" } });
  });
});

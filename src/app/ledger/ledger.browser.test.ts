import { afterEach, describe, expect, it } from "vitest";
import { bucketNames } from "../../adapters/storage/bucket.ts";
import type { Core } from "../../adapters/storage/core.ts";
import { addPerson, deleteBucket, deleteStores, openCore, PASSPHRASE, SetClock, setUpCore, valueOf } from "../../adapters/storage/testing/harness.ts";
import type { PersonId } from "../../domain/people/types.ts";

afterEach(deleteStores);

const MINUTE = 60_000;

async function withPerson() {
  const clock = new SetClock();
  const { core, prefix } = await setUpCore(clock);
  const person = await addPerson(core, "E-1");
  const punch = async (direction?: "in" | "out") => valueOf(await core.ledger.punch({ personId: person.id, method: "face", ...(direction ? { direction } : {}) }));
  return { clock, core, prefix, person, punch };
}

describe("the ledger", () => {
  it("keeps a repeat as suppressed and says which punch it repeats", async () => {
    const { clock, punch, core } = await withPerson();
    const first = await punch();
    clock.pass(20_000);
    const second = await punch();
    expect(second.punch).toMatchObject({ status: "suppressed", direction: "in" });
    expect(second.previous?.id).toBe(first.punch.id);
    expect((await core.records.punches({})).map((one) => one.status)).toEqual(["suppressed", "accepted"]);
  });

  it("lifts a suppressed punch when the person changes its direction, and cites it", async () => {
    const { clock, punch, core } = await withPerson();
    await punch();
    clock.pass(20_000);
    const repeat = (await punch()).punch;
    const changed = valueOf(await core.ledger.changeDirection(repeat));
    expect(changed.punch).toMatchObject({ id: repeat.id, receipt: repeat.receipt, direction: "out", status: "accepted", directionSource: "person" });
    clock.pass(2 * MINUTE);
    expect((await punch()).punch.direction).toBe("in");
    expect((await core.store.entries(0, 1e9)).at(-2)?.content).toMatchObject({ type: "punch-direction", body: { cites: repeat.seq, direction: "out" } });
  });

  it("takes a punch back within a minute, and the next punch follows the one before it", async () => {
    const { clock, punch, core } = await withPerson();
    await punch();
    clock.pass(8 * 60 * MINUTE);
    const out = (await punch()).punch;
    clock.pass(10_000);
    expect(valueOf(await core.ledger.undo(out)).status).toBe("undone");
    expect(await core.ledger.undo(out)).toMatchObject({ error: { kind: "ledger/no-such-punch" } });
    expect((await punch()).punch.direction).toBe("out");
  });

  it("refuses to change a punch after a minute, or one that another followed", async () => {
    const { clock, punch, core } = await withPerson();
    const first = (await punch()).punch;
    clock.pass(MINUTE + 1);
    expect(await core.ledger.undo(first)).toMatchObject({ error: { kind: "ledger/too-late" } });
    await punch();
    expect(await core.ledger.changeDirection(first)).toMatchObject({ error: { kind: "ledger/too-late" } });
  });

  it("lets a punch be changed after the page was loaded again", async () => {
    const { clock, prefix, core, punch } = await withPerson();
    const first = (await punch()).punch;
    core.close();
    clock.wallMs += 5_000;
    clock.monoMs = 10;
    const again = await openCore(prefix, clock);
    expect((await again.ledger.undo(first)).ok).toBe(true);
  });

  it("records no face whose consent was withdrawn, also in another tab a moment ago, and still takes the PIN", async () => {
    const { clock, core, prefix, person } = await withPerson();
    valueOf(await core.people.giveConsent(person.id, "1", "en"));
    const other = await openCore(prefix, clock);
    valueOf(await other.ledger.punch({ personId: person.id, method: "face" }));
    valueOf(await core.people.withdrawConsent(person.id));
    expect(await other.ledger.punch({ personId: person.id, method: "face" })).toMatchObject({ error: { kind: "ledger/not-ready" } });
    expect((await other.ledger.punch({ personId: person.id, method: "pin" })).ok).toBe(true);
  });

  it("calls a punch recorded when it is, whatever those who follow the store make of it", async () => {
    const { core, punch } = await withPerson();
    const reported: unknown[] = [];
    const hear = (event: ErrorEvent): void => {
      event.preventDefault();
      reported.push(event.error);
    };
    addEventListener("error", hear);
    const trouble = new Error("a follower that fails");
    core.store.subscribe(() => {
      throw trouble;
    });
    const later: string[] = [];
    core.store.subscribe(() => later.push("heard"));
    try {
      expect((await punch()).punch.status).toBe("accepted");
    } finally {
      removeEventListener("error", hear);
    }
    expect(later).toEqual(["heard"]);
    expect(reported).toEqual([trouble]);
  });

  it("knows a PIN that another tab has just issued", async () => {
    const { clock, core, prefix, person } = await withPerson();
    const other = await openCore(prefix, clock);
    const pin = valueOf(await core.people.issuePin(person.id));
    expect(await other.ledger.verifyPin("E-1", pin)).toMatchObject({ ok: true, value: person.id });
  });

  it("gives every punch the direction of a device that serves one way", async () => {
    const { clock, punch, core } = await withPerson();
    valueOf(await core.setup.change({ fixedDirection: "out" }));
    expect((await punch()).punch).toMatchObject({ direction: "out", directionSource: "device" });
    clock.pass(3 * MINUTE);
    expect((await punch()).punch).toMatchObject({ status: "suppressed", direction: "out" });
    clock.pass(3 * MINUTE);
    expect((await punch()).punch).toMatchObject({ status: "accepted", direction: "out" });
  });

  it("keeps attempts and outages that are nobody's", async () => {
    const { core } = await withPerson();
    valueOf(await core.ledger.attempt("no-candidate"));
    valueOf(await core.ledger.outage("start", "camera/unplugged"));
    expect(await core.records.attempts({})).toMatchObject([{ kind: "no-candidate" }]);
    expect((await core.store.entries(0, 1e9)).at(-1)).toMatchObject({ subject: null, content: { type: "outage", body: { phase: "start", reason: "camera/unplugged" } } });
  });

  it("finds punches by person and by the site's calendar day", async () => {
    const { clock, core, person, punch } = await withPerson();
    await punch();
    clock.pass(16 * 60 * MINUTE);
    await addPerson(core, "E-2");
    await punch();
    expect(await core.records.punches({ from: "2026-03-02", to: "2026-03-02" })).toHaveLength(1);
    expect(await core.records.punches({ from: "2026-03-03" })).toHaveLength(1);
    expect(await core.records.punches({ personId: person.id })).toHaveLength(2);
    expect(await core.records.punches({ siteId: "elsewhere" })).toHaveLength(0);
  });
});

describe("a tablet that was retired", () => {
  const retire = async ({ store }: Core) => valueOf(await store.exclusively(() => store.commit({ entries: [{ type: "device-end", subject: null, body: { by: "u", reason: "sold" } }] })));
  const RETIRED = { ok: false, error: { kind: "ledger/retired" } };
  const ways = ({ ledger }: Core, personId: PersonId) => [ledger.punch({ personId, method: "face" }), ledger.punch({ personId, method: "pin" }), ledger.attempt("no-candidate")];

  it("records no attendance any more, and changes none", async () => {
    const { core, person, punch } = await withPerson();
    const before = (await punch()).punch;
    await retire(core);
    const { length, endedAt } = core.store;
    expect([endedAt, core.ledger.retired]).toEqual([length, true]);
    expect(await Promise.all([...ways(core, person.id), core.ledger.changeDirection(before), core.ledger.undo(before)])).toMatchObject([RETIRED, RETIRED, RETIRED, RETIRED, RETIRED]);
    expect(core.store.length).toBe(length);
  });

  it("is known again by the next start, from the second copy too, and by a tab that was open before", async () => {
    const { clock, core, prefix, person, punch } = await withPerson();
    await punch();
    const other = await openCore(prefix, clock);
    await retire(core);
    expect(await Promise.all(ways(other, person.id))).toMatchObject([RETIRED, RETIRED, RETIRED]);
    for (const one of [core, other]) one.close();
    const again = await openCore(prefix, clock);
    expect(again.ledger.retired).toBe(true);
    again.close();
    await deleteBucket(bucketNames(prefix).punch);
    const rebuilt = await openCore(prefix, clock);
    expect(rebuilt.ledger.retired).toBe(true);
    expect(await Promise.all(ways(rebuilt, person.id))).toMatchObject([RETIRED, RETIRED, RETIRED]);
  });

  it("can be signed in to, and its outages and looks are still recorded", async () => {
    const { core } = await withPerson();
    await retire(core);
    core.sessions.signOut();
    expect((await core.sessions.signIn({ passphrase: PASSPHRASE })).ok).toBe(true);
    expect((await core.ledger.outage("start", "camera/unplugged")).ok).toBe(true);
  });
});

describe("the PIN way", () => {
  async function withPin() {
    const { clock, core, prefix, person } = await withPerson();
    return { clock, core, prefix, person, pin: valueOf(await core.people.issuePin(person.id)) };
  }
  const wrong = (pin: string): string => (pin === "804159" ? "804158" : "804159");

  it("locks after five wrong PINs, for twice as long each time, and opens with the right one", async () => {
    const { clock, core, person, pin } = await withPin();
    for (let turn = 0; turn < 5; turn++) expect(await core.ledger.verifyPin("E-1", wrong(pin))).toMatchObject({ error: { kind: "pin/wrong" } });
    expect(await core.ledger.verifyPin("E-1", pin)).toMatchObject({ error: { kind: "pin/locked", until: clock.wallMs + 30_000 } });
    clock.pass(30_000);
    expect(await core.ledger.verifyPin("E-1", wrong(pin))).toMatchObject({ error: { kind: "pin/wrong" } });
    expect(await core.ledger.verifyPin("E-1", pin)).toMatchObject({ error: { kind: "pin/locked", until: clock.wallMs + 60_000 } });
    clock.pass(60_000);
    expect(valueOf(await core.ledger.verifyPin("e-1 ", pin))).toBe(person.id);
    expect(await core.ledger.verifyPin("E-1", wrong(pin))).toMatchObject({ error: { kind: "pin/wrong" } });
  });

  it("stays locked over a reload, and no clock that was set on or back shortens the lock", async () => {
    const { clock, core, prefix, pin } = await withPin();
    for (let turn = 0; turn < 5; turn++) await core.ledger.verifyPin("E-1", wrong(pin));
    core.close();
    clock.wallMs += 86_400_000;
    clock.monoMs = 0;
    const second = await openCore(prefix, clock);
    expect(await second.ledger.verifyPin("E-1", pin)).toMatchObject({ error: { kind: "pin/locked", until: clock.wallMs + 30_000 } });
    second.close();
    clock.wallMs -= 3_600_000;
    const third = await openCore(prefix, clock);
    expect(await third.ledger.verifyPin("E-1", pin)).toMatchObject({ error: { kind: "pin/locked", until: clock.wallMs + 30_000 } });
    clock.pass(29_000);
    expect(await third.ledger.verifyPin("E-1", pin)).toMatchObject({ error: { kind: "pin/locked" } });
    clock.pass(1_000);
    expect((await third.ledger.verifyPin("E-1", pin)).ok).toBe(true);
  });

  it("locks the device when twenty wrong PINs are for different people, and not for five", async () => {
    const { core, clock, pin } = await withPin();
    for (let number = 1; number <= 5; number++) expect(await core.ledger.verifyPin(`X-${number}`, "804159")).toMatchObject({ error: { kind: "pin/wrong" } });
    expect((await core.ledger.verifyPin("E-1", pin)).ok).toBe(true);
    // The right one took one of the five back.
    for (let number = 6; number <= 21; number++) expect(await core.ledger.verifyPin(`X-${number}`, "804159")).toMatchObject({ error: { kind: "pin/wrong" } });
    expect(await core.ledger.verifyPin("E-1", pin)).toMatchObject({ error: { kind: "pin/locked", until: clock.wallMs + 30_000 } });
  });

  it("lets nobody guess at others' for ever who has a PIN", async () => {
    const { core, pin } = await withPin();
    const outcomes: string[] = [];
    for (let number = 1; number <= 30; number++) {
      const guessed = await core.ledger.verifyPin(`X-${number}`, "804159");
      outcomes.push(guessed.ok ? "right" : guessed.error.kind);
      await core.ledger.verifyPin("E-1", pin);
    }
    expect(outcomes.filter((kind) => kind === "pin/wrong").length).toBe(21);
    expect(outcomes.at(-1)).toBe("pin/locked");
  });

  it("forgets other people's wrong PINs with time, and locks nobody for those of a day", async () => {
    const { core, clock } = await withPin();
    for (let number = 1; number <= 60; number++) {
      expect(await core.ledger.verifyPin(`X-${number}`, "804159")).toMatchObject({ error: { kind: "pin/wrong" } });
      clock.pass(6 * MINUTE);
    }
  });

  it("does the same work and gives the same answer for a number that nobody has", async () => {
    const { core, pin } = await withPin();
    const known = await core.ledger.verifyPin("E-1", wrong(pin));
    const unknown = await core.ledger.verifyPin("NOBODY", wrong(pin));
    expect(unknown).toEqual(known);
    expect(await core.database.lockouts.count()).toBe(3);
  });
});

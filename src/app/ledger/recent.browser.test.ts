import { afterEach, describe, expect, it } from "vitest";
import { addPerson, deleteStores, openCore, SetClock, setUpCore, valueOf } from "../../adapters/storage/testing/harness.ts";
import type { EpochMs } from "../../domain/clock.ts";

afterEach(deleteStores);

async function withPerson() {
  const clock = new SetClock();
  const { core, prefix } = await setUpCore(clock);
  return { clock, core, prefix, person: await addPerson(core, "E-1") };
}

describe("what the log tells a kiosk that starts", () => {
  it("faces that were suspected and faces that were recorded, oldest first, since then alone", async () => {
    const { clock, core, prefix, person } = await withPerson();
    await core.ledger.attempt("attack-suspected");
    clock.pass(600_000);
    const since = clock.wall();
    await core.ledger.attempt("no-candidate");
    await core.ledger.attempt("liveness-undecided");
    clock.pass(1000);
    await core.ledger.punch({ personId: person.id, method: "face" });
    clock.pass(1000);
    await core.ledger.punch({ personId: person.id, method: "face" });
    await core.ledger.punch({ personId: person.id, method: "pin" });
    await core.ledger.attempt("attack-suspected");
    core.close();
    const again = await openCore(prefix, clock);
    expect(await again.ledger.faceEvents(since)).toEqual([
      { kind: "suspected", wallMs: since },
      { kind: "recorded", wallMs: since + 1000 },
      { kind: "suspected", wallMs: since + 2000 },
    ]);
    again.close();
    expect(await again.ledger.faceEvents(0 as EpochMs)).toEqual([]);
  });

  it("an outage that has no end, whatever was recorded since", async () => {
    const { clock, core, prefix, person } = await withPerson();
    expect(await core.ledger.openOutage()).toBeNull();
    await core.ledger.outage("start", "camera/unplugged");
    for (let turn = 0; turn < 210; turn++) await core.ledger.attempt("pin-refused");
    await core.ledger.punch({ personId: person.id, method: "pin" });
    await core.ledger.outage("start", "ledger/attempts-lost 1");
    await core.ledger.outage("end", "ledger/attempts-lost 1");
    core.close();
    const again = await openCore(prefix, clock);
    expect(await again.ledger.openOutage()).toBe("camera/unplugged");
    await again.ledger.outage("end", "camera/unplugged");
    expect(await again.ledger.openOutage()).toBeNull();
  });

  it("what a punch was asked for beside the face", async () => {
    const { core, person } = await withPerson();
    const { punch } = valueOf(await core.ledger.punch({ personId: person.id, method: "face", stepUps: ["challenge", "second-factor"] }));
    expect(punch.stepUps).toEqual(["challenge", "second-factor"]);
    expect(await core.records.punches({})).toEqual([punch]);
    expect(valueOf(await core.ledger.undo(punch)).stepUps).toEqual(["challenge", "second-factor"]);
    const plain = valueOf(await core.ledger.punch({ personId: person.id, method: "face", stepUps: [] }));
    expect(plain.punch).not.toHaveProperty("stepUps");
  });

  it("takes a repeat back that was somebody else's, and the punch before it stands", async () => {
    const { clock, core, person } = await withPerson();
    const first = valueOf(await core.ledger.punch({ personId: person.id, method: "face" })).punch;
    clock.pass(20_000);
    const repeat = valueOf(await core.ledger.punch({ personId: person.id, method: "face" })).punch;
    expect(valueOf(await core.ledger.undo(repeat)).status).toBe("undone");
    expect((await core.records.punches({})).map(({ id, status }) => [id, status])).toEqual([[repeat.id, "undone"], [first.id, "accepted"]]);
    clock.pass(8 * 3_600_000);
    expect(valueOf(await core.ledger.punch({ personId: person.id, method: "face" })).punch.direction).toBe("out");
  });
});

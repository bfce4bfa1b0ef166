import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { MatcherService } from "../../../workers/matcher/matcher-service.ts";
import { features } from "../../../workers/matcher/testing/vectors.ts";
import type { Core } from "../../adapters/storage/core.ts";
import { addPerson, bucketsOf, deleteStores, openCore, SetClock, setUpCore, valueOf } from "../../adapters/storage/testing/harness.ts";
import type { EntryType } from "../../domain/attendance/entries.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { failure } from "../../domain/errors.ts";
import { err } from "../../domain/result.ts";
import { stillAttendance } from "../own-record/testing/still-attendance.ts";
import { OwnRecords } from "../own-record/own-records.ts";
import { makeCertificate } from "./certificates.ts";
import { Retention } from "./retention.ts";
import { verifyCertificate } from "./verify-certificate.ts";

const DAY_MS = 86_400_000;

describe("erasing", () => {
  let clock: SetClock;
  let core: Core;
  let prefix: string;
  let forgotten: PersonId[];

  beforeEach(async () => {
    clock = new SetClock();
    forgotten = [];
    ({ core, prefix } = await setUpCore(clock, { forgetFace: (id) => Promise.resolve(void forgotten.push(id)) }));
  });

  afterEach(deleteStores);

  async function enrolled(employeeNumber: string, seed: number): Promise<PersonId> {
    const { id } = await addPerson(core, employeeNumber);
    valueOf(await core.people.giveConsent(id, "2026.11", "en"));
    const matcher = new MatcherService();
    const { tenant, epoch, epochKey } = core.gallery();
    valueOf(await matcher.open({ profile: "accurate", modelSet: "m", tenant, epoch, epochKey }));
    valueOf(await core.people.storeTemplate(valueOf(await matcher.seal(id, [features(seed, "accurate")], clock.wall()))));
    return id;
  }

  async function types(): Promise<readonly EntryType[]> {
    return (await core.store.latest(100)).map(({ header }) => header.type).reverse();
  }

  const retention = (of = core): Retention => new Retention({ store: of.store, erasures: of.erasures, scheduler: { after: () => () => undefined }, isQuiet: () => true });

  test("destroys the face, keeps the other and the punches, and says so only then", async () => {
    const ada = await enrolled("1001", 1);
    const ben = await enrolled("1002", 2);
    valueOf(await core.ledger.punch({ personId: ada, method: "face" }));
    const before = await bucketsOf(prefix);
    valueOf(await core.people.withdrawConsent(ada));

    expect(forgotten).toEqual([ada]);
    expect([...core.store.templates.keys()]).toEqual([ben]);
    expect(core.store.erasures.pending).toEqual([]);
    const [done] = core.store.erasures.done;
    expect(done).toMatchObject({ personId: ada, what: "face", reason: "consent-withdrawn", bytes: "destroyed", epochs: [1, 2] });
    const log = await types();
    expect(log.slice(log.indexOf("consent-withdrawn"))).toEqual(["consent-withdrawn", "erasing", "epoch", "erased"]);
    const after = await bucketsOf(prefix);
    expect(after.filter((name) => name.includes("keys-"))).not.toEqual(before.filter((name) => name.includes("keys-")));
    expect(after).toHaveLength(before.length);

    const entries = await core.store.latest(100);
    expect(entries.find(({ header }) => header.type === "punch")?.content).toMatchObject({ body: { personId: ada } });
    const matcher = new MatcherService();
    const { tenant, epoch, epochKey, templates } = core.gallery();
    valueOf(await matcher.open({ profile: "accurate", modelSet: "m", tenant, epoch, epochKey }));
    expect(valueOf(await matcher.load(templates))).toMatchObject({ people: 1, refused: [] });
  });

  test("hands out a certificate that anybody can check, with the name of the time", async () => {
    const ada = await enrolled("1001", 1);
    valueOf(await core.people.withdrawConsent(ada));
    valueOf(await core.people.update(ada, { employeeNumber: "9009", name: "Somebody Else", department: "", employmentType: "full-time" }));
    const [done] = core.store.erasures.done;
    if (!done) throw new Error("nothing erased");
    const certificate = valueOf(await makeCertificate(core.store, core.signer, done, core.erasures.knownAs(done)));
    expect(certificate).toMatchObject({ number: done.certificate, person: { employeeNumber: "1001", name: "Ada Miller" }, device: core.store.deviceId, bytes: "destroyed" });
    expect(certificate.receipt).toMatch(new RegExp(`^0*${String(done.seq)}-`));
    expect(await verifyCertificate(JSON.parse(JSON.stringify(certificate)))).toMatchObject({ ok: true });
  });

  test("is taken up at the next start when it was interrupted before the bytes were destroyed", async () => {
    const ada = await enrolled("1001", 1);
    const turn = core.store.turnEpoch.bind(core.store);
    core.store.turnEpoch = () => Promise.resolve(err(failure("store/full")));
    valueOf(await core.people.withdrawConsent(ada));
    expect(core.store.templates.has(ada)).toBe(false);
    expect(core.store.erasures.pending).toMatchObject([{ personId: ada, what: "face" }]);
    expect(await types()).not.toContain("erased");
    core.store.turnEpoch = turn;
    core.close();

    core = await openCore(prefix, clock);
    expect(core.store.templates.has(ada)).toBe(false);
    await retention().start();
    expect(core.store.erasures).toMatchObject({ pending: [], done: [{ personId: ada, bytes: "destroyed" }] });
    expect((await types()).filter((type) => type === "erased")).toHaveLength(1);
  });

  test("leaves a face alone that was enrolled anew while the first one waited", async () => {
    const ada = await enrolled("1001", 1);
    const turn = core.store.turnEpoch.bind(core.store);
    core.store.turnEpoch = () => Promise.resolve(err(failure("store/full")));
    valueOf(await core.people.withdrawConsent(ada));
    core.store.turnEpoch = turn;
    valueOf(await core.people.giveConsent(ada, "2026.11", "en"));
    const matcher = new MatcherService();
    const { tenant, epoch, epochKey } = core.gallery();
    valueOf(await matcher.open({ profile: "clear", modelSet: "m", tenant, epoch, epochKey }));
    valueOf(await core.people.storeTemplate(valueOf(await matcher.seal(ada, [features(9, "clear")], clock.wall()))));
    valueOf(await core.erasures.carryOut());
    expect(core.store.templates.get(ada)).toMatchObject({ profile: "clear", epoch: 2 });
    expect(core.store.erasures.pending).toEqual([]);
  });

  test("erases a record by the schedule, not under a hold, and the chain keeps its entries without content", async () => {
    const ada = await enrolled("1001", 1);
    valueOf(await core.ledger.punch({ personId: ada, method: "pin" }));
    valueOf(await core.people.leave(ada));
    valueOf(await core.freezes.setHold(ada, true, "hr"));
    clock.pass(3 * 366 * DAY_MS);
    expect(valueOf(await retention().run(false))).toEqual({ erased: 0 });
    expect(await core.erasures.eraseRecord(ada, "hr")).toMatchObject({ ok: false, error: { kind: "rights/held" } });
    valueOf(await core.freezes.setHold(ada, false, "hr"));
    const length = core.store.length;
    expect(valueOf(await retention().run(false))).toEqual({ erased: 1 });

    expect(core.store.people.has(ada)).toBe(false);
    expect(core.store.findByNumber("1001")).toBeUndefined();
    const entries = await core.store.latest(1000);
    expect(entries).toHaveLength(core.store.length);
    expect(core.store.length).toBe(length + 3);
    expect(entries.filter(({ subject }) => subject === ada).every(({ content }) => content === null)).toBe(true);
    const [done] = core.store.erasures.done.filter(({ what }) => what === "record");
    if (!done) throw new Error("no record erased");
    expect(entries.find(({ header }) => header.seq === done.seq)?.content).toMatchObject({ type: "erased", body: { what: "record", certificate: done.certificate } });
    clock.pass(11 * 60_000);
    expect(valueOf(await makeCertificate(core.store, core.signer, done, core.erasures.knownAs(done)))).toMatchObject({ person: null, what: "record" });
  });

  test("does several people in one turn", async () => {
    for (const number of ["1001", "1002", "1003"]) await enrolled(number, Number(number));
    const stays = await enrolled("1004", 4);
    clock.pass(150 * DAY_MS);
    valueOf(await core.ledger.punch({ personId: stays, method: "face" }));
    clock.pass(60 * DAY_MS);
    expect(valueOf(await retention().run(false))).toEqual({ erased: 3 });
    expect([...core.store.templates.keys()]).toEqual([stays]);
    expect(core.store.erasures.done.map(({ epochs }) => epochs)).toEqual([[1, 2], [1, 2], [1, 2]]);
  });

  test("shows no failed attempt any more when its time is over", async () => {
    valueOf(await core.ledger.attempt("no-candidate"));
    clock.pass(80 * DAY_MS);
    expect(await core.records.attempts({})).toHaveLength(1);
    clock.pass(20 * DAY_MS);
    expect(await core.records.attempts({})).toEqual([]);
  });

  test("waits for somebody to look when the clock has leapt since the last run", async () => {
    await enrolled("1001", 1);
    valueOf(await retention().run(false));
    clock.pass(400 * DAY_MS);
    const job = retention();
    expect(valueOf(await job.run(false))).toEqual({ erased: 0 });
    expect(job.doubt).toBe("leapt");
    expect(valueOf(await job.run(true))).toEqual({ erased: 1 });
  });
});

describe("freezing", () => {
  let clock: SetClock;
  let core: Core;
  let prefix: string;
  let ada: PersonId;

  beforeEach(async () => {
    clock = new SetClock();
    ({ core, prefix } = await setUpCore(clock));
    ada = (await addPerson(core, "1001")).id;
    valueOf(await core.people.giveConsent(ada, "2026.11", "en"));
    const matcher = new MatcherService();
    const { tenant, epoch, epochKey } = core.gallery();
    valueOf(await matcher.open({ profile: "clear", modelSet: "m", tenant, epoch, epochKey }));
    valueOf(await core.people.storeTemplate(valueOf(await matcher.seal(ada, [features(1, "clear")], clock.wall()))));
  });

  afterEach(deleteStores);

  test("takes the face out of matching, in other tabs and after a start, and leaves the PIN", async () => {
    const other = await openCore(prefix, clock);
    const pin = valueOf(await core.people.issuePin(ada));
    const heard = new Promise<void>((resolve) => other.store.subscribe(() => other.gallery().templates.length === 0 && resolve()));
    valueOf(await core.freezes.freeze(ada, "self", "seen elsewhere"));
    await heard;
    expect(core.gallery().templates).toEqual([]);
    expect(core.store.templates.has(ada)).toBe(true);
    expect(await core.ledger.punch({ personId: ada, method: "face" })).toMatchObject({ ok: false });
    expect(await core.ledger.verifyPin("1001", pin)).toEqual({ ok: true, value: ada });
    expect((await openCore(prefix, clock)).gallery().templates).toEqual([]);
  });

  test("is released by two people and not by one", async () => {
    valueOf(await core.freezes.freeze(ada, "hr-1", "report"));
    expect(await core.freezes.release(ada, "hr-2")).toMatchObject({ ok: false, error: { kind: "rights/not-frozen" } });
    valueOf(await core.freezes.askRelease(ada, "hr-1"));
    expect(await core.freezes.release(ada, "hr-1")).toMatchObject({ ok: false, error: { kind: "rights/same-user" } });
    expect(core.gallery().templates).toEqual([]);
    valueOf(await core.freezes.release(ada, "hr-2"));
    expect(core.gallery().templates).toHaveLength(1);
    const [latest] = await core.store.latest(1);
    expect(latest?.content).toMatchObject({ type: "released", body: { by: ["hr-1", "hr-2"] } });
  });

  test("calls a release off that was asked for before the next report", async () => {
    valueOf(await core.freezes.freeze(ada, "hr-1", "report"));
    valueOf(await core.freezes.askRelease(ada, "hr-1"));
    valueOf(await core.freezes.freeze(ada, "self", "again"));
    expect(await core.freezes.release(ada, "hr-2")).toMatchObject({ ok: false });
  });

  describe("one's own record", () => {
    const open = async (proof: "pin" | "face") => {
      const records = new OwnRecords({ store: core.store, ledger: core.ledger, erasures: core.erasures, freezes: core.freezes, retention: { endsOf: () => [] }, attendance: { open: stillAttendance } });
      return valueOf(await records.open(ada, proof));
    };

    test("shows punches and who has looked, and its own opening is an entry", async () => {
      valueOf(await core.ledger.punch({ personId: ada, method: "pin" }));
      const own = await open("pin");
      await expect.poll(() => own.log.value.reading).toBe(false);
      expect(own.log.value.days).toMatchObject([{ day: "2026-03-02", punches: [{ personId: ada, status: "accepted" }] }]);
      expect(own.log.value.looks).toMatchObject([{ by: null, what: "own-record" }]);
      own.close();
      expect(own.log.value.days).toEqual([]);
    });

    test("asks for the PIN before it erases when a face opened it, and not when a PIN did", async () => {
      const pin = valueOf(await core.people.issuePin(ada));
      const byFace = await open("face");
      expect(await byFace.withdraw()).toMatchObject({ ok: false, error: { kind: "own/pin-needed" } });
      expect(await byFace.prove("000000")).toMatchObject({ ok: false });
      expect(await byFace.freeze()).toMatchObject({ ok: false, error: { kind: "own/pin-needed" } });
      valueOf(await byFace.prove(pin));
      const { certificate } = valueOf(await byFace.withdraw());
      expect(certificate).toBe(core.store.erasures.done[0]?.certificate);
      expect(byFace.facts.value).toMatchObject({ enrolledAt: null, erasing: false });
      byFace.close();
    });
  });
});

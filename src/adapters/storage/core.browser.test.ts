import { afterEach, describe, expect, it } from "vitest";
import type { SealedTemplate } from "../../contracts/matcher.ts";
import { encodeEnvelope } from "../../domain/envelope.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { addPerson, bucketsOf, deleteBucket, deleteStores, freshPrefix, openCore, PASSPHRASE, SetClock, SETUP, setUpCore, valueOf } from "./testing/harness.ts";

afterEach(deleteStores);

function template(personId: PersonId): SealedTemplate {
  const envelope = encodeEnvelope({ keyId: "face", epoch: 1, nonce: new Uint8Array(12), sealed: new Uint8Array(64) });
  return { personId, profile: "accurate", modelSet: "0123456789abcdef", epoch: 1, createdAtMs: 1_772_000_000_000, references: 5, wrappedKey: envelope, envelope };
}

describe("the core", () => {
  it("gives back people, settings, punches and directions when it is opened again with nobody signed in", async () => {
    const clock = new SetClock();
    const { core, prefix } = await setUpCore(clock);
    const person = await addPerson(core, "A-17", "李小龙");
    const first = valueOf(await core.ledger.punch({ personId: person.id, method: "face" }));
    core.close();

    clock.pass(9 * 3_600_000);
    const again = await openCore(prefix, clock);
    expect(again.setup.settings.value?.organisation).toBe(SETUP.organisation);
    expect(again.people.rows.value.map((row) => [row.person.employeeNumber, row.person.name, row.lastPunch?.receipt])).toEqual([["A-17", "李小龙", first.punch.receipt]]);
    const second = valueOf(await again.ledger.punch({ personId: person.id, method: "pin" }));
    expect([first.punch.direction, second.punch.direction]).toEqual(["in", "out"]);
    expect((await again.records.punches({})).map((punch) => punch.receipt)).toEqual([second.punch.receipt, first.punch.receipt]);
    expect(first.punch.receipt).toMatch(/^\d{6}-[0-9A-F]{8}$/);
  });

  it("has no name, number, site or punch in clear in any row", async () => {
    const { core } = await setUpCore(new SetClock());
    const person = await addPerson(core, "NUMBER-4711", "Wilhelmina Quartz");
    valueOf(await core.people.issuePin(person.id));
    valueOf(await core.ledger.punch({ personId: person.id, method: "face" }));
    const rows = await Promise.all(core.database.tables.map((table) => table.toArray()));
    const bytes = JSON.stringify(rows, (_key, value: unknown) => (value instanceof Uint8Array ? new TextDecoder("latin1").decode(value) : value));
    for (const secret of ["Wilhelmina", "Quartz", "4711", "Assembly", "Harbour", "Gate 3", "Keeper", "face", "Shanghai"]) expect(bytes).not.toContain(secret);
  });

  it("makes its keys once and refuses set-up a second time", async () => {
    const clock = new SetClock();
    const { core, prefix } = await setUpCore(clock);
    expect(await core.setup.run(SETUP)).toMatchObject({ ok: false, error: { kind: "setup/done-already" } });
    const other = await openCore(prefix, clock);
    expect(other.store.deviceId).toBe(core.store.deviceId);
    expect(other.keys.tenant).toBe(core.keys.tenant);
  });

  it("does not take data whose keys were lost for a new device", async () => {
    const clock = new SetClock();
    const { core, prefix } = await setUpCore(clock);
    core.close();
    for (const name of [...(await bucketsOf(`${prefix}keys-`)), ...(await bucketsOf(`${prefix}second-keys-`))]) await deleteBucket(name);
    await expect(openCore(prefix, clock)).rejects.toThrow("store/keys-lost");
  });

  it("keeps a template only under a consent in force and erases it when the consent is withdrawn", async () => {
    const forgotten: string[] = [];
    const { core } = await setUpCore(new SetClock(), { forgetFace: (id) => Promise.resolve(void forgotten.push(id)) });
    const person = await addPerson(core, "7");
    expect(await core.people.storeTemplate(template(person.id))).toMatchObject({ ok: false, error: { kind: "template/no-consent" } });
    valueOf(await core.people.giveConsent(person.id, "2026-03", "zh-Hans"));
    valueOf(await core.people.storeTemplate(template(person.id)));
    expect(core.people.rows.value[0]).toMatchObject({ face: "enrolled", consent: { noticeVersion: "2026-03" } });
    expect(core.gallery().templates).toHaveLength(1);

    valueOf(await core.people.withdrawConsent(person.id));
    expect(forgotten).toEqual([person.id]);
    expect(core.gallery().templates).toHaveLength(0);
    expect(await core.keys.vault.templates.count()).toBe(0);
    expect(core.people.rows.value[0]?.face).toBe("none");
    expect(core.people.rows.value[0]?.consent?.withdrawnAt).toBeDefined();
  });

  it("keeps every fact of a template when it is opened again", async () => {
    const { core, prefix } = await setUpCore(new SetClock());
    const person = await addPerson(core, "7");
    valueOf(await core.people.giveConsent(person.id, "2026-03", "en"));
    const refreshed = { ...template(person.id), refreshedAtMs: 1_773_000_000_000 };
    valueOf(await core.people.storeTemplate(refreshed));
    core.close();
    expect((await openCore(prefix, new SetClock())).gallery().templates).toEqual([refreshed]);
  });

  it("erases the template also when the matcher does not answer, and says so", async () => {
    const { core } = await setUpCore(new SetClock(), { forgetFace: () => Promise.reject(new Error("gone")) });
    const person = await addPerson(core, "7");
    valueOf(await core.people.giveConsent(person.id, "2026-03", "en"));
    valueOf(await core.people.storeTemplate(template(person.id)));
    expect(await core.people.withdrawConsent(person.id)).toMatchObject({ ok: false, error: { kind: "person/store-failed" } });
    expect(await core.keys.vault.templates.count()).toBe(0);
  });

  it("ends a person's PIN, face and punching when they leave, and keeps the record", async () => {
    const { core } = await setUpCore(new SetClock());
    const person = await addPerson(core, "7");
    const pin = valueOf(await core.people.issuePin(person.id));
    expect(pin).toMatch(/^\d{6}$/);
    expect(valueOf(await core.ledger.verifyPin("7", pin))).toBe(person.id);
    valueOf(await core.people.leave(person.id));
    expect(await core.ledger.verifyPin("7", pin)).toMatchObject({ ok: false, error: { kind: "pin/wrong" } });
    expect(await core.ledger.punch({ personId: person.id, method: "pin" })).toMatchObject({ ok: false, error: { kind: "ledger/not-ready" } });
    expect(core.people.rows.value[0]).toMatchObject({ person: { status: "left" }, hasPin: false });
  });

  it("refuses a number that another person has, whatever its case", async () => {
    const { core } = await setUpCore(new SetClock());
    await addPerson(core, "ab-1");
    const second = await addPerson(core, "AB-2");
    expect(await core.people.add({ employeeNumber: "AB-1", name: "X", department: "", employmentType: "intern" })).toMatchObject({ ok: false, error: { kind: "person/number-taken", field: "employeeNumber" } });
    expect(await core.people.update(second.id, { employeeNumber: "aB-1", name: "X", department: "", employmentType: "intern" })).toMatchObject({ ok: false, error: { kind: "person/number-taken" } });
  });

  it("opens a session with the passphrase alone and locks after five wrong ones", async () => {
    const clock = new SetClock();
    const { core } = await setUpCore(clock);
    const session = valueOf(await core.sessions.signIn({ passphrase: PASSPHRASE }));
    expect(session.name).toBe("Keeper");
    expect(core.sessions.opened).not.toBeNull();
    core.sessions.signOut();
    expect(core.sessions.opened).toBeNull();
    for (let turn = 0; turn < 5; turn++) expect(await core.sessions.signIn({ passphrase: "something else entirely" })).toMatchObject({ error: { kind: "session/wrong" } });
    expect(await core.sessions.signIn({ passphrase: PASSPHRASE })).toMatchObject({ error: { kind: "session/locked", until: clock.wallMs + 30_000 } });
    clock.pass(30_000);
    expect((await core.sessions.signIn({ passphrase: PASSPHRASE })).ok).toBe(true);
  });

  it("ends a session that was left alone, measured on the monotonic clock", async () => {
    const clock = new SetClock();
    const { core } = await setUpCore(clock);
    valueOf(await core.sessions.signIn({ passphrase: PASSPHRASE }));
    clock.monoMs += 4 * 60_000;
    core.sessions.touched();
    clock.monoMs += 4 * 60_000;
    core.sessions.touched();
    expect(core.sessions.current.value).not.toBeNull();
    clock.monoMs += 5 * 60_000;
    core.sessions.touched();
    expect(core.sessions.current.value).toBeNull();
  });

  it("opens the way out of the kiosk with its PIN alone", async () => {
    const { core } = await setUpCore(new SetClock());
    expect(await core.setup.verifyKioskPin("000000")).toMatchObject({ ok: false, error: { kind: "pin/wrong" } });
    expect((await core.setup.verifyKioskPin(SETUP.kioskPin)).ok).toBe(true);
  });

  it.each([
    ["a short passphrase", { passphrase: "only14letters!" }],
    ["a zone that does not exist", { zone: "Asia/Atlantis" }],
    ["letters in the kiosk PIN", { kioskPin: "12345a" }],
    ["a blank organisation", { organisation: "  " }],
  ])("refuses set-up with %s", async (_what, wrong) => {
    const core = await openCore(freshPrefix(), new SetClock());
    expect(await core.setup.run({ ...SETUP, ...wrong })).toMatchObject({ ok: false, error: { kind: "setup/bad-input", detail: Object.keys(wrong)[0] } });
    expect(core.store.length).toBe(0);
  });
});

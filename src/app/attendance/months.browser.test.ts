import { afterEach, describe, expect, it } from "vitest";
import type { Core } from "../../adapters/storage/core.ts";
import { addPerson, deleteStores, SetClock, valueOf } from "../../adapters/storage/testing/harness.ts";
import { addUser, confirm, setUpSite, signIn, type TestUser } from "../../adapters/storage/testing/site.ts";
import type { Entry, EntryType } from "../../domain/attendance/entries.ts";
import { computeDays } from "../../domain/attendance/engine/compute-days.ts";
import { unpackDays } from "../../domain/attendance/engine/packed.ts";
import { siteRules } from "../../domain/attendance/rules/testing/rules.ts";
import type { Person } from "../../domain/people/types.ts";
import { ok } from "../../domain/result.ts";
import { createAttendance, type CreatedAttendance } from "./create-attendance.ts";

afterEach(deleteStores);

const DAY_MS = 86_400_000;

interface MonthScene {
  readonly clock: SetClock;
  readonly core: Core;
  readonly keeper: TestUser;
  readonly attendance: CreatedAttendance["attendance"];
  readonly people: readonly Person[];
  said(type: EntryType): Promise<readonly Entry[]>;
}

/** A site in April 2026, of whose people nobody came in March; HR is signed in with a fresh second factor. */
async function monthScene(size = 3): Promise<MonthScene> {
  const clock = new SetClock();
  const { core, keeper } = await setUpSite(clock);
  const created = createAttendance({
    store: core.store,
    access: core.access,
    session: core.sessions.current,
    history: { entries: () => Promise.resolve([]) },
    computer: { compute: (input) => Promise.resolve(ok(computeDays(input))), close: () => undefined },
    holidays: () => Promise.resolve(null),
    after: () => () => undefined,
    random: () => 0.5,
    newId: () => crypto.randomUUID(),
    ledger: core.ledger,
    readBadges: () => () => undefined,
    randomBytes: (bytes) => bytes,
  });
  await created.start();
  valueOf(await created.attendance.rules.save(siteRules(), "2026-03-01", "First rules", 0));
  const people: Person[] = [];
  for (let index = 0; index < size; index++) people.push(await addPerson(core, `E-${index + 1}`));
  clock.pass(31 * DAY_MS);
  core.sessions.signOut();
  await signIn(core, clock, keeper);
  return { clock, core, keeper, attendance: created.attendance, people, said: async (type) => (await core.store.latest(500)).filter(({ content }) => content?.type === type) };
}

const ids = (people: readonly Person[]): Person["id"][] => people.map(({ id }) => id);

describe("one's own record", () => {
  const OWN = { error: { kind: "access/own-record" } };

  it("is changed by somebody else of HR, where there is anybody", async () => {
    const { attendance, core, clock, keeper, people, said } = await monthScene();
    const [ada, ben] = people as [Person, Person];
    await addUser(core, clock, "Nele", [{ role: "hr" }], keeper);
    valueOf(await core.users.link(keeper.userId, ada.id));
    expect(core.access.check("people.pin", ada.id)).toMatchObject(OWN);
    expect(core.access.check("balances.change", ada.id)).toMatchObject(OWN);
    expect(await attendance.notes.write(ada.id, "2026-03-03", "note", "Well done")).toMatchObject(OWN);
    expect(await attendance.schedule.setDuty(ada.id, { exempt: true })).toMatchObject(OWN);
    expect(await attendance.schedule.setDays([{ personId: ben.id, day: "2026-05-04", shiftIds: [] }, { personId: ada.id, day: "2026-05-04", shiftIds: [] }])).toMatchObject(OWN);
    expect(core.access.check("people.read", ada.id).ok).toBe(true);
    expect(core.access.check("people.pin", ben.id).ok).toBe(true);
    // Nobody becomes somebody else by their own word.
    for (const other of [ben.id, null]) expect(await core.users.link(keeper.userId, other)).toMatchObject(OWN);
    // Of a month, one's own stays open.
    await attendance.months.state("2026-03");
    expect(valueOf(await attendance.months.close("2026-03", ids(people), "Nobody came"))).toBe(2);
    expect(await attendance.months.close("2026-03", ids(people), "Nobody came")).toMatchObject(OWN);
    expect((await said("month-locked")).map(({ content }) => content?.body)).toEqual([expect.not.objectContaining({ own: true }), expect.not.objectContaining({ own: true })]);
  });

  it("is changed by oneself where nobody else could, and each entry says so", async () => {
    const { attendance, core, keeper, people, said } = await monthScene();
    const [ada] = people as [Person];
    valueOf(await core.users.link(keeper.userId, ada.id));
    expect(core.access.check("people.pin", ada.id).ok).toBe(true);
    valueOf(await core.people.issuePin(ada.id));
    valueOf(await attendance.schedule.setDuty(ada.id, { exempt: true }));
    await attendance.months.state("2026-03");
    expect(valueOf(await attendance.months.close("2026-03", ids(people), "Nobody came"))).toBeGreaterThan(1);
    const marked = async (type: EntryType) => (await said(type)).map(({ subject, content }) => [subject === ada.id, content !== null && "own" in content.body]);
    expect(await marked("pin-issued")).toEqual([[true, true]]);
    expect(await marked("plan")).toEqual([[true, true]]);
    for (const [mine, own] of await marked("month-locked")) expect(own).toBe(mine);
  });
});

describe("SiteMonths", () => {
  it("tells what stands in the way, and does not close with it unless somebody says why", async () => {
    const { attendance, people, said } = await monthScene();
    const state = valueOf(await attendance.months.state("2026-03"));
    expect(state.people.map(({ person }) => person.employeeNumber)).toEqual(["E-1", "E-2", "E-3"]);
    expect(state.people.every(({ confirmedAt, lockedAt, totals }) => confirmedAt === null && lockedAt === null && totals.minutes.absent > 0)).toBe(true);
    expect(await attendance.months.close("2026-03", ids(people), " ")).toMatchObject({ ok: false, error: { kind: "month/reason-missing" } });
    expect(await said("month-locked")).toHaveLength(0);
    expect(await said("month-closed")).toHaveLength(0);
  });

  it("locks every person in an entry of their own with the days as they were, after the entry that says why", async () => {
    const { attendance, core, people, said } = await monthScene(22);
    const before = valueOf(await attendance.days.results({ from: "2026-03-01", to: "2026-03-31" }));
    const told: number[] = [];
    expect(valueOf(await attendance.months.close("2026-03", ids(people), "Nobody could confirm", ({ done }) => told.push(done)))).toBe(22);
    expect(told).toEqual([20, 22]);
    const [closed] = await said("month-closed");
    expect(closed?.content?.body).toMatchObject({ month: "2026-03", people: 22, unconfirmed: 22, reason: "Nobody could confirm" });
    const locks = await said("month-locked");
    expect(locks).toHaveLength(22);
    expect(Math.min(...locks.map(({ header }) => header.seq))).toBeGreaterThan(closed?.header.seq ?? Number.POSITIVE_INFINITY);
    const first = locks.at(-1)?.content;
    const days = first?.type === "month-locked" ? unpackDays(people[0]!.id, first.body.days) : null;
    expect(days).toEqual(before.people.find(({ person }) => person.id === people[0]!.id)?.days);
    const after = valueOf(await attendance.months.state("2026-03"));
    expect(after.people.every(({ lockedAt }) => lockedAt !== null)).toBe(true);
    expect(await attendance.months.close("2026-03", ids(people), "Again")).toMatchObject({ ok: false, error: { kind: "month/locked" } });
    expect(valueOf(await attendance.days.results({ from: "2026-03-02", to: "2026-03-02" })).people[0]?.days[0]?.state).toBe("locked");
    expect(await attendance.rules.firstOpenDay()).toBe("2026-04-01");
    expect(core.store.endedAt).toBeNull();
  });

  it("goes on with those that an interrupted closing left, and leaves the others as they were locked", async () => {
    const { attendance, people, said } = await monthScene();
    valueOf(await attendance.months.close("2026-03", ids(people.slice(0, 1)), "As far as it came"));
    const [lock] = await said("month-locked");
    expect(valueOf(await attendance.months.close("2026-03", ids(people), "The rest"))).toBe(2);
    const locks = await said("month-locked");
    expect(locks).toHaveLength(3);
    expect(locks.filter(({ header }) => header.seq === lock?.header.seq)).toHaveLength(1);
  });

  it("does not close a month that is not over, nor one that has become another since it was shown", async () => {
    const { attendance, people } = await monthScene(1);
    expect(await attendance.months.close("2026-04", ids(people), "Early")).toMatchObject({ ok: false, error: { kind: "month/not-over" } });
    valueOf(await attendance.months.state("2026-03"));
    valueOf(await attendance.schedule.setDays([{ personId: people[0]!.id, day: "2026-03-31", shiftIds: [] }]));
    expect(await attendance.months.close("2026-03", ids(people), "Now")).toMatchObject({ ok: false, error: { kind: "month/changed-meanwhile" } });
    valueOf(await attendance.months.state("2026-03"));
    expect(valueOf(await attendance.months.close("2026-03", ids(people), "Seen"))).toBe(1);
  });

  it("once closed refuses to be closed again and refuses every change, each with its own error, and stays as it was", async () => {
    const { attendance, core, people } = await monthScene(2);
    const { months, schedule, requests, rules } = attendance;
    const [ada] = people;
    const at = (time: string) => Date.parse(`2026-03-10T${time}:00+08:00`) as never;
    expect(valueOf(await months.close("2026-03", ids(people), "Nobody could confirm"))).toBe(2);
    const days = async () => valueOf(await attendance.days.results({ from: "2026-03-01", to: "2026-03-31" })).people;
    const closed = await days();
    const before = core.store.length;
    const kinds = [
      await months.close("2026-03", ids(people), "Again"),
      await months.close("2026-03", ids(people.slice(0, 1)), "Again"),
      await schedule.setDays([{ personId: ada!.id, day: "2026-03-10", shiftIds: [] }]),
      await schedule.assign([ada!.id], { from: "2026-03-10" }),
      await schedule.setDuty(ada!.id, { firstDay: "2026-03-10" }),
      await rules.save(siteRules(), "2026-03-10", "Later", 1),
      await requests.file(ada!.id, { content: { kind: "leave", leaveKind: "annual", fromMs: at("09:00"), toMs: at("18:00"), minutes: 0 }, reason: "ill", attachments: [] }, "phoned"),
      await months.correct(ada!.id, { kind: "make-up", day: "2026-03-10", direction: "in", wallMs: at("09:00") }, "forgot"),
    ].map((outcome) => (outcome.ok ? "ok" : outcome.error.kind));
    expect(kinds).toEqual(["month/locked", "month/locked", "plan/closed-days", "plan/closed-days", "plan/closed-days", "rules/closed-days", "request/locked", "request/locked"]);
    expect(valueOf(await months.remind("2026-03", ids(people)))).toBe(0);
    expect((await core.store.latest(core.store.length - before)).map(({ header }) => header.type).filter((type) => !type.startsWith("viewed"))).toEqual([]);
    expect(await days()).toEqual(closed);
  });

  it("reminds whoever has not confirmed, and nobody whose month is closed", async () => {
    const { attendance, people, said } = await monthScene(2);
    valueOf(await attendance.months.close("2026-03", ids(people.slice(0, 1)), "One of them"));
    expect(valueOf(await attendance.months.remind("2026-03", ids(people)))).toBe(1);
    expect((await said("month-reminded")).map(({ subject }) => subject)).toEqual([people[1]!.id]);
    expect(valueOf(await attendance.months.state("2026-03")).people.map(({ remindedAt }) => remindedAt !== null)).toEqual([false, true]);
  });

  it("shows a supervisor the own department, and lets nobody but HR close", async () => {
    const { attendance, clock, core, keeper, people } = await monthScene(2);
    const other = valueOf(await core.people.add({ employeeNumber: "E-9", name: "Bo", department: "Elsewhere", employmentType: "full-time" }));
    const supervisor = await addUser(core, clock, "Maren", [{ role: "supervisor", department: "Elsewhere" }], keeper);
    core.sessions.signOut();
    await signIn(core, clock, supervisor);
    clock.pass(31 * DAY_MS);
    await signIn(core, clock, supervisor);
    expect(valueOf(await attendance.months.state("2026-04")).people.map(({ person }) => person.id)).toEqual([other.id]);
    expect(await attendance.months.close("2026-03", ids(people), "Mine")).toMatchObject({ ok: false, error: { kind: "access/not-allowed" } });
    expect(await attendance.months.remind("2026-03", ids(people))).toMatchObject({ ok: false, error: { kind: "access/not-allowed" } });
  });

  it("asks for a fresh second factor before it closes", async () => {
    const { attendance, clock, core, keeper, people } = await monthScene(1);
    clock.pass(10 * 60_000);
    const asked = await attendance.months.close("2026-03", ids(people), "Late");
    if (!asked.ok && asked.error.kind === "access/not-signed-in") await signIn(core, clock, keeper);
    else expect(asked).toMatchObject({ ok: false, error: { kind: "access/confirm-needed" } });
    await confirm(core, clock, keeper);
    expect(valueOf(await attendance.months.close("2026-03", ids(people), "Late"))).toBe(1);
  });
});

describe("PlannedSchedule", () => {
  it("takes back what was given from a day on, in an entry of its own, and for closed days says why not", async () => {
    const { attendance, core, people, said } = await monthScene(3);
    const { schedule, months } = attendance;
    const [ada, ben, cleo] = people;
    const plans = async () => Promise.all(people.map(async ({ id }) => (await schedule.plan(id))?.assignments.map(({ from }) => from) ?? []));
    const rules = attendance.rules.inForce("2026-04-01");
    const patternId = rules?.patterns[0]?.id ?? "";
    valueOf(await schedule.assign([ada!.id], { from: "2026-03-02", patternId }));
    valueOf(await schedule.assign([ada!.id, ben!.id], { from: "2026-04-06", patternId }));
    const given = (await said("plan")).length;
    expect(valueOf(await schedule.takeBack(ids(people), "2026-04-06"))).toBe(2);
    expect(await plans()).toEqual([["2026-03-02"], [], []]);
    const entries = await said("plan");
    expect(entries).toHaveLength(given + 2);
    expect(entries[0]?.content?.type === "plan" ? JSON.parse(entries[0].content.body.content) : null).toEqual({ from: "2026-04-06", takenBack: { from: "2026-04-06", patternId } });
    expect(valueOf(await schedule.takeBack(ids(people), "2026-04-06"))).toBe(0);
    expect(await said("plan")).toHaveLength(given + 2);

    valueOf(await schedule.setDuty(cleo!.id, { firstDay: "2026-03-09" }));
    valueOf(await schedule.setDuty(cleo!.id, {}));
    valueOf(await schedule.setDuty(cleo!.id, { firstDay: "2026-03-09" }));
    valueOf(await months.state("2026-03"));
    valueOf(await months.close("2026-03", ids(people), "Nobody could confirm"));
    const before = core.store.length;
    expect(await schedule.takeBack([ada!.id], "2026-03-02")).toMatchObject({ ok: false, error: { kind: "plan/closed-days", personId: ada!.id, day: "2026-03-02" } });
    expect(await schedule.setDuty(cleo!.id, {})).toMatchObject({ ok: false, error: { kind: "plan/closed-days", day: "2026-03-09" } });
    expect(core.store.length).toBe(before);
    expect(await plans()).toEqual([["2026-03-02"], [], []]);
    // What lies after the closed month can be settled with the closed day as it is.
    valueOf(await schedule.setDuty(cleo!.id, { firstDay: "2026-03-09", lastDay: "2026-04-30" }));
  });
});

describe("PlannedSchedule, given twice from the same day", () => {
  it("gives back what the second one had replaced, one after the other, also after other duty was settled", async () => {
    const { attendance, people, said } = await monthScene(1);
    const { schedule } = attendance;
    const [ada] = people;
    const patternId = attendance.rules.inForce("2026-04-01")?.patterns[0]?.id ?? "";
    const given = async () => (await schedule.plan(ada!.id))?.assignments;
    const first = { from: "2026-04-06", patternId };
    const second = { from: "2026-04-06", groupId: "all" };
    valueOf(await schedule.assign([ada!.id], first));
    valueOf(await schedule.assign([ada!.id], second));
    valueOf(await schedule.assign([ada!.id], first));
    valueOf(await schedule.setDuty(ada!.id, { firstDay: "2026-03-09" }));
    expect(valueOf(await schedule.takeBack([ada!.id], "2026-04-06"))).toBe(1);
    expect(await given()).toEqual([second]);
    const [entry] = await said("plan");
    expect(entry?.content?.type === "plan" ? JSON.parse(entry.content.body.content) : null).toEqual({ from: "2026-04-06", takenBack: first, restored: second });
    expect(valueOf(await schedule.takeBack([ada!.id], "2026-04-06"))).toBe(1);
    expect(await given()).toEqual([first]);
    expect(valueOf(await schedule.takeBack([ada!.id], "2026-04-06"))).toBe(1);
    expect(await given()).toEqual([]);
    expect(valueOf(await schedule.takeBack([ada!.id], "2026-04-06"))).toBe(0);
  });
});

describe("SiteNotes", () => {
  it("keeps what was written, who took it back and why, and hides it from other departments", async () => {
    const { attendance, clock, core, keeper, people, said } = await monthScene(1);
    const [ada] = people;
    expect(await attendance.notes.write(ada!.id, "2026-03-02", "warning", "  ")).toMatchObject({ ok: false, error: { kind: "note/empty" } });
    expect(await attendance.notes.write(ada!.id, "2026-03-02", "warning", "x".repeat(1001))).toMatchObject({ ok: false, error: { kind: "note/too-long" } });
    valueOf(await attendance.notes.write(ada!.id, "2026-03-02", "warning", "Came late and was spoken to."));
    const [note] = valueOf(await attendance.notes.of(ada!.id));
    expect(note).toMatchObject({ kind: "warning", text: "Came late and was spoken to.", by: keeper.userId });
    expect(await attendance.notes.withdraw(note!.id, "")).toMatchObject({ ok: false, error: { kind: "note/empty" } });
    expect(await attendance.notes.withdraw("none", "x")).toMatchObject({ ok: false, error: { kind: "note/no-such" } });
    valueOf(await attendance.notes.withdraw(note!.id, "It was the bus."));
    expect(valueOf(await attendance.notes.of(ada!.id))).toMatchObject([{ text: "Came late and was spoken to.", withdrawn: { reason: "It was the bus." } }]);
    expect((await said("violation-note")).map(({ content, subject }) => [content?.type === "violation-note" ? content.body.phase : "", subject])).toEqual([["withdrawn", ada!.id], ["written", ada!.id]]);
    valueOf(await attendance.notes.write(ada!.id, "2026-03-03", "note", "Left the gate open."));
    const [later] = valueOf(await attendance.notes.of(ada!.id));
    const own = await addUser(core, clock, "Nele", [{ role: "supervisor", department: ada!.department }], keeper);
    const supervisor = await addUser(core, clock, "Maren", [{ role: "supervisor", department: "Elsewhere" }], keeper);
    core.sessions.signOut();
    await signIn(core, clock, own);
    expect(await attendance.notes.withdraw(later!.id, "Not what I think")).toMatchObject({ ok: false, error: { kind: "access/not-allowed" } });
    core.sessions.signOut();
    await signIn(core, clock, supervisor);
    expect(await attendance.notes.of(ada!.id)).toMatchObject({ ok: false, error: { kind: "access/not-allowed" } });
    expect(await attendance.notes.withdraw(note!.id, "Not mine")).toMatchObject({ ok: false, error: { kind: "note/no-such" } });
  });
});

describe("SiteOutages", () => {
  it("pairs each start with its end, also one that lasts", async () => {
    const { attendance, clock, core } = await monthScene(1);
    valueOf(await core.ledger.outage("start", "camera/gone"));
    clock.pass(60_000);
    valueOf(await core.ledger.outage("end", "camera/gone"));
    clock.pass(60_000);
    valueOf(await core.ledger.outage("start", "camera/frozen"));
    const today = new Date(core.store.now().wallMs).toISOString().slice(0, 10);
    const spells = await attendance.outages.list(today, today);
    expect(spells.map(({ reason, toMs, fromMs }) => [reason, toMs === null ? null : toMs - fromMs])).toEqual([["camera/frozen", null], ["camera/gone", 60_000]]);
  });
});

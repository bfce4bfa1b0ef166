import { afterEach, describe, expect, it } from "vitest";
import type { Core } from "../../adapters/storage/core.ts";
import { addPerson, deleteStores, SetClock, valueOf } from "../../adapters/storage/testing/harness.ts";
import { addUser, confirm, setUpSite, signIn, type TestUser } from "../../adapters/storage/testing/site.ts";
import type { Entry, EntryType } from "../../domain/attendance/entries.ts";
import { computeDays } from "../../domain/attendance/engine/compute-days.ts";
import { siteRules } from "../../domain/attendance/rules/testing/rules.ts";
import { badgeText } from "../../domain/people/badge.ts";
import type { RequestId } from "../../domain/exceptions/types.ts";
import type { Person } from "../../domain/people/types.ts";
import { ok } from "../../domain/result.ts";
import type { OwnNotice } from "../api/own-attendance.ts";
import { OwnRecords } from "../own-record/own-records.ts";
import { createAttendance, type CreatedAttendance } from "./create-attendance.ts";

afterEach(deleteStores);

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

interface OwnScene {
  readonly clock: SetClock;
  readonly core: Core;
  readonly keeper: TestUser;
  readonly attendance: CreatedAttendance;
  readonly ada: Person;
  /** What was put off, to be run by hand. */
  readonly later: (() => void)[];
  open(): Promise<Awaited<ReturnType<typeof openOwn>>>;
  said(type: EntryType): Promise<readonly Entry[]>;
}

async function openOwn({ core, attendance }: Pick<OwnScene, "core" | "attendance">, { id }: Person) {
  const records = new OwnRecords({ store: core.store, ledger: core.ledger, erasures: core.erasures, freezes: core.freezes, retention: { endsOf: () => [] }, attendance: attendance.own });
  return valueOf(await records.open(id, "pin"));
}

/** A site with rules on Monday 2 March 2026; HR is signed in, Ada works 09:00 to 18:00 from Monday to Friday. */
async function ownScene(): Promise<OwnScene> {
  const clock = new SetClock();
  const { core, keeper } = await setUpSite(clock);
  const later: (() => void)[] = [];
  let codes = 0;
  const attendance = createAttendance({
    store: core.store,
    access: core.access,
    session: core.sessions.current,
    history: { entries: () => Promise.resolve([]) },
    computer: { compute: (input) => Promise.resolve(ok(computeDays(input))), close: () => undefined },
    holidays: () => Promise.resolve(null),
    after: (_, run) => {
      later.push(run);
      return () => undefined;
    },
    random: () => 0.5,
    newId: () => crypto.randomUUID(),
    ledger: core.ledger,
    readBadges: () => () => undefined,
    randomBytes: (bytes) => bytes.fill((codes += 1)),
  });
  await attendance.start();
  valueOf(await attendance.attendance.rules.save(siteRules(), "2026-03-01", "First rules", 0));
  const ada = await addPerson(core, "E-1");
  const scene = { clock, core, keeper, attendance, ada, later };
  return {
    ...scene,
    open: () => openOwn(scene, ada),
    said: async (type) => (await core.store.latest(500)).filter(({ content }) => content?.type === type),
  };
}

const monthOf = (notices: readonly OwnNotice[]): OwnNotice | undefined => notices.find(({ kind }) => kind === "month");

describe("one's own month", () => {
  it("OwnMonths confirms what was shown, and asks again when it has become another", async () => {
    const scene = await ownScene();
    const { clock, core, attendance, ada, keeper } = scene;
    clock.pass(31 * DAY_MS);
    const own = (await scene.open()).attendance;
    expect(await own.confirm("2026-03")).toMatchObject({ ok: false, error: { kind: "month/changed-meanwhile" } });
    expect(valueOf(await own.month("2026-04"))).toMatchObject({ confirmable: "not-over", confirmedAt: null });
    const shown = valueOf(await own.month("2026-03"));
    expect(shown).toMatchObject({ confirmable: "now", changedSince: false, lockedAt: null });
    expect(shown.days.filter(({ marks }) => marks.includes("absent")).length).toBeGreaterThan(15);
    await expect.poll(() => monthOf(own.notices.value)).toMatchObject({ month: "2026-03" });
    valueOf(await own.confirm("2026-03"));
    expect(valueOf(await own.month("2026-03"))).toMatchObject({ confirmable: "done", changedSince: false });
    const [entry] = await scene.said("month-confirmed");
    expect(entry).toMatchObject({ subject: ada.id, content: { body: { by: "self", month: "2026-03" } } });
    await expect.poll(() => monthOf(own.notices.value)).toBeUndefined();

    await signIn(core, clock, keeper);
    valueOf(await attendance.attendance.schedule.setDays([{ personId: ada.id, day: "2026-03-10", shiftIds: [] }]));
    await expect.poll(async () => valueOf(await own.month("2026-03"))).toMatchObject({ changedSince: true, confirmable: "now" });
    await expect.poll(() => monthOf(own.notices.value)).toMatchObject({ month: "2026-03" });
    valueOf(await own.confirm("2026-03"));
    expect(valueOf(await own.month("2026-03"))).toMatchObject({ changedSince: false, confirmable: "done" });
    own.close();
  });

  it("OwnAttendance is there before anything is worked out, and holds nothing after it was closed", async () => {
    const scene = await ownScene();
    scene.clock.pass(2 * DAY_MS + 12 * HOUR_MS);
    const record = await scene.open();
    const { attendance: own } = record;
    expect(own.today.value).toBeNull();
    await expect.poll(() => own.today.value?.missing.length).toBeGreaterThan(0);
    expect(own.today.value?.missing[0]).toMatchObject({ request: null, allowance: { late: null, remaining: 3 } });
    expect(own.offered).toContain("make-up");
    record.close();
    expect([own.today.value, own.notices.value, own.requests.value, own.balances.value]).toEqual([null, [], [], []]);
    expect(await own.month("2026-03")).toMatchObject({ ok: false });
  });

  it("OwnRecord does nothing in the name of whoever has left", async () => {
    const scene = await ownScene();
    const { core, ada } = scene;
    valueOf(await core.people.issuePin(ada.id));
    const record = await scene.open();
    const { attendance: own } = record;
    const input = { content: { kind: "appeal", about: { day: "2026-03-02" } } as const, reason: "Was here", attachments: [] };
    record.close();
    const before = core.store.length;
    const done = [own.submit(input), own.keepDraft(input), own.withdraw("r" as RequestId), own.agree("r" as RequestId, true), own.confirm("2026-03"), own.allowance("2026-03-02"), own.giveFeedback("other", "x", false), own.trained("punch", 1, 0), record.withdraw(), record.freeze(), record.prove("123456")];
    expect((await Promise.all(done)).filter(({ ok: worked }) => worked)).toEqual([]);
    expect([own.colleagues("a"), core.store.length, await core.store.papers({ kinds: ["request", "feedback", "training", "month"] })]).toEqual([[], before, []]);
  });

  it("OwnAttendance takes a make-up for a missing punch, keeps a draft before, and shows both", async () => {
    const scene = await ownScene();
    scene.clock.pass(2 * DAY_MS + 12 * HOUR_MS);
    const own = (await scene.open()).attendance;
    await expect.poll(() => own.today.value?.missing.length).toBeGreaterThan(0);
    const missing = own.today.value?.missing[0];
    if (missing === undefined) throw new Error("nothing is missing");
    const { day, direction, wallMs } = missing;
    const input = { content: { kind: "make-up", day, direction, wallMs } as const, reason: "Forgot", attachments: [] };
    const draft = valueOf(await own.keepDraft(input));
    await expect.poll(() => own.requests.value.map(({ state }) => state)).toEqual(["draft"]);
    valueOf(await own.submit({ ...input, draft: draft.id }));
    await expect.poll(() => own.requests.value.map(({ state }) => state)).toEqual(["supervisor"]);
    await expect.poll(() => own.today.value?.missing.find((one) => one.day === day && one.direction === direction)?.request).toBe(own.requests.value[0]?.id);
    own.close();
  });
});

describe("feedback", () => {
  it("FeedbackBox keeps what was said without a name apart from whoever's record was open", async () => {
    const scene = await ownScene();
    const { clock, core, later } = scene;
    const own = (await scene.open()).attendance;
    const before = core.store.length;
    valueOf(await own.giveFeedback("technical", "It is too loud", true));
    expect(core.store.length).toBe(before);
    const [paper] = await core.store.papers({ kinds: ["feedback"] });
    expect(paper).toMatchObject({ subject: null, value: { personId: null, text: "It is too loud", at: clock.wallMs - (clock.wallMs % DAY_MS) } });
    own.close();
    clock.pass(11 * HOUR_MS);
    for (const run of later.splice(0)) run();
    // What is due is written before anybody else can write.
    await core.store.exclusively(() => Promise.resolve());
    expect(await scene.said("feedback")).toEqual([]);
    clock.pass(2 * HOUR_MS);
    for (const run of later.splice(0)) run();
    await expect.poll(async () => (await scene.said("feedback")).length).toBe(1);
    expect((await scene.said("feedback"))[0]).toMatchObject({ subject: null, content: { body: { text: "It is too loud" } } });
  });

  it("FeedbackBox writes what was said with a name at once", async () => {
    const scene = await ownScene();
    const own = (await scene.open()).attendance;
    valueOf(await own.giveFeedback("other", "Thank you", false));
    expect((await scene.said("feedback"))[0]).toMatchObject({ subject: scene.ada.id });
    own.close();
    const { attendance, clock, core, ada, keeper } = scene;
    const ida = await addUser(core, clock, "Ida", [{ role: "system-administrator" }], keeper);
    expect(valueOf(await attendance.attendance.feedback.list())).toMatchObject([{ text: "Thank you", personId: ada.id }]);
    core.sessions.signOut();
    await signIn(core, clock, ida);
    expect(valueOf(await attendance.attendance.feedback.list())).toMatchObject([{ text: "Thank you", personId: null }]);
    expect((await scene.said("viewed-list")).map(({ content }) => content?.body).filter((body) => body !== undefined && "what" in body && body.what === "feedback")).toMatchObject([
      { by: ida.userId, role: "system-administrator", people: 0 },
      { by: keeper.userId, role: "hr", people: 1 },
    ]);
    expect(await core.store.papers({ kinds: ["feedback"] })).toMatchObject([{ subject: ada.id }]);
    valueOf(await core.store.turnEpoch({ reason: "erasure", withoutFaces: [ada.id], withoutRecords: [ada.id] }));
    expect(await core.store.papers({ kinds: ["feedback"] })).toEqual([]);
  });
});

describe("badges", () => {
  it("SiteBadges issues one, ends the earlier one, and tells both apart from nobody's", async () => {
    const { attendance, ada, core, said } = await ownScene();
    const { badges } = attendance;
    await expect.poll(() => badges.issued.value).toBe(false);
    const first = valueOf(await badges.issue(ada.id));
    expect(first).toBe(badgeText(new Uint8Array(16).fill(1)));
    await expect.poll(() => badges.issued.value).toBe(true);
    expect([badges.anyOf([ada.id]), badges.anyOf([])]).toEqual([true, false]);
    expect(valueOf(await badges.verify(first))).toBe(ada.id);
    const second = valueOf(await badges.issue(ada.id));
    expect(await badges.verify(first)).toMatchObject({ error: { kind: "badge/replaced" } });
    expect(valueOf(await badges.verify(` ${second}\n`))).toBe(ada.id);
    expect(await badges.verify("https://example.org")).toMatchObject({ error: { kind: "badge/not-a-badge" } });
    expect(await badges.verify(badgeText(new Uint8Array(16)))).toMatchObject({ error: { kind: "badge/unknown" } });
    valueOf(await badges.end(ada.id));
    await expect.poll(() => badges.anyOf([ada.id])).toBe(false);
    expect([await badges.has(ada.id), await badges.verify(second)]).toMatchObject([false, { error: { kind: "badge/replaced" } }]);
    expect((await said("badge-issued")).length).toBe(2);
    const [paper] = await core.store.papers({ kinds: ["badge"] });
    expect(JSON.stringify(paper)).not.toContain(second.slice(5));
  });

  it("SiteBadges locks nobody, whatever is shown and however many wrong PINs were typed", async () => {
    const { attendance, ada, core } = await ownScene();
    const badge = valueOf(await attendance.badges.issue(ada.id));
    for (let guess = 1; guess <= 25; guess++) {
      expect(await attendance.badges.verify(badgeText(new Uint8Array(16).fill(90 + guess)))).toMatchObject({ error: { kind: "badge/unknown" } });
      await core.ledger.verifyPin(`X-${guess}`, "804159");
    }
    expect(await core.ledger.verifyPin("X-26", "804159")).toMatchObject({ error: { kind: "pin/locked" } });
    expect(valueOf(await attendance.badges.verify(badge))).toBe(ada.id);
  });
});

describe("attested punches", () => {
  it("SiteAttesting lets a supervisor attest the own department alone, and says who and why", async () => {
    const { attendance, ada, core, clock, keeper, said } = await ownScene();
    const { attesting } = attendance.attendance;
    const ben = valueOf(await core.people.add({ employeeNumber: "E-2", name: "Ben Low", department: "Logistics", employmentType: "full-time" }));
    await confirm(core, clock, keeper);
    const max = await addUser(core, clock, "Max", [{ role: "supervisor", department: "Assembly" }], keeper);
    core.sessions.signOut();
    await signIn(core, clock, max);
    expect(valueOf(await attesting.people()).map(({ person }) => person.id)).toEqual([ada.id]);
    expect(await attesting.attest([{ personId: ada.id, direction: "in" }], "  ")).toMatchObject({ error: { kind: "attest/reason-missing" } });
    expect(await attesting.attest([{ personId: ada.id, direction: "in" }, { personId: ben.id, direction: "in" }], "Camera down")).toMatchObject({ error: { kind: "access/not-allowed" } });
    expect(await said("punch")).toEqual([]);
    const [punch] = valueOf(await attesting.attest([{ personId: ada.id, direction: "in" }], " Camera  down "));
    expect(punch).toMatchObject({ personId: ada.id, method: "attested", direction: "in", status: "accepted" });
    expect((await said("attested"))[0]?.content?.body).toMatchObject({ by: max.userId, reason: "Camera down", people: 1, firstSeq: punch?.seq });
  });
});

describe("training", () => {
  it("SiteTraining keeps the last completion of a course, and who may not read it does not", async () => {
    const { attendance, ada, clock, core, keeper } = await ownScene();
    const { training } = attendance.attendance;
    valueOf(await training.completed("decide", 1, 2));
    valueOf(await training.completed("decide", 2, 0));
    expect(valueOf(await training.records())).toMatchObject([{ who: keeper.userId, name: keeper.name, course: "decide", version: 2, errors: 0 }]);
    valueOf(await attendance.own.open(ada.id).trained("punch", 1, 0));
    expect(valueOf(await training.records()).map(({ name }) => name)).toContain(ada.name);
    const ida = await addUser(core, clock, "Ida", [{ role: "system-administrator" }], keeper);
    core.sessions.signOut();
    await signIn(core, clock, ida);
    expect(valueOf(await training.records()).map(({ name }) => name)).toEqual([keeper.name]);
    core.sessions.signOut();
    expect(await training.completed("decide", 2, 0)).toMatchObject({ ok: false });
    expect(await training.records()).toMatchObject({ ok: false });
  });
});

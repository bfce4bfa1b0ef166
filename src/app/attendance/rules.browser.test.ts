import { afterEach, describe, expect, it } from "vitest";
import { addPerson, deleteStores, openCore, SetClock, valueOf } from "../../adapters/storage/testing/harness.ts";
import { addUser, setUpSite, signIn, type TestUser } from "../../adapters/storage/testing/site.ts";
import type { Core } from "../../adapters/storage/core.ts";
import type { EngineInput } from "../../domain/attendance/engine/types.ts";
import type { HolidayFile } from "../../domain/attendance/rules/holidays.ts";
import { shift, siteRules, weekly } from "../../domain/attendance/rules/testing/rules.ts";
import type { EpochMs } from "../../domain/clock.ts";
import { failure } from "../../domain/errors.ts";
import type { Person } from "../../domain/people/types.ts";
import { err } from "../../domain/result.ts";
import type { OtherDevice } from "../ports/other-devices.ts";
import { BookRules } from "./rules.ts";
import { PlannedSchedule } from "./schedule.ts";

afterEach(deleteStores);

const HOLIDAYS: HolidayFile = {
  version: 1,
  sources: [],
  names: [["National Day", "国庆节"], ["German Unity Day"]],
  countries: { CN: { years: { "2026": [1001, 0, 0, 1010, 0, 1] } }, DE: { years: { "2026": [1003, 1, 0] }, states: { "DE-BY": { name: "Bavaria", years: { "2026": [1003, 1, 0] } } } } },
  zones: { "Asia/Shanghai": "CN", "Europe/Berlin": "DE" },
};

const OTHERS: readonly OtherDevice[] = [
  { device: "gate", upToSeq: 9, untilMs: 1_000 as EpochMs, heardAt: 2_000 as EpochMs, endedAt: null, refused: null },
  { device: "old", upToSeq: 4, untilMs: 500 as EpochMs, heardAt: 2_000 as EpochMs, endedAt: 4, refused: null },
  { device: "silent", upToSeq: 0, untilMs: null, heardAt: 2_000 as EpochMs, endedAt: null, refused: null },
];

interface Scene {
  readonly clock: SetClock;
  readonly core: Core;
  readonly prefix: string;
  readonly keeper: TestUser;
  readonly rules: BookRules;
  readonly schedule: PlannedSchedule;
  readonly ada: Person;
  readonly ben: Person;
  readonly asked: EngineInput[];
}

function partsOf(core: Core, asked: EngineInput[] = []): { readonly rules: BookRules; readonly schedule: PlannedSchedule } {
  const { store, access } = core;
  const rules = new BookRules({
    store,
    access,
    others: { devices: () => Promise.resolve(OTHERS) },
    holidays: () => Promise.resolve(HOLIDAYS),
    reckoning: () => {
      throw new Error("not asked for");
    },
    computer: {
      compute: (input) => {
        asked.push(input);
        return Promise.resolve(err(failure("attendance/cancelled")));
      },
      close: () => undefined,
    },
  });
  return { rules, schedule: new PlannedSchedule({ store, access, book: rules.book }) };
}

/** Monday 2 March 2026; HR is signed in, and Ada and Ben work in two departments. */
async function scene(): Promise<Scene> {
  const clock = new SetClock();
  const { core, prefix, keeper } = await setUpSite(clock);
  const ada = await addPerson(core, "E-1");
  const ben = valueOf(await core.people.add({ employeeNumber: "E-2", name: "Ben Low", department: "Logistics", employmentType: "full-time" }));
  const asked: EngineInput[] = [];
  const parts = partsOf(core, asked);
  await parts.rules.load();
  return { clock, core, prefix, keeper, ada, ben, asked, ...parts };
}

/** As if March had been closed for her. */
async function closeMarch({ core }: Scene, { id }: Person, month = "2026-03"): Promise<void> {
  const paper = { id: `month:${id}:${month}`, kind: "month" as const, subject: id, untilUtcDay: 20_543, value: { personId: id, month, locked: { at: 1 } } };
  valueOf(await core.store.exclusively(() => core.store.commit({ entries: [{ type: "month-reminded", subject: id, body: { personId: id, month, by: "x" } }], papers: [paper] })));
}

describe("rules", () => {
  it("BookRules keeps versions, tells the log of each, and reads them again when the store is opened anew", async () => {
    const { core, prefix, clock, rules } = await scene();
    expect(rules.inForce("2026-03-02")).toBeNull();
    valueOf(await rules.save(siteRules(), "2026-03-01", " The first ", 0));
    valueOf(await rules.save(siteRules({ dayChange: 300 }), "2026-03-10", "", 1));
    expect([rules.inForce("2026-03-09")?.dayChange, rules.inForce("2026-03-10")?.dayChange]).toEqual([240, 300]);
    const entries = await core.store.latest(2);
    expect(entries.map(({ content }) => content)).toMatchObject([
      { type: "rules", body: { version: 2, from: "2026-03-10", changed: ["dayChange"], note: "" } },
      { type: "rules", body: { version: 1, from: "2026-03-01", note: "The first" } },
    ]);
    core.close();
    const again = partsOf(await openCore(prefix, clock)).rules;
    await again.load();
    expect(again.book.value.versions.map(({ from, note }) => [from, note])).toEqual([["2026-03-01", "The first"], ["2026-03-10", ""]]);
  });

  it("BookRules names the tablets that rules can wait for, and keeps which ones they are", async () => {
    const { core, rules } = await scene();
    const { deviceId } = core.store;
    expect(await rules.tablets()).toEqual([
      { device: deviceId, own: true, untilMs: core.store.now().wallMs, retired: false },
      { device: "gate", own: false, untilMs: 1_000, retired: false },
      { device: "old", own: false, untilMs: 500, retired: true },
      { device: "silent", own: false, untilMs: null, retired: false },
    ]);
    valueOf(await rules.save(siteRules(), "2026-03-01", "", 0));
    valueOf(await rules.save(siteRules({ devices: [deviceId, "gate"], dayChange: 300 }), "2026-03-10", "", 1));
    expect(rules.inForce("2026-03-10")?.devices).toEqual([deviceId, "gate"]);
    expect((await core.store.latest(1))[0]?.content).toMatchObject({ body: { changed: ["dayChange", "devices"] } });
    expect(await rules.save(siteRules({ dayChange: 721 }), "2026-03-20", "", 2)).toMatchObject({ error: { problems: [{ path: "dayChange", kind: "out-of-range" }] } });
  });

  it("BookRules refuses what cannot stand, what was changed meanwhile, and days that are closed", async () => {
    const made = await scene();
    const { rules, ada } = made;
    expect(await rules.save(siteRules({ groups: [] }), "2026-03-01", "", 0)).toMatchObject({ error: { kind: "rules/invalid", problems: [{ path: "groups", kind: "no-fallback" }] } });
    expect(await rules.save(siteRules(), "2026-03-32", "", 0)).toMatchObject({ error: { kind: "rules/invalid", problems: [{ path: "from" }] } });
    expect(await rules.save(siteRules(), "2026-02-28", "", 0)).toMatchObject({ error: { kind: "rules/closed-days", firstOpenDay: "2026-03-01" } });
    valueOf(await rules.save(siteRules(), "2026-03-01", "", 0));
    expect(await rules.save(siteRules(), "2026-03-01", "", 0)).toMatchObject({ error: { kind: "rules/changed-meanwhile" } });
    await closeMarch(made, ada);
    expect(await rules.firstOpenDay()).toBe("2026-04-01");
    expect(await rules.save(siteRules(), "2026-03-31", "", 1)).toMatchObject({ error: { kind: "rules/closed-days", firstOpenDay: "2026-04-01" } });
    valueOf(await rules.save(siteRules(), "2026-04-01", "", 1));
  });

  it("BookRules asks for a second factor when the last one is old, and lets no supervisor change them", async () => {
    const { rules, core, clock, keeper } = await scene();
    clock.pass(20 * 60_000);
    expect(await rules.save(siteRules(), "2026-03-01", "", 0)).toMatchObject({ ok: false });
    await signIn(core, clock, keeper);
    const mira = await addUser(core, clock, "Mira", [{ role: "supervisor", department: "Assembly" }], keeper);
    core.sessions.signOut();
    await signIn(core, clock, mira);
    expect(await rules.save(siteRules(), "2026-03-01", "", 0)).toMatchObject({ error: { kind: "access/not-allowed" } });
  });

  it("BookRules proposes the country's calendar, and gives that of a state when asked", async () => {
    const { rules } = await scene();
    const proposal = await rules.proposal();
    expect(proposal.calendar).toEqual([
      { day: "2026-10-01", kind: "holiday", name: "National Day", nameZh: "国庆节", source: "CN" },
      { day: "2026-10-10", kind: "workday", name: "National Day", nameZh: "国庆节", source: "CN" },
    ]);
    expect(rules.problems(proposal)).toEqual([]);
    expect(await rules.holidays("DE-BY", 2026)).toMatchObject({ value: [{ day: "2026-10-03", source: "DE-BY" }] });
    expect(await rules.holidays("DE", 2040)).toMatchObject({ error: { kind: "rules/no-holidays" } });
    expect(await rules.countries()).toContainEqual({ code: "DE-BY", name: "Germany: Bavaria", nameZh: "德国：Bavaria" });
  });

  it("BookRules hands the same made-up punches to both sets of rules when a group's week is shown", async () => {
    const { rules, asked } = await scene();
    valueOf(await rules.save(siteRules(), "2026-03-01", "", 0));
    await rules.preview(siteRules({ shifts: [shift("day", ["8:00-17:00"])] }), "2026-03-02", { groupId: "all" });
    expect(asked).toMatchObject([{ from: "2026-03-02", to: "2026-03-08", people: [{ punches: { length: 13 } }] }]);
    expect(asked[0]?.people[0]?.punches[0]).toMatchObject({ wallMs: Date.parse("2026-03-02T09:04+08:00"), direction: "in" });
  });
});

describe("schedule", () => {
  it("PlannedSchedule plans single days and assignments, and shows them by person", async () => {
    const { rules, schedule, ada, ben, core } = await scene();
    expect(await schedule.setDays([{ personId: ada.id, day: "2026-03-03", shiftIds: ["night"] }])).toMatchObject({ error: { kind: "attendance/no-rules" } });
    valueOf(await rules.save(siteRules({ patterns: [weekly("week", "day day day day day - -"), weekly("nights", "night night night night night - -")] }), "2026-03-01", "", 0));
    valueOf(await schedule.setDays([{ personId: ada.id, day: "2026-03-04", shiftIds: ["night"] }, { personId: ada.id, day: "2026-03-05", shiftIds: [] }]));
    valueOf(await schedule.assign([ben.id], { from: "2026-03-03", patternId: "nights" }));
    const rows = valueOf(await schedule.shifts({ from: "2026-03-03", to: "2026-03-05" }));
    expect(rows.map(({ person, days }) => [person.name, days.map(({ shifts }) => shifts.map((one) => one.shift.id).join("+"))])).toEqual([
      ["Ada Miller", ["day", "night", ""]],
      ["Ben Low", ["night", "night", "night"]],
    ]);
    expect((await core.store.latest(3)).map(({ content }) => content?.type)).toEqual(["viewed-list", "plan", "plan"]);
    valueOf(await schedule.setDays([{ personId: ada.id, day: "2026-03-04", shiftIds: null }]));
    expect((await schedule.plan(ada.id))?.days.map(({ day }) => day)).toEqual(["2026-03-05"]);
  });

  it("PlannedSchedule refuses a night that reaches into the next shift, unknown shifts and people, and closed days; and then changes nothing", async () => {
    const made = await scene();
    const { rules, schedule, ada, ben } = made;
    valueOf(await rules.save(siteRules({ shifts: [shift("day", ["5:00-14:00"]), shift("night", ["22:00-30:00"])] }), "2026-03-01", "", 0));
    const failed = await schedule.setDays([{ personId: ben.id, day: "2026-03-04", shiftIds: [] }, { personId: ada.id, day: "2026-03-03", shiftIds: ["night"] }]);
    expect(failed).toMatchObject({ error: { kind: "plan/overlap", personId: ada.id, day: "2026-03-04" } });
    expect(await schedule.plan(ben.id)).toBeNull();
    valueOf(await schedule.setDays([{ personId: ada.id, day: "2026-03-06", shiftIds: ["night"] }]));
    expect(await schedule.setDays([{ personId: ada.id, day: "2026-03-04", shiftIds: ["gone"] }])).toMatchObject({ error: { kind: "plan/no-such-shift" } });
    expect(await schedule.assign([ada.id], { from: "2026-03-04", patternId: "gone" })).toMatchObject({ error: { kind: "plan/no-such-shift" } });
    expect(await schedule.assign(["nobody" as Person["id"]], { from: "2026-03-04" })).toMatchObject({ error: { kind: "plan/no-such-person" } });
    await closeMarch(made, ada);
    expect(await schedule.setDays([{ personId: ada.id, day: "2026-03-31", shiftIds: [] }])).toMatchObject({ error: { kind: "plan/closed-days", day: "2026-03-31" } });
    valueOf(await schedule.setDays([{ personId: ada.id, day: "2026-04-01", shiftIds: [] }, { personId: ben.id, day: "2026-03-31", shiftIds: [] }]));
  });

  it("PlannedSchedule copies a week as it was planned, with what was not planned in it", async () => {
    const { rules, schedule, ada } = await scene();
    valueOf(await rules.save(siteRules(), "2026-03-01", "", 0));
    valueOf(await schedule.setDays([{ personId: ada.id, day: "2026-03-03", shiftIds: ["night"] }, { personId: ada.id, day: "2026-03-04", shiftIds: [] }, { personId: ada.id, day: "2026-03-12", shiftIds: [] }]));
    expect(valueOf(await schedule.copy([ada.id], "2026-03-02", 7, "2026-03-09"))).toBe(3);
    expect(valueOf(await schedule.copy([ada.id], "2026-03-02", 7, "2026-03-09"))).toBe(0);
    expect((await schedule.plan(ada.id))?.days.map(({ day, shiftIds }) => [day, ...shiftIds])).toEqual([["2026-03-03", "night"], ["2026-03-04"], ["2026-03-10", "night"], ["2026-03-11"]]);
  });

  it("PlannedSchedule settles duty, and takes it back", async () => {
    const { rules, schedule, ada, core } = await scene();
    valueOf(await rules.save(siteRules(), "2026-03-01", "", 0));
    valueOf(await schedule.setDuty(ada.id, { exempt: true, firstDay: "2026-03-01" }));
    expect(await schedule.plan(ada.id)).toMatchObject({ exempt: true, firstDay: "2026-03-01" });
    expect((await core.store.latest(2)).at(-1)?.content).toMatchObject({ type: "plan", body: { cause: "exempt" } });
    valueOf(await schedule.setDuty(ada.id, {}));
    expect(await schedule.plan(ada.id)).toEqual({ personId: ada.id, assignments: [], days: [] });
  });

  it("PlannedSchedule ends at the department when a supervisor is signed in", async () => {
    const { rules, schedule, ada, ben, core, clock, keeper } = await scene();
    valueOf(await rules.save(siteRules(), "2026-03-01", "", 0));
    const mira = await addUser(core, clock, "Mira", [{ role: "supervisor", department: "Assembly" }], keeper);
    core.sessions.signOut();
    await signIn(core, clock, mira);
    expect(valueOf(await schedule.shifts({ from: "2026-03-03", to: "2026-03-03" })).map(({ person }) => person.id)).toEqual([ada.id]);
    valueOf(await schedule.setDays([{ personId: ada.id, day: "2026-03-03", shiftIds: [] }]));
    expect(await schedule.setDays([{ personId: ada.id, day: "2026-03-04", shiftIds: [] }, { personId: ben.id, day: "2026-03-03", shiftIds: [] }])).toMatchObject({ error: { kind: "access/not-allowed" } });
    expect(await schedule.plan(ben.id)).toBeNull();
  });
});

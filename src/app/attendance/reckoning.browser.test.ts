import { afterEach, describe, expect, it } from "vitest";
import type { Core } from "../../adapters/storage/core.ts";
import { addPerson, deleteStores, SetClock, valueOf } from "../../adapters/storage/testing/harness.ts";
import { addUser, setUpSite, signIn, type TestUser } from "../../adapters/storage/testing/site.ts";
import { computeDays } from "../../domain/attendance/engine/compute-days.ts";
import { packDays } from "../../domain/attendance/engine/packed.ts";
import type { EngineInput } from "../../domain/attendance/engine/types.ts";
import type { Entry } from "../../domain/attendance/entries.ts";
import { siteRules } from "../../domain/attendance/rules/testing/rules.ts";
import type { Direction } from "../../domain/attendance/types.ts";
import type { EpochMs, MonotonicMs } from "../../domain/clock.ts";
import type { Person, PersonId } from "../../domain/people/types.ts";
import { ok } from "../../domain/result.ts";
import type { PersonDays } from "../api/attendance.ts";
import { Subject } from "../observable.ts";
import { ReckonedDays } from "./days.ts";
import type { FactsDependencies } from "./facts.ts";
import type { DayComputer, RequestSource } from "./ports.ts";
import { LogReckoning } from "./reckoning.ts";
import { BookRules } from "./rules.ts";

afterEach(deleteStores);

const MINUTE = 60_000;
/** Monday. */
const DAY = "2026-03-02";
const NO_REQUESTS: RequestSource = { requests: () => Promise.resolve([]) };

/** The yard's tablet, as far as the test lets it be heard of. */
class Yard {
  readonly listeners = new Set<() => void>();
  entriesOf: readonly Entry[] = [];
  untilMs: number | null = null;

  entries(fromUtcDay: number, toUtcDay: number): Promise<readonly (readonly Entry[])[]> {
    return Promise.resolve([this.entriesOf.filter(({ header }) => Math.floor(header.wallMs / 86_400_000) >= fromUtcDay && Math.floor(header.wallMs / 86_400_000) <= toUtcDay)]);
  }

  watermarks(): Promise<readonly { readonly device: string; readonly untilMs: EpochMs }[]> {
    return Promise.resolve(this.untilMs === null ? [] : [{ device: "yard", untilMs: this.untilMs as EpochMs }]);
  }

  devices(): Promise<[]> {
    return Promise.resolve([]);
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  heard(untilMs: number, entries: readonly Entry[]): void {
    this.untilMs = untilMs;
    this.entriesOf = entries;
    for (const listener of this.listeners) listener();
  }
}

function entryOfYard(seq: number, wallMs: number, personId: PersonId, direction: Direction): Entry {
  const nothing = new Uint8Array(32);
  return {
    header: { v: 1, device: "yard", bootId: "b", seq, type: "punch", wallMs: wallMs as EpochMs, monoMs: wallMs as unknown as MonotonicMs, timeState: "T0", bodyCommit: nothing, prev: nothing },
    leaf: nothing,
    receipt: "",
    subject: personId,
    content: { type: "punch", body: { personId, employeeNumber: "E-1" as Person["employeeNumber"], siteId: "site", zone: "Asia/Shanghai", direction, directionSource: "person", method: "face", status: "accepted" } },
  };
}

interface Scene {
  readonly clock: SetClock;
  readonly core: Core;
  readonly keeper: TestUser;
  readonly ada: Person;
  readonly ben: Person;
  readonly yard: Yard;
  readonly reckoning: LogReckoning;
  readonly days: ReckonedDays;
  readonly rules: BookRules;
  /** Each time days were worked out: for whom. */
  readonly computed: (readonly string[])[];
  toTime(local: string): void;
  punch(person: Person, local: string, direction: Direction): Promise<void>;
}

/** Half past eight on Monday; Ada is in Assembly and Ben in Logistics, and the rules say nine to six. */
async function scene(requests: RequestSource = NO_REQUESTS): Promise<Scene> {
  const clock = new SetClock();
  const { core, keeper } = await setUpSite(clock);
  await core.store.anchorTime(clock.wall());
  const ada = await addPerson(core, "E-1");
  const ben = valueOf(await core.people.add({ employeeNumber: "E-2", name: "Ben Low", department: "Logistics", employmentType: "full-time" }));
  const computed: (readonly string[])[] = [];
  const computer: DayComputer = {
    compute: (input: EngineInput) => {
      computed.push(input.people.map(({ personId }) => personId));
      return Promise.resolve(ok(computeDays(input)));
    },
    close: () => undefined,
  };
  const yard = new Yard();
  const { store, access, sessions } = core;
  const history: FactsDependencies["history"] = { entries: () => Promise.resolve([]) };
  const rules: BookRules = new BookRules({ store, access, others: { devices: () => Promise.resolve([]) }, holidays: () => Promise.resolve(null), reckoning: () => reckoning, computer });
  const reckoning: LogReckoning = new LogReckoning({ store, history, others: yard, rules, requests, computer, session: sessions.current, after: () => () => undefined });
  valueOf(await rules.save(siteRules(), "2026-03-01", "", 0));
  const toTime = (local: string): void => clock.pass(Date.parse(`${local.replace(" ", "T")}:00+08:00`) - clock.wallMs);
  return {
    clock, core, keeper, ada, ben, yard, reckoning, rules, computed, toTime,
    days: new ReckonedDays({ store, access, reckoning, rules }),
    punch: async (person, local, direction) => {
      toTime(local);
      valueOf(await core.ledger.punch({ personId: person.id, method: "pin", direction }));
    },
  };
}

const told = ({ person, days }: PersonDays): string => `${person.employeeNumber}: ${days.map(({ day, state, marks, minutes }) => `${day} ${[state, ...marks].join(" ")} ${String(minutes.attended)}`).join("; ")}`;

async function workedMonday(): Promise<Scene> {
  const made = await scene();
  await made.punch(made.ada, `${DAY} 08:55`, "in");
  await made.punch(made.ada, `${DAY} 18:02`, "out");
  made.toTime("2026-03-03 08:00");
  await signIn(made.core, made.clock, made.keeper);
  return made;
}

describe("reckoned days", () => {
  it("give everybody whom the role reaches, and say who looked, when HR asks", async () => {
    const { days, core, keeper } = await workedMonday();
    const results = valueOf(await days.results({ from: DAY, to: DAY }));
    expect(results.people.map(told)).toEqual([`E-1: ${DAY} settled 480`, `E-2: ${DAY} settled absent 0`]);
    expect(results.watermarks).toMatchObject([{ device: core.store.deviceId }]);
    const looked = (await core.store.latest(3)).map(({ content }) => content).filter((content) => content?.type === "viewed-list");
    expect(looked).toMatchObject([{ body: { by: keeper.userId, what: "attendance", department: null, people: 2 } }]);
    expect(days.totals(results, "2026-03").map(({ minutes, counts }) => [minutes.attended, counts.absent])).toEqual([[480, 0], [0, 1]]);
  });

  it("work out again only what changed when something was added", async () => {
    const { days, computed, punch, ada, ben, reckoning } = await workedMonday();
    valueOf(await days.results({ from: DAY, to: DAY }));
    expect(computed).toEqual([[ada.id, ben.id]]);
    const before = reckoning.revision.value;
    valueOf(await days.results({ from: DAY, to: DAY }));
    expect(computed).toHaveLength(1);
    expect(reckoning.revision.value).toBe(before);
    await punch(ben, "2026-03-03 08:03", "in");
    await expect.poll(() => reckoning.revision.value).toBeGreaterThan(before);
    const later = valueOf(await days.results({ from: DAY, to: DAY }));
    expect(computed.slice(1)).toEqual([[ben.id]]);
    expect(later.people.map(told)).toEqual([`E-1: ${DAY} settled 480`, `E-2: ${DAY} settled absent 0`]);
  });

  it("end at the department when a supervisor asks, and at nothing when nobody is signed in", async () => {
    const made = await workedMonday();
    const { days, core, clock, keeper, ben } = made;
    const lin = await addUser(core, clock, "Lin", [{ role: "supervisor", department: "Logistics" }], keeper);
    core.sessions.signOut();
    expect(await days.results({ from: DAY, to: DAY })).toMatchObject({ error: { kind: "access/not-signed-in" } });
    await signIn(core, clock, lin);
    const results = valueOf(await days.results({ from: DAY, to: DAY }));
    expect(results.people.map(({ person }) => person.id)).toEqual([ben.id]);
    expect(await days.results({ from: DAY, to: DAY, personId: made.ada.id })).toMatchObject({ error: { kind: "access/not-allowed" } });
  });

  it("hold one person alone when a person's own are read with the device's keys", async () => {
    const { reckoning, ada, core } = await workedMonday();
    core.sessions.signOut();
    const own = valueOf(await reckoning.days({ from: DAY, to: DAY, people: [ada.id] }));
    expect(own.people.map(told)).toEqual([`E-1: ${DAY} settled 480`]);
  });

  it("say what a decision would change, and change nothing by it", async () => {
    const { reckoning, ben, core } = await workedMonday();
    const { ring } = core.access;
    if (ring === null) throw new Error("nobody is signed in");
    const at = (time: string): EpochMs => Date.parse(`${DAY}T${time}:00+08:00`) as EpochMs;
    const spell = { requestId: "r1", kind: "leave" as const, leaveKind: "annual", fromMs: at("00:00"), toMs: (at("00:00") + 1440 * MINUTE) as EpochMs };
    const then = valueOf(await reckoning.days({ from: DAY, to: DAY, people: [ben.id] }, { ring, asIf: { personId: ben.id, spells: [spell] } }));
    expect(then.people.map(told)).toEqual([`E-2: ${DAY} settled leave 0`]);
    const now = valueOf(await reckoning.days({ from: DAY, to: DAY, people: [ben.id] }, { ring }));
    expect(now.people.map(told)).toEqual([`E-2: ${DAY} settled absent 0`]);
  });

  it("wait for another tablet, and take its punches in when it is heard of", async () => {
    const { days, yard, ben, reckoning } = await workedMonday();
    yard.heard(Date.parse(`${DAY}T12:00:00+08:00`), []);
    expect(valueOf(await days.results({ from: DAY, to: DAY, personId: ben.id })).people.map(told)).toEqual([`E-2: ${DAY} waiting waiting 0`]);
    const before = reckoning.revision.value;
    yard.heard(Date.parse("2026-03-03T07:00:00+08:00"), [entryOfYard(1, Date.parse(`${DAY}T09:00:00+08:00`), ben.id, "in"), entryOfYard(2, Date.parse(`${DAY}T18:00:00+08:00`), ben.id, "out")]);
    expect(reckoning.revision.value).toBeGreaterThan(before);
    expect(valueOf(await days.results({ from: DAY, to: DAY, personId: ben.id })).people.map(told)).toEqual([`E-2: ${DAY} settled 480`]);
  });

  it("leave a closed day as it was, and open it when asked to, when punches come in afterwards", async () => {
    const { days, yard, ben, core, reckoning } = await workedMonday();
    const closed = valueOf(await days.results({ from: DAY, to: DAY, personId: ben.id })).people[0]?.days ?? [];
    const paper = { id: `month:${ben.id}:2026-03`, kind: "month" as const, subject: ben.id, untilUtcDay: 20_543, value: { personId: ben.id, month: "2026-03", locked: { at: 5, by: "x", contentHash: "", days: packDays(closed), entry: { device: "gate", seq: 1 } } } };
    valueOf(await core.store.exclusively(() => core.store.commit({ entries: [{ type: "month-reminded", subject: ben.id, body: { personId: ben.id, month: "2026-03", by: "x" } }], papers: [paper] })));
    yard.heard(Date.parse("2026-03-03T07:00:00+08:00"), [entryOfYard(1, Date.parse(`${DAY}T09:00:00+08:00`), ben.id, "in"), entryOfYard(2, Date.parse(`${DAY}T18:00:00+08:00`), ben.id, "out")]);
    expect(valueOf(await days.results({ from: DAY, to: DAY, personId: ben.id })).people.map(told)).toEqual([`E-2: ${DAY} locked absent after-lock 0`]);
    const { ring } = core.access;
    if (ring === null) throw new Error("nobody is signed in");
    expect(valueOf(await reckoning.days({ from: DAY, to: DAY, people: [ben.id] }, { ring, withoutLocks: true })).people.map(told)).toEqual([`E-2: ${DAY} settled 480`]);
  });

  it("count a punch that was taken back or turned, and tell of outages, when the log says so", async () => {
    const { core, ada, ben, toTime, days, clock, keeper } = await scene();
    valueOf(await core.ledger.outage("start", "camera/unplugged"));
    toTime(`${DAY} 09:50`);
    const recorded = valueOf(await core.ledger.punch({ personId: ada.id, method: "pin", direction: "out" }));
    valueOf(await core.ledger.changeDirection(recorded.punch));
    const undone = valueOf(await core.ledger.punch({ personId: ben.id, method: "pin" }));
    valueOf(await core.ledger.undo(undone.punch));
    valueOf(await core.ledger.outage("end", "camera/unplugged"));
    toTime("2026-03-03 12:00");
    await signIn(core, clock, keeper);
    const results = valueOf(await days.results({ from: DAY, to: DAY }));
    expect(results.people.map(told)).toEqual([`E-1: ${DAY} settled serious-late missing-out outage 0`, `E-2: ${DAY} settled absent undone outage 0`]);
    expect(results.outages).toMatchObject([{ reason: "camera/unplugged", toMs: Date.parse(`${DAY}T09:50:00+08:00`) }]);
  });

  it("show who is where when it is ten on Tuesday", async () => {
    const made = await workedMonday();
    await made.punch(made.ada, "2026-03-03 08:50", "in");
    made.toTime("2026-03-03 10:00");
    await signIn(made.core, made.clock, made.keeper);
    const present = valueOf(await made.days.presence());
    expect(present.map(({ person, state }) => `${person.employeeNumber} ${state}`)).toEqual(["E-1 in", "E-2 missing"]);
    expect(present[0]?.last?.direction).toBe("in");
  });

  it("have no answer before there are rules", async () => {
    const made = await scene();
    const days = new ReckonedDays({ store: made.core.store, access: made.core.access, reckoning: made.reckoning, rules: { book: new Subject({ siteId: "site", versions: [] }), plans: () => Promise.resolve(new Map()) } });
    expect(await days.results({ from: DAY, to: DAY })).toMatchObject({ error: { kind: "attendance/no-rules" } });
  });
});

import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, it, test } from "vitest";
import type { EpochMs } from "../../clock.ts";
import type { PersonId } from "../../people/types.ts";
import { addDays } from "../rules/days.ts";
import { proposal } from "../rules/proposal.ts";
import { book, group, plan, plannedPerson, shift, siteRules, weekly } from "../rules/testing/rules.ts";
import { problemsOf } from "../rules/validate.ts";
import type { RuleGroup, Shift, SiteRules } from "../rules/types.ts";
import { computeDays } from "./compute-days.ts";
import { packDays, unpackDays } from "./packed.ts";
import { monthTotals } from "./totals.ts";
import type { ApprovedCorrection, ApprovedSpell, DayMinutes, DayResult, EngineInput, EnginePerson, EnginePunch } from "./types.ts";

const FROM = "2026-10-22";
const TO = "2026-10-28";
const START = Date.parse("2026-10-20T00:00:00Z");
const MINUTE = 60_000;
/** Ten days round the range: its night shifts, and what lies beside it. */
const SPAN_MINUTES = 10 * 1440;

const someone = (index: number): PersonId => `00000000-0000-4000-8000-00000000000${String(index)}` as PersonId;

const moment = fc.integer({ min: 0, max: SPAN_MINUTES * 60 }).map((second) => (START + second * 1000) as EpochMs);

const punch = fc.record({
  device: fc.constantFrom("gate", "yard"),
  seq: fc.integer({ min: 1, max: 400 }),
  wallMs: moment,
  direction: fc.constantFrom("in", "out"),
  directionSource: fc.constantFrom("auto", "person", "device"),
  method: fc.constantFrom("face", "pin", "badge", "attested"),
  status: fc.oneof({ weight: 8, arbitrary: fc.constant("accepted" as const) }, { weight: 1, arbitrary: fc.constantFrom("suppressed" as const, "undone" as const) }),
  timeState: fc.constantFrom("T0", "T1", "T2", "T3"),
  siteId: fc.constant("site"),
}) satisfies fc.Arbitrary<EnginePunch>;

/** Days as they usually are, so that pairs and shifts meet, with anything at all among them. */
const usualDay = fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: -150, max: 150 }), fc.integer({ min: -150, max: 300 })).map(([day, early, late]): readonly EnginePunch[] => {
  const base: Omit<EnginePunch, "wallMs" | "direction" | "seq"> = { device: "gate", directionSource: "auto", method: "face", status: "accepted", timeState: "T0", siteId: "site" };
  const at = (minutes: number): EpochMs => (START + (day * 1440 + minutes) * MINUTE) as EpochMs;
  return [
    { ...base, seq: 500 + day * 2, wallMs: at(60 + early), direction: "in" },
    { ...base, seq: 501 + day * 2, wallMs: at(600 + late), direction: "out" },
  ];
});
const punches = fc.tuple(fc.array(punch, { maxLength: 14 }), fc.array(usualDay, { maxLength: 8 })).map(([any, usual]) => onceEach([...any, ...usual.flat()]));

function onceEach(all: readonly EnginePunch[]): readonly EnginePunch[] {
  return [...new Map(all.map((each) => [`${each.device} ${String(each.seq)}`, each])).values()];
}

const spell = fc.record({
  requestId: fc.constantFrom("r1", "r2", "r3", "r4"),
  kind: fc.constantFrom("leave", "trip", "outing", "overtime"),
  fromMs: moment,
  toMs: moment,
  leaveKind: fc.constant("annual"),
}) satisfies fc.Arbitrary<ApprovedSpell>;

const correction = fc.record({
  requestId: fc.constantFrom("c1", "c2"),
  at: moment,
  cites: fc.record({ device: fc.constantFrom("gate", "yard"), seq: fc.integer({ min: 1, max: 400 }) }),
  change: fc.oneof(
    fc.constant({ kind: "ignore" } as const),
    fc.constantFrom("in" as const, "out" as const).map((direction) => ({ kind: "direction", direction }) as const),
    moment.map((wallMs) => ({ kind: "time", wallMs }) as const),
  ),
}) satisfies fc.Arbitrary<ApprovedCorrection>;

const rounding = fc.record({ unitMinutes: fc.constantFrom(1 as const, 5 as const, 15 as const, 30 as const, 60 as const), mode: fc.constantFrom("down" as const, "up" as const, "nearest" as const) });
const threshold = fc.option(fc.integer({ min: 1, max: 600 }), { nil: null });

const shifts = fc.tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1440 }), fc.integer({ min: 0, max: 240 }), fc.integer({ min: 0, max: 180 }), fc.constantFrom("fixed", "flexible", "hours", "split")).map(([start, length, late, pause, kind]): Shift => {
  const end = start + length;
  const middle = start + Math.floor(length / 2);
  if (kind === "split" && length > 60) {
    const second = Math.min(end - 1, middle + Math.min(pause, Math.floor(length / 4)));
    return { ...shift("x", []), periods: [{ start, end: middle }, { start: second, end }].filter((period) => period.start < 1440) };
  }
  const base = { ...shift("x", []), periods: [{ start, end }], breaks: length > 120 ? [{ start: middle, end: Math.min(end, middle + 30), paid: pause % 2 === 0 }] : [] };
  if (kind === "flexible") return { ...base, kind, latestStart: Math.min(start + late, 1439) };
  return kind === "hours" ? { ...base, kind, requiredMinutes: Math.max(1, Math.min(length, 240)) } : base;
});

const groups: fc.Arbitrary<RuleGroup> = fc
  .record({
    pairing: fc.constantFrom("single" as const, "multiple" as const, "record-only" as const),
    windowBeforeMinutes: fc.integer({ min: 0, max: 720 }),
    windowAfterMinutes: fc.integer({ min: 0, max: 720 }),
    graceLateMinutes: fc.integer({ min: 0, max: 120 }),
    graceEarlyMinutes: fc.integer({ min: 0, max: 120 }),
    seriousLateMinutes: threshold,
    absentMinutes: threshold,
    halfDayMinutes: threshold,
    lateFinish: fc.array(fc.record({ stayedMinutes: fc.integer({ min: 1, max: 300 }), laterMinutes: fc.integer({ min: 1, max: 240 }) }), { maxLength: 2 }),
    roundIn: rounding,
    roundOut: rounding,
    autoOutAfterMinutes: fc.option(fc.integer({ min: 0, max: 720 }), { nil: null }),
    overtime: fc.record({
      approval: fc.constantFrom("request" as const, "after" as const, "automatic" as const, "none" as const),
      multiplier: fc.constant({ workday: 1.5, rest: 2, holiday: 3 }),
      beforeShift: fc.boolean(),
      afterShift: fc.boolean(),
      minimumMinutes: fc.integer({ min: 0, max: 120 }),
      dailyCapMinutes: fc.option(fc.integer({ min: 0, max: 600 }), { nil: null }),
      rounding,
    }),
  })
  .map((more) => group("all", "week", more));

/** Any rules that a site can have, in zones whose clocks change in the range (Europe), never (Asia), by half an hour (Lord Howe), or by quarters from UTC (Nepal). */
const rules: fc.Arbitrary<SiteRules> = fc
  .record({ zone: fc.constantFrom("Asia/Shanghai", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "America/New_York"), first: shifts, group: groups, twice: fc.boolean(), holiday: fc.boolean(), dayChange: fc.integer({ min: 0, max: 720 }) })
  .map(({ zone, first, group: own, twice, holiday, dayChange }) =>
    siteRules({
      zone,
      dayChange,
      shifts: [{ ...first, id: "x" }, shift("y", ["13:00-17:00"]), shift("z", ["8:00-12:00"]), shift("n", ["22:00-30:00"])],
      patterns: [weekly("week", twice ? "z+y x n - z+y x -" : "x x - n x - x")],
      groups: [own],
      calendar: holiday ? [{ day: "2026-10-26", kind: "holiday", name: "a holiday", source: "own" }] : [],
    }),
  )
  .filter((made) => problemsOf(made).length === 0);

const usualRules = fc.constantFrom(siteRules(), proposal("Europe/Berlin", "eu", [], "en"));

function person(index: number, given: Partial<EnginePerson>): EnginePerson {
  return { ...plannedPerson(), personId: someone(index), punches: [], spells: [], corrections: [], locked: [], ...given };
}

function site(site_: SiteRules, people: readonly EnginePerson[], more: Partial<EngineInput> = {}): EngineInput {
  const now = (START + 20 * 1440 * MINUTE) as EpochMs;
  return { book: book(["2026-01-01", site_]), zone: site_.zone, from: FROM, to: TO, people, watermarks: [{ device: "gate", untilMs: now }, { device: "yard", untilMs: now }], outages: [], now, ...more };
}

const facts = fc.record({ rules: fc.oneof(rules, usualRules), punches, spells: fc.array(spell, { maxLength: 4 }), corrections: fc.array(correction, { maxLength: 3 }) });

function conserved(minutes: Omit<DayMinutes, "overtime" | "overtimePending" | "worked">): void {
  const { planned, attended, late, early, absent, leave, away } = minutes;
  expect(attended + late + early + absent + leave + away).toBe(planned);
}

function numbersOf({ minutes: { overtime, ...rest }, periods }: DayResult): readonly number[] {
  return [...Object.values(rest), ...Object.values(overtime), ...periods.flatMap(({ minutes }) => Object.values(minutes))];
}

describe("computeDays", () => {
  property.prop([facts], { numRuns: 150 })("computeDays has an answer, conserves minutes and counts none below 0 when the rules and punches are any", ({ rules: made, ...given }) => {
    const results = computeDays(site(made, [person(1, given)]));
    expect(results.map(({ day }) => day)).toEqual([FROM, "2026-10-23", "2026-10-24", "2026-10-25", "2026-10-26", "2026-10-27", TO]);
    for (const result of results) {
      expect(result.state).toBe("settled");
      conserved(result.minutes);
      for (const { minutes } of result.periods) conserved(minutes);
      for (const value of numbersOf(result)) {
        expect(Number.isSafeInteger(value)).toBe(true);
        expect(value).toBeGreaterThanOrEqual(0);
      }
    }
    expect(unpackDays(someone(1), packDays(results))).toEqual(results);
  });

  property.prop([facts.chain((given) => fc.tuple(fc.constant(given), fc.shuffledSubarray([...given.punches], { minLength: given.punches.length }), fc.shuffledSubarray([...given.spells], { minLength: given.spells.length }))) ], { numRuns: 60 })(
    "computeDays gives the same when the facts came in another order",
    ([{ rules: made, ...given }, otherPunches, otherSpells]) => {
      // Two requests of one id are no two requests.
      const spells = [...new Map(given.spells.map((each) => [each.requestId, each])).values()];
      const otherOrder = otherSpells.filter((each) => spells.includes(each));
      expect(computeDays(site(made, [person(1, { ...given, punches: otherPunches, spells: otherOrder })]))).toEqual(computeDays(site(made, [person(1, { ...given, spells })])));
    },
  );

  property.prop([facts, punches], { numRuns: 40 })("computeDays gives the same again, and beside others, when only an unrelated person's punches are added", ({ rules: made, ...given }, others) => {
    const first = computeDays(site(made, [person(1, given)]));
    const second = computeDays(site(made, [person(1, given)]));
    const beside = computeDays(site(made, [person(2, { punches: others }), person(1, given)]));
    expect(second).toEqual(first);
    expect(beside.filter(({ personId }) => personId === someone(1))).toEqual(first);
  });

  property.prop([facts, fc.integer({ min: 0, max: 6 })], { numRuns: 60 })("computeDays gives a day the same result when a shorter range is asked for", ({ rules: made, ...given }, offset) => {
    const day = addDays(FROM, offset);
    const whole = computeDays(site(made, [person(1, given)])).find((result) => result.day === day);
    const margin = { fromMs: Date.parse(`${addDays(day, -3)}T00:00:00Z`), toMs: Date.parse(`${addDays(day, 4)}T00:00:00Z`) };
    const near = given.punches.filter(({ wallMs }) => wallMs >= margin.fromMs && wallMs < margin.toMs);
    // A correction can bring a punch from far away: then it is not read.
    const corrections = given.corrections.filter(({ change }) => change.kind !== "time");
    const alone = computeDays(site(made, [person(1, { ...given, corrections, punches: near })], { from: day, to: day }));
    const wholeAlike = corrections.length === given.corrections.length ? whole : computeDays(site(made, [person(1, { ...given, corrections })])).find((result) => result.day === day);
    expect(alone).toEqual([wholeAlike]);
  });

  property.prop([facts, moment, moment], { numRuns: 100 })("computeDays calls nobody absent or gone early when a tablet was not heard of, nor when the shift is not over", ({ rules: made, ...given }, heard, now) => {
    const watermarks = [{ device: "gate", untilMs: now }, { device: "yard", untilMs: heard }];
    for (const result of computeDays(site(made, [person(1, given)], { watermarks, now }))) {
      if (result.state === "settled") conserved(result.minutes);
      for (const { marks, endMs } of result.periods) {
        if (endMs <= Math.min(heard, now)) continue;
        expect(marks.filter((mark) => mark === "absent" || mark === "half-absent" || mark === "early" || mark === "missing-in" || mark === "missing-out" || mark === "short")).toEqual([]);
      }
    }
  });

  property.prop([facts, punches, fc.array(spell, { maxLength: 2 })], { numRuns: 50 })("computeDays leaves a closed day as it was when anything comes in afterwards", ({ rules: made, ...given }, later, spells) => {
    const closed = computeDays(site(made, [person(1, given)]));
    const locked = closed.map((result) => ({ result, lockedAt: START as EpochMs }));
    const after = computeDays(site(made, [person(1, { ...given, punches: onceEach([...given.punches, ...later.map((each) => ({ ...each, seq: each.seq + 1000 }))]), spells: [...given.spells, ...spells], locked })]));
    for (const [index, result] of after.entries()) {
      expect(result.state).toBe("locked");
      expect({ ...result, state: "settled", marks: result.marks.filter((mark) => mark !== "after-lock"), reasons: result.reasons.filter(({ code }) => code !== "locked" && code !== "after-lock") }).toEqual(closed[index]);
    }
  });

  property.prop([facts, fc.oneof(rules, usualRules)], { numRuns: 40 })("computeDays leaves a closed day as it was when rules begin before it that were written later", ({ rules: made, ...given }, others) => {
    const closed = computeDays(site(made, [person(1, given)]));
    const locked = closed.map((result) => ({ result, lockedAt: START as EpochMs }));
    const after = computeDays(site(made, [person(1, { ...given, locked })], { book: book(["2026-01-01", made], ["2026-10-01", others]) }));
    for (const [index, result] of after.entries()) {
      const { state, reasons, marks, ...rest } = result;
      const before = closed[index];
      expect(state).toBe("locked");
      expect(rest).toMatchObject({ rulesVersion: before?.rulesVersion, minutes: before?.minutes, periods: before?.periods, punches: before?.punches });
      expect(marks.filter((mark) => mark !== "after-lock")).toEqual(before?.marks);
      expect(reasons.filter(({ code }) => code !== "locked" && code !== "after-lock")).toEqual(before?.reasons);
    }
  });

  property.prop([fc.record({ rules, punches, spells: fc.array(spell, { maxLength: 4 }), corrections: fc.array(correction, { maxLength: 3 }) })], { numRuns: 40 })("monthTotals adds up what the days say when they are any", ({ rules: made, ...given }) => {
    const days = computeDays(site(made, [person(1, given)]));
    const totals = monthTotals(someone(1), "2026-10", days);
    conserved(totals.minutes);
    expect(totals.minutes.worked).toBe(days.reduce((sum, { minutes }) => sum + minutes.worked, 0));
    expect(totals.counts.late).toBe(days.filter(({ marks }) => marks.includes("late")).length);
    expect(totals.open).toBe(0);
    const { workday, rest, holiday } = totals.minutes.overtime;
    expect(totals.overtimeWeighted).toBeCloseTo(workday * 1.5 + rest * 2 + holiday * 3, 6);
  });

  property.prop([fc.string(), fc.string()], { numRuns: 30 })("computeDays has nothing to say when the days asked for are none", (from, to) => {
    expect(computeDays(site(siteRules(), [person(1, {})], { from: `x${from}`, to }))).toEqual([]);
  });

  it("computeDays knows a zone for days before the first rules when the site has one", () => {
    const at = (iso: string): EnginePunch => ({ device: "gate", seq: 1, wallMs: Date.parse(iso) as EpochMs, direction: "in", directionSource: "person", method: "face", status: "accepted", timeState: "T0", siteId: "site" });
    const results = computeDays({ ...site(siteRules(), [person(1, { punches: [at("2026-10-24T23:30:00Z")] })]), book: { siteId: "site", versions: [] }, zone: "Asia/Shanghai" });
    expect(results.filter((result) => result.punches.length > 0).map(({ day, reasons }) => [day, reasons[0]?.code])).toEqual([["2026-10-25", "no-rules"]]);
  });
});

test("monthTotals counts what belongs to the person and the month when others are among the days", () => {
  const leave: ApprovedSpell = { requestId: "r1", kind: "leave", leaveKind: "annual", fromMs: Date.parse("2026-10-22T00:00:00+08:00") as EpochMs, toMs: Date.parse("2026-10-23T00:00:00+08:00") as EpochMs };
  const days = computeDays(site(siteRules(), [person(1, { spells: [leave] }), person(2, {})], { from: "2026-10-01", to: "2026-11-03" }));
  const totals = monthTotals(someone(1), "2026-10", days);
  expect(totals).toMatchObject({ workdays: 22, attendedDays: 0, leaveMinutes: { annual: 480 }, open: 0 });
  expect(totals.counts).toMatchObject({ absent: 21, leave: 1 });
  expect(totals.minutes).toMatchObject({ planned: 22 * 480, absent: 21 * 480, leave: 480 });
});

test.each(["", "null", "{}", '{"v":2,"days":[]}', '{"v":1,"days":[[]]}', '{"v":1,"days":[["2026-10-22",1,"all","workday",null,[],[],["nonsense"],[0,0,0,0,0,0,0,0,0,0,0,0],"settled",[],[]]]}'])("unpackDays refuses %s", (text) => {
  expect(unpackDays(someone(1), text)).toBeNull();
});

test("unpackDays gives back every closed day when they were packed", () => {
  const days = computeDays(site(siteRules(), [person(1, { plan: plan({ days: [{ day: FROM, shiftIds: [], cause: "roster" }] }) })]));
  const packed = packDays(days);
  expect(unpackDays(someone(1), packed)).toEqual(days);
  expect(packDays(unpackDays(someone(1), packed) ?? [])).toBe(packed);
});

test("computeDays says on its days that something was cancelled, and counts nothing of it, unless the day is closed", () => {
  const cancelled = [{ requestId: "r2", what: "trip" as const, from: "2026-10-23", to: "2026-10-24" }, { requestId: "r1", what: "leave" as const, from: "2026-10-23", to: "2026-10-23" }];
  const plain = computeDays(site(siteRules(), [person(1, {})]));
  const told = computeDays(site(siteRules(), [person(1, { cancelled })]));
  expect(told.map(({ day, reasons }) => [day, ...reasons.flatMap((reason) => (reason.code === "cancelled" ? [reason.requestId, reason.what] : []))]).filter(({ length }) => length > 1)).toEqual([["2026-10-23", "r1", "leave", "r2", "trip"], ["2026-10-24", "r2", "trip"]]);
  expect(told.map((day) => ({ ...day, reasons: day.reasons.filter(({ code }) => code !== "cancelled") }))).toEqual(plain);
  const locked = plain.filter(({ day }) => day === "2026-10-23").map((result) => ({ result, lockedAt: 1 as EpochMs }));
  expect(computeDays(site(siteRules(), [person(1, { cancelled, locked })])).find(({ day }) => day === "2026-10-23")?.reasons.map(({ code }) => code)).not.toContain("cancelled");
  expect(unpackDays(someone(1), packDays(told))).toEqual(told);
});

import { fc, test as property } from "@fast-check/vitest";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import type { EpochMs } from "../../clock.ts";
import { addDays, dayAt, daysBetween } from "./days.ts";
import { shiftPlanner, shiftsOnDay, type ShiftOnDay } from "./shift-on-day.ts";
import { book, group, plan, plannedPerson, shift, siteRules, weekly } from "./testing/rules.ts";
import type { CalendarDay, SiteRules } from "./types.ts";

const ZONE = "Asia/Shanghai";
const calendarDay = (day: string, kind: CalendarDay["kind"]): CalendarDay => ({ day, kind, name: kind, source: "own" });

/** `day 09:00-18:00`, times by the clock on the wall. */
function words({ shifts, free }: ShiftOnDay, zone = ZONE): string {
  const clock = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainTime().toString().slice(0, 5);
  return shifts.length === 0 ? (free ?? "nothing") : shifts.map(({ shift: { id }, periods }) => `${id} ${periods.map(({ startMs, endMs }) => `${clock(startMs)}-${clock(endMs)}`).join(" ")}`).join(", ");
}

const hours = ({ shifts }: ShiftOnDay): number => shifts.flatMap(({ periods }) => periods).reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0) / 3_600_000;

/** Monday 23 to Sunday 29 November 2026. */
const MONDAY = "2026-11-23";

describe("shiftsOnDay", () => {
  it.each([
    ["a day of work", MONDAY, "day 09:00-18:00", "workday"],
    ["the weekend", "2026-11-28", "rest", "rest"],
  ])("shiftsOnDay follows the weekly pattern when it is %s", (_, day, expected, kind) => {
    const result = shiftsOnDay(plannedPerson(), book(["2026-01-01", siteRules()]), day);
    expect(words(result)).toBe(expected);
    expect(result.dayKind).toBe(kind);
    expect(result.source).toBe("pattern");
    expect(result.group?.id).toBe("all");
  });

  it("shiftsOnDay says nothing when no rules are in force yet", () => {
    expect(shiftsOnDay(plannedPerson(), book(["2026-12-01", siteRules()]), MONDAY)).toMatchObject({ rulesVersion: null, group: null, shifts: [], source: "none", free: null });
  });

  it.each([
    ["holiday", MONDAY, true, "holiday", "holiday"],
    ["rest", MONDAY, true, "rest", "rest"],
    ["workday", "2026-11-28", true, "day 09:00-18:00", "workday"],
    ["workday", MONDAY, true, "day 09:00-18:00", "workday"],
    ["holiday", MONDAY, false, "day 09:00-18:00", "holiday"],
    ["workday", "2026-11-28", false, "rest", "rest"],
  ] as const)("shiftsOnDay on a calendar's %s of %s gives, when the pattern follows it is %s, %s", (kind, day, followsCalendar, expected, dayKind) => {
    const rules = siteRules({ calendar: [calendarDay(day, kind)], patterns: [weekly("week", "day day day day day - -", { followsCalendar })] });
    const result = shiftsOnDay(plannedPerson(), book(["2026-01-01", rules]), day);
    expect(words(result)).toBe(expected);
    expect(result.dayKind).toBe(dayKind);
    expect(result.calendar?.kind).toBe(kind);
  });

  it("shiftsOnDay takes the shift that the pattern has most often when a make-up workday calls to work", () => {
    const rules = siteRules({ shifts: [shift("day", ["9:00-18:00"]), shift("short", ["9:00-12:00"])], patterns: [weekly("week", "short day day day short - -")], calendar: [calendarDay("2026-11-29", "workday")] });
    expect(words(shiftsOnDay(plannedPerson(), book(["2026-01-01", rules]), "2026-11-29"))).toBe("day 09:00-18:00");
  });

  it("shiftsOnDay turns a cycle from its anchor in both directions when days lie before and after it", () => {
    const rules = siteRules({ patterns: [weekly("turn", "day night -", { kind: "cycle", anchor: MONDAY, followsCalendar: false })], groups: [group("all", "turn")] });
    const shown = daysBetween("2026-11-21", "2026-11-26").map((day) => words(shiftsOnDay(plannedPerson(), book(["2026-01-01", rules]), day)));
    expect(shown).toEqual(["night 22:00-06:00", "rest", "day 09:00-18:00", "night 22:00-06:00", "rest", "day 09:00-18:00"]);
  });

  it("shiftsOnDay begins elsewhere in the cycle when the plan says so", () => {
    const rules = siteRules({ patterns: [weekly("turn", "day night -", { kind: "cycle", anchor: MONDAY })], groups: [group("all", "turn")] });
    const person = plannedPerson({ plan: plan({ assignments: [{ from: "2026-11-01", offset: 2 }, { from: "2026-11-24", offset: 0 }] }) });
    expect([MONDAY, "2026-11-24"].map((day) => words(shiftsOnDay(person, book(["2026-01-01", rules]), day)))).toEqual(["rest", "night 22:00-06:00"]);
  });

  it("shiftsOnDay takes the first group that fits when several do, and the plan's when it names one", () => {
    const rules = siteRules({
      patterns: [weekly("week", "day day day day day - -"), weekly("nights", "night night night night night - -")],
      groups: [group("interns", "nights", { employmentTypes: ["intern"] }), group("yard", "nights", { departments: ["Yard"] }), group("all", "week")],
    });
    const groupOn = (more: Parameters<typeof plannedPerson>[0]): string | undefined => shiftsOnDay(plannedPerson(more), book(["2026-01-01", rules]), MONDAY).group?.id;
    expect(groupOn({ department: "Office", employmentType: "intern" })).toBe("interns");
    expect(groupOn({})).toBe("yard");
    expect(groupOn({ department: "Office" })).toBe("all");
    expect(groupOn({ plan: plan({ assignments: [{ from: "2026-11-01", groupId: "all" }] }) })).toBe("all");
    expect(groupOn({ plan: plan({ assignments: [{ from: "2026-11-24", groupId: "all" }] }) })).toBe("yard");
    expect(groupOn({ plan: plan({ assignments: [{ from: "2026-11-01", groupId: "gone" }] }) })).toBe("yard");
  });

  it.each([
    ["a day of rest is planned", [], "rest", "rest", "roster"],
    ["a night is planned", ["night"], "night 22:00-06:00", "workday", "roster"],
    ["two shifts are planned out of order", ["night", "day"], "day 09:00-18:00, night 22:00-06:00", "workday", "roster"],
    ["none of the planned shifts is known any more", ["gone"], "day 09:00-18:00", "workday", "pattern"],
  ])("shiftsOnDay sets a single day before the pattern when %s", (_, shiftIds, expected, kind, source) => {
    const person = plannedPerson({ plan: plan({ days: [{ day: MONDAY, shiftIds, cause: "roster" }] }) });
    const result = shiftsOnDay(person, book(["2026-01-01", siteRules()]), MONDAY);
    expect([words(result), result.dayKind, result.source]).toEqual([expected, kind, source]);
  });

  it("shiftsOnDay keeps a holiday a holiday when somebody is planned to work on it", () => {
    const person = plannedPerson({ plan: plan({ days: [{ day: MONDAY, shiftIds: ["day"], cause: "swap" }] }) });
    expect(shiftsOnDay(person, book(["2026-01-01", siteRules({ calendar: [calendarDay(MONDAY, "holiday")] })]), MONDAY)).toMatchObject({ dayKind: "holiday", source: "swap", free: null, shifts: [{ shift: { id: "day" } }] });
  });

  it.each([
    ["the day before", "2026-11-22", "not-yet-employed"],
    ["the same day, the shift having begun", MONDAY, "not-yet-employed"],
    ["the day after", "2026-11-24", "day 09:00-18:00"],
  ])("shiftsOnDay begins with what begins after being added when it is %s", (_, day, expected) => {
    const person = plannedPerson({ addedAt: Temporal.ZonedDateTime.from("2026-11-23T10:00[Asia/Shanghai]").epochMilliseconds as EpochMs });
    expect(words(shiftsOnDay(person, book(["2026-01-01", siteRules()]), day))).toBe(expected);
  });

  it("shiftsOnDay keeps the shifts that are still ahead when somebody was added in the middle of the day", () => {
    const person = plannedPerson({ addedAt: Temporal.ZonedDateTime.from("2026-11-23T10:00[Asia/Shanghai]").epochMilliseconds as EpochMs, plan: plan({ days: [{ day: MONDAY, shiftIds: ["day", "night"], cause: "roster" }] }) });
    expect(words(shiftsOnDay(person, book(["2026-01-01", siteRules()]), MONDAY))).toBe("night 22:00-06:00");
  });

  it.each([
    ["leaving at noon", "2026-11-24T12:00", "2026-11-24", "left"],
    ["leaving in the evening", "2026-11-24T19:00", "2026-11-24", "day 09:00-18:00"],
    ["having left the day before", "2026-11-23T19:00", "2026-11-24", "left"],
  ])("shiftsOnDay ends with what is over when it is %s", (_, at, day, expected) => {
    const person = plannedPerson({ leftAt: Temporal.ZonedDateTime.from(`${at}[Asia/Shanghai]`).epochMilliseconds as EpochMs });
    expect(words(shiftsOnDay(person, book(["2026-01-01", siteRules()]), day))).toBe(expected);
  });

  it("shiftsOnDay takes the plan's first and last day when there are some", () => {
    const person = plannedPerson({ addedAt: Temporal.ZonedDateTime.from("2026-11-25T10:00[Asia/Shanghai]").epochMilliseconds as EpochMs, plan: plan({ firstDay: "2026-11-24", lastDay: "2026-11-26" }) });
    expect(daysBetween(MONDAY, "2026-11-27").map((day) => words(shiftsOnDay(person, book(["2026-01-01", siteRules()]), day)))).toEqual(["not-yet-employed", "day 09:00-18:00", "day 09:00-18:00", "day 09:00-18:00", "left"]);
  });

  it("shiftsOnDay plans nothing when somebody is exempt", () => {
    expect(shiftsOnDay(plannedPerson({ plan: plan({ exempt: true }) }), book(["2026-01-01", siteRules()]), MONDAY)).toMatchObject({ free: "exempt", shifts: [], group: { id: "all" } });
  });

  it("shiftsOnDay takes the version of the day when the rules change in the middle of the month", () => {
    const later = siteRules({ shifts: [shift("day", ["8:00-17:00"])] });
    const rules = book(["2026-01-01", siteRules()], ["2026-11-24", later]);
    expect([MONDAY, "2026-11-24"].map((day) => [words(shiftsOnDay(plannedPerson(), rules, day)), shiftsOnDay(plannedPerson(), rules, day).rulesVersion])).toEqual([
      ["day 09:00-18:00", 1],
      ["day 08:00-17:00", 2],
    ]);
  });
});

describe("shiftsOnDay where the clock is changed", () => {
  const berlin = (spell: string, more: Partial<SiteRules> = {}): SiteRules => siteRules({ zone: "Europe/Berlin", shifts: [shift("night", [spell])], patterns: [weekly("week", "night night night night night night night")], ...more });
  const on = (rules: SiteRules, day: string): ShiftOnDay => shiftsOnDay(plannedPerson(), book(["2026-01-01", rules]), day);

  it.each([
    ["forward in the night of a shift", "22:00-30:00", "2026-03-28", "night 22:00-06:00", 7],
    ["back in the night of a shift", "22:00-30:00", "2026-10-24", "night 22:00-06:00", 9],
    ["forward on the day itself", "0:00-8:00", "2026-03-29", "night 00:00-08:00", 7],
    ["back on the day itself", "0:00-8:00", "2026-10-25", "night 00:00-08:00", 9],
    ["over a start that does not exist", "2:30-10:00", "2026-03-29", "night 03:30-10:00", 6.5],
    ["over a start that comes twice", "2:30-10:00", "2026-10-25", "night 02:30-10:00", 8.5],
    ["over the end of a night that does not exist", "20:00-26:30", "2026-03-28", "night 20:00-03:30", 6.5],
    ["over the end of a night that comes twice", "20:00-26:30", "2026-10-24", "night 20:00-02:30", 6.5],
    ["not at all", "22:00-30:00", "2026-06-10", "night 22:00-06:00", 8],
  ])("shiftsOnDay keeps to the clock on the wall when it goes %s", (_, spell, day, expected, length) => {
    const result = on(berlin(spell), day);
    expect(words(result, "Europe/Berlin")).toBe(expected);
    expect(hours(result)).toBe(length);
  });

  it("shiftsOnDay lets no period overlap another when both lie at a skipped hour", () => {
    const rules = berlin("0:00-8:00", { shifts: [shift("night", ["0:00-2:30", "2:45-3:15", "3:20-8:00"])] });
    const periods = on(rules, "2026-03-29").shifts[0]?.periods ?? [];
    expect(periods.every(({ startMs, endMs }, index) => endMs >= startMs && startMs >= (periods[index - 1]?.endMs ?? 0))).toBe(true);
  });

  it("shiftsOnDay gives breaks and the latest start as moments when the shift has them", () => {
    const rules = berlin("", { shifts: [shift("night", ["0:00-8:00"], { kind: "flexible", latestStart: 240, breaks: [{ start: 300, end: 330, paid: true }] })] });
    const [first] = on(rules, "2026-03-29").shifts;
    const at = (time: string): number => Temporal.ZonedDateTime.from(`2026-03-29T${time}[Europe/Berlin]`).epochMilliseconds;
    expect(first?.latestStartMs).toBe(at("04:00"));
    expect(first?.breaks).toEqual([{ startMs: at("05:00"), endMs: at("05:30"), paid: true }]);
  });
});

describe("shiftPlanner", () => {
  const zones = ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "America/Sao_Paulo"];
  const spell = fc.tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1440 })).map(([start, length]) => ({ start, end: Math.min(start + length, 2879) }));
  const rules = fc.record({ zone: fc.constantFrom(...zones), period: spell, cycle: fc.array(fc.boolean(), { minLength: 1, maxLength: 9 }), anchor: fc.integer({ min: 14_000, max: 21_000 }) });

  property.prop([rules, fc.integer({ min: 14_000, max: 21_000 }), fc.integer({ min: -50, max: 50 })], { numRuns: 60 })("shiftPlanner gives for each day what shiftsOnDay gives when asked for a range", ({ zone, period, cycle, anchor }, first, offset) => {
    const made = siteRules({
      zone,
      shifts: [{ ...shift("x", ["0:00-1:00"]), periods: [period] }],
      patterns: [{ id: "p", name: "p", kind: "cycle", days: cycle.map((works) => (works ? ["x"] : [])), anchor: dayAt(anchor), followsCalendar: false }],
      groups: [group("all", "p")],
    });
    const from = dayAt(first);
    const person = plannedPerson({ addedAt: 0 as EpochMs, plan: plan({ assignments: [{ from: "2000-01-01", offset }] }) });
    const many = shiftPlanner(book(["2000-01-01", made]), from, addDays(from, 20))(person);
    // Another book of the same content shares no cache with it.
    const alone = daysBetween(from, addDays(from, 20)).map((day) => shiftsOnDay(person, structuredClone(book(["2000-01-01", made])), day));
    expect(many).toEqual(alone);
    for (const { shifts, day } of many) {
      for (const { periods } of shifts) {
        expect(periods.every(({ startMs, endMs }) => endMs >= startMs)).toBe(true);
        const begins = Temporal.PlainDate.from(day).toPlainDateTime(Temporal.PlainTime.from({ hour: Math.floor(period.start / 60), minute: period.start % 60 })).toZonedDateTime(zone).epochMilliseconds;
        expect(periods[0]?.startMs).toBe(begins);
      }
    }
  });

  it("shiftPlanner shares one object when two people work the same", () => {
    const planner = shiftPlanner(book(["2026-01-01", siteRules()]), MONDAY, MONDAY);
    expect(planner(plannedPerson())[0]).toBe(planner(plannedPerson({ department: "Office" }))[0]);
  });
});

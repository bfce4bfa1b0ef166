import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { proposal } from "./proposal.ts";
import { parsePersonPlan, parseRuleBook, parseSiteRules } from "./stored.ts";
import { book, group, plan, shift, siteRules, weekly } from "./testing/rules.ts";
import type { RuleGroup, Shift, SiteRules } from "./types.ts";
import { problemsOf } from "./validate.ts";

const words = (rules: SiteRules): readonly string[] => problemsOf(rules).map(({ path, kind }) => `${path} ${kind}`);
const withShift = (made: Shift): SiteRules => siteRules({ shifts: [made], patterns: [weekly("week", "- - - - - - -")] });
const withGroup = (more: Partial<RuleGroup>): SiteRules => siteRules({ groups: [group("all", "week", more)] });
const { overtime, makeUp } = group("", "");

describe("problemsOf", () => {
  it.each([["cn"], ["eu"], ["us"], ["other"]])("problemsOf finds nothing when the rules are what a site of %s begins with", (region) => {
    expect(problemsOf(proposal("Asia/Shanghai", region, [], "en"))).toEqual([]);
    expect(problemsOf(proposal("Europe/Berlin", region, [], "zh-Hans"))).toEqual([]);
  });

  it.each<readonly [string, SiteRules, readonly string[]]>([
    ["the zone is unknown", siteRules({ zone: "Mars/Olympus" }), ["zone bad-zone"]],
    ["the day changes after noon", siteRules({ dayChange: 721 }), ["dayChange out-of-range"]],
    ["a shift has no name and no short one", withShift(shift("", ["9:00-18:00"], { short: "", id: "x" })), ["shifts.0.name empty", "shifts.0.short empty"]],
    ["names are too long", withShift(shift("x", ["9:00-18:00"], { name: "夜".repeat(41), short: "夜班甲乙" })), ["shifts.0.name too-long", "shifts.0.short too-long"]],
    ["a fixed shift has four periods", withShift(shift("x", ["8:00-9:00", "10:00-11:00", "12:00-13:00", "14:00-15:00"])), ["shifts.0.periods wrong-count"]],
    ["a flexible shift has two periods", withShift(shift("x", ["8:00-9:00", "10:00-11:00"], { kind: "flexible", latestStart: 500 })), ["shifts.0.periods wrong-count"]],
    ["a period ends before it begins", withShift(shift("x", ["18:00-9:00"])), ["shifts.0.periods.0.end order"]],
    ["a period is longer than a day", withShift(shift("x", ["9:00-33:01"])), ["shifts.0.periods.0.end out-of-range"]],
    ["a period begins on the day after", withShift(shift("x", ["24:00-26:00"])), ["shifts.0.periods.0.start out-of-range"]],
    ["a time is half a minute", withShift({ ...shift("x", ["9:00-18:00"]), periods: [{ start: 540.5, end: 1080 }] }), ["shifts.0.periods.0.start out-of-range"]],
    ["periods overlap", withShift(shift("x", ["9:00-13:00", "12:00-18:00"])), ["shifts.0.periods.1.start overlap"]],
    ["periods come in another order", withShift(shift("x", ["14:00-18:00", "9:00-12:00"])), ["shifts.0.periods.1.start order"]],
    ["a shift spans more than a day", withShift(shift("x", ["9:00-12:00", "22:00-34:00"])), ["shifts.0.periods.1.end out-of-range"]],
    ["a break lies outside", withShift(shift("x", ["9:00-12:00"], { breaks: [{ start: 700, end: 730, paid: true }] })), ["shifts.0.breaks.0.start out-of-range"]],
    ["a break ends before it begins", withShift(shift("x", ["9:00-12:00"], { breaks: [{ start: 700, end: 600, paid: true }] })), ["shifts.0.breaks.0.end order"]],
    ["breaks overlap", withShift(shift("x", ["9:00-12:00"], { breaks: [{ start: 600, end: 640, paid: true }, { start: 630, end: 660, paid: true }] })), ["shifts.0.breaks.1.start overlap"]],
    ["nothing but break is left", withShift(shift("x", ["9:00-12:00"], { breaks: [{ start: 540, end: 720, paid: false }] })), ["shifts.0.breaks out-of-range"]],
    ["a flexible shift does not say until when", withShift(shift("x", ["9:00-18:00"], { kind: "flexible" })), ["shifts.0.latestStart out-of-range"]],
    ["a flexible shift lets people come at its end", withShift(shift("x", ["9:00-18:00"], { kind: "flexible", latestStart: 1080 })), ["shifts.0.latestStart out-of-range"]],
    ["more hours are asked for than there are", withShift(shift("x", ["9:00-12:00"], { kind: "hours", requiredMinutes: 181 })), ["shifts.0.requiredMinutes out-of-range"]],
    ["two shifts have one name", siteRules({ shifts: [shift("day", ["9:00-18:00"]), shift("two", ["9:00-18:00"], { name: " DAY " })] }), ["shifts.1.name duplicate"]],
    ["two shifts have one id", siteRules({ shifts: [shift("day", ["9:00-18:00"]), shift("day", ["9:00-18:00"], { name: "other" })] }), ["shifts.1.id duplicate"]],
    ["a week has six days", siteRules({ patterns: [weekly("week", "day day day day day -")] }), ["patterns.0.days wrong-count"]],
    ["a cycle has no anchor", siteRules({ patterns: [weekly("week", "day -", { kind: "cycle" })] }), ["patterns.0.anchor bad-day"]],
    ["a cycle's anchor is no day", siteRules({ patterns: [weekly("week", "day -", { kind: "cycle", anchor: "2026-02-30" })] }), ["patterns.0.anchor bad-day"]],
    ["a cycle is empty", siteRules({ patterns: [{ ...weekly("week", ""), days: [], kind: "cycle", anchor: "2026-01-01" }] }), ["patterns.0.days wrong-count"]],
    ["a pattern names a shift that is not there", siteRules({ patterns: [weekly("week", "day day late day day - -")] }), ["patterns.0.days.2 unknown-shift"]],
    ["a day has a shift twice", siteRules({ patterns: [weekly("week", "day+day - - - - - -")] }), ["patterns.0.days.0 duplicate"]],
    ["a day's shifts come in another order", siteRules({ patterns: [weekly("week", "night+day - - - - - -")] }), ["patterns.0.days.0 order"]],
    ["a day's shifts overlap", siteRules({ shifts: [shift("day", ["9:00-18:00"]), shift("late", ["17:00-22:00"])], patterns: [weekly("week", "day+late - - - - - -")] }), ["patterns.0.days.0 overlap"]],
    ["a night reaches into the next morning's shift", siteRules({ shifts: [shift("early", ["5:00-12:00"]), shift("night", ["22:00-30:00"])], patterns: [weekly("week", "- - - - - early night")], groups: [group("all", "week")] }), []],
    ["Sunday's night reaches into Monday's shift", siteRules({ shifts: [shift("early", ["5:00-12:00"]), shift("night", ["22:00-30:00"])], patterns: [weekly("week", "early - - - - - night")] }), ["patterns.0.days.0 overlap"]],
    ["a cycle's last night reaches into its first day", siteRules({ shifts: [shift("early", ["5:00-12:00"]), shift("night", ["22:00-30:00"])], patterns: [weekly("week", "early night", { kind: "cycle", anchor: "2026-01-01" })] }), ["patterns.0.days.0 overlap"]],
    ["there is no group", siteRules({ groups: [] }), ["groups no-fallback"]],
    ["the last group is for one department", siteRules({ groups: [group("all", "week"), group("yard", "week", { departments: ["Yard"] })] }), ["groups no-fallback"]],
    ["a group is for no department", siteRules({ groups: [group("yard", "week", { departments: [] }), group("all", "week")] }), ["groups.0.departments empty"]],
    ["a group follows a pattern that is not there", withGroup({ patternId: "gone" }), ["groups.0.patternId unknown-pattern"]],
    ["a window is too wide", withGroup({ windowBeforeMinutes: 721, windowAfterMinutes: -1 }), ["groups.0.windowBeforeMinutes out-of-range", "groups.0.windowAfterMinutes out-of-range"]],
    ["grace is too long", withGroup({ graceLateMinutes: 121, seriousLateMinutes: 300, halfDayMinutes: 310, absentMinutes: 320, graceEarlyMinutes: 121 }), ["groups.0.graceLateMinutes out-of-range", "groups.0.graceEarlyMinutes out-of-range"]],
    ["serious lateness begins within grace", withGroup({ seriousLateMinutes: 5 }), ["groups.0.seriousLateMinutes order"]],
    ["half a day's absence begins after a whole one's", withGroup({ halfDayMinutes: 240 }), ["groups.0.halfDayMinutes order"]],
    ["two steps of a late finish are one", withGroup({ lateFinish: [{ stayedMinutes: 60, laterMinutes: 30 }, { stayedMinutes: 60, laterMinutes: 60 }] }), ["groups.0.lateFinish.1.stayedMinutes duplicate"]],
    ["rounding knows no such unit", withGroup({ roundIn: { unitMinutes: 7 as 5, mode: "up" } }), ["groups.0.roundIn.unitMinutes out-of-range"]],
    ["overtime counts less than once", withGroup({ overtime: { ...overtime, multiplier: { workday: 0.5, rest: Number.NaN, holiday: 5.1 } } }), ["groups.0.overtime.multiplier.workday out-of-range", "groups.0.overtime.multiplier.rest out-of-range", "groups.0.overtime.multiplier.holiday out-of-range"]],
    ["overtime's cap is less than its minimum", withGroup({ overtime: { ...overtime, minimumMinutes: 60, dailyCapMinutes: 30 } }), ["groups.0.overtime.dailyCapMinutes order"]],
    ["the make-up policy is out of range", withGroup({ makeUp: { ...makeUp, quota: -2, quotaFromDay: 29, windowDays: 93, cutOffDay: 0 } }), ["groups.0.makeUp.quota out-of-range", "groups.0.makeUp.quotaFromDay out-of-range", "groups.0.makeUp.windowDays out-of-range", "groups.0.makeUp.cutOffDay out-of-range"]],
    ["health is required that is not asked for", withGroup({ makeUp: { ...makeUp, health: ["condition"], healthRequired: ["temperature"] } }), ["groups.0.makeUp.healthRequired out-of-range"]],
    ["nobody decides", withGroup({ approval: [] }), ["groups.0.approval empty"]],
    ["somebody decides twice", withGroup({ approval: ["hr", "hr"] }), ["groups.0.approval duplicate"]],
    ["times for deciding and confirming are out of range", withGroup({ decideWithinHours: 0, confirmByDay: 29 }), ["groups.0.decideWithinHours out-of-range", "groups.0.confirmByDay out-of-range"]],
    ["the calendar has a day twice, and one that there is not", siteRules({ calendar: ["2026-05-01", "2026-05-01", "2026-13-01"].map((day) => ({ day, kind: "holiday", name: "x", source: "own" })) }), ["calendar.2.day bad-day", "calendar.1.day duplicate"]],
    ["a leave kind has no name", siteRules({ leaveKinds: [{ id: "x", name: " ", balance: false, yearlyMinutes: -1, unit: "day", paid: true, needsAttachment: false }] }), ["leaveKinds.0.name empty", "leaveKinds.0.yearlyMinutes out-of-range"]],
    ["a device is named twice", siteRules({ devices: ["a", "a"] }), ["devices.1 duplicate"]],
  ])("problemsOf says what is wrong when %s", (_, rules, expected) => {
    expect(words(rules)).toEqual(expected);
  });

  it("problemsOf allows a group for everybody before the last when plans can name it", () => {
    expect(words(siteRules({ groups: [group("nights", "week"), group("all", "week")] }))).toEqual([]);
  });

  const anything = fc.integer({ min: -100, max: 4000 });
  property.prop([fc.array(fc.record({ start: anything, end: anything }), { maxLength: 4 }), fc.array(fc.record({ start: anything, end: anything, paid: fc.boolean() }), { maxLength: 3 }), fc.constantFrom("fixed", "flexible", "hours"), anything], { numRuns: 300 })(
    "problemsOf passes a shift only when its spells are in order and its breaks inside, whatever it is made of",
    (periods, breaks, kind, latestStart) => {
      const problems = problemsOf(withShift({ ...shift("x", []), kind, periods, breaks, latestStart, requiredMinutes: 60 }));
      const inOrder = periods.every(({ start, end }, index) => start >= 0 && end > start && start >= (periods[index - 1]?.end ?? 0));
      const inside = breaks.every(({ start, end }) => end > start && periods.some((period) => period.start <= start && end <= period.end));
      if (problems.length === 0) expect(inOrder && inside && periods.length > 0).toBe(true);
    },
  );
});

describe("stored rules", () => {
  it("parseRuleBook and parsePersonPlan give back what was stored when it has their shape", () => {
    const rules = book(["2026-01-01", proposal("Asia/Shanghai", "cn", [{ day: "2026-05-01", kind: "holiday", name: "Labour Day", nameZh: "劳动节", source: "CN" }], "en")]);
    expect(parseRuleBook(structuredClone(rules))).toEqual(rules);
    expect(parseSiteRules(structuredClone(rules.versions[0]!.rules))).toEqual(rules.versions[0]!.rules);
    const planned = plan({ assignments: [{ from: "2026-01-01", patternId: "week", offset: 2 }], days: [{ day: "2026-01-02", shiftIds: ["day"], cause: "swap", requestId: "r" }], exempt: true, firstDay: "2026-01-01" });
    expect(parsePersonPlan(structuredClone(planned))).toEqual(planned);
  });

  it.each([[null], [{}], [{ siteId: "s", versions: [{}] }], [{ ...book(["2026-13-01", siteRules()]) }], [{ ...book(["2026-01-01", siteRules()]), more: 1 }]])("parseRuleBook gives null when it is something else: %j", (value) => {
    expect(parseRuleBook(value)).toBeNull();
  });
});

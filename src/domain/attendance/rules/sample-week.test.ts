import { expect, it } from "vitest";
import { computeDays } from "../engine/compute-days.ts";
import { afterWeek, SAMPLE_DEVICE, sampleWeek } from "./sample-week.ts";
import { book, group, shift, siteRules } from "./testing/rules.ts";
import type { RuleBook } from "./types.ts";

const MONDAY = "2026-11-23";
const ZONE = "Asia/Shanghai";

/** Marks of each day of the made-up week. */
function marks(rules: RuleBook, shiftsFrom: RuleBook = rules): readonly string[] {
  const now = afterWeek(MONDAY, ZONE);
  const days = computeDays({ book: rules, zone: ZONE, from: MONDAY, to: "2026-11-29", people: [sampleWeek(shiftsFrom, "all", MONDAY, ZONE)], watermarks: [{ device: SAMPLE_DEVICE, untilMs: now }], outages: [], now });
  return days.map((day) => [...day.marks].filter((mark) => mark !== "waiting").sort().join(" "));
}

it("sampleWeek shows the usual anomalies when the rules judge it", () => {
  const shown = marks(book(["2026-01-01", siteRules()]));
  expect(shown[0]).toBe("");
  expect(shown[1]).toBe("late");
  expect(shown[2]).toContain("serious-late");
  expect(shown[3]).toBe("early");
  expect(shown[4]).toContain("missing-out");
});

it("sampleWeek comes out otherwise when the draft has another grace, and the punches are the same", () => {
  const before = book(["2026-01-01", siteRules()]);
  const draft = book(["2026-01-01", siteRules({ groups: [group("all", "week", { graceLateMinutes: 15 })] })]);
  expect(marks(draft, before)[1]).toBe("");
});

it("sampleWeek works after midnight on a day off, which another day change counts for the next day", () => {
  const rules = siteRules();
  const before = book(["2026-01-01", rules]);
  const sunday = (dayChange: number): readonly string[] => {
    const draft = book(["2026-01-01", { ...rules, dayChange }]);
    const now = afterWeek(MONDAY, ZONE);
    const days = computeDays({ book: draft, zone: ZONE, from: MONDAY, to: "2026-11-29", people: [sampleWeek(before, "all", MONDAY, ZONE)], watermarks: [{ device: SAMPLE_DEVICE, untilMs: now }], outages: [], now });
    return days.at(-1)?.punches.map(({ direction }) => direction) ?? [];
  };
  expect(sunday(240)).toEqual(["in", "out"]);
  expect(sunday(60)).toEqual([]);
});

it("sampleWeek lies round the night when the shift is one", () => {
  const nights = siteRules({ shifts: [shift("day", ["22:00-30:00"])] });
  expect(marks(book(["2026-01-01", nights]))[1]).toBe("late");
});

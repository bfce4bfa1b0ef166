import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { dayResult, daysBetween } from "../../../tests/screens/fake-days.ts";
import type { EmployeeNumber, PersonId } from "../people/types.ts";
import { attlogLines } from "./attlog.ts";
import { chartOf } from "./chart.ts";
import type { ReportPerson } from "./context.ts";
import { hoursText, minutesOf } from "./hours.ts";
import { REPORT_KINDS, type ReportKind } from "./kinds.ts";
import { startReport } from "./report.ts";
import { columnAt, type Cell, type ReportTable } from "./table.ts";
import { anyPeople, CONTEXT } from "../../../tests/support/report-people.ts";
import { wallClock, wallText } from "./wall-clock.ts";

function report(kind: ReportKind, people: readonly ReportPerson[]): ReportTable {
  const builder = startReport(kind, CONTEXT);
  for (const person of people) builder.add(person);
  return builder.finish();
}

const sum = (cells: readonly Cell[]): number => cells.reduce<number>((total, cell) => total + (typeof cell === "number" ? cell : 0), 0);
const column = (table: ReportTable, id: string): readonly Cell[] => table.rows.map((row) => row[columnAt(table, id)] ?? null);
const totalOf = (table: ReportTable, id: string): Cell => table.totals[columnAt(table, id)] ?? null;

/** Two people of the pictures: one by day and one by night. */
const PEOPLE: readonly ReportPerson[] = [0, 3].map((index) => {
  const id = `p-${index}` as PersonId;
  return { person: { id, employeeNumber: String(1001 + index) as EmployeeNumber, name: index === 0 ? "Chen Yu" : "赵敏", department: "Assembly" }, days: daysBetween("2026-02-01", "2026-02-28").map((day) => dayResult(index, id, day)) };
});

describe.each(REPORT_KINDS)("the %s report", (kind) => {
  property.prop([anyPeople], { numRuns: 40 })("adds up to its totals, and its chart to the same, whoever is in it", (people) => {
    const table = report(kind, people);
    for (const [index, { sum: summed, kind: of }] of table.columns.entries()) {
      expect(table.totals[index]).toBe(summed === true ? sum(table.rows.map((row) => row[index] ?? null)) : null);
      if (summed === true) expect(["minutes", "count", "days", "decimal"]).toContain(of);
    }
    for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
    const chart = chartOf(kind, table);
    if (table.rows.length === 0) expect(chart).toBeNull();
    for (const { column: id, values } of chart?.series ?? []) {
      expect(values).toHaveLength(chart?.labels.length ?? 0);
      expect(sum(values)).toBe(totalOf(table, id));
    }
  });

  test("is the same in whichever order people come, row by row", () => {
    const byText = (table: ReportTable): string[] => table.rows.map((row) => JSON.stringify(row)).sort();
    expect(byText(report(kind, [...PEOPLE].reverse()))).toEqual(byText(report(kind, PEOPLE)));
  });
});

property.prop([anyPeople], { numRuns: 40 })("reports tell the same minutes, whichever of them one looks at", (people) => {
  const [summary, daily, overtime, trend] = (["summary", "daily", "overtime", "trend"] as const).map((kind) => report(kind, people));
  for (const id of ["late", "early", "absent"]) {
    expect(totalOf(summary!, id)).toBe(totalOf(daily!, id));
    expect(totalOf(trend!, id)).toBe(totalOf(daily!, id));
  }
  for (const kind of ["workday", "rest", "holiday"]) expect(totalOf(summary!, `overtime-${kind}`)).toBe(totalOf(overtime!, `overtime-${kind}`));
  expect(sum(["workday", "rest", "holiday"].map((kind) => totalOf(summary!, `overtime-${kind}`)))).toBe(totalOf(daily!, "overtime"));
});

property.prop([fc.integer({ min: 0, max: 100_000 }), fc.constantFrom("h:mm", "decimal")])("hoursText can be read back to the minute", (minutes, style) => {
  expect(minutesOf(hoursText(minutes, style), style)).toBe(minutes);
});

describe("reports of two people's February", () => {
  test("count what happened to them", () => {
    const summary = report("summary", PEOPLE);
    expect(summary.rows).toHaveLength(2);
    expect(column(summary, "count-late")).toEqual([1, 1]);
    expect(column(summary, "count-missing-out")).toEqual([1, 1]);
    // Two hours of overtime on a workday, at one and a half.
    expect(column(summary, "overtime-workday")).toEqual([120, 0]);
    expect(column(summary, "overtime-weighted")).toEqual([180, 0]);
    // Sixteen workdays of eight hours, with the make-up workdays of the Spring Festival.
    expect(column(summary, "workdays")[0]).toBe(15 + 1);
    expect(column(summary, "planned")[0]).toBe(16 * 480);
  });

  test("keep a night's departure with the day on which the shift began", () => {
    const times = report("punch-times", PEOPLE.slice(1));
    const first = times.rows[0]?.[columnAt(times, "times")];
    expect(first).toMatch(/^21:\d\d 06:\d\d\+1$/);
  });

  test("say nothing of who used which way", () => {
    const ways = report("ways", PEOPLE);
    expect(ways.columns.map(({ id }) => id)).toEqual(["device", "way-face", "way-pin", "way-badge", "way-attested", "way-made-up", "punches"]);
    expect(JSON.stringify(ways)).not.toMatch(/Chen|赵敏|1001/);
  });

  test("list only what is not plain, and no minute twice", () => {
    const exceptions = report("exceptions", PEOPLE);
    const daily = report("daily", PEOPLE);
    expect(new Set(column(exceptions, "mark"))).toEqual(new Set(["late", "missing-out", "auto-out", "outage"]));
    expect(totalOf(exceptions, "minutes")).toBe(sum([totalOf(daily, "late"), totalOf(daily, "absent")]));
  });
});

describe("attlog.dat", () => {
  const wall = wallClock("Asia/Shanghai");

  test("has number, local time, verify mode, status and work code between tabs", () => {
    const [day] = PEOPLE[0]?.days.filter(({ day: of }) => of === "2026-02-10") ?? [];
    const lines = attlogLines("1001", day === undefined ? [] : [day], wall);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^1001\t2026-02-10 08:5\d:\d\d\t(?:0|2|15)\t0\t0$/);
    expect(lines[1]).toMatch(/^1001\t2026-02-10 20:05:\d\d\t(?:0|2|15)\t1\t0$/);
  });

  test("calls punches of a day of rest overtime, leaves out what does not count, and keeps fields apart", () => {
    const rest = dayResult(11, "p-11" as PersonId, "2026-02-07");
    expect(attlogLines("10\t12", [rest], wall).map((line) => line.split("\t")[3])).toEqual(["4", "5"]);
    expect(attlogLines("10\t12", [rest], wall).every((line) => line.startsWith("10 12\t"))).toBe(true);
    const repeated = dayResult(0, "p-0" as PersonId, "2026-02-25");
    expect(repeated.punches).toHaveLength(3);
    expect(attlogLines("1001", [repeated], wall)).toHaveLength(2);
  });
});

describe("wallClock", () => {
  test.each([
    { zone: "Europe/Berlin", at: "2026-03-29T00:59:59Z", text: "2026-03-29 01:59:59" },
    { zone: "Europe/Berlin", at: "2026-03-29T01:00:00Z", text: "2026-03-29 03:00:00" },
    { zone: "Europe/Berlin", at: "2026-10-25T00:30:00Z", text: "2026-10-25 02:30:00" },
    { zone: "Europe/Berlin", at: "2026-10-25T01:30:00Z", text: "2026-10-25 02:30:00" },
    { zone: "Asia/Kathmandu", at: "2026-03-01T00:00:00Z", text: "2026-03-01 05:45:00" },
    { zone: "Australia/Lord_Howe", at: "2026-04-04T15:00:00Z", text: "2026-04-05 01:30:00" },
  ])("says $text in $zone at $at", ({ zone, at, text }) => {
    expect(wallText(wallClock(zone)(Date.parse(at)))).toBe(text);
  });
});

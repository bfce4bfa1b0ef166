import { describe, expect, it } from "vitest";
import { book, plan, plannedPerson, siteRules } from "../../../domain/attendance/rules/testing/rules.ts";
import { shiftPlanner } from "../../../domain/attendance/rules/shift-on-day.ts";
import type { EmployeeNumber, Person, PersonId } from "../../../domain/people/types.ts";
import { inverse, matching, mondayOf, needed, readChoice, staffed, type RosterRow } from "./cells.ts";

const planner = shiftPlanner(book(["2026-01-01", siteRules()]), "2026-11-23", "2026-11-29");
const row = (id: string, name: string, days: Parameters<typeof plan>[0] = {}): RosterRow => ({
  person: { id: id as PersonId, employeeNumber: `E-${id}` as EmployeeNumber, name, department: "Yard", employmentType: "full-time", status: "active", addedAt: 0 as Person["addedAt"] },
  days: planner(plannedPerson({ plan: plan(days) })),
});
const ROWS = [row("1", "Ada Miller"), row("2", "李雷", { days: [{ day: "2026-11-24", shiftIds: ["night"], cause: "roster" }, { day: "2026-11-25", shiftIds: [], cause: "swap" }] })];

describe("the cells of the schedule", () => {
  it("inverse puts a cell back to its single day, or to the pattern, when that is what it was", () => {
    expect(inverse(ROWS, [{ personId: "2" as PersonId, day: "2026-11-24" }, { personId: "2" as PersonId, day: "2026-11-25" }, { personId: "1" as PersonId, day: "2026-11-24" }])).toEqual([
      { personId: "1", day: "2026-11-24", shiftIds: null },
      { personId: "2", day: "2026-11-24", shiftIds: ["night"] },
      { personId: "2", day: "2026-11-25", shiftIds: [] },
    ]);
  });

  it("needed leaves out what is so already when cells are painted again", () => {
    const changes = [{ personId: "2" as PersonId, day: "2026-11-24", shiftIds: ["night"] }, { personId: "2" as PersonId, day: "2026-11-25", shiftIds: null }];
    expect(needed(ROWS, changes)).toEqual([changes[1]]);
  });

  it("staffed counts who works on each day when some are free", () => {
    expect(staffed(ROWS, 7)).toEqual([2, 2, 1, 2, 2, 0, 0]);
  });

  it.each([["ada", 1], ["e-2", 1], ["雷", 1], ["", 2], ["nobody", 0]])("matching finds %j in %i rows when it is typed", (search, count) => {
    expect(matching(ROWS, search)).toHaveLength(count);
  });

  it("readChoice begins on a Monday when the address names another day, and with this week when it names none", () => {
    expect(readChoice("?from=2026-11-26&span=28&department=Yard", "2026-01-01")).toEqual({ from: "2026-11-23", span: 28, department: "Yard", search: "" });
    expect(readChoice("?from=soon&span=3", "2026-11-29")).toEqual({ from: "2026-11-23", span: 14, department: "", search: "" });
    expect(mondayOf("2026-11-23")).toBe("2026-11-23");
  });
});

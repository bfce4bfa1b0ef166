import { describe, expect, it } from "vitest";
import { NO_COUNTS } from "../../domain/attendance/door-figures.ts";
import type { DoorCounts } from "../../domain/attendance/door-figures.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { EmployeeNumber, EmploymentType, Person, PersonId } from "../../domain/people/types.ts";
import { ENOUGH_PUNCHES, groupFigures, personFigures, worstToBest } from "./figures.ts";
import type { PersonInFigures } from "./figures.ts";

const id = (name: string): PersonId => name as PersonId;

function person(name: string, department = "Assembly", employmentType: EmploymentType = "full-time", status: Person["status"] = "active"): Person {
  return { id: id(name), employeeNumber: name as EmployeeNumber, name, department, employmentType, status, addedAt: 0 as EpochMs };
}

const enrolled = (name: string, references = 5) => ({ personId: id(name), references: Array.from({ length: references }, () => ({ own: 1, other: 0 })) });
const door = (recognised: number, afterRefusal: number): DoorCounts => ({ ...NO_COUNTS, recognised, afterRefusal });

function figuresOf(people: readonly (readonly [Person, DoorCounts | null])[]): readonly PersonInFigures[] {
  return personFigures(
    people.map(([one]) => one),
    people.map(([one]) => enrolled(one.id)),
    new Map(people.map(([one]) => [one.id, { found: 4, searched: 5 }])),
    new Map(people.flatMap(([one, counts]) => (counts === null ? [] : [[one.id, counts] as const]))),
  );
}

describe("figures of people", () => {
  it("are those of everybody who is active and is enrolled or was at the door", () => {
    const people = [person("a"), person("b"), person("c"), person("d", "Assembly", "full-time", "left")];
    const figures = personFigures(people, [enrolled("a"), enrolled("d")], new Map([[id("a"), { found: 4, searched: 5 }]]), new Map([[id("b"), door(0, 1)]]));
    expect(figures.map(({ figures: of }) => [of.personId, of.references, of.found.value, of.rejectRate.value])).toEqual([
      ["b", 0, null, 1],
      ["a", 5, 0.8, null],
    ]);
  });

  it("put those first of whom it is surest that they are refused most", () => {
    const figures = figuresOf([
      [person("never"), door(100, 0)],
      [person("often"), door(60, 40)],
      [person("unknown"), null],
      [person("once of two"), door(1, 1)],
    ]);
    expect(figures.map(({ figures: of }) => of.personId)).toEqual(["often", "once of two", "never", "unknown"]);
  });
});

describe("figures of groups", () => {
  it("add up the people of a department and of an employment type", () => {
    const groups = groupFigures(
      figuresOf([
        [person("a", "Assembly", "intern"), { recognised: 8, challenged: 2, secondFactor: 1, afterRefusal: 2 }],
        [person("b", "Assembly", "full-time"), door(10, 0)],
        [person("c", "Quality", "intern"), door(10, 5)],
      ]),
    );
    expect(groups.map(({ by, name, people, recognised, challenged, secondFactor, afterRefusal }) => [by, name, people, recognised, challenged, secondFactor, afterRefusal])).toEqual([
      ["department", "Quality", 1, 10, 0, 0, 5],
      ["department", "Assembly", 2, 18, 2, 1, 2],
      ["employment-type", "intern", 2, 18, 2, 1, 7],
      ["employment-type", "full-time", 1, 10, 0, 0, 0],
    ]);
    expect(groups[1]?.found).toMatchObject({ n: 10, value: 0.8 });
    expect(groups[1]?.rejectRate).toMatchObject({ n: 20, value: 0.1 });
  });
});

describe("worst to best", () => {
  const of = (...departments: readonly (readonly [string, DoorCounts])[]) => worstToBest(groupFigures(figuresOf(departments.map(([name, counts]) => [person(name, name), counts]))));

  it.each([
    ["two groups", [["a", door(900, 100)], ["b", door(980, 20)]], 100.5 / 20.5],
    ["a group in which nobody was refused", [["a", door(900, 100)], ["b", door(1000, 0)]], 100.5 / 0.5],
    ["a third group between them", [["a", door(900, 100)], ["c", door(950, 50)], ["b", door(980, 20)]], 100.5 / 20.5],
    ["one group alone", [["a", door(900, 100)]], null],
    ["a second group with too few punches", [["a", door(900, 100)], ["b", door(ENOUGH_PUNCHES - 1, 0)]], null],
    ["a second group with just enough", [["a", door(900, 100)], ["b", door(ENOUGH_PUNCHES - 1, 1)]], 100.5 / 1001 / (1.5 / (ENOUGH_PUNCHES + 1))],
  ] as const)("is the ratio of %s", (_what, departments, expected) => {
    const ratio = of(...departments);
    if (expected === null) expect(ratio).toBeNull();
    else expect(ratio).toBeCloseTo(expected, 9);
  });
});

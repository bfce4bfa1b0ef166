import { expect, test } from "vitest";
import { NO_STANDING } from "../../domain/attendance/standing.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { StoredPerson } from "../../domain/people/stored.ts";
import type { EmployeeNumber, PersonId } from "../../domain/people/types.ts";
import type { Store } from "../ports/store.ts";
import { RosterRows } from "./roster-rows.ts";

const COUNT = 20_000;

function storeOf(count: number): Store {
  const people = new Map<PersonId, StoredPerson>();
  for (let number = count; number >= 1; number--) {
    const id = `p${String(number)}` as PersonId;
    const person = { id, employeeNumber: `E-${String(number)}` as EmployeeNumber, name: "Ada", department: "", employmentType: "full-time", status: "active", addedAt: 0 as EpochMs } as const;
    people.set(id, { person, consents: [], pin: null });
  }
  return { people, templates: new Map(), unreadableTemplates: new Set(), standing: () => NO_STANDING, subscribe: () => () => undefined } as unknown as Store;
}

test("RosterRows has a short roster at once", () => {
  expect(new RosterRows(storeOf(3)).rows.value.map(({ person }) => person.employeeNumber)).toEqual(["E-1", "E-2", "E-3"]);
});

test("RosterRows puts a long roster in order without holding the page up for it", async () => {
  const rows = new RosterRows(storeOf(COUNT));
  expect(rows.rows.value).toEqual([]);
  await expect.poll(() => rows.rows.value.length).toBe(COUNT);
  expect(rows.rows.value.at(-1)?.person.employeeNumber).toBe(`E-${String(COUNT)}`);
});

test("RosterRows does nothing when the gallery was loaded and every template is of the models in use", () => {
  const rows = new RosterRows(storeOf(3));
  const before = rows.rows.value;
  rows.setOtherModel(new Set());
  expect(rows.rows.value).toBe(before);
});

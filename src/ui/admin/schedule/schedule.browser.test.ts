import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { page } from "vitest/browser";

import "../../styles/global.css";
import { all, dialogGone, one, open, press, sees } from "../../../../tests/screens/admin-hands.ts";
import { FakeAdministration } from "../../../../tests/screens/fake-administration.ts";
import { shiftPlanner } from "../../../domain/attendance/rules/shift-on-day.ts";
import type { PersonPlan } from "../../../domain/attendance/rules/types.ts";
import type { Person, PersonId } from "../../../domain/people/types.ts";
import { err, ok } from "../../../domain/result.ts";
import { withDays } from "../../../app/attendance/schedule-changes.ts";
import { showLocale } from "../../i18n/localize.ts";

const ORIGINAL = location.href;

beforeEach(async () => {
  await page.viewport(1280, 800);
  await showLocale("en");
});

afterEach(() => {
  vi.restoreAllMocks();
  document.body.replaceChildren();
  history.replaceState(null, "", ORIGINAL);
});

/** A schedule that keeps what is planned, for so many people. */
function made(people: number): { readonly fake: FakeAdministration; readonly plans: Map<string, PersonPlan> } {
  const fake = new FakeAdministration();
  const plans = new Map<string, PersonPlan>();
  const [template] = fake.people.rows.value.map(({ person }) => person);
  if (template === undefined) throw new Error("nobody");
  const everybody: readonly Person[] = Array.from({ length: people }, (_, index) => ({ ...template, id: `p-${index}` as PersonId, name: `Person ${index}`, employmentType: "full-time", department: "Assembly", addedAt: 0 as Person["addedAt"] }));
  const { schedule } = fake.attendance;
  schedule.shifts = ({ from, to }) => {
    const planner = shiftPlanner(fake.attendance.book.value, from, to);
    return Promise.resolve(ok(everybody.map((person) => ({ person, days: planner({ ...person, plan: plans.get(person.id) ?? null }) }))));
  };
  schedule.setDays = (changes) => {
    fake.calls.push(["schedule.setDays", changes]);
    for (const { personId, day, shiftIds } of changes) plans.set(personId, withDays(plans.get(personId) ?? { personId, assignments: [], days: [] }, [{ day, shiftIds }]));
    return Promise.resolve(ok());
  };
  return { fake, plans };
}

const cell = (row: number, column: number): HTMLElement => one(`[data-cell="${row} ${column}"]`);
const shownIn = (row: number, column: number): string => cell(row, column).textContent.trim();

function key(target: HTMLElement, name: string, more: KeyboardEventInit = {}): void {
  target.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, composed: true, cancelable: true, ...more }));
}

function point(target: HTMLElement, type: string, buttons: number): void {
  target.dispatchEvent(new PointerEvent(type, { bubbles: true, composed: true, pointerId: 1, button: 0, buttons }));
}

describe("the schedule", () => {
  test("is painted by drawing over cells in one step, and taken back in one", async () => {
    const { fake, plans } = made(3);
    await open(fake, "/admin/schedule?from=2026-03-02&span=7");
    await sees("Person 2");
    await press(/^N\s*Night shift/);
    // The pointer is made here: there is nothing to let go of.
    vi.spyOn(HTMLElement.prototype, "releasePointerCapture").mockReturnValue();
    point(cell(0, 1), "pointerdown", 1);
    for (const column of [2, 3]) point(cell(0, column), "pointerenter", 1);
    window.dispatchEvent(new PointerEvent("pointerup"));
    await sees("3 days changed.");
    expect(fake.calls.filter(([name]) => name === "schedule.setDays")).toHaveLength(1);
    await vi.waitFor(() => expect([0, 1, 2, 3, 4].map((column) => shownIn(0, column))).toEqual(["D", "N", "N", "N", "D"]));
    expect(cell(0, 1).classList.contains("single")).toBe(true);
    await press(/^Undo/);
    await vi.waitFor(() => expect(plans.get("p-0")?.days).toEqual([]));
    await vi.waitFor(() => expect(shownIn(0, 1)).toBe("D"));
  });

  test("is worked with the keyboard alone", async () => {
    const { fake } = made(3);
    await open(fake, "/admin/schedule?from=2026-03-02&span=7");
    await sees("Person 2");
    cell(0, 0).focus();
    key(cell(0, 0), "2");
    key(cell(0, 0), "ArrowDown");
    await vi.waitFor(() => expect(cell(1, 0).matches(":focus")).toBe(true));
    key(cell(1, 0), "ArrowRight");
    await vi.waitFor(() => expect(cell(1, 1).matches(":focus")).toBe(true));
    key(cell(1, 1), "Enter");
    await vi.waitFor(() => expect(shownIn(1, 1)).toBe("N"));
    key(cell(1, 1), "Delete");
    await vi.waitFor(() => expect(shownIn(1, 1)).toBe("D"));
    key(cell(1, 1), "z", { ctrlKey: true });
    await vi.waitFor(() => expect(shownIn(1, 1)).toBe("N"));
  });

  test("holds a part of 5,000 rows in the document, and says how many are at work", async () => {
    const { fake } = made(5_000);
    await open(fake, "/admin/schedule?from=2026-03-02&span=28");
    await sees("5,000 people");
    await vi.waitFor(() => expect(all(document, ".person").length).toBeGreaterThan(3));
    expect(all(document, ".person").length).toBeLessThan(60);
    expect(all(document, "[role=columnheader]")[1]?.textContent).toContain("5000");
    cell(0, 0).focus();
    key(cell(0, 0), "PageDown");
    await vi.waitFor(() => expect(cell(10, 0).matches(":focus")).toBe(true));
  });

  test("says whose night would reach into which shift, and changes nothing", async () => {
    const { fake, plans } = made(2);
    fake.attendance.schedule.setDays = () => Promise.resolve(err({ kind: "plan/overlap", personId: "p-1" as PersonId, day: "2026-03-04" }));
    await open(fake, "/admin/schedule?from=2026-03-02&span=7");
    await sees("Person 1");
    cell(1, 0).focus();
    key(cell(1, 0), "2");
    key(cell(1, 0), "Enter");
    await sees("Person 1, 2026-03-04: a shift would begin before the one before it is over. Nothing was changed.");
    expect(plans.size).toBe(0);
  });

  test("gives a pattern to those who were chosen, and copies last week for those who are shown", async () => {
    const { fake } = made(4);
    await open(fake, "/admin/schedule?from=2026-03-09&span=7");
    await sees("Person 3");
    all(document, ".person input")[1]?.click();
    await press(/^Give a pattern to 1/);
    await sees("single days go before the pattern");
    await press(/^Give it/);
    await vi.waitFor(() => expect(fake.calls.find(([name]) => name === "schedule.assign")?.[1]).toEqual(["p-1"]));
    await press(/^Copy last week/);
    await vi.waitFor(() => expect(fake.calls).toContainEqual(["schedule.copy", ["p-0", "p-1", "p-2", "p-3"], "2026-03-02", 7, "2026-03-09"]));
  });

  test("is shown to whoever may only read it, without a way to change it", async () => {
    const { fake } = made(2);
    fake.allowed.next(new Set(["plans.read"]));
    await open(fake, "/admin/schedule?from=2026-03-02&span=7");
    await sees("Person 1");
    expect(all(document, "wa-button").map((button) => button.textContent.trim()).filter((words) => /Undo|Copy|Give/.test(words))).toEqual([]);
    key(cell(0, 0), "Enter");
    expect(fake.calls.filter(([name]) => name === "schedule.setDays")).toEqual([]);
  });

  test("a pattern and a duty that were given by mistake are taken back, and what is refused is said and kept", async () => {
    const { fake } = made(2);
    const plan: PersonPlan = { personId: "p-0" as PersonId, assignments: [{ from: "2026-03-02", patternId: "week" }], days: [], firstDay: "2026-03-02" };
    fake.attendance.schedule.plan = (id) => Promise.resolve(id === "p-0" ? plan : null);
    const called = (name: string): readonly unknown[] => fake.calls.filter(([what]) => what === name);
    await open(fake, "/admin/schedule?from=2026-03-02");
    await sees("Person 0");
    await press("Give a pattern");
    await press("Give it");
    await vi.waitFor(() => expect(called("schedule.assign")).toHaveLength(1));
    const from = (called("schedule.assign")[0] as readonly unknown[])[2] as { readonly from: string };
    await dialogGone();
    await press("Undo");
    await vi.waitFor(() => expect(called("schedule.takeBack")).toEqual([["schedule.takeBack", ["p-0", "p-1"], from.from]]));
    await sees("Taken back.");

    await press("Person 0");
    await press("Take back");
    await vi.waitFor(() => expect(called("schedule.takeBack")).toContainEqual(["schedule.takeBack", ["p-0"], "2026-03-02"]));
    await press("Save");
    await dialogGone();
    const refuse = vi.spyOn(fake.attendance.schedule, "setDuty").mockResolvedValue(err({ kind: "plan/closed-days", personId: "p-0" as PersonId, day: "2026-03-02" }));
    await press("Undo");
    await sees("the month of 2026-03-02 is closed");
    expect(refuse).toHaveBeenCalledWith("p-0", { firstDay: "2026-03-02" });
    refuse.mockRestore();
    await press("Undo");
    await sees("Taken back.");
  });
});

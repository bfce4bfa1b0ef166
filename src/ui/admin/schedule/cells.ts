import type { ShiftOnDay } from "../../../domain/attendance/rules/shift-on-day.ts";
import { addDays, weekdayOf } from "../../../domain/attendance/rules/days.ts";
import type { Day } from "../../../domain/attendance/rules/types.ts";
import type { Person, PersonId } from "../../../domain/people/types.ts";

export interface RosterRow {
  readonly person: Person;
  readonly days: readonly ShiftOnDay[];
}

/** One cell as it is to be: these shifts, none, or (null) what the pattern says. */
export interface CellChange {
  readonly personId: PersonId;
  readonly day: Day;
  readonly shiftIds: readonly string[] | null;
}

export const SPANS = [7, 14, 28] as const;
export type Span = (typeof SPANS)[number];

/** What the schedule shows, as its address says. */
export interface Choice {
  /** A Monday. */
  readonly from: Day;
  readonly span: Span;
  readonly department: string;
  readonly search: string;
}

export function mondayOf(day: Day): Day {
  return addDays(day, -weekdayOf(day));
}

export function readChoice(search: string, today: Day): Choice {
  const parameters = new URLSearchParams(search);
  const from = parameters.get("from") ?? "";
  const span = Number(parameters.get("span"));
  return {
    from: mondayOf(/^\d{4}-\d{2}-\d{2}$/.test(from) && !Number.isNaN(Date.parse(from)) ? from : today),
    span: SPANS.find((each) => each === span) ?? 14,
    department: parameters.get("department") ?? "",
    search: parameters.get("q") ?? "",
  };
}

/** What a cell was by itself, so that it can be put back: null where it followed the pattern. */
export function singleOf({ source, shifts }: ShiftOnDay): readonly string[] | null {
  return source === "roster" || source === "swap" ? shifts.map(({ shift }) => shift.id) : null;
}

/** What puts these cells back to what they are now. */
export function inverse(rows: readonly RosterRow[], cells: readonly Pick<CellChange, "personId" | "day">[]): readonly CellChange[] {
  const wanted = new Map<PersonId, Set<Day>>();
  for (const { personId, day } of cells) wanted.set(personId, (wanted.get(personId) ?? new Set()).add(day));
  return rows.flatMap(({ person, days }) => {
    const theirs = wanted.get(person.id);
    return theirs === undefined ? [] : days.filter(({ day }) => theirs.has(day)).map((on) => ({ personId: person.id, day: on.day, shiftIds: singleOf(on) }));
  });
}

/** Of those changes, the ones that would do something. */
export function needed(rows: readonly RosterRow[], changes: readonly CellChange[]): readonly CellChange[] {
  const now = new Map(inverse(rows, changes).map((change) => [`${change.personId} ${change.day}`, JSON.stringify(change.shiftIds)]));
  return changes.filter(({ personId, day, shiftIds }) => now.get(`${personId} ${day}`) !== JSON.stringify(shiftIds));
}

/** Name or number holds what was typed. */
export function matching(rows: readonly RosterRow[], search: string): readonly RosterRow[] {
  const words = search.trim().toLowerCase();
  return words === "" ? rows : rows.filter(({ person: { name, employeeNumber } }) => name.toLowerCase().includes(words) || employeeNumber.toLowerCase().includes(words));
}

/** How many work on each of the days. */
export function staffed(rows: readonly RosterRow[], days: number): readonly number[] {
  return Array.from({ length: days }, (_, index) => rows.reduce((sum, row) => sum + ((row.days[index]?.shifts.length ?? 0) > 0 ? 1 : 0), 0));
}

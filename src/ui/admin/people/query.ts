import type { PersonRow } from "../../../app/api/administration.ts";
import { byEmployeeNumber } from "../../../domain/people/roster.ts";
import { EMPLOYMENT_TYPES, type EmploymentType } from "../../../domain/people/types.ts";
import { hasNote, NO_NOTES, NOTE_KINDS, type NoteKind, type Notes } from "./notes.ts";

export const FACES = ["none", "enrolled", "other-model", "unreadable"] as const;
export const SORTS = ["number", "name", "department", "last"] as const;
export type PeopleSort = (typeof SORTS)[number];

/** The list's search, filters and order, as they stand in the address. */
export interface PeopleQuery {
  readonly q: string;
  readonly face: PersonRow["face"] | "";
  readonly type: EmploymentType | "";
  readonly department: string;
  readonly note: NoteKind | "";
  readonly status: "active" | "left" | "all";
  readonly sort: PeopleSort;
  readonly descending: boolean;
}

function oneOf<T extends string>(value: string | null, known: readonly T[]): T | undefined {
  return known.find((candidate) => candidate === value);
}

export function readPeopleQuery(search: string): PeopleQuery {
  const parameters = new URLSearchParams(search);
  const sort = parameters.get("sort") ?? "";
  return {
    q: parameters.get("q") ?? "",
    face: oneOf(parameters.get("face"), FACES) ?? "",
    type: oneOf(parameters.get("type"), EMPLOYMENT_TYPES) ?? "",
    department: parameters.get("department") ?? "",
    note: oneOf(parameters.get("note"), NOTE_KINDS) ?? "",
    status: oneOf(parameters.get("status"), ["active", "left", "all"] as const) ?? "active",
    sort: oneOf(sort.replace(/^-/, ""), SORTS) ?? "number",
    descending: sort.startsWith("-"),
  };
}

/** As it is written into the address: what is usual is left out. */
export function writePeopleQuery(query: PeopleQuery): Readonly<Record<string, string>> {
  const sort = `${query.descending ? "-" : ""}${query.sort}`;
  return {
    q: query.q,
    face: query.face,
    type: query.type,
    department: query.department,
    note: query.note,
    status: query.status === "active" ? "" : query.status,
    sort: sort === "number" ? "" : sort,
  };
}

/** Rows that fit the query, in its order. Every word of the search has to occur in number, name or department. */
export function choosePeople(rows: readonly PersonRow[], query: PeopleQuery, locale: string, notes: Notes = NO_NOTES): readonly PersonRow[] {
  const words = query.q.toLocaleLowerCase().split(/\s+/).filter((word) => word !== "");
  const chosen = rows.filter((row) => {
    const { person } = row;
    if (query.status !== "all" && person.status !== query.status) return false;
    if (query.face !== "" && row.face !== query.face) return false;
    if (query.type !== "" && person.employmentType !== query.type) return false;
    if (query.department !== "" && person.department !== query.department) return false;
    if (query.note !== "" && !hasNote(row, query.note, notes)) return false;
    if (words.length === 0) return true;
    const text = `${person.employeeNumber} ${person.name} ${person.department}`.toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
  // The rows come in the order of their numbers.
  if (query.sort === "number") return query.descending ? chosen.reverse() : chosen;
  const collator = new Intl.Collator(locale);
  const turn = query.descending ? -1 : 1;
  const compare = (a: PersonRow, b: PersonRow): number => {
    switch (query.sort) {
      case "name":
        return collator.compare(a.person.name, b.person.name);
      case "department":
        return collator.compare(a.person.department, b.person.department);
      case "last":
        return (b.lastPunch?.wallMs ?? 0) - (a.lastPunch?.wallMs ?? 0);
      case "number":
        return 0;
    }
  };
  return chosen.sort((a, b) => turn * compare(a, b) || byEmployeeNumber(a.person.employeeNumber, b.person.employeeNumber));
}

/** The departments that occur, in the language's order. */
export function departments(rows: readonly PersonRow[], locale: string): readonly string[] {
  return [...new Set(rows.map(({ person }) => person.department))].filter((department) => department !== "").sort(new Intl.Collator(locale).compare);
}

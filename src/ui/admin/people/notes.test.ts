import { expect, test } from "vitest";

import { row } from "../../../../tests/screens/fake-administration.ts";
import type { EpochMs } from "../../../domain/clock.ts";
import type { PersonId } from "../../../domain/people/types.ts";
import { choosePeople, readPeopleQuery } from "./query.ts";
import { hasNote, notesOf } from "./notes.ts";

const ids = ["p-0", "p-1", "p-2", "p-3"] as const satisfies readonly string[];
const [a, b, c, d] = ids as unknown as readonly [PersonId, PersonId, PersonId, PersonId];
const notes = notesOf(
  [
    { one: a, other: b, log10Fmr: -4 },
    { one: c, other: a, log10Fmr: -4.2 },
  ],
  [{ personId: d, reason: "old", since: 0 as EpochMs }],
);
const rows = [row(0, { hasPin: true }), row(1, { hasPin: false }), row(2, { hasPin: true }), row(3, { hasPin: false })];
const chosen = (search: string): string[] => choosePeople(rows, readPeopleQuery(search), "en", notes).map(({ person }) => person.id);

test("notesOf tells of both of a pair whom they look like", () => {
  expect(notes.lookAlikes.get(a)).toEqual([b, c]);
  expect(notes.lookAlikes.get(c)).toEqual([a]);
  expect(notes.lookAlikes.has(d)).toBe(false);
});

test.each([
  ["?note=renew", [d]],
  ["?note=look-alike", [a, b, c]],
  ["?note=pin-needed", [b]],
  ["?note=nonsense", [a, b, c, d]],
])("choosePeople keeps those with the note when the address ends in %s", (search, wanted) => {
  expect(chosen(search)).toEqual(wanted);
});

test("hasNote is false when the person has left", () => {
  const gone = row(0, { person: { ...row(0).person, status: "left" } });
  expect(hasNote(gone, "look-alike", notes)).toBe(false);
});

import { expect, test } from "vitest";

import { people } from "../../../../tests/screens/fake-administration.ts";
import { choosePeople, departments, readPeopleQuery, writePeopleQuery } from "./query.ts";

const ROWS = people(24);
const names = (search: string): string[] => choosePeople(ROWS, readPeopleQuery(search), "en").map(({ person }) => person.name);

test.each(["", "?q=chen", "?face=none&sort=-name", "?status=all&department=Assembly", "?type=intern&sort=last"])("readPeopleQuery and writePeopleQuery agree when the address ends in %j", (search) => {
  const query = readPeopleQuery(search);
  const written = new URLSearchParams(Object.entries(writePeopleQuery(query)).filter(([, value]) => value !== ""));
  expect(readPeopleQuery(`?${written.toString()}`)).toEqual(query);
});

test("readPeopleQuery falls back to what is usual when the address holds nonsense", () => {
  expect(readPeopleQuery("?face=blue&sort=height&status=maybe&type=robot")).toEqual(readPeopleQuery(""));
});

test("choosePeople finds a person when every word occurs in number, name or department", () => {
  expect(names("?q=CHEN+1001")).toEqual(["Chen Yu"]);
  expect(names("?q=chen+1002")).toEqual([]);
  expect(names("?q=装配&face=enrolled").length).toBeGreaterThan(0);
});

test("choosePeople turns the order when it is descending", () => {
  expect(names("?sort=-name")).toEqual(names("?sort=name").toReversed());
});

test("choosePeople leaves out those who left when nothing else is asked for", () => {
  const [first, ...rest] = ROWS;
  if (first === undefined) throw new Error("No rows");
  const rows = [{ ...first, person: { ...first.person, status: "left" as const } }, ...rest];
  expect(choosePeople(rows, readPeopleQuery(""), "en")).toHaveLength(23);
  expect(choosePeople(rows, readPeopleQuery("?status=left"), "en")).toHaveLength(1);
  expect(choosePeople(rows, readPeopleQuery("?status=all"), "en")).toHaveLength(24);
});

test("departments gives each department once", () => {
  expect(departments(ROWS, "en")).toHaveLength(4);
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { EpochMs } from "../../clock.ts";
import { computeDays } from "./compute-days.ts";
import { inputOf, PERSON, told, type Case, type Told } from "./testing/case.ts";
import { packDays, unpackDays } from "./packed.ts";

const FOLDER = join(import.meta.dirname, "../../../../tests/golden/attendance");

const read = (name: string, file: string): unknown => JSON.parse(readFileSync(join(FOLDER, name, file), "utf8"));
const names = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
const source = readFileSync(join(FOLDER, "SOURCE.md"), "utf8");

const LOCKED_AT = Date.UTC(2026, 11, 5) as EpochMs;

test("there are golden cases, and each is explained", () => {
  expect(names.length).toBeGreaterThanOrEqual(30);
  expect(names.filter((name) => !source.includes(`\`${name}\``))).toEqual([]);
});

test.each(names)("computeDays gives what was worked out by hand when the case is %s", (name) => {
  const given = read(name, "input.json") as Case;
  const expected = read(name, "expected.json") as Readonly<Record<string, Partial<Told>>>;
  const closed = given.afterLock === undefined ? [] : computeDays(inputOf(given)).map((result) => ({ result, lockedAt: LOCKED_AT }));
  const input = inputOf(given, closed, true);
  const results = computeDays(input);
  const zone = input.book.versions[0]?.rules.zone ?? "UTC";
  expect(results.map(({ day }) => day)).toEqual(Object.keys(expected));
  for (const result of results) {
    const hand = expected[result.day];
    expect({ day: result.day, ...told(result, zone) }).toMatchObject({ day: result.day, ...hand });
    expect(hand, "state, marks and minutes are worked out for each day").toMatchObject({ state: expect.any(String) as string, marks: expect.any(Array) as string[], minutes: expect.any(String) as string });
  }
  // Whatever a day came to, it can be closed and read again.
  expect(unpackDays(PERSON, packDays(results))).toEqual(results);
});

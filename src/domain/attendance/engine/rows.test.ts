import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import type { EpochMs } from "../../clock.ts";
import { computeDays } from "./compute-days.ts";
import { DayRows, readDays, readPeople, writePeople } from "./rows.ts";
import type { Rows } from "./rows.ts";
import { inputOf, type Case } from "./testing/case.ts";
import type { DayResult, LockedDay, Reason } from "./types.ts";

const FOLDER = join(import.meta.dirname, "../../../../tests/golden/attendance");
const names = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
const LOCKED_AT = Date.UTC(2026, 11, 5) as EpochMs;

function written(days: readonly DayResult[]): Rows {
  const rows = new DayRows();
  for (const day of days) rows.add(day);
  return rows.finish();
}

test.each(names)("rows give back people and days, closed ones too, as they were when the case is %s", (name) => {
  const given = JSON.parse(readFileSync(join(FOLDER, name, "input.json"), "utf8")) as Case;
  const days = computeDays(inputOf(given));
  const locked = days.map((result): LockedDay => ({ result, lockedAt: LOCKED_AT }));
  const input = inputOf(given, locked, true);
  const people = [...input.people, ...inputOf(given).people];
  expect(readPeople(structuredClone(writePeople(people)))).toStrictEqual(people);
  const all = [...days, ...computeDays(input)];
  expect(readDays(structuredClone(written(all)))).toStrictEqual(all);
});

const scalar = fc.oneof(fc.string(), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null));
const reasons = fc.array(fc.dictionary(fc.string().filter((name) => name !== "__proto__"), scalar, { noNullPrototype: true }));

property.prop([reasons, fc.array(fc.string()), fc.option(fc.string(), { nil: null }), fc.option(fc.nat(), { nil: null })])("rows give back a day when its texts and what fills its reasons are any", (filled, requestIds, groupId, rulesVersion) => {
  const [day] = computeDays(inputOf({ about: "on time", from: "2026-11-23", punches: ["2026-11-23 08:55 in request=r1", "2026-11-23 18:02 out"] }));
  if (day === undefined) throw new Error("no day");
  const any: DayResult = { ...day, reasons: filled as unknown as readonly Reason[], requestIds, groupId, rulesVersion };
  expect(readDays(written([any, day]))).toStrictEqual([any, day]);
});

test("rows hold more than their first memory when a message is large", () => {
  const days = computeDays(inputOf({ about: "a year", from: "2026-01-01", to: "2026-12-31", punches: [] }));
  const all = Array.from({ length: 10 }, () => days).flat();
  expect(readDays(written(all))).toStrictEqual(all);
});

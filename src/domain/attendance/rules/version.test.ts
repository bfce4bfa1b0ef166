import { fc, test as property } from "@fast-check/vitest";
import { expect, it } from "vitest";
import { addDays, dayNumber } from "./days.ts";
import { siteRules } from "./testing/rules.ts";
import type { RuleBook } from "./types.ts";
import { addVersion, latestVersion, versionOn } from "./version.ts";

const empty: RuleBook = { siteId: "s", versions: [] };
const added = (from: string): Parameters<typeof addVersion>[1] => ({ from, rules: siteRules(), by: "u", at: 1, note: "" });
const from = (days: readonly string[]): RuleBook => days.reduce((book, day) => addVersion(book, added(day)), empty);

it.each([
  ["there are none", [], "2026-01-01", undefined],
  ["it is before the first", ["2026-01-02"], "2026-01-01", undefined],
  ["it is the first's day", ["2026-01-02"], "2026-01-02", 1],
  ["two are of one day", ["2026-01-02", "2026-01-02"], "2026-01-05", 2],
  ["a later one begins earlier", ["2026-02-01", "2026-01-01"], "2026-01-15", 2],
  ["an earlier one begins later", ["2026-02-01", "2026-01-01"], "2026-02-01", 1],
])("versionOn finds the one in force when %s", (_, days, day, expected) => {
  expect(versionOn(from(days), day)?.version).toBe(expected);
});

property.prop([fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 12 }), fc.integer({ min: -5, max: 70 })])("versionOn is the last written of those with the latest day, whatever order they were written in", (starts, at) => {
  const book = from(starts.map((start) => addDays("2026-01-01", start)));
  const begun = book.versions.filter((version) => dayNumber(version.from) <= dayNumber("2026-01-01") + at);
  const latest = begun.map((version) => version.from).sort().at(-1);
  const expected = begun.filter((version) => version.from === latest).reduce((highest, { version }) => Math.max(highest, version), 0);
  expect(versionOn(book, addDays("2026-01-01", at))?.version ?? 0).toBe(expected);
  expect(latestVersion(book)).toBe(starts.length);
});

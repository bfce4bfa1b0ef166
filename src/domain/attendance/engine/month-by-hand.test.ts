import { readFileSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import type { EpochMs } from "../../clock.ts";
import type { EmploymentType, PersonId } from "../../people/types.ts";
import type { SiteRules } from "../rules/types.ts";
import { problemsOf } from "../rules/validate.ts";
import type { Direction } from "../types.ts";
import { computeDays } from "./compute-days.ts";
import type { ApprovedSpell, EnginePerson, EnginePunch } from "./types.ts";

const FOLDER = join(import.meta.dirname, "../../../../tests/golden/attendance-month");
const ZONE = "Asia/Shanghai";

interface Site {
  readonly rules: SiteRules;
  readonly people: readonly { readonly number: string; readonly department: string; readonly employmentType: EmploymentType }[];
}

function sheet<Column extends string>(name: string): readonly Readonly<Record<Column, string>>[] {
  return Papa.parse<Record<Column, string>>(readFileSync(join(FOLDER, name), "utf8"), { header: true, skipEmptyLines: true }).data;
}

const at = (local: string): EpochMs => Temporal.PlainDateTime.from(local).toZonedDateTime(ZONE).epochMilliseconds as EpochMs;
const idOf = (number: string): PersonId => `00000000-0000-4000-8000-00000000${number}` as PersonId;

const { rules, people } = JSON.parse(readFileSync(join(FOLDER, "rules.json"), "utf8")) as Site;
const punches = sheet<"number" | "at" | "direction" | "status" | "request">("punches.csv");
const spells = sheet<"number" | "kind" | "from" | "to" | "leaveKind">("spells.csv");
const expected = sheet<"number" | "day" | "dayKind" | "marks">("expected.csv");

function personOf({ number, department, employmentType }: Site["people"][number]): EnginePerson {
  return {
    personId: idOf(number),
    department,
    employmentType,
    addedAt: at("2026-09-01T08:00"),
    plan: null,
    punches: punches.flatMap((row, index): EnginePunch[] => {
      if (row.number !== number) return [];
      return [{ device: "gate", seq: index + 1, wallMs: at(row.at), direction: row.direction as Direction, directionSource: "auto", method: "face", status: row.status as EnginePunch["status"], timeState: "T0", siteId: "site", ...(row.request === "" ? {} : { requestId: row.request }) }];
    }),
    spells: spells.flatMap((row, index): ApprovedSpell[] =>
      row.number === number ? [{ requestId: `spell-${index}`, kind: row.kind as ApprovedSpell["kind"], fromMs: at(row.from), toMs: at(row.to), ...(row.leaveKind === "" ? {} : { leaveKind: row.leaveKind, paid: true }) }] : [],
    ),
    corrections: [],
    locked: [],
  };
}

const results = computeDays({
  book: { siteId: "site", versions: [{ version: 1, from: "2026-01-01", rules, by: "set-up", at: 0, note: "" }] },
  from: "2026-10-01",
  to: "2026-10-31",
  people: people.map(personOf),
  watermarks: [{ device: "gate", untilMs: at("2026-11-02T09:00") }],
  outages: [],
  now: at("2026-11-02T09:00"),
});

test("the rules of the month by hand are rules that a site can have", () => {
  expect(problemsOf(rules)).toEqual([]);
});

test.each(people)("the engine agrees with the month by hand when the person is $number", ({ number }) => {
  const cells = results.filter(({ personId }) => personId === idOf(number)).map(({ day, dayKind, minutes, marks }) => {
    const { planned, attended, late, early, absent, leave, away, worked, overtime, overtimePending } = minutes;
    const figures = { planned, attended, late, early, absent, leave, away, worked, overtimeWorkday: overtime.workday, overtimeRest: overtime.rest, overtimeHoliday: overtime.holiday, overtimePending };
    return { number, day, dayKind, ...Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, String(value)])), marks: marks.join(" ") };
  });
  expect(cells).toEqual(expected.filter((row) => row.number === number));
  expect(cells).toHaveLength(31);
});

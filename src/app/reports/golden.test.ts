import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { dayResult, daysBetween } from "../../../tests/screens/fake-days.ts";
import { BOOK } from "../../../tests/screens/fake-rules.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { EmployeeNumber, Person, PersonId } from "../../domain/people/types.ts";
import type { ReportKind } from "../../domain/reports/kinds.ts";
import { ok } from "../../domain/result.ts";
import { reportWords } from "../../ui/i18n/report-words.ts";
import type { SiteSettings } from "../api/administration.ts";
import type { ReportFormat } from "../api/reports.ts";
import { Subject } from "../observable.ts";
import { SiteReports } from "./site-reports.ts";

const FOLDER = join(import.meta.dirname, "..", "..", "..", "tests", "golden", "reports");

function person(index: number, name: string): Person {
  return { id: `p-${index}` as PersonId, employeeNumber: String(1001 + index) as EmployeeNumber, name, department: "Assembly", employmentType: "full-time", status: "active", addedAt: 0 as EpochMs };
}

const PEOPLE = [person(0, "Chen Yu"), person(3, "赵敏")];
const exported: (readonly unknown[])[] = [];

const reports = new SiteReports({
  days: {
    results: ({ from, to }) =>
      Promise.resolve(ok({ people: PEOPLE.map((who) => ({ person: who, days: daysBetween(from, to).map((day) => dayResult(Number(who.id.slice(2)), who.id, day)) })), watermarks: [], outages: [], asOf: { at: 0 as EpochMs, seq: 1 } })),
  },
  records: { punches: () => Promise.resolve([]) },
  traces: {
    exporting: async (what, people, content) => {
      exported.push([what, people, await content.text()]);
      return ok();
    },
  },
  book: new Subject(BOOK),
  settings: () => ({ organisation: "Rivergate Works", siteName: "North gate", zone: "Asia/Shanghai" }) as SiteSettings,
  sheets: () => {
    throw new Error("no workbook here");
  },
  words: reportWords,
});

test.each([
  { file: "summary.csv", kind: "summary", format: "csv" },
  { file: "daily.csv", kind: "daily", format: "csv" },
  { file: "attlog.dat", kind: "punch-times", format: "attlog" },
] as const satisfies readonly { file: string; kind: ReportKind; format: ReportFormat }[])("$file is as it was checked by hand, and in the log before it is given", async ({ file, kind, format }) => {
  const report = await reports.make({ kind, from: "2026-02-01", to: "2026-02-28" });
  if (!report.ok) throw new Error(report.error.kind);
  const given = await reports.export(report.value, format, "h:mm");
  if (!given.ok) throw new Error(given.error.kind);
  const bytes = Buffer.from(await given.value.file.arrayBuffer());
  expect(bytes.toString("utf8")).toBe(readFileSync(join(FOLDER, file), "utf8"));
  expect(exported.at(-1)?.slice(0, 2)).toEqual([`report/${kind}`, ["p-0", "p-3"]]);
});

test.each([
  { from: "2026-02-02", to: "2026-02-01" },
  { from: "2025-01-01", to: "2026-02-01" },
])("a report from $from to $to is refused", async ({ from, to }) => {
  expect(await reports.make({ kind: "daily", from, to })).toMatchObject({ ok: false, error: { kind: "report/range" } });
});

import { fc, test as property } from "@fast-check/vitest";
import Papa from "papaparse";
import { readSheet } from "read-excel-file/node";
import { describe, expect, test } from "vitest";
import { anyPeople, CONTEXT } from "../../../tests/support/report-people.ts";
import type { ReportPerson } from "../../domain/reports/context.ts";
import { minutesOf, type HourStyle } from "../../domain/reports/hours.ts";
import { REPORT_KINDS, type ReportKind } from "../../domain/reports/kinds.ts";
import { startReport } from "../../domain/reports/report.ts";
import type { ReportTable } from "../../domain/reports/table.ts";
import type { ReportWords } from "../../domain/reports/words.ts";
import { Workbook } from "../../../workers/sheets/workbook.ts";
import { writeCsv } from "./csv.ts";

const WORDS: ReportWords = {
  locale: "en",
  columns: {},
  codes: { mark: { late: "late" }, direction: {}, method: {}, use: {}, "day-kind": {}, state: {}, overtime: {}, source: {}, clock: {} },
  total: "Total",
};
const MINUTES_A_DAY = 1440;

function table(kind: ReportKind, people: readonly ReportPerson[]): ReportTable {
  const builder = startReport(kind, CONTEXT);
  for (const person of people) builder.add(person);
  return builder.finish();
}

async function csvOf(of: ReportTable, style: HourStyle): Promise<{ readonly text: string; readonly rows: readonly (readonly string[])[] }> {
  const file = await writeCsv(of, { words: WORDS, style, zone: CONTEXT.zone });
  const bytes = new Uint8Array(await file!.arrayBuffer());
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  return { text, rows: Papa.parse<string[]>(text.slice(1), { skipEmptyLines: true }).data };
}

function xlsxOf({ columns, rows, totals }: ReportTable, style: HourStyle): Uint8Array<ArrayBuffer> {
  const workbook = new Workbook({ columns, words: WORDS, style, zone: CONTEXT.zone, name: "Daily: [1]", about: { name: "About", lines: [["Site", "North & <gate>"]] } });
  for (let at = 0; at < rows.length; at += 7) workbook.add(rows.slice(at, at + 7));
  return workbook.finish(totals);
}

const cases = fc.record({ kind: fc.constantFrom(...REPORT_KINDS), style: fc.constantFrom<HourStyle>("h:mm", "decimal"), people: anyPeople });

property.prop([cases], { numRuns: 60 })("a CSV adds up to the table's totals, cell by cell as it stands in the file", async ({ kind, style, people }) => {
  const of = table(kind, people);
  const { rows } = await csvOf(of, style);
  const summed = of.totals.some((total) => total !== null);
  const body = rows.slice(1, summed ? -1 : undefined);
  expect(body).toHaveLength(of.rows.length);
  for (const [index, { kind: unit }] of of.columns.entries()) {
    const total = of.totals[index];
    if (typeof total !== "number") continue;
    const read = (text: string | undefined): number => (unit === "minutes" ? minutesOf(text ?? "", style) : Number(text));
    // A cell without a number is empty.
    expect(body.reduce((sum, row) => sum + (row[index] === "" ? 0 : read(row[index])), 0)).toBe(total);
    expect(index === 0 || read(rows.at(-1)?.[index])).toBe(index === 0 || total);
  }
});

property.prop([cases], { numRuns: 40 })("a workbook adds up to the table's totals, as a spreadsheet reads it", async ({ kind, style, people }) => {
  const of = table(kind, people);
  const rows = await readSheet(Buffer.from(xlsxOf(of, style)), { parseNumber: Number });
  const summed = of.totals.some((total) => total !== null);
  const body = rows.slice(1, summed ? -1 : undefined);
  expect(body).toHaveLength(of.rows.length);
  for (const [index, { kind: unit }] of of.columns.entries()) {
    const total = of.totals[index];
    if (typeof total !== "number" || of.rows.length === 0) continue;
    const factor = unit !== "minutes" ? 1 : style === "h:mm" ? MINUTES_A_DAY : 60;
    const read = (cell: unknown): number => (cell instanceof Date ? (cell.getTime() / 86_400_000 + 25_569) * factor : Number(cell ?? 0) * factor);
    expect(body.reduce<number>((sum, row) => sum + read(row[index]), 0)).toBeCloseTo(total, 6);
    expect(read(rows.at(-1)?.[index])).toBeCloseTo(total, 6);
  }
});

describe("a CSV", () => {
  const hostile = (name: string): ReportTable => ({ columns: [{ id: "name", kind: "text" }, { id: "late", kind: "minutes", sum: true }], rows: [[name, 90]], totals: [null, 90] });

  test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "＝1+1", "＠x"])("makes no formula of %j", async (name) => {
    const { rows } = await csvOf(hostile(name), "h:mm");
    expect(rows[1]?.[0]).toBe(`'${name}`);
  });

  test("begins with the mark of UTF-8, ends its lines with CR LF, and keeps commas, quotes and line ends in a cell", async () => {
    const { text, rows } = await csvOf(hostile('Ann "Nan", A\nB'), "h:mm");
    expect(text.charCodeAt(0)).toBe(0xfeff);
    expect(text.endsWith("\r\nTotal,1:30\r\n")).toBe(true);
    expect(rows[1]).toEqual(['Ann "Nan", A\nB', "1:30"]);
  });

  test("writes times of the site and decimal hours where they are asked for", async () => {
    const of: ReportTable = { columns: [{ id: "at", kind: "time" }, { id: "late", kind: "minutes", sum: true }, { id: "marks", kind: "words", of: "mark" }], rows: [[Date.parse("2026-03-01T17:05:09Z"), 100, "late early"]], totals: [null, 100, null] };
    expect((await csvOf(of, "decimal")).rows.slice(1)).toEqual([["2026-03-02 01:05:09", "1.67", "late, early"], ["Total", "1.67", ""]]);
  });

  test("is not made when it is cancelled", async () => {
    expect(await writeCsv(hostile("x"), { words: WORDS, style: "h:mm", zone: "UTC", signal: AbortSignal.abort() })).toBeNull();
  });
});

describe("a workbook", () => {
  test("holds dates as dates, text as text, and a sheet that says what it is", async () => {
    const of: ReportTable = { columns: [{ id: "name", kind: "text" }, { id: "day", kind: "day" }, { id: "at", kind: "time" }], rows: [["=1+1 & <b>\u0000\ud800", "2026-02-28", Date.parse("2026-03-01T17:05:09Z")]], totals: [null, null, null] };
    const file = Buffer.from(xlsxOf(of, "h:mm"));
    const rows = await readSheet(file);
    expect(rows[1]).toEqual(["=1+1 & <b>", new Date("2026-02-28T00:00:00Z"), new Date("2026-03-02T01:05:09Z")]);
    expect(await readSheet(file, "About")).toEqual([["Site", "North & <gate>"]]);
  });

  test("names more columns than there are letters", async () => {
    const columns = Array.from({ length: 30 }, (_, index) => ({ id: `c${index}`, kind: "count", sum: true }) as const);
    const of: ReportTable = { columns, rows: [columns.map((_, index) => index)], totals: columns.map((_, index) => index) };
    expect((await readSheet(Buffer.from(xlsxOf(of, "h:mm"))))[1]).toEqual(columns.map((_, index) => index));
  });
});

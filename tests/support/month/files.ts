import Papa from "papaparse";
import { readSheet } from "read-excel-file/node";

import { minutesOf } from "../../../src/domain/reports/hours.ts";
import type { Cell, ReportColumn, ReportTable } from "../../../src/domain/reports/table.ts";
import { wallClock, wallText } from "../../../src/domain/reports/wall-clock.ts";

const DAY_MS = 86_400_000;
/** 1970-01-01 as spreadsheets count days. */
const EPOCH_SERIAL = 25_569;

/** A cell as numbers and text say it in every form alike: minutes as minutes, local times as `2026-10-08 08:57:12`, nothing as "". */
export type Plain = string | number;

/** Rows as they are worked out; codes stay codes. */
export function plainTable({ columns, rows, totals }: ReportTable, zone: string): { readonly rows: readonly (readonly Plain[])[]; readonly totals: readonly Plain[] } {
  const wall = wallClock(zone);
  const plain = (cell: Cell, { kind }: ReportColumn): Plain => (cell === null ? "" : kind === "time" && typeof cell === "number" ? wallText(wall(cell)) : cell);
  const line = (row: readonly Cell[]): readonly Plain[] => columns.map((column, index) => plain(row[index] ?? null, column));
  return { rows: rows.map(line), totals: line(totals) };
}

/** Rows of a CSV, below its head. */
export function csvRows(bytes: Buffer, columns: readonly ReportColumn[]): { readonly head: readonly string[]; readonly rows: readonly (readonly Plain[])[] } {
  if (!bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]))) throw new Error("a spreadsheet would not read it as UTF-8");
  const [head = [], ...rows] = Papa.parse<string[]>(bytes.toString("utf8").slice(1), { skipEmptyLines: true }).data;
  return { head, rows: rows.map((row) => row.map((text, index) => fromText(text, columns[index]))) };
}

/** Text as it stands in a CSV or on the screen. */
export function fromText(text: string, column: ReportColumn | undefined): Plain {
  if (text === "") return "";
  if (column?.kind === "minutes") {
    const minutes = minutesOf(text, "h:mm");
    return Number.isNaN(minutes) ? text : minutes;
  }
  return column?.kind === "count" || column?.kind === "days" ? Number(text.replaceAll(",", "")) : text;
}

/** Rows of a workbook, below its head. */
export async function xlsxRows(bytes: Buffer, columns: readonly ReportColumn[]): Promise<{ readonly head: readonly Plain[]; readonly rows: readonly (readonly Plain[])[] }> {
  const [head = [], ...rows] = await readSheet(bytes, { parseNumber: Number });
  return { head: head.map((cell) => String(cell)), rows: rows.map((row) => columns.map((column, index) => fromCell(row[index] ?? null, column))) };
}

function fromCell(cell: unknown, { kind }: ReportColumn): Plain {
  if (cell === null) return "";
  if (cell instanceof Date) {
    if (kind === "minutes") return Math.round((cell.getTime() / DAY_MS + EPOCH_SERIAL) * 1440);
    return kind === "day" ? cell.toISOString().slice(0, 10) : wallText(Math.round(cell.getTime() / 1000) * 1000);
  }
  if (typeof cell === "number") return kind === "minutes" ? Math.round(cell * 1440) : cell;
  return typeof cell === "string" ? cell : "";
}

import Papa from "papaparse";

import { hoursText, type HourStyle } from "../../domain/reports/hours.ts";
import type { Cell, ReportColumn, ReportTable } from "../../domain/reports/table.ts";
import { wallClock, wallText, type WallClock } from "../../domain/reports/wall-clock.ts";
import { codeWords, columnName, type ReportWords } from "../../domain/reports/words.ts";
import { Pauses } from "../pauses.ts";

/** Spreadsheets read UTF-8 only with this mark in front. */
const BYTE_ORDER_MARK = "\uFEFF";
const NEW_LINE = "\r\n";
/** Rows that are turned into text at a stretch; a millisecond or two. */
const ROWS_AT_ONCE = 200;
/** A cell that begins so would run as a formula; East Asian spreadsheets take the wide forms too. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;

export interface CsvOptions {
  readonly words: ReportWords;
  readonly style: HourStyle;
  /** IANA name. */
  readonly zone: string;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** A table as CSV with its totals in the last line: UTF-8 with its mark, lines ending in CR LF. Null when it was cancelled. */
export async function writeCsv(table: ReportTable, { words, style, zone, onProgress, signal }: CsvOptions): Promise<Blob | null> {
  const wall = wallClock(zone);
  const { columns, rows, totals } = table;
  const parts: string[] = [BYTE_ORDER_MARK, lines([columns.map((column) => columnName(column, words))])];
  const pauses = new Pauses();
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    if (signal?.aborted === true) return null;
    parts.push(lines(rows.slice(at, at + ROWS_AT_ONCE).map((row) => row.map((cell, index) => cellText(cell, columns[index], { words, style, wall })))));
    onProgress?.(Math.min(at + ROWS_AT_ONCE, rows.length), rows.length);
    await pauses.ifDue();
  }
  if (totals.some((cell) => cell !== null)) {
    parts.push(lines([totals.map((cell, index) => (index === 0 && cell === null ? words.total : cellText(cell, columns[index], { words, style, wall })))]));
  }
  return new Blob(parts, { type: "text/csv;charset=utf-8" });
}

function lines(rows: readonly (readonly string[])[]): string {
  return Papa.unparse(rows.map((row) => [...row]), { escapeFormulae: FORMULA, newline: NEW_LINE }) + NEW_LINE;
}

function cellText(cell: Cell, column: ReportColumn | undefined, { words, style, wall }: { readonly words: ReportWords; readonly style: HourStyle; readonly wall: WallClock }): string {
  if (cell === null || column === undefined) return "";
  if (typeof cell === "string") return codeWords(column, cell, words);
  if (column.kind === "time") return wallText(wall(cell));
  return column.kind === "minutes" ? hoursText(cell, style) : String(cell);
}

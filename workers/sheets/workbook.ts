import { strToU8, Zip, ZipDeflate } from "fflate";
import type { SheetHead } from "../../src/contracts/sheets.ts";
import { dayNumber } from "../../src/domain/attendance/rules/days.ts";
import { concatBytes } from "../../src/domain/bytes.ts";
import type { Cell, ColumnKind, ReportColumn } from "../../src/domain/reports/table.ts";
import { wallClock, type WallClock } from "../../src/domain/reports/wall-clock.ts";
import { codeWords, columnName } from "../../src/domain/reports/words.ts";
import { escaped, frame, SHEET_CLOSE, SHEET_OPEN, STYLE } from "./parts.ts";

const DAY_MS = 86_400_000;
/** 1970-01-01 as spreadsheets count days. */
const EPOCH_SERIAL = 25_569;
const MINUTES_A_DAY = 1440;
const MINUTES_AN_HOUR = 60;
/** Fast rather than small: 1 to 9. */
const LEVEL = 4;
const WIDTHS: Readonly<Record<ColumnKind, number>> = { text: 16, word: 14, words: 24, day: 12, time: 20, minutes: 11, count: 10, days: 10, decimal: 11 };

/**
 * A workbook with real dates, numbers and durations, written part by part: neither its text nor its cells are ever in memory
 * as a whole. Everything is compressed in this thread, since a hosted page's policy lets a worker start no other.
 */
export class Workbook {
  readonly #chunks: Uint8Array<ArrayBuffer>[] = [];
  readonly #zip: Zip;
  readonly #sheet: ZipDeflate;
  readonly #wall: WallClock;
  readonly #letters: readonly string[];
  #row = 1;

  constructor(private readonly head: SheetHead) {
    this.#wall = wallClock(head.zone);
    this.#letters = head.columns.map((_, index) => letters(index));
    this.#zip = new Zip((error, chunk) => {
      if (error) throw error;
      this.#chunks.push(new Uint8Array(chunk));
    });
    for (const [path, text] of Object.entries(frame(head.name, head.about.name))) this.#whole(path, text);
    this.#whole("xl/worksheets/sheet2.xml", aboutSheet(head.about.lines));
    this.#sheet = new ZipDeflate("xl/worksheets/sheet1.xml", { level: LEVEL });
    this.#zip.add(this.#sheet);
    this.#write(opening(head.columns));
    this.#write(this.#line(head.columns.map((column, index) => textCell(`${this.#letters[index] ?? ""}1`, columnName(column, head.words), STYLE.heading))));
  }

  add(rows: readonly (readonly Cell[])[]): void {
    this.#write(rows.map((row) => this.#line(row.map((cell, index) => this.#cell(cell, index, false)))).join(""));
  }

  finish(totals: readonly Cell[]): Uint8Array<ArrayBuffer> {
    const last = this.#row - 1;
    if (totals.some((cell) => cell !== null)) {
      this.#write(this.#line(totals.map((cell, index) => (index === 0 && cell === null ? textCell(`A${this.#row}`, this.head.words.total, STYLE.heading) : this.#cell(cell, index, true)))));
    }
    this.#sheet.push(strToU8(closing(this.#letters.at(-1) ?? "A", last)), true);
    this.#zip.end();
    return concatBytes(this.#chunks);
  }

  #whole(path: string, text: string): void {
    const part = new ZipDeflate(path, { level: LEVEL });
    this.#zip.add(part);
    part.push(strToU8(text), true);
  }

  #write(text: string): void {
    this.#sheet.push(strToU8(text));
  }

  #line(cells: readonly string[]): string {
    return `<row r="${this.#row++}">${cells.join("")}</row>`;
  }

  #cell(cell: Cell, index: number, bold: boolean): string {
    const column = this.head.columns[index];
    if (cell === null || column === undefined) return "";
    const place = `${this.#letters[index] ?? ""}${this.#row}`;
    if (typeof cell === "string") {
      if (column.kind === "day") return numberCell(place, dayNumber(cell) + EPOCH_SERIAL, STYLE.day);
      return textCell(place, codeWords(column, cell, this.head.words), STYLE.plain);
    }
    switch (column.kind) {
      case "time":
        return numberCell(place, this.#wall(cell) / DAY_MS + EPOCH_SERIAL, STYLE.time);
      case "minutes":
        return this.head.style === "h:mm" ? numberCell(place, cell / MINUTES_A_DAY, bold ? STYLE.boldHours : STYLE.hours) : numberCell(place, cell / MINUTES_AN_HOUR, bold ? STYLE.boldDecimal : STYLE.decimal);
      case "count":
      case "days":
        return numberCell(place, cell, bold ? STYLE.boldCount : STYLE.count);
      case "decimal":
      case "text":
      case "word":
      case "words":
      case "day":
        return numberCell(place, cell, bold ? STYLE.boldDecimal : STYLE.plain);
    }
  }
}

const numberCell = (place: string, value: number, style: number): string => `<c r="${place}" s="${style}"><v>${value}</v></c>`;
const textCell = (place: string, text: string, style: number): string => (text === "" ? "" : `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`);

function opening(columns: readonly ReportColumn[]): string {
  const widths = columns.map(({ kind }, index) => `<col min="${index + 1}" max="${index + 1}" width="${WIDTHS[kind]}" customWidth="1"/>`).join("");
  return `${SHEET_OPEN}<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths}</cols><sheetData>`;
}

function closing(lastColumn: string, lastRow: number): string {
  return `</sheetData><autoFilter ref="A1:${lastColumn}${lastRow}"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>${SHEET_CLOSE}`;
}

function aboutSheet(lines: SheetHead["about"]["lines"]): string {
  const rows = lines.map(([label, value], index) => `<row r="${index + 1}">${textCell(`A${index + 1}`, label, STYLE.heading)}${textCell(`B${index + 1}`, value, STYLE.plain)}</row>`).join("");
  return `${SHEET_OPEN}<cols><col min="1" max="1" width="24" customWidth="1"/><col min="2" max="2" width="60" customWidth="1"/></cols><sheetData>${rows}</sheetData>${SHEET_CLOSE}`;
}

/** A, B, ..., Z, AA, AB, ... */
function letters(index: number): string {
  const rest = index % 26;
  return `${index >= 26 ? letters(Math.floor(index / 26) - 1) : ""}${String.fromCharCode(65 + rest)}`;
}

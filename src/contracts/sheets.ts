import type { HourStyle } from "../domain/reports/hours.ts";
import type { Cell, ReportColumn } from "../domain/reports/table.ts";
import type { ReportWords } from "../domain/reports/words.ts";

/** What is known of a workbook before its rows. */
export interface SheetHead {
  readonly columns: readonly ReportColumn[];
  readonly words: ReportWords;
  readonly style: HourStyle;
  /** IANA name: times are written as they were on the wall. */
  readonly zone: string;
  /** Of the sheet with the rows. */
  readonly name: string;
  /** The second sheet says what this is: a name and lines of label and value. */
  readonly about: { readonly name: string; readonly lines: readonly (readonly [string, string])[] };
}

/** Writes one workbook away from the page. Rows are handed over in parts, so that neither side is held up. */
export interface SheetWorker {
  begin(head: SheetHead): Promise<void>;
  add(rows: readonly (readonly Cell[])[]): Promise<void>;
  /** @returns an XLSX file (Office Open XML); the buffer is transferred */
  finish(totals: readonly Cell[]): Promise<ArrayBuffer>;
}

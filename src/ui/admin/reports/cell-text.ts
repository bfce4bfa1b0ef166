import { hoursText, type HourStyle } from "../../../domain/reports/hours.ts";
import { shortTime } from "../../../domain/reports/punches.ts";
import { columnAt, type Cell, type ReportColumn, type ReportTable } from "../../../domain/reports/table.ts";
import { wallClock, wallText } from "../../../domain/reports/wall-clock.ts";
import { codeWords, type ReportWords } from "../../../domain/reports/words.ts";
import { count } from "../parts/format.ts";

export type CellWriter = (cell: Cell, column: ReportColumn, row: readonly Cell[]) => string;

/** How cells are written on the screen and on paper. Where the row has its day, a time is written without it. */
export function cellWriter(table: Pick<ReportTable, "columns">, { words, style, zone }: { readonly words: ReportWords; readonly style: HourStyle; readonly zone: string }): CellWriter {
  const wall = wallClock(zone);
  const dayAt = columnAt(table, "day");
  const isRaw = columnAt(table, "at") >= 0;
  return (cell, column, row) => {
    if (cell === null) return "";
    if (typeof cell === "string") return codeWords(column, cell, words);
    switch (column.kind) {
      case "time": {
        const day = row[dayAt];
        return !isRaw && typeof day === "string" ? shortTime(wall(cell), day) : wallText(wall(cell));
      }
      case "minutes":
        return hoursText(cell, style);
      case "text":
      case "word":
      case "words":
      case "day":
      case "count":
      case "days":
      case "decimal":
        return count(cell);
    }
  };
}

/** Columns whose cells stand to the right, so that digits line up. */
export const isNumber = ({ kind }: ReportColumn): boolean => kind === "minutes" || kind === "count" || kind === "days" || kind === "decimal" || kind === "time";

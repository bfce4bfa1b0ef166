/**
 * What a column holds. `text`: as it stands. `word`: a code that is shown in words; `words`: several, separated by spaces.
 * `day`: `YYYY-MM-DD`. `time`: epoch milliseconds. `minutes`: whole minutes. `count`: how often; `days`: how many days.
 * `decimal`: any number.
 */
export type ColumnKind = "text" | "word" | "words" | "day" | "time" | "minutes" | "count" | "days" | "decimal";

export interface ReportColumn {
  readonly id: string;
  readonly kind: ColumnKind;
  /** Which words a code is one of: `mark`, `direction`, ... */
  readonly of?: WordSet;
  /** Has a sum. */
  readonly sum?: boolean;
  /** As the site calls it, in place of the column's own name: a kind of leave. */
  readonly name?: string;
  readonly nameZh?: string;
}

/** The sets of codes that reports show in words. */
export type WordSet = "mark" | "direction" | "method" | "use" | "day-kind" | "state" | "overtime" | "source" | "clock";

/** A number of the column's unit, text, or null for nothing. */
export type Cell = string | number | null;

/** Numbers are worked out once, here; charts, tables and files all draw from it. */
export interface ReportTable {
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly (readonly Cell[])[];
  /** Sums of the columns that have one; null elsewhere. */
  readonly totals: readonly Cell[];
}

/** A table that grows row by row, with its sums. */
export class TableBuilder {
  readonly #rows: (readonly Cell[])[] = [];
  readonly #sums: (number | null)[];

  constructor(private readonly columns: readonly ReportColumn[]) {
    this.#sums = columns.map(({ sum }) => (sum === true ? 0 : null));
  }

  add(row: readonly Cell[]): void {
    this.#rows.push(row);
    for (const [index, sum] of this.#sums.entries()) {
      const cell = row[index];
      if (sum !== null && typeof cell === "number") this.#sums[index] = sum + cell;
    }
  }

  finish(): ReportTable {
    return { columns: this.columns, rows: this.#rows, totals: this.#sums };
  }
}

/** Place of a column; -1 where the table has none of that name. */
export function columnAt(table: Pick<ReportTable, "columns">, id: string): number {
  return table.columns.findIndex((column) => column.id === id);
}

import type { SpreadsheetFailure } from "../../contracts/spreadsheet.ts";
import type { Result } from "../../domain/result.ts";

/** The first sheet of a workbook, row by row, as text. The buffer is taken over. */
export type ReadSpreadsheet = (file: ArrayBuffer) => Promise<Result<readonly (readonly string[])[], SpreadsheetFailure>>;

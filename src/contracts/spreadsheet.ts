import type { Failure } from "../domain/errors.ts";
import type { Result } from "../domain/result.ts";

/** `not-xlsx`: damaged, protected by a password, or no workbook. `too-large`: more than the limits once it is unpacked. */
export type SpreadsheetFailure = Failure<"roster/not-xlsx" | "roster/too-large" | "roster/empty">;

/** Reads workbooks away from the page. */
export interface SpreadsheetWorker {
  /**
   * The first sheet's rows as text, blank ones included, so that the row on screen is the row in the file.
   *
   * @param file an XLSX file (Office Open XML); the buffer is transferred
   */
  read(file: ArrayBuffer): Promise<Result<readonly (readonly string[])[], SpreadsheetFailure>>;
}

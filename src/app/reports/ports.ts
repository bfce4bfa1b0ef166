import type { SheetHead } from "../../contracts/sheets.ts";
import type { Cell } from "../../domain/reports/table.ts";
import type { ReportPlan, ReportWritten } from "../api/reports.ts";
import type { BackupFolder } from "../backup/ports.ts";

/** Writes one workbook away from the page. */
export interface SheetWriter {
  begin(head: SheetHead): Promise<void>;
  add(rows: readonly (readonly Cell[])[]): Promise<void>;
  finish(totals: readonly Cell[]): Promise<Blob>;
  /** Ends it, finished or not. */
  close(): void;
}

/** Where scheduled reports go; the same kind of folder that backups are written to. */
export type ReportFolder = Pick<BackupFolder, "supported" | "choose" | "current" | "allow" | "forget" | "write">;

/** What is remembered of scheduled reports on this tablet, in clear: nothing in it is about a person. */
export interface ReportPage {
  readonly plan: ReportPlan | null;
  readonly last: ReportWritten | null;
}

export interface ReportDiary {
  read(): Promise<ReportPage>;
  write(page: ReportPage): Promise<void>;
}

import type { Day } from "../../domain/attendance/rules/types.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { Failure } from "../../domain/errors.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { HourStyle } from "../../domain/reports/hours.ts";
import type { ReportKind } from "../../domain/reports/kinds.ts";
import type { ReportTable } from "../../domain/reports/table.ts";
import type { Result } from "../../domain/result.ts";
import type { Observable } from "../observable.ts";
import type { AttendanceFailure, Progress } from "./attendance.ts";
import type { BackupFailure } from "./backup.ts";

/** `range`: more than {@link REPORT_DAYS_AT_MOST}, or it ends before it begins. `write-failed`: the file could not be made. */
export type ReportFailure = AttendanceFailure | Failure<"report/range" | "report/write-failed">;
/** Besides: what a folder can refuse. */
export type ScheduleFailure = ReportFailure | Failure<Extract<BackupFailure["kind"], `backup/folder-${string}` | "backup/cancelled">>;

export const REPORT_DAYS_AT_MOST = 366;

export interface ReportQuery {
  readonly kind: ReportKind;
  /** Both included. */
  readonly from: Day;
  readonly to: Day;
  readonly department?: string;
  readonly personId?: PersonId;
}

/** A report as it was worked out. The numbers of tables, charts and files are those of `table`. */
export interface Report {
  readonly query: ReportQuery;
  readonly table: ReportTable;
  readonly site: { readonly organisation: string; readonly name: string; readonly zone: string };
  /** Position in the log up to which it holds. */
  readonly asOf: { readonly at: EpochMs; readonly seq: number };
  /** Those in it. */
  readonly people: readonly PersonId[];
  /** Days that can still become something else. */
  readonly open: number;
  /** Lines of `attlog.dat`, of the reports on punches. */
  readonly attlog: readonly string[] | null;
}

export type ReportFormat = "xlsx" | "csv" | "attlog";

/** Which reports are written into the folder, and how often: each about the day, week or month that is just over. */
export interface ReportPlan {
  readonly every: "day" | "week" | "month";
  readonly kinds: readonly ReportKind[];
  readonly format: "xlsx" | "csv";
  readonly style: HourStyle;
}

export interface ReportWritten {
  /** The last day that it was about. */
  readonly through: Day;
  readonly at: EpochMs;
  readonly files: readonly string[];
}

export interface ScheduleState {
  readonly plan: ReportPlan | null;
  readonly folder: { readonly name: string; readonly state: "ready" | "asks-again" | "gone" } | null;
  readonly folderSupported: boolean;
  readonly last: ReportWritten | null;
  /** A period is over that was not written yet. */
  readonly due: boolean;
  readonly working: boolean;
  readonly failed: ScheduleFailure | null;
}

export interface ReportSchedule {
  readonly state: Observable<ScheduleState>;
  chooseFolder(): Promise<Result<void, ScheduleFailure>>;
  /** Asks the browser again for leave to write; needs a press of a button. */
  allowFolder(): Promise<Result<void, ScheduleFailure>>;
  forgetFolder(): Promise<void>;
  /** Null ends it. */
  change(plan: ReportPlan | null): Promise<Result<void, ScheduleFailure>>;
  /** What is due, or the last period once more. */
  writeNow(): Promise<Result<ReportWritten, ScheduleFailure>>;
}

export interface Reports {
  make(query: ReportQuery, onProgress?: (progress: Progress) => void, signal?: AbortSignal): Promise<Result<Report, ReportFailure>>;
  /** The log says who took it away before it is handed out. Asks for a fresh second factor. */
  export(report: Report, format: ReportFormat, style: HourStyle, onProgress?: (progress: Progress) => void, signal?: AbortSignal): Promise<Result<{ readonly name: string; readonly file: Blob }, ReportFailure>>;
  readonly schedule: ReportSchedule;
}

import type { DayResult, MonthTotals, OutageSpell } from "../../domain/attendance/engine/types.ts";
import type { ShiftOnDay } from "../../domain/attendance/rules/shift-on-day.ts";
import type { Day, LeaveKind, Month } from "../../domain/attendance/rules/types.ts";
import type { Direction } from "../../domain/attendance/types.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { ExceptionRequest, Feedback, LeaveBalance, MakeUpAllowance, RequestId, RequestKind, ViolationNote } from "../../domain/exceptions/types.ts";
import type { Result } from "../../domain/result.ts";
import type { Observable } from "../observable.ts";
import type { AttendanceFailure, MonthFailure, RequestFailure, RequestInput } from "./attendance.ts";

/** A punch that seems to be missing, as a button: what, and when it would have been. */
export interface MissingPunch {
  readonly day: Day;
  readonly direction: Direction;
  /** The shift's start or end. */
  readonly wallMs: EpochMs;
  readonly shiftName: string;
  readonly allowance: MakeUpAllowance;
  /** An outage at the time, which the request can cite. */
  readonly outage: OutageSpell | null;
  /** A request about it that waits or was decided. */
  readonly request: RequestId | null;
}

export interface OwnMonth {
  readonly month: Month;
  readonly days: readonly DayResult[];
  readonly shifts: readonly ShiftOnDay[];
  readonly totals: MonthTotals;
  readonly confirmedAt: EpochMs | null;
  /** Confirmed, and other since: to be confirmed again. */
  readonly changedSince: boolean;
  readonly lockedAt: EpochMs | null;
  /** Can be confirmed now: it is over, nothing waits. */
  readonly confirmable: "now" | "not-over" | "unsettled" | "open-requests" | "done" | "locked";
  /** Last day to confirm it. */
  readonly confirmBy: Day | null;
}

/** What is asked of this person, newest first: answers to requests, entries by others, a month to confirm. */
export type OwnNotice =
  | { readonly kind: "request"; readonly request: ExceptionRequest }
  | { readonly kind: "swap"; readonly request: ExceptionRequest; readonly from: string }
  | { readonly kind: "month"; readonly month: Month; readonly by: Day | null }
  | { readonly kind: "note"; readonly note: ViolationNote }
  | { readonly kind: "feedback"; readonly feedback: Feedback };

/**
 * One's own attendance, opened together with the own record and closed with it. Every change is the person's own: nobody
 * files for another here.
 */
export interface OwnAttendance {
  /** Null while it is worked out; a failure where it cannot be. */
  readonly today: Observable<{ readonly result: DayResult | null; readonly shift: ShiftOnDay | null; readonly missing: readonly MissingPunch[]; readonly failure: AttendanceFailure | null } | null>;
  readonly notices: Observable<readonly OwnNotice[]>;
  readonly requests: Observable<readonly ExceptionRequest[]>;
  readonly balances: Observable<readonly LeaveBalance[]>;
  readonly leaveKinds: readonly LeaveKind[];
  /** Kinds of requests that the rules offer this person; none for whom nobody judges. */
  readonly offered: readonly RequestKind[];
  month(month: Month): Promise<Result<OwnMonth, AttendanceFailure>>;
  /** What can be said before the form is filled in. */
  allowance(day: Day): Promise<Result<MakeUpAllowance, RequestFailure>>;
  /** Minutes that a leave would take, from the shifts in between, in whole units of its kind; to the minute when no kind is named. */
  leaveMinutes(fromMs: EpochMs, toMs: EpochMs, leaveKind?: string): Promise<Result<number, RequestFailure>>;
  colleagues(query: string): readonly { readonly personId: string; readonly name: string; readonly employeeNumber: string }[];
  submit(input: RequestInput): Promise<Result<ExceptionRequest, RequestFailure>>;
  /** Kept for this person until it is handed in or thrown away; a PIN or the face opens it again. */
  keepDraft(input: RequestInput): Promise<Result<ExceptionRequest, RequestFailure>>;
  withdraw(id: RequestId): Promise<Result<void, RequestFailure>>;
  agree(id: RequestId, agreed: boolean): Promise<Result<void, RequestFailure>>;
  seen(ids: readonly RequestId[]): Promise<void>;
  confirm(month: Month): Promise<Result<void, MonthFailure | AttendanceFailure>>;
  giveFeedback(topic: Feedback["topic"], text: string, anonymous: boolean): Promise<Result<void, AttendanceFailure>>;
  /** Version of a tutorial that was gone through last; 0 for none. */
  trainedVersion(course: string): Promise<number>;
  trained(course: string, version: number, errors: number): Promise<Result<void, AttendanceFailure>>;
  close(): void;
}

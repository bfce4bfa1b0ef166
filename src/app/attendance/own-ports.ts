import type { Day } from "../../domain/attendance/rules/types.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { ExceptionRequest, LeaveBalance, MakeUpAllowance, RequestId } from "../../domain/exceptions/types.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { Result } from "../../domain/result.ts";
import type { RequestFailure, RequestInput } from "../api/attendance.ts";

/** One person's own requests: nobody files for another through it. */
export interface OwnRequests {
  /** Own ones, drafts among them, newest first. */
  list(personId: PersonId): Promise<readonly ExceptionRequest[]>;
  /** Others' swaps that wait for this person to agree. */
  swaps(personId: PersonId): Promise<readonly ExceptionRequest[]>;
  balances(personId: PersonId): Promise<readonly LeaveBalance[]>;
  allowance(personId: PersonId, day: Day): Promise<Result<MakeUpAllowance, RequestFailure>>;
  leaveMinutes(personId: PersonId, fromMs: EpochMs, toMs: EpochMs, leaveKind?: string): Promise<Result<number, RequestFailure>>;
  submit(personId: PersonId, input: RequestInput): Promise<Result<ExceptionRequest, RequestFailure>>;
  keepDraft(personId: PersonId, input: RequestInput): Promise<Result<ExceptionRequest, RequestFailure>>;
  withdraw(personId: PersonId, id: RequestId): Promise<Result<void, RequestFailure>>;
  agree(personId: PersonId, id: RequestId, agreed: boolean): Promise<Result<void, RequestFailure>>;
  seen(personId: PersonId, ids: readonly RequestId[]): Promise<void>;
}

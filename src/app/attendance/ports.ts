import type { ApprovedCorrection, ApprovedSpell, CancelledRequest, DayResult, EngineInput, EnginePunch } from "../../domain/attendance/engine/types.ts";
import type { Day, PersonPlan, RuleBook } from "../../domain/attendance/rules/types.ts";
import type { Failure } from "../../domain/errors.ts";
import type { ExceptionRequest } from "../../domain/exceptions/types.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { Result } from "../../domain/result.ts";
import type { AttendanceFailure, DayResults, Progress } from "../api/attendance.ts";
import type { Observable } from "../observable.ts";
import type { RecordRing } from "../ports/store.ts";

export interface ReckonQuery {
  readonly from: Day;
  readonly to: Day;
  /** Whose; those that the ring does not open are left out. */
  readonly people: readonly PersonId[];
}

export interface ReckonOptions {
  /** The device's own when absent: for a person's own view alone. */
  readonly ring?: RecordRing;
  /** As if those had been approved: what a decision would change. */
  readonly asIf?: { readonly personId: PersonId; readonly punches?: readonly EnginePunch[]; readonly spells?: readonly ApprovedSpell[]; readonly corrections?: readonly ApprovedCorrection[]; readonly cancelled?: readonly CancelledRequest[] };
  /** Other rules than those in force. */
  readonly book?: RuleBook;
  /** As if no day were closed: what a closed day would be with what came in after it. */
  readonly withoutLocks?: boolean;
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
}

/** Reads what days are made of, and works them out. Asks nobody's leave and writes no access entry: whoever calls it has done both. */
export interface Reckoning {
  /** Grows whenever a result can have become another. */
  readonly revision: Observable<number>;
  days(query: ReckonQuery, options?: ReckonOptions): Promise<Result<DayResults, AttendanceFailure>>;
}

/** The rules as they are kept, and what people work. */
export interface RuleSource {
  readonly book: Observable<RuleBook>;
  /**
   * Plans by person; those who have none are not there.
   * @param personId of that person alone
   */
  plans(ring?: RecordRing, personId?: PersonId): Promise<ReadonlyMap<PersonId, PersonPlan>>;
}

/** Requests as they are kept. */
export interface RequestSource {
  /** Those that concern days from then on, decided or not, and all that wait. */
  requests(from: Day, ring?: RecordRing, personId?: PersonId): Promise<readonly ExceptionRequest[]>;
}

/** Works days out off the main thread. */
export interface DayComputer {
  /** People in the order of the input, each with the days in their order. */
  compute(input: EngineInput, onProgress?: (progress: Progress) => void, signal?: AbortSignal): Promise<Result<readonly DayResult[], Failure<"attendance/cancelled" | "attendance/worker-failed">>>;
  /** Lets go of everything that was handed over, at once. */
  close(): void;
}

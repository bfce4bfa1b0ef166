import type { EpochMs } from "../../domain/clock.ts";
import type { Failure } from "../../domain/errors.ts";
import type { DoneErasure, PendingErasure } from "../../domain/people/erasure.ts";
import type { ErasureCertificate } from "../../domain/people/erasure-certificate.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { Result } from "../../domain/result.ts";
import type { ClockDoubt, DueErasure } from "../../domain/retention/due.ts";
import type { RetentionSchedule } from "../../domain/retention/schedule.ts";
import type { Observable } from "../observable.ts";
import type { AccessFailure } from "../ports/access.ts";

/**
 * `held`: a legal hold keeps the record. `not-left`: the record of somebody who is with the site is not erased.
 * `same-user`: whoever asked for the release cannot confirm it too. `matcher-silent`: it is written and durable, and the
 * matcher of this page did not answer: start the kiosk anew.
 */
export type RightsFailure =
  | AccessFailure
  | Failure<
      | "rights/no-such-person"
      | "rights/no-face"
      | "rights/held"
      | "rights/not-left"
      | "rights/same-user"
      | "rights/not-frozen"
      | "rights/no-certificate"
      | "rights/bad-input"
      | "rights/storage-full"
      | "rights/store-failed"
      | "rights/matcher-silent"
    >;

/** By the row of the roster, or by the number alone: who may not read people can still freeze a face. */
export type Whom = PersonId | { readonly employeeNumber: string };

export interface FrozenFace {
  readonly at: EpochMs;
  /** Name of the user; null for the person's own report. */
  readonly by: string | null;
  readonly reason: string;
  /** Who asked for the release; null while nobody has. */
  readonly releaseAskedBy: string | null;
  /** The one who asked is the one who is signed in: somebody else confirms. */
  readonly askedByYou: boolean;
}

/** What administration shows of one person's rights. */
export interface RightsOf {
  readonly frozen: FrozenFace | null;
  readonly hold: boolean;
  /** Newest first. */
  readonly erasures: readonly (PendingErasure | DoneErasure)[];
  /** What ends, and when, if nothing changes. */
  readonly ends: readonly DueErasure[];
}

/** An erasure that is coming or came, with whom it is about as far as that is still known. */
export interface ErasureRow<T> {
  readonly erasure: T;
  readonly employeeNumber: string | null;
  readonly name: string | null;
}

export interface RetentionOverview {
  readonly schedule: RetentionSchedule;
  /** Due now, held, or due within 30 days; soonest first. */
  readonly coming: readonly ErasureRow<DueErasure>[];
  readonly pending: readonly ErasureRow<PendingErasure>[];
  /** Newest first. */
  readonly done: readonly ErasureRow<DoneErasure>[];
  readonly lastRunAt: EpochMs | null;
  /** Why nothing is erased by the schedule at present; null when all is well. */
  readonly doubt: ClockDoubt;
}

/** Erasure, freezing, holding and the retention of data. Each step asks for the rights of whoever is signed in. */
export interface PersonRights {
  /** Grows with every change that touches what is shown here. */
  readonly revision: Observable<number>;
  /** Null for somebody who is not on the roster, or whom the signed-in user may not read. */
  of(personId: PersonId): RightsOf | null;
  /** Out of matching at once; the bytes are destroyed before this resolves, or stay in {@link RightsOf.erasures} as pending. */
  eraseFace(personId: PersonId): Promise<Result<void, RightsFailure>>;
  /** Of somebody who left. The certificate can be had with the name for ten minutes, and without it later. */
  eraseRecord(personId: PersonId): Promise<Result<ErasureCertificate | null, RightsFailure>>;
  /** @param reason in a few words, kept with the person */
  freeze(whom: Whom, reason: string): Promise<Result<void, RightsFailure>>;
  askRelease(whom: Whom): Promise<Result<void, RightsFailure>>;
  release(whom: Whom): Promise<Result<void, RightsFailure>>;
  setHold(personId: PersonId, on: boolean): Promise<Result<void, RightsFailure>>;
  certificate(number: string): Promise<Result<ErasureCertificate, RightsFailure>>;
  /** Null for whom it is not. */
  overview(): RetentionOverview | null;
  changeSchedule(schedule: RetentionSchedule): Promise<Result<void, RightsFailure>>;
  /** Goes through the schedule now. With `clockConfirmed` somebody has looked at the clock and answers for it. */
  runSchedule(clockConfirmed: boolean): Promise<Result<{ readonly erased: number }, RightsFailure>>;
}

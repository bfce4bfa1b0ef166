import type { Punch } from "../../domain/attendance/types.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { Failure } from "../../domain/errors.ts";
import type { Consent, Locale, PersonId } from "../../domain/people/types.ts";
import type { Result } from "../../domain/result.ts";
import type { RetentionSchedule } from "../../domain/retention/schedule.ts";
import type { Observable } from "../observable.ts";
import type { PinFailure } from "../ports/ledger.ts";
import type { OwnAttendance } from "./own-attendance.ts";

/** `not-logged`: nobody looks unseen, not even at their own; the log could not be written. `pin-needed`: a face alone does not do this. */
export type OwnFailure = Failure<"own/not-logged" | "own/no-such-person" | "own/pin-needed" | "own/store-failed" | "own/restart-needed">;

/** What is kept of whoever stands in front. */
export interface OwnFacts {
  readonly personId: PersonId;
  readonly name: string;
  readonly employeeNumber: string;
  readonly department: string;
  readonly locale?: Locale;
  /** The last one that was given, withdrawn or not. */
  readonly consent: Consent | null;
  readonly enrolledAt: EpochMs | null;
  /** When the face is erased if it is not used meanwhile; null without a face. */
  readonly faceEndsAt: EpochMs | null;
  readonly hasPin: boolean;
  readonly frozen: boolean;
  /** Something is out of use already and its bytes are not destroyed yet. */
  readonly erasing: boolean;
  readonly schedule: RetentionSchedule;
}

export interface OwnDay {
  /** `YYYY-MM-DD` in the site's zone. */
  readonly day: string;
  /** Oldest first. */
  readonly punches: readonly Punch[];
}

/** Somebody looked. */
export interface OwnLook {
  readonly at: EpochMs;
  /** Null for the person themselves. */
  readonly by: string | null;
  readonly role: string;
  readonly what: "person" | "punches" | "certificate" | "own-record" | "attendance" | "request" | "health" | "attachment" | "list" | "export";
}

/** Grows while the log is read backwards, day by day. */
export interface OwnLog {
  /** Newest first; days without a punch are left out. */
  readonly days: readonly OwnDay[];
  /** Newest first. */
  readonly looks: readonly OwnLook[];
  readonly reading: boolean;
}

/** One's own record, opened for as long as one stands there. */
export interface OwnRecord {
  readonly facts: Observable<OwnFacts>;
  readonly log: Observable<OwnLog>;
  /** Days, requests and months; opened together with this, and closed with it. */
  readonly attendance: OwnAttendance;
  /** Withdrawing and freezing ask for the PIN first: a face opened this, and a face can be mistaken. */
  readonly pinNeeded: Observable<boolean>;
  prove(pin: string): Promise<Result<void, PinFailure>>;
  /** Takes the consent back; the face is erased. The number of the certificate, or null where the bytes are not destroyed yet or there was no face. */
  withdraw(): Promise<Result<{ readonly certificate: string | null }, OwnFailure>>;
  /** Out of matching within a second; two people release it. */
  freeze(): Promise<Result<void, OwnFailure>>;
}

/** How far back the log is read for a person, days. */
export const OWN_LOG_DAYS = 30;

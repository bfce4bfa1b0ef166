import type { Attempt, Direction, Punch, PunchMethod, StepUp } from "../../domain/attendance/types.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { Failure } from "../../domain/errors.ts";
import type { UserId } from "../../domain/people/access.ts";
import type { Person, PersonId } from "../../domain/people/types.ts";
import type { Result } from "../../domain/result.ts";

export type LedgerFailure = Failure<"ledger/storage-full" | "ledger/write-failed" | "ledger/not-ready" | "ledger/no-such-punch" | "ledger/too-late" | "ledger/retired">;

export interface PunchRequest {
  readonly personId: PersonId;
  readonly method: PunchMethod;
  readonly stepUps?: readonly StepUp[];
  /** By how much the face's score exceeded the threshold, on the profile's scale: for the weekly trend, nothing else. */
  readonly scoreOverThreshold?: number;
  /** Absent: from the last punch. */
  readonly direction?: Direction;
}

/** What was attested, and the words of whoever did: who they are, and why. */
export interface AttestedPunches {
  readonly people: readonly { readonly personId: PersonId; readonly direction: Direction }[];
  readonly by: UserId;
  readonly reason: string;
}

/** What was written. `suppressed` punches are kept, and `previous` says which one they repeat. */
export interface PunchRecorded {
  readonly punch: Punch;
  readonly person: Person;
  readonly previous?: Punch;
}

/** What a face at this tablet came to, as the log tells it. `suspected`: an attack, or a challenge that was not passed. */
export interface FaceEvent {
  readonly wallMs: EpochMs;
  readonly kind: "suspected" | "recorded";
}

/** The kiosk's side of the ledger. Each promise resolves only after the entry is durable. */
export interface Ledger {
  /** The device has ended: every punch is refused with `ledger/retired`. */
  readonly retired: boolean;
  punch(request: PunchRequest): Promise<Result<PunchRecorded, LedgerFailure>>;
  /** Adds an entry that cites the punch and gives it the other direction; also lifts a suppressed punch. */
  changeDirection(punch: Punch): Promise<Result<PunchRecorded, LedgerFailure>>;
  /** Adds an entry that cites the punch and takes it back: "not me". */
  undo(punch: Punch): Promise<Result<Punch, LedgerFailure>>;
  attempt(kind: Attempt["kind"]): Promise<Result<void, LedgerFailure>>;
  /** Marks when recognition went down or came back, with the reason. */
  outage(phase: "start" | "end", reason: string): Promise<Result<void, LedgerFailure>>;
  /** Employee number and PIN. The failure counter is durable before the PIN is checked. */
  verifyPin(employeeNumber: string, pin: string): Promise<Result<PersonId, PinFailure>>;
  /**
   * Whose PIN of these people's it is. A try counts once for each of them; none of them is locked by another's PIN being right.
   * `pin/not-issued`: none of them has one. `pin/number-needed`: two of them have this one, and only the number tells them apart.
   */
  verifyPinAmong(people: readonly PersonId[], pin: string): Promise<Result<PersonId, PinFailure>>;
  /** Whether one of these people at least can be asked for a PIN. */
  anyPin(people: readonly PersonId[]): boolean;
  /** Whoever is active and has this number; null when nobody has. */
  findByNumber(employeeNumber: string): PersonId | null;
  /** Oldest first, of the latest entries alone; empty when the log cannot be read. */
  faceEvents(since: EpochMs): Promise<readonly FaceEvent[]>;
  /** Why recognition is down, as the latest entries tell it: the reason of an outage without an end, or null. */
  openOutage(): Promise<string | null>;
}

/** The supervisor's side of the ledger. */
export interface AttestingLedger {
  /** All punches and the entry that says who attested them, in one step: a power cut leaves all of it, or nothing. */
  attest(attested: AttestedPunches): Promise<Result<readonly Punch[], LedgerFailure>>;
}

export type PinFailure =
  | Failure<"pin/wrong" | "pin/not-issued" | "pin/number-needed" | "pin/store-full" | "pin/store-failed">
  | (Failure<"pin/locked"> & { readonly until: EpochMs });

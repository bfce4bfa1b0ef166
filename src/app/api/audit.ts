import type { EntryType, TypedBody } from "../../domain/attendance/entries.ts";
import type { EpochMs, TimeState } from "../../domain/clock.ts";
import type { Failure } from "../../domain/errors.ts";
import type { VerifyReport } from "../../domain/log/report.ts";
import type { Checkpoint } from "../../domain/log/types.ts";
import type { Result } from "../../domain/result.ts";
import type { Observable } from "../observable.ts";
import type { AccessFailure } from "../ports/access.ts";

/**
 * `not-extending`: the log does not begin with what an earlier checkpoint signed. `rolled-back`, `forked`: a witness has
 * signed more, or other entries. `hub-refused`: the hub says so. `hub-key-changed`: the hub signs with another key.
 */
export interface ProofAlarm {
  readonly alarm: "not-extending" | "rolled-back" | "forked" | "hub-refused" | "hub-key-changed";
  readonly at: EpochMs;
  readonly size: number;
  readonly witness: string | null;
}

/** Somebody else who has signed this log. */
export interface KnownWitness {
  readonly kind: "hub" | "phone";
  /** First 20 hexadecimal digits of the SHA-256 of its key. */
  readonly witness: string;
  readonly size: number;
  readonly at: EpochMs;
}

/** How well the log is proved at this moment. */
export interface ProofState {
  readonly entries: number;
  readonly checkpoint: { readonly size: number; readonly at: EpochMs; readonly reason: Checkpoint["reason"] } | null;
  /** Newest first. */
  readonly witnesses: readonly KnownWitness[];
  readonly witnessedUpTo: number;
  /** When the oldest entry was recorded that no witness has seen; null when there is none. */
  readonly unwitnessedSince: EpochMs | null;
  /** A hub is there to witness, and has not for longer than a day. */
  readonly late: boolean;
  /** Oldest first. */
  readonly alarms: readonly ProofAlarm[];
  /** Sequence number of the entry that retired the device. */
  readonly endedAt: number | null;
}

export interface LogEntryRow {
  readonly seq: number;
  readonly type: EntryType;
  readonly wallMs: EpochMs;
  readonly timeState: TimeState;
  readonly receipt: string;
  /** Null where the roles held do not open it, or its key was destroyed. */
  readonly content: TypedBody | null;
}

export interface LogQuery {
  readonly types?: readonly EntryType[];
  /** Only entries before this sequence number. */
  readonly before?: number;
  readonly limit: number;
}

export interface LogPage {
  /** Newest first; fewer than asked for where the types are rare. */
  readonly rows: readonly LogEntryRow[];
  /** Where to go on; null at the log's beginning. */
  readonly next: number | null;
}

export type AuditFailure = AccessFailure | Failure<"audit/cancelled" | "audit/failed" | "audit/already-ended">;
export type PhoneFailure = AccessFailure | Failure<"witness/unreadable" | "witness/forged" | "witness/other-device" | "witness/other-log" | "witness/key-changed" | "witness/no-checkpoint" | "witness/store-failed">;

/** The log and its proof, for administration. */
export interface Audit {
  readonly state: Observable<ProofState>;
  entries(query: LogQuery): Promise<Result<LogPage, AuditFailure>>;
  /** Signs the log as it is now, and asks the hub. */
  checkpointNow(): Promise<Result<void, AuditFailure>>;
  /** Reads everything on this device and checks it as an auditor would. */
  verify(onProgress: (entries: number) => void, signal: AbortSignal): Promise<Result<VerifyReport, AuditFailure>>;
  /** The auditor's package; logged before it is handed out. */
  makePackage(onProgress: (entries: number) => void, signal: AbortSignal): Promise<Result<{ readonly file: Blob; readonly name: string }, AuditFailure>>;
  /** What a phone is shown: the proof from what it had signed. @param witness null for a phone that has signed nothing yet */
  phoneRequest(witness: string | null): Promise<Result<string, PhoneFailure>>;
  /** The phone's answer. */
  acceptPhone(text: string): Promise<Result<{ readonly witness: string; readonly size: number }, PhoneFailure>>;
  /** The hub's new key is right: from now on it is the one expected. */
  acceptHubKey(): Promise<Result<void, AuditFailure>>;
  /** Retires this device: its last entry, signed and shown to the hub. */
  endDevice(reason: string): Promise<Result<void, AuditFailure>>;
}

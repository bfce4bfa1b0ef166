import type { SealedTemplate } from "../../contracts/matcher.ts";
import type { EntryHeader } from "../../domain/attendance/entries.ts";
import type { BackupFrame, BackupLog, ExactEntry } from "../../domain/backup/frames.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { Failure } from "../../domain/errors.ts";
import type { Checkpoint, CoSignature } from "../../domain/log/types.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { Result } from "../../domain/result.ts";
import type { SiteSettings } from "../api/administration.ts";
import type { BackupMade } from "../api/backup.ts";
import type { AdministratorRecord } from "../ports/store.ts";

/** A log on this tablet: its own, or another device's that a backup brought. */
export interface LogSource {
  readonly log: BackupLog;
  checkpoints(): Promise<readonly Checkpoint[]>;
  coSignatures(): Promise<readonly CoSignature[]>;
  /** In their order from the first to `log.upToSeq`, a frame's worth at a time. An entry that cannot be read ends it with an error. */
  entries(): AsyncIterable<readonly ExactEntry[]>;
  /** Leaf hash of one entry; null when there is none. */
  leafAt(seq: number): Promise<Uint8Array | null>;
}

/** What the tablet holds of logs. The first is its own. */
export type LogSources = () => Promise<readonly LogSource[]>;

export type ContainerFailure = Failure<"backup/empty" | "backup/not-a-backup" | "backup/bad-identity" | "backup/wrong-key" | "backup/truncated" | "backup/too-large" | "backup/newer-format" | "backup/malformed" | "backup/hash-wrong">;

/** The file: frames of deterministic CBOR, gzip, age. */
export interface BackupContainer {
  makeKey(): Promise<{ readonly identity: string; readonly recipient: string }>;
  /** Null when it is no age identity. */
  recipientOf(identity: string): Promise<string | null>;
  /** The end frame is added. @returns the file and the content's hash */
  write(recipient: string, frames: AsyncIterable<BackupFrame>): Promise<{ readonly file: Blob; readonly hash: Uint8Array }>;
  /** Every frame in its order, the end last, after all that it states was checked. A failure ends it. */
  read(file: Blob, identity: string, signal?: AbortSignal): AsyncIterable<Result<BackupFrame, ContainerFailure>>;
}

export interface FolderHandle {
  readonly name: string;
}

export type FolderFailure = Failure<"backup/folder-refused" | "backup/folder-gone" | "backup/folder-failed" | "backup/folder-unsupported" | "backup/cancelled">;

/** The folder that was chosen once. */
export interface BackupFolder {
  readonly supported: boolean;
  choose(): Promise<Result<FolderHandle, FolderFailure>>;
  /** The one that was chosen, if there is one, and whether it can be written without asking. */
  current(): Promise<{ readonly name: string; readonly state: "ready" | "asks-again" | "gone" } | null>;
  allow(): Promise<Result<void, FolderFailure>>;
  forget(): Promise<void>;
  /** Whole or not at all. */
  write(name: string, file: Blob): Promise<Result<void, FolderFailure>>;
  names(): Promise<Result<readonly string[], FolderFailure>>;
  read(name: string): Promise<Result<File, FolderFailure>>;
  remove(name: string): Promise<Result<void, FolderFailure>>;
}

/** What is remembered of backups beside the log, in clear: nothing in it is about a person. */
export interface DiaryEntry {
  readonly last: BackupMade | null;
  readonly firstAt: EpochMs | null;
  readonly drill: { readonly at: EpochMs; readonly passed: boolean } | null;
}

export interface BackupDiary {
  read(): Promise<DiaryEntry>;
  write(entry: DiaryEntry): Promise<void>;
}

/** Carries references from one tablet to another. They are in clear in the matcher alone. */
export interface TemplateCarrier {
  pack(templates: readonly SealedTemplate[], recipient: string): Promise<Result<{ readonly people: number; readonly sealed: Uint8Array }, Failure>>;
  /** Sealed anew under this tablet's keys. */
  unpack(sealed: Uint8Array, identity: string): Promise<Result<readonly SealedTemplate[], Failure>>;
}

/** Whether a device's key signed a checkpoint. */
export type CheckpointSigned = (log: BackupLog, checkpoint: Checkpoint) => Promise<boolean>;

/** A restored log, on its way in. */
export interface HistoryWriter {
  /** Of one device, in order; those that are there already are left as they are. */
  write(log: BackupLog, entries: readonly { readonly header: EntryHeader; readonly leaf: Uint8Array; readonly exact: ExactEntry }[]): Promise<void>;
  checkpoints(log: BackupLog, checkpoints: readonly Checkpoint[], coSignatures: readonly CoSignature[]): Promise<void>;
}

/** What a backup holds besides logs and faces, read and checked. */
export interface BackedUpSite {
  readonly settings: SiteSettings;
  readonly keeper: AdministratorRecord | null;
}

export type SubjectOf = PersonId | null;

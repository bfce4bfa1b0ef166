import type { SealedTemplate } from "../../contracts/matcher.ts";
import type { Entry, EntryHeader } from "../../domain/attendance/entries.ts";
import type { BackupFrame, BackupLog, ExactEntry, TemplateParcel } from "../../domain/backup/frames.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { Failure } from "../../domain/errors.ts";
import type { Checkpoint, CoSignature } from "../../domain/log/types.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { Result } from "../../domain/result.ts";
import type { SiteSettings } from "../api/administration.ts";
import type { BackupMade } from "../api/backup.ts";
import type { AdministratorRecord, Paper, RecordRing, Store } from "../ports/store.ts";

// ---- logs

/** A log on this tablet: its own, or another device's that a backup brought. */
export interface LogSource {
  readonly log: BackupLog;
  checkpoints(): Promise<readonly Checkpoint[]>;
  coSignatures(): Promise<readonly CoSignature[]>;
  /**
   * In their order from the first to `log.upToSeq`, a frame's worth at a time.
   *
   * @throws when an entry cannot be read: a log with a hole is no backup
   */
  entries(): AsyncIterable<readonly ExactEntry[]>;
  /** Leaf hash of one entry; null when there is none. */
  leafAt(seq: number): Promise<Uint8Array | null>;
}

/** An entry of a restored log, followed and found in order. */
export interface HistoryEntry {
  readonly header: EntryHeader;
  readonly leaf: Uint8Array;
  readonly exact: ExactEntry;
}

/** A whole log on its way in, by its place in the backup. */
export interface StagedLog {
  readonly index: number;
  readonly log: BackupLog;
  readonly checkpoints: readonly Checkpoint[];
  readonly coSignatures: readonly CoSignature[];
  /** Entries up to this one are on the tablet in another log: they are kept, and not shown twice. */
  readonly shownFrom: number;
}

/** A restore on its way in: durable and out of sight until the log says that it was done. */
export interface RestoreStage {
  /** Wipes what an earlier one left. @param id of the backup's content */
  begin(id: string): Promise<void>;
  log(log: StagedLog): Promise<void>;
  /** @param index of a log that was laid out */
  entries(index: number, entries: readonly ExactEntry[]): Promise<void>;
  templates(rows: readonly SealedTemplate[]): Promise<void>;
  /** @param replace whether they go in place of what is kept under the same id */
  papers(papers: readonly Paper[], replace: boolean): Promise<void>;
  /** Everything is there. Only what was ended so is ever taken over. */
  end(): Promise<void>;
  /** Destroys it with its bytes. */
  discard(): Promise<void>;
  /** Id of the content that is staged wholly; null when there is none. */
  staged(): Promise<string | null>;
  logs(): Promise<readonly StagedLog[]>;
  /** Runs of entries, counted from 0 in the order in which they were laid out. */
  chunks(): Promise<number>;
  chunk(number: number): Promise<{ readonly index: number; readonly entries: readonly ExactEntry[] }>;
  /** The templates that wait. */
  waitingTemplates(): Promise<readonly SealedTemplate[]>;
  /** One was stored or will never be. */
  templateSettled(personId: PersonId): Promise<void>;
  /** Numbers of the runs of papers that wait. */
  waitingPapers(): Promise<readonly number[]>;
  paperRun(number: number): Promise<{ readonly papers: readonly Paper[]; readonly replace: boolean }>;
  papersSettled(number: number): Promise<void>;
}

/** Logs of other devices, read-only, each body under the record key of whom it is about. */
export interface History {
  /** Takes over the staged logs; seen only when all of it is there. Goes on where it was interrupted. */
  settle(id: string, stage: RestoreStage, onProgress: (done: number, total: number) => void): Promise<void>;
  logs(): Promise<readonly LogSource[]>;
  /**
   * Days as in {@link Store.entries}; one list for each log that was taken over.
   *
   * @param ring the device's own when absent; what a role's cannot unwrap has no content
   */
  entries(fromUtcDay: number, toUtcDay: number, ring?: RecordRing): Promise<readonly (readonly Entry[])[]>;
}

// ---- the file

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

/** Reads what the file holds in the store's own shapes; null where it is another. */
export interface StoredShapes {
  settings(value: unknown): SiteSettings | null;
  keeper(value: unknown): AdministratorRecord | null;
}

/** Whether the device that a checkpoint names signed it. */
export type IsSigned = (checkpoint: Checkpoint, publicKey: Uint8Array) => Promise<boolean>;

/** Carries references from one tablet to another. They are in clear in the matcher alone. */
export interface TemplateCarrier {
  /** One parcel for each profile and model set, of so many people at most. */
  pack(templates: readonly SealedTemplate[], recipient: string): AsyncIterable<Result<TemplateParcel, Failure>>;
  /** Sealed anew under this tablet's keys. */
  unpack(parcel: TemplateParcel, identity: string): Promise<Result<readonly SealedTemplate[], Failure>>;
}

// ---- where it goes

export type FolderFailure = Failure<"backup/folder-refused" | "backup/folder-gone" | "backup/folder-failed" | "backup/folder-unsupported" | "backup/cancelled">;

/** The folder that was chosen once. */
export interface BackupFolder {
  readonly supported: boolean;
  choose(): Promise<Result<void, FolderFailure>>;
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
export interface DiaryPage {
  readonly last: BackupMade | null;
  readonly firstAt: EpochMs | null;
  readonly drill: { readonly at: EpochMs; readonly passed: boolean } | null;
}

export interface BackupDiary {
  read(): Promise<DiaryPage>;
  write(page: DiaryPage): Promise<void>;
}

// ---- where a restore goes

/** A tablet's stores, as a restore needs them. */
export interface RestoreTarget {
  readonly store: Store;
  readonly carrier: TemplateCarrier;
  /** What is kept beside the log at the moment of asking; opened as it is read. */
  papers(): Promise<AsyncIterable<Paper>>;
  readonly stage: RestoreStage;
  readonly history: History;
  /** The tablet's own log and those that were restored before. */
  logs(): Promise<readonly LogSource[]>;
}

/** A target that is there for one purpose. */
export interface OpenedTarget extends RestoreTarget {
  close(): void;
  /** Deletes it with its bytes. */
  destroy(): Promise<void>;
}

export interface Targets {
  /** In place of this tablet's own stores, which hold nothing. They are closed and made anew under the backup's tenant. */
  inPlace(tenant: string): Promise<Result<OpenedTarget, Failure<"backup/not-empty" | "backup/store-failed">>>;
  /** Beside them, for a drill. */
  scratch(tenant: string): Promise<Result<OpenedTarget, Failure<"backup/not-empty" | "backup/store-failed">>>;
}

import type { BackupKind } from "../../domain/backup/frames.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { Failure } from "../../domain/errors.ts";
import type { Result } from "../../domain/result.ts";
import type { Observable } from "../observable.ts";
import type { AccessFailure } from "../ports/access.ts";

/** Why a backup could not be made. `folder-*`: the chosen folder; `keys-locked`: the tablet waits to be unlocked. */
export type BackupFailure =
  | AccessFailure
  | Failure<"backup/no-key" | "backup/wrong-ending" | "backup/busy" | "backup/not-set-up" | "backup/read-failed" | "backup/store-failed" | "backup/folder-refused" | "backup/folder-gone" | "backup/folder-failed" | "backup/folder-unsupported" | "backup/cancelled">;

/** Why a file was not taken in. Whatever it is, nothing was changed. */
export type RestoreFailure =
  | AccessFailure
  | Failure<
      | "backup/busy"
      | "backup/empty"
      | "backup/not-a-backup"
      | "backup/bad-identity"
      | "backup/wrong-key"
      | "backup/truncated"
      | "backup/too-large"
      | "backup/newer-format"
      | "backup/malformed"
      | "backup/hash-wrong"
      | "backup/chain-broken"
      | "backup/checkpoint-broken"
      | "backup/other-site"
      | "backup/expired"
      | "backup/changed-meanwhile"
      | "backup/number-conflicts"
      | "backup/not-empty"
      | "backup/no-file"
      | "backup/read-failed"
      | "backup/store-failed"
    >;

/** A key that was just made. The identity is shown once and kept nowhere. */
export interface KeyOffer {
  /** `AGE-SECRET-KEY-1…`: opens every backup that is made to its recipient. */
  readonly identity: string;
  /** `age1…`: the half that stays on the tablet. */
  readonly recipient: string;
}

export interface BackupMade {
  readonly name: string;
  readonly at: EpochMs;
  readonly where: "folder" | "download";
  readonly kind: BackupKind;
  readonly people: number;
  readonly entries: number;
  readonly bytes: number;
}

export interface BackupStatus {
  /** Null until a backup key was made. */
  readonly key: { readonly recipient: string; readonly madeAt: EpochMs; readonly renew: boolean } | null;
  /** `name` is the folder's own; browsers tell no path. */
  readonly folder: { readonly name: string; readonly state: "ready" | "asks-again" | "gone" } | null;
  /** Whether this browser can write to a folder that was chosen once. */
  readonly folderSupported: boolean;
  readonly last: BackupMade | null;
  /** Longer than two days without one. */
  readonly overdue: boolean;
  readonly drill: { readonly last: { readonly at: EpochMs; readonly passed: boolean } | null; readonly due: boolean };
  readonly working: { readonly what: "backup" | "reading" | "restoring" | "drill" | "history"; readonly done: number; readonly total: number } | null;
  /** The last try of the tablet itself, when it failed. */
  readonly failed: BackupFailure | null;
}

/** What a restore would change, in numbers. */
export interface RestorePlan {
  readonly id: string;
  readonly siteName: string;
  readonly device: string;
  /** Of another tablet than this one. */
  readonly otherDevice: boolean;
  readonly createdAt: EpochMs;
  readonly kind: BackupKind;
  readonly people: {
    readonly added: number;
    readonly changed: number;
    /** Different on both sides; the tablet's stay. */
    readonly kept: number;
    readonly unchanged: number;
    readonly onlyHere: number;
    readonly erased: number;
    /** Employee numbers that belong to somebody else here. */
    readonly conflicts: readonly string[];
  };
  readonly punches: {
    readonly inBackup: number;
    /** Those that the tablet does not have and takes in as history. */
    readonly added: number;
    /** Those that the tablet has and the backup has not; they stay. */
    readonly onlyHere: number;
  };
  readonly users: number;
  readonly faces: number;
  /** Logs that went on in another way here than in the backup: both are kept. */
  readonly forked: number;
}

export interface RestoreOutcome {
  readonly people: number;
  readonly entries: number;
  readonly faces: number;
}

export interface DrillOutcome {
  readonly passed: boolean;
  readonly name: string;
  readonly people: number;
  readonly entries: number;
  /** What did not hold; null when all did. */
  readonly failure: RestoreFailure | Failure<"backup/scratch-differs"> | null;
}

/** Copies of the site that only the holder of the backup identity can read. */
export interface Backups {
  readonly status: Observable<BackupStatus>;
  /** How many things wait for somebody: no key, overdue, a folder that asks again, a renewal, a drill. */
  readonly toDo: Observable<number>;
  /** Nothing is kept of it before {@link Backups.keepKey}. */
  offerKey(): Promise<Result<KeyOffer, BackupFailure>>;
  /** @param ending the identity's last {@link IDENTITY_ENDING_LENGTH} characters, typed from the paper */
  keepKey(offer: KeyOffer, ending: string): Promise<Result<void, BackupFailure>>;
  /** Asks for a folder. Only from a person's click. */
  chooseFolder(): Promise<Result<void, BackupFailure>>;
  /** Asks the browser for its permission again. Only from a person's click. */
  allowFolder(): Promise<Result<void, BackupFailure>>;
  forgetFolder(): Promise<void>;
  /** A backup as a file to be put away. A device-move backup holds the faces too and is good for seven days. */
  make(kind: BackupKind): Promise<Result<{ readonly made: BackupMade; readonly file: Blob }, BackupFailure>>;
  /** Writes one into the folder now. */
  makeInFolder(): Promise<Result<BackupMade, BackupFailure>>;
  /** Reads and checks a file wholly and says what a restore would do. Nothing is changed. */
  plan(file: Blob, identity: string, signal?: AbortSignal): Promise<Result<RestorePlan, RestoreFailure>>;
  /** Does what the plan says, or nothing. On an empty tablet the page is loaded anew afterwards. */
  restore(planId: string): Promise<Result<RestoreOutcome, RestoreFailure>>;
  /** Forgets the file and the identity. */
  dropPlan(): void;
  /** @param file the latest one of the folder when absent */
  drill(identity: string, file?: File): Promise<Result<DrillOutcome, RestoreFailure>>;
}

/** Characters of the identity that are typed to show that it was put away. */
export const IDENTITY_ENDING_LENGTH = 6;

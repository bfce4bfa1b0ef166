import type { SealedTemplate } from "../../contracts/matcher.ts";
import type { Entry, EntryDraft } from "../../domain/attendance/entries.ts";
import type { Moment } from "../../domain/attendance/moment.ts";
import type { Standing } from "../../domain/attendance/standing.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { Failure } from "../../domain/errors.ts";
import type { Failures } from "../../domain/people/back-off.ts";
import type { SharedFailures } from "../../domain/people/shared-back-off.ts";
import type { SecretCost, SecretHash } from "../../domain/people/secret-hash.ts";
import type { ErasureBook } from "../../domain/people/erasure.ts";
import type { StoredPerson } from "../../domain/people/stored.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { RoleKeyId, UserId } from "../../domain/people/access.ts";
import type { RoleRecord, UserRecord } from "../../domain/people/users.ts";
import type { Result } from "../../domain/result.ts";
import type { SiteSettings } from "../api/administration.ts";
import type { BootPolicy } from "../api/boot.ts";

/** `store/retired`: the device has ended, and the change is attendance. */
export type StoreFailure = Failure<"store/full" | "store/write-failed" | "store/retired">;

/**
 * What is kept of administration beside its users. A store of the first form has the one administrator's keys here, until
 * that administrator signs in and is a user like any other.
 */
export interface AdministratorRecord {
  readonly name: string;
  /** X25519, 32 bytes: what leaves the device for the administrator's eyes is sealed to it. */
  readonly publicKey?: Uint8Array;
  /** The private half under a key that Argon2id makes of the passphrase: nonce and ciphertext. */
  readonly lockedPrivateKey?: Uint8Array;
  readonly passphrase?: { readonly cost: SecretCost; readonly salt: Uint8Array };
  /** Opens the way out of the kiosk. */
  readonly kioskPin: SecretHash;
}

/**
 * What is kept beside the log, as it stands now: each is the sum of its entries, written in the same step as they are.
 * `request`: {@link ExceptionRequest}, `health`: {@link HealthDeclaration} of one. `plan`: {@link PersonPlan}, `month`: {@link PersonMonth}, `balance`: {@link BalanceEntry}
 * list, `note`: {@link ViolationNote}, `badge`: {@link Badge}, `attachment`: the bytes of one file; all of one person and
 * sealed under that person's record key; `health` and `attachment` under a key of their own, which that one wraps. `rules`: the {@link RuleBook}, `feedback`: {@link Feedback}, `training`, `setting`:
 * of the site, sealed under the device's.
 */
export const PAPER_KINDS = ["request", "health", "plan", "month", "balance", "note", "badge", "attachment", "rules", "feedback", "training", "setting"] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

export interface Paper {
  /** Unique among all kinds; says nothing of the person: a random UUID, or `<kind>:<person id>[:<month>]`. */
  readonly id: string;
  readonly kind: PaperKind;
  readonly subject: PersonId | null;
  /**
   * Last day that it concerns, days since 1970-01-01 UTC, in clear, so that what is over need not be opened; null while it has no
   * end, as a request that is not decided.
   */
  readonly untilUtcDay: number | null;
  /** Plain data: what the kind says, or a {@link Uint8Array} of at most 5 MiB. Whoever reads it checks its shape. */
  readonly value: unknown;
}

export interface PaperQuery {
  readonly kinds: readonly PaperKind[];
  readonly subject?: PersonId;
  /** Without what was over before that day. */
  readonly fromUtcDay?: number;
}

/** Of one person, in place of what was kept. */
export interface PersonStanding {
  readonly personId: PersonId;
  readonly standing: Standing;
}

/** Everything that one step changes: all of it becomes durable, or none. */
export interface Change {
  /** Appended to the log in this order. */
  readonly entries: readonly EntryDraft[];
  /** Added, or put in place of what was kept under the same id. */
  readonly people?: readonly StoredPerson[];
  /** Worked out from the entries as they were appended. */
  readonly standings?: (appended: readonly Entry[], at: Moment) => readonly PersonStanding[];
  readonly storeTemplate?: SealedTemplate;
  readonly removeTemplate?: PersonId;
  /** What is still to be erased, and what was, in place of what was kept. */
  readonly erasures?: ErasureBook;
  readonly settings?: SiteSettings;
  readonly administrator?: AdministratorRecord;
  /** Added, or put in place of what was kept under the same id. Made from the entries as they were appended where it cites them. */
  readonly papers?: readonly Paper[] | ((appended: readonly Entry[]) => readonly Paper[]);
  /** Ids of papers that go. */
  readonly removePapers?: readonly string[];
  /** Added, or put in place of what was kept under the same id. */
  readonly users?: readonly UserRecord[];
  /**
   * Added, or put in place. A new version or a new role is given the record keys of everybody it may read, in the same
   * step.
   */
  readonly roles?: readonly RoleRecord[];
}

export interface QuarantinedRow {
  readonly store: string;
  readonly id: string;
  readonly kind: string;
  readonly at: EpochMs;
}

/** What changed, also by another tab. Empty `people` with `all` false: only the log grew. */
export interface StoreChange {
  readonly all: boolean;
  readonly people: readonly PersonId[];
  /** Kinds of papers that changed; absent for none. */
  readonly papers?: readonly PaperKind[];
}

/** One scope's count as it was before a try. `shared`: of everybody who comes to this tablet. */
export type CountBefore = { readonly scope: LockScope } & ({ readonly shared: false; readonly failures: Failures | null } | { readonly shared: true; readonly failures: SharedFailures });

/** `user`: the name that was typed, as `trim().normalize("NFKC").toLowerCase()`, whether anybody has it or not. */
export type LockScope = "device" | "kiosk" | "administrator" | { readonly employeeNumber: string } | { readonly user: string };

/**
 * A set of record keys. The device's own opens everything; a role's opens what was wrapped for the role. What a ring
 * cannot open reads as an entry without content.
 */
export interface RecordRing {
  /** The people whose record key this ring unwraps. */
  readonly reach: ReadonlySet<PersonId>;
  /** Overwrites the role keys and lets go of everything that was unwrapped: the session has ended. */
  close(): void;
}

/** A role's private key, opened for one session: X25519, 32 bytes. */
export interface OpenedRoleKey {
  readonly id: RoleKeyId;
  readonly version: number;
  readonly privateKey: Uint8Array;
}

/** What the next epoch leaves behind. */
export interface EpochChange {
  readonly reason: "erasure" | "age" | "restore" | "upgrade" | "policy";
  /** Whose face keys and templates are not taken along. */
  readonly withoutFaces: readonly PersonId[];
  /** Whose record keys are not taken along: their entries can never be read again. Their row of the roster goes too. */
  readonly withoutRecords: readonly PersonId[];
  /** Ids of papers with a key of their own that is not taken along; the papers go too. */
  readonly withoutPapers?: readonly string[];
  /** How faces are guarded from then on; as before when absent. */
  readonly faces?: BootPolicy;
}

/** `pending`: this browser cannot destroy bytes on its own; they stay on disk until its data are cleared. */
export interface EpochTurned {
  readonly from: number;
  readonly to: number;
  readonly bytes: "destroyed" | "pending";
}

/** The encrypted store, opened. What it holds of people is in memory; the log is read when asked for. */
export interface Store {
  readonly tenant: string;
  readonly deviceId: string;
  /** This page life. */
  readonly bootId: string;
  now(): Moment;
  readonly settings: SiteSettings | null;
  readonly administrator: AdministratorRecord | null;
  readonly erasures: ErasureBook;
  readonly users: ReadonlyMap<UserId, UserRecord>;
  readonly roles: ReadonlyMap<RoleKeyId, RoleRecord>;
  /** Number of the epoch whose keys are in force, and when it began. */
  readonly epoch: { readonly number: number; readonly since: EpochMs };
  readonly people: ReadonlyMap<PersonId, StoredPerson>;
  readonly templates: ReadonlyMap<PersonId, SealedTemplate>;
  /** People whose template was there and could not be read. */
  readonly unreadableTemplates: ReadonlySet<PersonId>;
  /** Entries in the log. */
  readonly length: number;
  /** Sequence number of the entry that retired the device: no attendance is recorded after it. Null while it is in use. */
  readonly endedAt: number | null;
  findByNumber(employeeNumber: string): StoredPerson | undefined;
  standing(personId: PersonId): Standing;
  /**
   * Runs `work` while no other tab can write, after taking in what others have written. Decisions that depend on what is
   * stored are made inside. `work` is run again when another writer came in between, so it has no effect but its commits.
   */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  /**
   * Writes in one strict transaction; resolves when it is durable. Only inside {@link Store.exclusively}.
   * @param onProgress people sealed so far
   */
  commit(change: Change, onProgress?: (done: number) => void, signal?: AbortSignal): Promise<Result<readonly Entry[], StoreFailure>>;
  /**
   * Entries of these days in their order; days count from 1970-01-01 UTC, both included.
   * @param ring the device's own when absent
   * @param about entries about anybody else come without their content, which is not opened
   */
  entries(fromUtcDay: number, toUtcDay: number, ring?: RecordRing, about?: PersonId): Promise<readonly Entry[]>;
  /** The last entries of the log, newest first, at most `limit`, from `before` (a sequence number, not included) backwards. */
  latest(limit: number, before?: number, ring?: RecordRing): Promise<readonly Entry[]>;
  /**
   * Papers, opened; those that the ring does not open are not there.
   * @param ring the device's own when absent
   */
  papers(query: PaperQuery, ring?: RecordRing): Promise<readonly Paper[]>;
  paper(id: string, ring?: RecordRing): Promise<Paper | null>;
  /** Unwraps what was wrapped for these roles. */
  openRing(keys: readonly OpenedRoleKey[]): Promise<RecordRing>;
  /**
   * Makes the next epoch's key in a new bucket, wraps everything anew but what is left behind, moves the pointer, deletes
   * the old bucket. An interruption leaves the old epoch or the new, never a mixture. Not inside {@link Store.exclusively}:
   * it takes the lock itself.
   */
  turnEpoch(change: EpochChange): Promise<Result<EpochTurned, StoreFailure>>;
  /** `attended`: faces are guarded by a key that only administrators' roles open. */
  readonly bootPolicy: BootPolicy;
  /** Faces wait for an administrator: no template can be opened. */
  readonly facesLocked: boolean;
  /** Unlocks faces with roles that were opened, in all tabs. `unlocked`: they were locked before. */
  unlockFaces(held: readonly OpenedRoleKey[]): Promise<"open" | "unlocked" | "locked">;
  subscribe(listener: (change: StoreChange) => void): () => void;
  quarantined(): Promise<readonly QuarantinedRow[]>;
  /** Moves a template that the matcher could not open out of the way. */
  quarantineTemplate(personId: PersonId, kind: string): Promise<void>;
  /**
   * Counts a try at a secret before it is checked, durably; refused while a lock of any of the scopes is in force.
   * The count is the same for an employee number that nobody has. Gives the counts as they were before, in the order of
   * the scopes.
   */
  beginTry(scopes: readonly LockScope[]): Promise<Result<readonly CountBefore[], StoreFailure | (Failure<"store/locked"> & { readonly until: EpochMs })>>;
  /**
   * The secret was right: its owner's counts begin anew. What everybody shares is as if the try had not been, and one
   * less where its owner has not eased it lately.
   *
   * @param right counts that the secret was right for, as {@link beginTry} gave them
   * @param others counts that the try does not concern: they are as if it had not been
   */
  endTry(right: readonly CountBefore[], others?: readonly CountBefore[]): Promise<Result<void, StoreFailure>>;
  usage(): Promise<{ readonly usedBytes: number; readonly quotaBytes: number; readonly persistent: boolean; readonly bucket: boolean }>;
  persist(): Promise<boolean>;
}

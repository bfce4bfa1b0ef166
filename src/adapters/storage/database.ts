import { Dexie } from "dexie";
import type { Table } from "dexie";
import type { SealedTemplate } from "../../contracts/matcher.ts";
import type { Checkpoint, CoSignature, Tile } from "../../domain/log/types.ts";
import type { UserId } from "../../domain/people/access.ts";
import type { KeptFailures } from "../../domain/people/shared-back-off.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { bucketNames, openBucket } from "./bucket.ts";
import type { DatabaseHome } from "./bucket.ts";
import { version1 } from "./migrations/0001-first.ts";
import { version2 } from "./migrations/0002-ledger.ts";
import { version3 } from "./migrations/0003-papers.ts";
import type { PaperRow } from "./papers/codec.ts";

/**
 * What lies on disk. No name, employee number, template or punch is in clear anywhere here: what a row says of a person
 * or of an entry is inside an envelope, and the only plain identifiers are random.
 */
type Bytes = Uint8Array<ArrayBuffer>;

/**
 * `head`: end of the log, `wallMs` the latest wall time in it. `anchor`: when a trusted clock last confirmed the
 * device's. `epoch`: the last one that the log speaks of. `settings`, `administrator`, `erasures`: envelopes.
 */
export type MetaRow =
  | HeadRow
  | { readonly key: "anchor"; readonly wallMs: number }
  | { readonly key: "epoch"; readonly epoch: number }
  | { readonly key: "settings" | "administrator" | "erasures"; readonly envelope: Bytes };

export interface HeadRow {
  readonly key: "head";
  readonly seq: number;
  readonly leaf: Bytes;
  readonly wallMs: number;
  /** Grows with every commit, also one that appends nothing. Absent in the first form of the store, as `frontier` is. */
  readonly revision?: number;
  /** Hashes of the largest whole subtrees over the first `seq` leaves, largest first. */
  readonly frontier?: readonly Bytes[];
  /** Sequence number of the entry that retired the device; absent while it is in use. */
  readonly endedAt?: number;
}

/** Somebody who signs in to administration, sealed. */
export interface UserRow {
  readonly id: UserId;
  readonly envelope: Bytes;
}

/** A role's keys, sealed. The id is a keyed hash of the role's own: that one names a department. */
export interface RoleRow {
  readonly id: string;
  readonly envelope: Bytes;
}

/** Which of the templates in the keys' bucket is in force: written in the same step as the entry that says so. */
export interface TemplatePointerRow {
  readonly personId: PersonId;
  readonly templateId: string;
}

export interface PersonRecordRow {
  readonly id: PersonId;
  /** Keyed hash of the employee number, so that a number is unique although it is sealed. */
  readonly numberTag: string;
  readonly envelope: Bytes;
}

/** The person's last punches, sealed: what the next punch's direction depends on. */
export interface StandingRow {
  readonly personId: PersonId;
  readonly envelope: Bytes;
}

export interface LogRow {
  /** 1, 2, 3, ... without gaps. */
  readonly seq: number;
  /** Whole days since 1970-01-01 UTC, from the entry's wall time. */
  readonly utcDay: number;
  /** Under the device's record key: header, whose key seals the body, and the body's own envelope. */
  readonly envelope: Bytes;
  /** Leaf hash of the entry: tells nothing without it. Absent in rows of the first form, until they are taken over. */
  readonly leaf?: Bytes;
}

export interface SegmentRow {
  /** `<device>:<first seq, 12 digits>:<sha256 hex>` */
  readonly _id: string;
  readonly kind: "seg";
  readonly c: string;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly state: "pending" | "stored" | "quarantined";
  readonly sealedAtMs: number;
  readonly settledAtMs?: number;
}

/** Failed attempts at a secret. `scope` is `device`, `kiosk`, `administrator`, `number:<tag>` or `user:<tag>`. */
export interface LockoutRow {
  readonly scope: string;
  readonly failures: KeptFailures;
}

/** A row that could not be read, moved out of the way with everything it held. */
export interface QuarantineRow {
  readonly index?: number;
  readonly store: string;
  readonly id: string;
  readonly kind: string;
  readonly atMs: number;
  readonly row: unknown;
}

/** What the sync engine keeps for itself; `value` is sealed where it is secret. */
export interface SyncRow {
  readonly key: string;
  readonly value: unknown;
}

/** A record key where it lay at first, wrapped by the key of the first epoch. */
export interface FirstRecordKeyRow {
  readonly id: string;
  readonly epoch: number;
  readonly envelope: Bytes;
}

/** Every transaction is strict: an acknowledged write survives a power cut. */
export class PunchDatabase extends Dexie {
  declare readonly meta: Table<MetaRow, string>;
  /** Of a store in its first form alone, as `templates`. */
  declare readonly recordKeys: Table<FirstRecordKeyRow, string>;
  declare readonly people: Table<PersonRecordRow, string>;
  declare readonly standings: Table<StandingRow, string>;
  declare readonly templates: Table<SealedTemplate, string>;
  declare readonly log: Table<LogRow, number>;
  declare readonly segments: Table<SegmentRow, string>;
  declare readonly lockouts: Table<LockoutRow, string>;
  declare readonly quarantine: Table<QuarantineRow, number>;
  declare readonly sync: Table<SyncRow, string>;
  declare readonly users: Table<UserRow, string>;
  declare readonly roles: Table<RoleRow, string>;
  declare readonly templatePointers: Table<TemplatePointerRow, string>;
  declare readonly tiles: Table<Tile, number>;
  declare readonly checkpoints: Table<Checkpoint, number>;
  declare readonly cosignatures: Table<CoSignature, [CoSignature["witness"], number]>;
  declare readonly papers: Table<PaperRow, string>;

  constructor(readonly home: DatabaseHome) {
    super(home.databaseName("clockface"), {
      indexedDB: home.indexedDB,
      IDBKeyRange: globalThis.IDBKeyRange,
      chromeTransactionDurability: "strict",
      cache: "disabled",
    });
    version1(this);
    version2(this);
    version3(this);
  }
}

/**
 * Opens the store of people, log and outbox: the same one from the page, a worker or the service worker.
 *
 * @param bucketName another bucket, for tests
 * @param quotaBytes see {@link openBucket}
 */
export async function openPunchDatabase(bucketName: string = bucketNames().punch, quotaBytes?: number): Promise<PunchDatabase> {
  const database = new PunchDatabase(await openBucket(bucketName, quotaBytes));
  await database.open();
  return database;
}

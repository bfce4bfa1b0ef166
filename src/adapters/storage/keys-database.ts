import { Dexie } from "dexie";
import type { Table } from "dexie";
import type { SealedTemplate } from "../../contracts/matcher.ts";
import { KEYS_DATABASE, openBucket } from "./bucket.ts";
import type { DeviceKey } from "../crypto/device-keys.ts";
import type { GuardHolder } from "../crypto/guard-keys.ts";
import type { BucketNames, DatabaseHome } from "./bucket.ts";
import type { EpochTurn } from "./epoch-turn.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * `epoch-key`: what wraps everything here; it is written last, so that keys with it are complete. `device`: whose keys these
 * are, for a start that finds the device's own bucket empty. `turn`: how this epoch came about, until the log says so too.
 */
export type KeysRow = { readonly id: "epoch-key"; readonly key: CryptoKey } | { readonly id: "device"; readonly tenant: string; readonly device: DeviceKey } | { readonly id: "turn"; readonly turn: EpochTurn } | FaceGuardRow;

/** Faces wait for an administrator: their keys are wrapped by a key that only these roles open. */
export interface FaceGuardRow {
  readonly id: "face-guard";
  /** Epoch that the key was made in; envelopes name it. */
  readonly born: number;
  readonly holders: readonly GuardHolder[];
}

/** A person's record key, the device's (`device`) or the index key (`index`), wrapped by the epoch key. */
export interface RecordKeyRow {
  readonly id: string;
  /** Epoch that the key was made in. */
  readonly born: number;
  readonly envelope: Bytes;
}

/** A paper's own key, wrapped by the record key of whom it is about: a turn takes it along as it is, or leaves it behind. */
export interface ContentKeyRow {
  /** As the paper's envelopes name it. */
  readonly id: string;
  readonly paper: string;
  readonly person: string;
  readonly envelope: Bytes;
}

/** One of the templates that were made for somebody; the store's pointer says which is in force. */
export interface TemplateRow {
  readonly id: string;
  readonly template: SealedTemplate;
}

/** A key that wraps the record keys of one commit for one role, sealed to the role's public key. */
export interface TransportRow {
  readonly id: string;
  /** Keyed hash of the role's id. */
  readonly role: string;
  readonly version: number;
  readonly epoch: number;
  readonly enc: Bytes;
  readonly sealed: Bytes;
}

/** A record key, wrapped for a role. */
export interface GrantRow {
  readonly role: string;
  readonly version: number;
  /** Whose record key it is: a person's, or `device`. */
  readonly person: string;
  readonly born: number;
  readonly transport: string;
  readonly envelope: Bytes;
}

export type GrantKey = [role: string, version: number, person: string];

/** 32 bytes, a key or a seed, sealed by the epoch key itself: `store` and `schema` are bound into the envelope, the id too. */
export interface SealedRow {
  readonly id: string;
  readonly store: string;
  readonly schema: number;
  readonly envelope: Bytes;
}

/** Some of the people, sealed together by the epoch key: a start opens them in place of everybody's rows. */
export interface RosterChunkRow {
  readonly id: number;
  readonly chunks: number;
  readonly seq: number;
  readonly leaf: Bytes;
  readonly envelope: Bytes;
}

/** Where a template lies in the bytes of its row: the wrapped key first, then the envelope. */
export interface PackedTemplate {
  /** Of the row of its own that it has as well. */
  readonly id: string;
  readonly facts: Omit<SealedTemplate, "wrappedKey" | "envelope">;
  readonly at: number;
  readonly keyLength: number;
  readonly length: number;
}

/** Many templates in one row: see {@link writeGallery}. */
export interface GalleryChunkRow {
  readonly id: number;
  readonly packed: readonly PackedTemplate[];
  readonly bytes: Bytes;
  /** SHA-256 of the bytes. */
  readonly digest: Bytes;
}

/** A row that holds nothing. */
export interface Filler {
  readonly id: string;
  readonly filler: Uint8Array;
}

/** What dies with its epoch: keys, what they wrap, and templates. Every transaction is strict. */
export class KeysDatabase extends Dexie {
  declare readonly keys: Table<KeysRow, string>;
  declare readonly recordKeys: Table<RecordKeyRow, string>;
  declare readonly templates: Table<TemplateRow, string>;
  declare readonly transports: Table<TransportRow, string>;
  declare readonly grants: Table<GrantRow, GrantKey>;
  declare readonly sealed: Table<SealedRow, string>;
  /** Empty but for a moment: see {@link KeyKeeper}. */
  declare readonly fill: Table<Filler, string>;
  declare readonly contentKeys: Table<ContentKeyRow, string>;
  declare readonly roster: Table<RosterChunkRow | GalleryChunkRow, number>;

  constructor(home: DatabaseHome) {
    super(home.databaseName(KEYS_DATABASE), { indexedDB: home.indexedDB, IDBKeyRange: globalThis.IDBKeyRange, chromeTransactionDurability: "strict", cache: "disabled", autoOpen: false });
    this.version(1).stores({ keys: "id" });
    this.version(2).stores({ recordKeys: "id", templates: "id", transports: "id, role", grants: "[role+version+person]", sealed: "id", roster: "id" });
    this.version(3).stores({ fill: "id" });
    this.version(4).stores({ contentKeys: "id" });
  }
}

export function openKeysDatabase(names: BucketNames, epoch: number): Promise<KeysDatabase> {
  return openKeysIn(names.keys(epoch));
}

/** @param bucket made where it is not there */
export async function openKeysIn(bucket: string): Promise<KeysDatabase> {
  const database = new KeysDatabase(await openBucket(bucket));
  await database.open();
  return database;
}

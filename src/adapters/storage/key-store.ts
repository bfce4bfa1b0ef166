import { Dexie } from "dexie";
import type { Table } from "dexie";
import type { EpochMs } from "../../domain/clock.ts";
import { createDeviceKey } from "../crypto/device-keys.ts";
import type { DeviceKey } from "../crypto/device-keys.ts";
import { createEpochKey, createRecordKey, epochKeyId } from "../crypto/record-keys.ts";
import type { NamedKey } from "../crypto/record-keys.ts";
import { hasKeys, openBucket, sweepKeys } from "./bucket.ts";
import type { BucketNames, DatabaseHome } from "./bucket.ts";
import { DEVICE_RECORDS, INDEX } from "./key-ring.ts";
import { openKeysDatabase } from "./keys-database.ts";
import type { FaceGuardRow, KeysDatabase, RecordKeyRow } from "./keys-database.ts";

/** The keys that the device boots with, nobody signed in. */
export interface DeviceKeys extends EpochKeys {
  /** Random id of this installation: bound into every envelope. */
  readonly tenant: string;
  readonly device: DeviceKey;
}

/** What is in force of an epoch. */
export interface EpochKeys {
  readonly epochKey: NamedKey;
  /** When the epoch began; 0 where it was not noted. */
  readonly since: EpochMs;
  /** What the epoch key wraps. */
  readonly vault: KeysDatabase;
  /** Set where faces wait for an administrator. */
  readonly guard: FaceGuard | null;
}

/** `key` is null while nobody has unlocked it. */
export interface FaceGuard {
  readonly row: FaceGuardRow;
  readonly key: NamedKey | null;
}

/** What wraps the face keys and seals the site's transform; null while an administrator is waited for. */
export function faceKeyOf({ guard, epochKey }: Pick<EpochKeys, "guard" | "epochKey">): NamedKey | null {
  return guard === null ? epochKey : guard.key;
}

interface EpochPointer {
  readonly id: "epoch";
  readonly epoch: number;
  /** Absent in the first form. */
  readonly sinceMs?: number;
}

type DeviceRow = { readonly id: "identity"; readonly tenant: string; readonly device: DeviceKey } | EpochPointer;

class DeviceDatabase extends Dexie {
  declare readonly items: Table<DeviceRow, string>;

  constructor(home: DatabaseHome) {
    super(home.databaseName("clockface-device"), { indexedDB: home.indexedDB, IDBKeyRange: globalThis.IDBKeyRange, chromeTransactionDurability: "strict", cache: "disabled" });
    this.version(1).stores({ items: "id" });
  }
}

/**
 * Null when there is no complete set: a new device, or one whose key store was lost. What other epochs left is swept, once
 * the keys in force were found.
 *
 * A browser notes a new bucket's name some time after it was made. Where a power cut came in between, the pointer names an
 * epoch that is not there; as long as the one before is, that one is in force again, and the turn is made anew.
 */
export async function loadDeviceKeys(names: BucketNames): Promise<DeviceKeys | null> {
  const items = await withDevice(names, (database) => database.items.toArray());
  const identity = items.find((row) => row.id === "identity");
  const pointer = items.find((row) => row.id === "epoch");
  if (!identity || !pointer) return null;
  const keys = (await loadEpoch(names, pointer)) ?? (await goBack(names, pointer));
  if (keys === null) return null;
  await sweepKeys(names, keys.epochKey.epoch);
  return { tenant: identity.tenant, device: identity.device, ...keys };
}

async function goBack(names: BucketNames, { epoch }: EpochPointer): Promise<EpochKeys | null> {
  if (epoch <= 1 || !(await hasKeys(names, epoch - 1))) return null;
  const keys = await loadEpoch(names, { id: "epoch", epoch: epoch - 1 });
  if (keys !== null) await moveEpochPointer(names, epoch - 1, keys.since);
  return keys;
}

async function loadEpoch(names: BucketNames, { epoch, sinceMs }: EpochPointer): Promise<EpochKeys | null> {
  const vault = await openKeysDatabase(names, epoch);
  const row = await vault.keys.get("epoch-key");
  if (row?.id !== "epoch-key") {
    vault.close();
    return null;
  }
  const guard = await vault.keys.get("face-guard");
  return { epochKey: { id: epochKeyId(epoch), epoch, key: row.key }, since: (sinceMs ?? 0) as EpochMs, vault, guard: guard?.id === "face-guard" ? { row: guard, key: null } : null };
}

/**
 * Makes the keys of a new device. The pointer to the epoch is written last: whatever an interruption leaves behind is
 * not taken for keys.
 *
 * @param tenant of the installation that is restored here; a new one when absent
 */
export async function createDeviceKeys(names: BucketNames, now: EpochMs, tenant: string = crypto.randomUUID()): Promise<DeviceKeys> {
  const epoch = 1;
  const device = await createDeviceKey();
  await sweepKeys(names, null);
  const keys = await createEpoch(names, epoch, now, tenant);
  await withDevice(names, async (database) => {
    await database.items.bulkPut([{ id: "identity", tenant, device }, { id: "epoch", epoch, sinceMs: now }]);
  });
  return { tenant, device, ...keys };
}

async function createEpoch(names: BucketNames, epoch: number, now: EpochMs, tenant: string): Promise<EpochKeys> {
  const keys: EpochKeys = { epochKey: { id: epochKeyId(epoch), epoch, key: await createEpochKey() }, since: now, vault: await openKeysDatabase(names, epoch), guard: null };
  const rows: RecordKeyRow[] = [];
  for (const id of [DEVICE_RECORDS, INDEX]) rows.push({ id, born: epoch, envelope: (await createRecordKey(tenant, keys.epochKey, id)).wrapped });
  await keys.vault.transaction("rw", keys.vault.keys, keys.vault.recordKeys, async () => {
    await keys.vault.keys.put({ id: "epoch-key", key: keys.epochKey.key });
    await keys.vault.recordKeys.bulkPut(rows);
  });
  return keys;
}

/**
 * Gives a device that has stored nothing yet the id of the installation that is restored on it: a new epoch's keys under
 * that id, which the one strict write at the end puts in force. The device's own key stays. No bucket is made anew under
 * the name of one that was deleted: browsers do not bear being killed in the middle of that.
 */
export async function adoptTenant(names: BucketNames, now: EpochMs, tenant: string): Promise<void> {
  const items = await withDevice(names, (database) => database.items.toArray());
  const identity = items.find((row) => row.id === "identity");
  const pointer = items.find((row) => row.id === "epoch");
  if (!identity || !pointer) return;
  const epoch = pointer.epoch + 1;
  (await createEpoch(names, epoch, now, tenant)).vault.close();
  await withDevice(names, (database) => database.items.bulkPut([{ ...identity, tenant }, { id: "epoch", epoch, sinceMs: now }]));
}

/** Number of the epoch in force; null when there is none. */
export async function epochInForce(names: BucketNames): Promise<number | null> {
  const row = await withDevice(names, (database) => database.items.get("epoch"));
  return row?.id === "epoch" ? row.epoch : null;
}

/** From here on the other epoch is in force: one strict write. */
export async function moveEpochPointer(names: BucketNames, epoch: number, since: EpochMs): Promise<void> {
  await withDevice(names, (database) => database.items.put({ id: "epoch", epoch, sinceMs: since }));
}

async function withDevice<T>(names: BucketNames, use: (database: DeviceDatabase) => PromiseLike<T>): Promise<T> {
  const database = new DeviceDatabase(await openBucket(names.device));
  await database.open();
  try {
    return await use(database);
  } finally {
    database.close();
  }
}

import { Dexie } from "dexie";
import type { Table } from "dexie";
import { createDeviceKey } from "../crypto/device-keys.ts";
import type { DeviceKey } from "../crypto/device-keys.ts";
import { createEpochKey, epochKeyId } from "../crypto/record-keys.ts";
import type { NamedKey } from "../crypto/record-keys.ts";
import { openBucket, sweepKeyBuckets } from "./bucket.ts";
import type { BucketNames, DatabaseHome } from "./bucket.ts";

/** The keys that the device boots with, nobody signed in. */
export interface DeviceKeys {
  /** Random id of this installation: bound into every envelope. */
  readonly tenant: string;
  readonly device: DeviceKey;
  readonly epochKey: NamedKey;
}

type DeviceRow = { readonly id: "identity"; readonly tenant: string; readonly device: DeviceKey } | { readonly id: "epoch"; readonly epoch: number };

interface EpochKeyRow {
  readonly id: "epoch-key";
  readonly key: CryptoKey;
}

class DeviceDatabase extends Dexie {
  declare readonly items: Table<DeviceRow, string>;

  constructor(home: DatabaseHome) {
    super("clockface-device", strict(home));
    this.version(1).stores({ items: "id" });
  }
}

class EpochDatabase extends Dexie {
  declare readonly keys: Table<EpochKeyRow, string>;

  constructor(home: DatabaseHome) {
    super("clockface-keys", strict(home));
    this.version(1).stores({ keys: "id" });
  }
}

/** Null when there is no complete set: a new device, or one whose key store was lost. */
export async function loadDeviceKeys(names: BucketNames): Promise<DeviceKeys | null> {
  const items = await withDatabase(new DeviceDatabase(await openBucket(names.device)), (database) => database.items.toArray());
  const identity = items.find((row) => row.id === "identity");
  const pointer = items.find((row) => row.id === "epoch");
  if (!identity || !pointer) return null;
  const { epoch } = pointer;
  await sweepKeyBuckets(names, epoch);
  const row = await withDatabase(new EpochDatabase(await openBucket(names.keys(epoch))), (database) => database.keys.get("epoch-key"));
  if (!row) return null;
  return { tenant: identity.tenant, device: identity.device, epochKey: { id: epochKeyId(epoch), epoch, key: row.key } };
}

/**
 * Makes the keys of a new device. The pointer to the epoch is written last: whatever an interruption leaves behind is
 * not taken for keys.
 */
export async function createDeviceKeys(names: BucketNames): Promise<DeviceKeys> {
  const epoch = 1;
  const tenant = crypto.randomUUID();
  const device = await createDeviceKey();
  const key = await createEpochKey();
  await withDatabase(new EpochDatabase(await openBucket(names.keys(epoch))), (database) => database.keys.put({ id: "epoch-key", key }));
  await withDatabase(new DeviceDatabase(await openBucket(names.device)), async (database) => {
    await database.items.put({ id: "identity", tenant, device });
    await database.items.put({ id: "epoch", epoch });
  });
  return { tenant, device, epochKey: { id: epochKeyId(epoch), epoch, key } };
}

async function withDatabase<D extends Dexie, T>(database: D, use: (database: D) => PromiseLike<T>): Promise<T> {
  await database.open();
  try {
    return await use(database);
  } finally {
    database.close();
  }
}

function strict(home: DatabaseHome): ConstructorParameters<typeof Dexie>[1] {
  return { indexedDB: home.indexedDB, IDBKeyRange: globalThis.IDBKeyRange, chromeTransactionDurability: "strict", cache: "disabled" };
}

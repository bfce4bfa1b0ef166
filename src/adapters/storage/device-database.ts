import { Dexie } from "dexie";
import type { Table } from "dexie";
import type { DeviceKey } from "../crypto/device-keys.ts";
import { openBucket } from "./bucket.ts";
import type { BucketNames, DatabaseHome } from "./bucket.ts";

export interface EpochPointer {
  readonly id: "epoch";
  readonly epoch: number;
  /** Absent in the first form. */
  readonly sinceMs?: number;
}

/** `hub-token-key`: AES-256-GCM, cannot be read out. */
export type DeviceRow = { readonly id: "identity"; readonly tenant: string; readonly device: DeviceKey } | EpochPointer | { readonly id: "hub-token-key"; readonly key: CryptoKey };

/** What this device has of its own, whatever epoch is in force. */
export class DeviceDatabase extends Dexie {
  declare readonly items: Table<DeviceRow, string>;

  constructor(home: DatabaseHome) {
    super(home.databaseName("clockface-device"), { indexedDB: home.indexedDB, IDBKeyRange: globalThis.IDBKeyRange, chromeTransactionDurability: "strict", cache: "disabled" });
    this.version(1).stores({ items: "id" });
  }
}

export async function withDevice<T>(names: Pick<BucketNames, "device">, use: (database: DeviceDatabase) => PromiseLike<T>): Promise<T> {
  const database = new DeviceDatabase(await openBucket(names.device));
  await database.open();
  try {
    return await use(database);
  } finally {
    database.close();
  }
}

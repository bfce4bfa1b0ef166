/** Names of the storage buckets. A bucket is deleted with its bytes; a record inside one is not. */
export const PUNCH_BUCKET = "punch";
export const DEVICE_BUCKET = "device";
const KEYS_BUCKET_PREFIX = "keys-";

/** The bucket that holds the key of one epoch. */
export function keysBucket(epoch: number): string {
  return `${KEYS_BUCKET_PREFIX}${String(epoch)}`;
}

/** Where databases are opened. */
export interface DatabaseHome {
  readonly indexedDB: IDBFactory;
  /** False where the browser has no storage buckets: the origin's default store is used, and deleting leaves bytes behind. */
  readonly bucket: boolean;
  estimate(): Promise<StorageEstimate>;
  persisted(): Promise<boolean>;
  persist(): Promise<boolean>;
}

/**
 * Opens a bucket with strict durability, from a page, a worker or a service worker.
 *
 * @param quotaBytes upper limit of the bucket; the browser's own limit when absent
 */
export async function openBucket(name: string, quotaBytes?: number): Promise<DatabaseHome> {
  const buckets = navigator.storageBuckets;
  if (!buckets) {
    return {
      indexedDB: globalThis.indexedDB,
      bucket: false,
      estimate: () => navigator.storage.estimate(),
      persisted: () => navigator.storage.persisted(),
      persist: persistDefaultStore,
    };
  }
  const bucket = await buckets.open(name, { durability: "strict", ...(quotaBytes === undefined ? {} : { quota: quotaBytes }) });
  return {
    indexedDB: bucket.indexedDB,
    bucket: true,
    estimate: () => bucket.estimate(),
    persisted: () => bucket.persisted(),
    persist: () => bucket.persist(),
  };
}

/** Only a page may ask for persistence: `persist` is not there in workers. */
async function persistDefaultStore(): Promise<boolean> {
  const storage: Partial<Pick<StorageManager, "persist">> = navigator.storage;
  return (await storage.persist?.call(navigator.storage)) ?? false;
}

/** Deletes the buckets of epochs other than the one in force. Their bytes go with them. */
export async function sweepKeyBuckets(epoch: number): Promise<readonly string[]> {
  const buckets = navigator.storageBuckets;
  if (!buckets) return [];
  const stray = (await buckets.keys()).filter((name) => name.startsWith(KEYS_BUCKET_PREFIX) && name !== keysBucket(epoch));
  for (const name of stray) await buckets.delete(name);
  return stray;
}

/**
 * The storage buckets. A bucket is deleted with its bytes; a record inside one is not.
 * `punch`: people, log and outbox. `device`: the device's own keys and which epoch is in force. `keys-<epoch>`: the
 * key of that epoch.
 */
export interface BucketNames {
  readonly punch: string;
  readonly device: string;
  keys(epoch: number): string;
  /** Beginning of the name of every key bucket. */
  readonly keysPrefix: string;
}

/** @param prefix sets another set of stores apart, for tests */
export function bucketNames(prefix = ""): BucketNames {
  const keysPrefix = `${prefix}keys-`;
  return { punch: `${prefix}punch`, device: `${prefix}device`, keys: (epoch) => `${keysPrefix}${String(epoch)}`, keysPrefix };
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
export async function sweepKeyBuckets(names: BucketNames, epoch: number): Promise<readonly string[]> {
  const buckets = navigator.storageBuckets;
  if (!buckets) return [];
  const stray = (await buckets.keys()).filter((name) => name.startsWith(names.keysPrefix) && name !== names.keys(epoch));
  for (const name of stray) await buckets.delete(name);
  return stray;
}

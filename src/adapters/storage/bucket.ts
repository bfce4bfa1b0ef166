/**
 * The storage buckets. A bucket is deleted with its bytes; a record inside one is not.
 * `punch`: people, log and outbox. `device`: the device's own keys and which epoch is in force. `keys-<epoch>`: the
 * key of that epoch and everything that it wraps, so that deleting the bucket destroys it. `second-keys-<epoch>-<n>`: the
 * same once more, see {@link KeyKeeper}.
 */
export interface BucketNames {
  readonly punch: string;
  readonly device: string;
  keys(epoch: number): string;
  /** Beginning of the name of every key bucket. */
  readonly keysPrefix: string;
  /** A second copy of an epoch's keys; a later one has a higher generation. */
  secondKeys(epoch: number, generation: number): string;
  readonly secondKeysPrefix: string;
}

/** @param prefix sets another set of stores apart, for tests */
export function bucketNames(prefix = ""): BucketNames {
  const keysPrefix = `${prefix}keys-`;
  const secondKeysPrefix = `${prefix}second-keys-`;
  return {
    punch: `${prefix}punch`,
    device: `${prefix}device`,
    keys: (epoch) => `${keysPrefix}${String(epoch)}`,
    keysPrefix,
    secondKeys: (epoch, generation) => `${secondKeysPrefix}${String(epoch)}-${String(generation)}`,
    secondKeysPrefix,
  };
}

/** Where databases are opened. */
export interface DatabaseHome {
  readonly indexedDB: IDBFactory;
  /** False where the browser has no storage buckets: the origin's default store is used, and deleting leaves bytes behind. */
  readonly bucket: boolean;
  /** Name of a database here: where there are no buckets, they all lie side by side. */
  databaseName(base: string): string;
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
      databaseName: (base) => databaseNameWithoutBuckets(base, name),
      estimate: () => navigator.storage.estimate(),
      persisted: () => navigator.storage.persisted(),
      persist: persistDefaultStore,
    };
  }
  const bucket = await buckets.open(name, { durability: "strict", ...(quotaBytes === undefined ? {} : { quota: quotaBytes }) });
  return {
    indexedDB: bucket.indexedDB,
    bucket: true,
    databaseName: (base) => base,
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

/** The first stores had plain names, whatever their bucket. */
const FIRST_KEYS = "keys-1";
const FIRST_BUCKETS: ReadonlySet<string> = new Set(["punch", "device", FIRST_KEYS]);

function databaseNameWithoutBuckets(base: string, bucketName: string): string {
  return FIRST_BUCKETS.has(bucketName) ? base : `${base}@${bucketName}`;
}

/** Name of the database in a key bucket. */
export const KEYS_DATABASE = "clockface-keys";

/**
 * Deletes the keys of an epoch, and their second copies. With a bucket its bytes go at once; without, only the database's
 * name does.
 *
 * @returns whether the bytes are gone
 */
export async function deleteKeys(names: BucketNames, epoch: number): Promise<boolean> {
  const buckets = navigator.storageBuckets;
  if (buckets) {
    for (const generation of await secondKeysThere(names, epoch)) await buckets.delete(names.secondKeys(epoch, generation));
    await buckets.delete(names.keys(epoch));
    return true;
  }
  await deleteDatabase(databaseNameWithoutBuckets(KEYS_DATABASE, names.keys(epoch)));
  return false;
}

/** Deletes the keys of all epochs but the one in force; null when none is. */
export async function sweepKeys(names: BucketNames, epoch: number | null): Promise<readonly string[]> {
  const buckets = navigator.storageBuckets;
  const kept = epoch === null ? null : names.keys(epoch);
  if (buckets) {
    const keptSecond = `${names.secondKeysPrefix}${String(epoch)}-`;
    const stray = (await buckets.keys()).filter((name) => (name.startsWith(names.keysPrefix) && name !== kept) || (name.startsWith(names.secondKeysPrefix) && !name.startsWith(keptSecond)));
    for (const name of stray) await buckets.delete(name);
    return stray;
  }
  const keptDatabase = kept === null ? null : databaseNameWithoutBuckets(KEYS_DATABASE, kept);
  const found = (await indexedDB.databases()).flatMap(({ name }) => name ?? []);
  const stray = found.filter((name) => (name === KEYS_DATABASE ? names.keysPrefix === "keys-" : name.startsWith(`${KEYS_DATABASE}@${names.keysPrefix}`)) && name !== keptDatabase);
  for (const name of stray) await deleteDatabase(name);
  return stray;
}

/** Epochs that a bucket or a second copy is there of, latest first; none is made by asking. */
export async function epochsThere(names: BucketNames): Promise<readonly number[]> {
  const found = await keyNames();
  return latestFirst([...numbersAfter(names.keysPrefix, found), ...numbersAfter(names.secondKeysPrefix, found)]);
}

/** Generations of an epoch's second copies, latest first. */
export async function secondKeysThere(names: BucketNames, epoch: number): Promise<readonly number[]> {
  return latestFirst(numbersAfter(`${names.secondKeysPrefix}${String(epoch)}-`, await keyNames()));
}

async function keyNames(): Promise<readonly string[]> {
  if (navigator.storageBuckets) return navigator.storageBuckets.keys();
  const found = (await indexedDB.databases()).flatMap(({ name }) => name ?? []);
  return found.map((name) => (name === KEYS_DATABASE ? FIRST_KEYS : name.startsWith(`${KEYS_DATABASE}@`) ? name.slice(KEYS_DATABASE.length + 1) : ""));
}

function numbersAfter(prefix: string, found: readonly string[]): readonly number[] {
  return found.filter((name) => name.startsWith(prefix)).map((name) => Number.parseInt(name.slice(prefix.length), 10)).filter((number) => number > 0);
}

function latestFirst(numbers: readonly number[]): readonly number[] {
  return [...new Set(numbers)].sort((one, other) => other - one);
}

/** Where another tab still holds it open, it goes when that tab lets go. */
function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = request.onblocked = () => resolve();
    request.onerror = () => reject(request.error ?? new Error("not deleted"));
  });
}

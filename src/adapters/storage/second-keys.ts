import { secondKeysThere } from "./bucket.ts";
import type { BucketNames } from "./bucket.ts";
import { openKeysIn } from "./keys-database.ts";
import type { KeysDatabase } from "./keys-database.ts";
import { BATCH } from "./vault-writes.ts";

/** What makes up an epoch's keys; the snapshot of the roster is made again by itself. */
const COPIED = ["recordKeys", "templates", "transports", "grants", "sealed", "contentKeys"] as const;

/** The latest second copy that is complete; null without one. */
export async function openSecondKeys(names: BucketNames, epoch: number): Promise<KeysDatabase | null> {
  for (const generation of await secondKeysThere(names, epoch)) {
    const second = await openKeysIn(names.secondKeys(epoch, generation));
    if (await second.keys.get("epoch-key")) return second;
    second.close();
  }
  return null;
}

/**
 * Makes a second copy anew, in a bucket that nothing was ever written into, and only then lets the earlier ones go. Null
 * where the browser has no buckets: both would lie in the same files.
 */
export async function makeSecondKeys(names: BucketNames, epoch: number, vault: KeysDatabase): Promise<KeysDatabase | null> {
  const buckets = navigator.storageBuckets;
  if (!buckets) return null;
  const earlier = await secondKeysThere(names, epoch);
  const made = names.secondKeys(epoch, (earlier[0] ?? 0) + 1);
  const second = await openKeysIn(made);
  try {
    await copyKeys(vault, second);
  } catch (error) {
    second.close();
    await buckets.delete(made);
    throw error;
  }
  for (const generation of earlier) await buckets.delete(names.secondKeys(epoch, generation));
  return second;
}

/** The epoch's key goes last: without it a copy is not complete. */
export async function copyKeys(from: KeysDatabase, to: KeysDatabase): Promise<void> {
  for (const name of COPIED) {
    const rows: readonly unknown[] = await from.table<unknown>(name).toArray();
    for (let start = 0; start < rows.length; start += BATCH) await to.table<unknown>(name).bulkPut(rows.slice(start, start + BATCH));
  }
  await to.keys.bulkPut(await from.keys.toArray());
}

import type { PunchDatabase } from "./database.ts";

/** More than the browser's database keeps before it writes a sorted file and begins another log. */
const FILL_BYTES = 6 * 1024 * 1024;
/** Larger values lie in files of their own. */
const ROW_BYTES = 48 * 1024;
const KEY = "turn-log-";

/**
 * Has the browser's database begin another log file. After a log that ends in a torn record, LevelDB goes on in the same
 * file, and at the next start everything behind the tear is dropped again, synced or not: what was just rebuilt must not
 * lie there. Nothing is kept of what is written for it; a disk too full for it leaves the old log.
 */
export async function turnLogOver({ sync }: PunchDatabase): Promise<void> {
  const count = Math.ceil(FILL_BYTES / ROW_BYTES);
  const keys = Array.from({ length: count }, (_, index) => KEY + String(index));
  try {
    for (const key of keys) await sync.put({ key, value: crypto.getRandomValues(new Uint8Array(ROW_BYTES)) });
  } catch {
    // Full: what was rebuilt is in the second copy as well.
  } finally {
    await sync.bulkDelete(keys);
  }
}

import type { PunchDatabase } from "./database.ts";
import type { Filler } from "./keys-database.ts";

/** More than the browser's database keeps in memory before it writes a sorted file and begins another log. */
const FILL_BYTES = 6 * 1024 * 1024;
/** Larger values lie in files of their own. */
const ROW_BYTES = 48 * 1024;
const PREFIX = "turn-log-";

/**
 * Has the browser's database begin another log file. After a log that ends in a torn record, LevelDB goes on in the same
 * file, and at the next start everything behind the tear is dropped again, synced or not: what was just rebuilt must not
 * lie there. Nothing is kept of what is written for it; a disk too full for it leaves the old log.
 */
export async function turnLogOver({ sync }: PunchDatabase): Promise<void> {
  const rows = fillers();
  try {
    for (const { id, filler } of rows) await sync.put({ key: id, value: filler });
  } catch {
    // Full: what was rebuilt is in the second copy as well.
  } finally {
    await sync.bulkDelete(rows.map(({ id }) => id));
  }
}

/** Rows that hold nothing, together more than a log takes. */
export function fillers(bytes = FILL_BYTES): readonly Filler[] {
  return Array.from({ length: Math.ceil(bytes / ROW_BYTES) }, (_, index) => ({ id: PREFIX + String(index), filler: crypto.getRandomValues(new Uint8Array(ROW_BYTES)) }));
}

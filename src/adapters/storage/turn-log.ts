import type { PunchDatabase } from "./database.ts";
import type { Filler } from "./keys-database.ts";

/**
 * LevelDB writes the part of the log that is in memory out when it holds 4 MiB, and begins the part after that only when
 * this is done. With more than twice as much written, nothing of the log before is needed any more.
 */
export const FILL_BYTES = 9 * 1024 * 1024;
/** Larger values lie in files of their own. */
const ROW_BYTES = 48 * 1024;
/** Written at a time: no punch waits for more than this. */
const ROWS_AT_ONCE = 8;
const PREFIX = "turn-log-";

/**
 * Has the browser's database begin other log files, so that whatever was in it before lies in files that no tear reaches.
 * After a log that ends in a torn record, LevelDB goes on in the same file, and at the next start it drops what lies behind
 * the tear, synced or not. Nothing is kept of what is written for it.
 *
 * @param fillBytes less for tests, in which no power fails
 * @returns false where the disk is too full for it, or the database was closed meanwhile: the old log is still needed
 */
export async function turnLogOver(database: PunchDatabase, fillBytes: number = FILL_BYTES): Promise<boolean> {
  const { sync } = database;
  const rows = fillers(fillBytes);
  try {
    for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
      if (!database.isOpen()) return false;
      await sync.bulkPut(rows.slice(start, start + ROWS_AT_ONCE).map(({ id, filler }) => ({ key: id, value: filler })));
    }
    return true;
  } catch {
    return false;
  } finally {
    // What stays when this fails, too, is taken away the next time.
    if (database.isOpen()) await sync.bulkDelete(rows.map(({ id }) => id)).catch(() => undefined);
  }
}

/** Rows that hold nothing, together so long. */
export function fillers(bytes: number): readonly Filler[] {
  return Array.from({ length: Math.ceil(bytes / ROW_BYTES) }, (_, index) => ({ id: PREFIX + String(index), filler: crypto.getRandomValues(new Uint8Array(ROW_BYTES)) }));
}

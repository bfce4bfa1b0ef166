import type { BucketNames } from "./bucket.ts";
import type { PunchDatabase } from "./database.ts";
import { fillDevice } from "./in-use.ts";
import type { Filler, KeysDatabase } from "./keys-database.ts";

/** More than the browser's database keeps before it writes a sorted file and begins another log. */
const FILL_BYTES = 6 * 1024 * 1024;
/** Larger values lie in files of their own. */
const ROW_BYTES = 48 * 1024;
const NOTE = "keys-written";
const PREFIX = "turn-log-";

/**
 * Keys have no second copy. A power cut in the middle of a write can leave the log of their bucket's database torn; the
 * browser goes on behind the tear, and drops at the start after the next what was written there. So each page life that
 * writes keys says so beforehand, and the next one has those databases begin another log.
 */
export class KeyWrites {
  #noted = false;

  constructor(private readonly database: PunchDatabase) {}

  async note(): Promise<void> {
    if (this.#noted) return;
    await this.database.sync.put({ key: NOTE, value: true });
    this.#noted = true;
  }
}

/** Does what {@link KeyWrites} asked for. A disk too full for it leaves the note for the next start. */
export async function turnKeyLogsOver(database: PunchDatabase, names: BucketNames, vault: KeysDatabase): Promise<void> {
  if ((await database.sync.get(NOTE)) === undefined) return;
  const rows = fillers();
  await vault.fill.bulkPut([...rows]);
  await vault.fill.clear();
  await fillDevice(names, rows);
  await database.sync.delete(NOTE);
}

function fillers(): readonly Filler[] {
  return Array.from({ length: Math.ceil(FILL_BYTES / ROW_BYTES) }, (_, index) => ({ id: PREFIX + String(index), filler: crypto.getRandomValues(new Uint8Array(ROW_BYTES)) }));
}

import type { BucketNames } from "./bucket.ts";
import type { PunchDatabase } from "./database.ts";
import { fillDevice } from "./in-use.ts";
import type { KeysDatabase } from "./keys-database.ts";
import { fillers } from "./turn-log.ts";

const NOTE = "keys-written";

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

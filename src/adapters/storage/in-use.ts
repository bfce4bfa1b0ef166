import { Dexie } from "dexie";
import type { Table } from "dexie";
import { openBucket } from "./bucket.ts";
import type { BucketNames } from "./bucket.ts";

/**
 * A mark beside the device's keys that set-up was done here. A tablet that lost all its entries has it still: it must not
 * look like a new one.
 */
class InUseDatabase extends Dexie {
  declare readonly marks: Table<{ readonly id: "set-up" }, string>;
}

export async function noteInUse(names: BucketNames): Promise<void> {
  await withMarks(names, async (database) => {
    if ((await database.marks.count()) === 0) await database.marks.put({ id: "set-up" });
  });
}

export function wasInUse(names: BucketNames): Promise<boolean> {
  return withMarks(names, async (database) => (await database.marks.count()) > 0);
}

async function withMarks<T>(names: BucketNames, use: (database: InUseDatabase) => Promise<T>): Promise<T> {
  const home = await openBucket(names.device);
  const database = new InUseDatabase(home.databaseName("clockface-in-use"), { indexedDB: home.indexedDB, IDBKeyRange: globalThis.IDBKeyRange, chromeTransactionDurability: "strict", cache: "disabled" });
  database.version(1).stores({ marks: "id" });
  // Of a time when rows that hold nothing were written here.
  database.version(2).stores({ fill: "id" });
  await database.open();
  try {
    return await use(database);
  } finally {
    database.close();
  }
}

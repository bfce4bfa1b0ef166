import { Dexie } from "dexie";
import { afterEach, expect, test } from "vitest";
import { bucketNames, openBucket } from "../bucket.ts";
import type { PunchDatabase } from "../database.ts";
import { addPerson, deleteStores, openCore, SetClock, setUpCore, valueOf } from "../testing/harness.ts";
import { version1 } from "./0001-first.ts";
import { version2 } from "./0002-ledger.ts";

afterEach(deleteStores);

/** Every row that there is, by table. */
async function rowsOf(database: PunchDatabase): Promise<ReadonlyMap<string, readonly unknown[]>> {
  return new Map(await Promise.all(database.tables.map(async (table): Promise<[string, readonly unknown[]]> => [table.name, await table.toArray()])));
}

test("a store of the second form gains papers when it is opened, and keeps everything else", async () => {
  const clock = new SetClock();
  const { core, prefix } = await setUpCore(clock);
  const person = await addPerson(core, "1");
  const { punch } = valueOf(await core.ledger.punch({ personId: person.id, method: "pin" }));
  core.close();

  // The same rows, in a database that knows nothing of the third form.
  const { database } = await openCore(prefix, clock);
  const rows = await rowsOf(database);
  const name = database.name;
  database.close();
  const home = await openBucket(bucketNames(prefix).punch);
  const second = new Dexie(name, { indexedDB: home.indexedDB, IDBKeyRange: globalThis.IDBKeyRange });
  await second.delete();
  version1(second);
  version2(second);
  await second.open();
  for (const table of second.tables) await table.bulkPut([...(rows.get(table.name) ?? [])]);
  expect(second.verno).toBe(2);
  expect(second.tables.map((table) => table.name)).not.toContain("papers");
  second.close();

  const again = await openCore(prefix, clock);
  expect(again.database.verno).toBe(3);
  expect(again.store.people.get(person.id)?.person).toEqual(person);
  expect((await again.store.entries(0, 1e9)).map(({ receipt }) => receipt)).toContain(punch.receipt);
  const paper = { id: "r1", kind: "request", subject: person.id, untilUtcDay: null, value: { minutes: 5 } } as const;
  valueOf(await again.store.exclusively(() => again.store.commit({ entries: [], papers: [paper] })));
  expect(await again.store.paper("r1")).toEqual(paper);
  expect(await again.store.quarantined()).toEqual([]);
});

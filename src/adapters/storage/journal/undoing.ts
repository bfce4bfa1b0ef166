import type { PunchDatabase } from "../database.ts";
import type { JournalKey, WriteSet } from "./journal.ts";
import { copiedTables, keyOf } from "./tables.ts";
import type { JournalRowKey } from "./tables.ts";

/** What makes a write-set that the database did not take undone in the second copy: its rows as the database has them now. */
export async function undoing(database: PunchDatabase, set: WriteSet): Promise<WriteSet> {
  const head = await database.meta.get("head");
  const puts: { readonly table: string; readonly rows: readonly unknown[] }[] = [];
  const deletes: { readonly table: string; readonly keys: readonly JournalKey[] }[] = [];
  for (const table of copiedTables(database)) {
    const keys = [
      ...set.puts.filter((put) => put.table === table.name).flatMap(({ rows }) => rows.map((row) => keyOf(table, row))),
      ...set.deletes.filter((one) => one.table === table.name).flatMap((one) => one.keys as readonly JournalRowKey[]),
    ];
    if (keys.length === 0) continue;
    const rows = await table.bulkGet(keys);
    const [there, gone] = [rows.filter((row) => row !== undefined), keys.filter((_, index) => rows[index] === undefined)];
    if (there.length > 0) puts.push({ table: table.name, rows: there });
    if (gone.length > 0) deletes.push({ table: table.name, keys: gone });
  }
  const [seq, revision] = head?.key === "head" ? [head.seq, head.revision ?? 0] : [0, 0];
  return { fromSeq: set.toSeq, toSeq: seq, revision, puts, deletes };
}

import type { PunchDatabase } from "../database.ts";
import type { WriteSet } from "./journal.ts";
import { batchesOf, copiedTables, COPIES_NOTE } from "./tables.ts";

/** Rows in one write-set: some hundred kilobytes. Of papers fewer: a row can have tens of kilobytes. */
const BATCH = 400;
const PAPERS_BATCH = 20;

/** Stands where tables to be emptied stand: what follows may have been written before it ended, and takes nothing of it back. */
export const END_OF_SNAPSHOT = "end-of-snapshot";

/**
 * What the database holds, as write-sets: every table but the log as it is now, the log behind a place. The last one
 * alone reaches the head, so that a copy that was cut short does not look whole.
 *
 * @param from head and revision that the copy has; zeros for everything
 */
export async function* snapshotOf(database: PunchDatabase, from: { readonly seq: number; readonly revision: number }): AsyncGenerator<WriteSet> {
  const head = await database.meta.get("head");
  if (head?.key !== "head") return;
  const states = copiedTables(database).filter(({ name }) => name !== "log" && name !== "meta");
  const here = { fromSeq: from.seq, toSeq: from.seq, revision: from.revision, deletes: [] };
  yield { ...here, clears: states.map(({ name }) => name), puts: [] };
  for (const table of states) {
    for await (const rows of batchesOf(table, table.name === "papers" ? PAPERS_BATCH : BATCH)) yield { ...here, puts: [{ table: table.name, rows }] };
  }
  let seq = from.seq;
  for (;;) {
    const rows = await database.log.where("seq").between(seq, head.seq, false, true).limit(BATCH).toArray();
    const last = rows.at(-1);
    if (last === undefined) break;
    yield { ...here, fromSeq: seq, toSeq: last.seq, puts: [{ table: "log", rows }] };
    seq = last.seq;
  }
  const meta = (await database.meta.toArray()).filter(({ key }) => (key as string) !== COPIES_NOTE);
  yield { ...here, fromSeq: seq, toSeq: head.seq, revision: head.revision ?? 0, clears: [END_OF_SNAPSHOT], puts: [{ table: "meta", rows: meta }] };
}

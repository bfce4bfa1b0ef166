import type { Result } from "../../../domain/result.ts";
import { ok } from "../../../domain/result.ts";
import type { PunchDatabase } from "../database.ts";
import type { Journal, JournalFailure, WriteSet } from "./journal.ts";
import { copiedTables, keyOf } from "./tables.ts";
import type { AnyTable } from "./tables.ts";

/** Rows and bytes written in one transaction: a rebuild of a whole store is not a million of them. */
const ROWS_AT_ONCE = 2_000;
const BYTES_AT_ONCE = 16 * 1024 * 1024;

export interface Rebuilt {
  /** Entries of the log that were not there and are again. */
  readonly entries: number;
  /** Write-sets of the copy that were broken: what they held is lost. */
  readonly damaged: number;
}

/**
 * Puts into the database what the second copy has behind a place. Repeating it changes nothing, so that a cut in the
 * middle is repaired by the next start.
 */
export async function rebuildFrom(journal: Journal, database: PunchDatabase, after: { readonly seq: number; readonly revision: number }): Promise<Result<Rebuilt, JournalFailure>> {
  const tables = new Map(copiedTables(database).map((table) => [table.name, table]));
  let entries = 0;
  let waiting: WriteSet[] = [];
  let rows = 0;
  let bytes = 0;
  const flush = async (): Promise<void> => {
    const sets = waiting;
    waiting = [];
    rows = 0;
    bytes = 0;
    if (sets.length > 0) await database.transaction("rw", [...tables.values()], async () => {
      for (const set of sets) entries += await apply(tables, set);
    });
  };
  const replayed = await journal.replay(after.seq, async (set) => {
    // The last one that is there may be met again: state that was copied with it has the same revision.
    if (set.toSeq === after.seq && set.revision < after.revision) return;
    waiting.push(set);
    for (const { rows: put } of set.puts) {
      rows += put.length;
      for (const row of put) bytes += envelopeBytes(row);
    }
    if (rows >= ROWS_AT_ONCE || bytes >= BYTES_AT_ONCE) await flush();
  });
  if (!replayed.ok) return replayed;
  await flush();
  return ok({ entries, damaged: replayed.value.damaged });
}

/** @returns entries that were not there */
async function apply(tables: ReadonlyMap<string, AnyTable>, { clears = [], puts, deletes }: WriteSet): Promise<number> {
  let entries = 0;
  for (const name of clears) await tables.get(name)?.clear();
  for (const { table: name, rows } of puts) {
    const table = tables.get(name);
    if (!table) continue;
    if (name === "log") entries += rows.length - (await table.where(":id").anyOf(rows.map((row) => keyOf(table, row))).count());
    await table.bulkPut([...rows]);
  }
  for (const { table, keys } of deletes) await tables.get(table)?.bulkDelete(keys.map((key) => (typeof key === "object" ? [...key] : key)));
  return entries;
}

function envelopeBytes(row: unknown): number {
  const envelope = (row as { readonly envelope?: unknown } | null)?.envelope;
  return envelope instanceof Uint8Array ? envelope.length : 0;
}

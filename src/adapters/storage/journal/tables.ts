import type { Table } from "dexie";
import type { PunchDatabase } from "../database.ts";

/**
 * What the second copy leaves out: tables of the store's first form, what concerns this database alone, and what is on its
 * way to the hub, which is sealed anew from the log.
 */
const LEFT_OUT: ReadonlySet<string> = new Set(["recordKeys", "templates", "quarantine", "lockouts", "segments", "sync"]);

/** Notes in `meta` that concern the copies themselves. */
export const COPIES_NOTE = "second-copy";

export type AnyTable = Table<unknown, JournalRowKey>;
export type JournalRowKey = string | number | (string | number)[];

/** The tables whose rows the second copy holds; the log is one of them. */
export function copiedTables(database: PunchDatabase): readonly AnyTable[] {
  return database.tables.filter(({ name }) => !LEFT_OUT.has(name)) as readonly AnyTable[];
}

/** All of a table in the order of its keys, some rows at a time. */
export async function* batchesOf(table: AnyTable, size: number): AsyncGenerator<readonly unknown[]> {
  let after: JournalRowKey | null = null;
  for (;;) {
    const range = after === null ? table.orderBy(":id") : table.where(":id").above(after);
    const rows: readonly unknown[] = await range.limit(size).toArray();
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    after = keyOf(table, last);
  }
}

/** A row's primary key. */
export function keyOf(table: AnyTable, row: unknown): JournalRowKey {
  const { keyPath } = table.schema.primKey;
  const of = row as Readonly<Record<string, string | number>>;
  return Array.isArray(keyPath) ? keyPath.map((name) => of[name] ?? "") : (of[keyPath ?? ""] ?? "");
}

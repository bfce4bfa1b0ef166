import type { PunchDatabase, QuarantineRow } from "./database.ts";
import { storeFailure } from "./failures.ts";
import type { Journal } from "./journal/journal.ts";
import { changeNote, readNote } from "./journal/note.ts";
import { copiedTables, keyOf } from "./journal/tables.ts";
import type { AnyTable } from "./journal/tables.ts";

export interface Restored {
  /** Rows that were put back from the second copy. */
  readonly back: readonly { readonly store: string; readonly id: string }[];
  /** Rows that it does not have whole either. */
  readonly hopeless: readonly { readonly store: string; readonly id: string; readonly kind: string }[];
}

/**
 * Puts what the second copy still has in place of rows that could not be read. Where it has the same bytes, or none, the
 * row stays in the quarantine and is not tried again.
 */
export async function restoreQuarantined(database: PunchDatabase, journal: Journal): Promise<Restored> {
  const tables = new Map(copiedTables(database).map((table) => [table.name, table]));
  const { hopeless: tried } = await readNote(database);
  const rows = (await database.quarantine.toArray()).filter((row) => tables.has(row.store) && !tried.includes(nameOf(row)));
  if (rows.length === 0) return { back: [], hopeless: [] };
  const found = journal.supported ? await latestOf(journal, tables, new Set(rows.map(nameOf))) : new Map<string, unknown>();
  const back: QuarantineRow[] = [];
  const hopeless: QuarantineRow[] = [];
  for (const row of rows) {
    const table = tables.get(row.store);
    const other = found.get(nameOf(row));
    const now = row.row ?? (await table?.get(keyed(row)));
    if (table && other !== undefined && !sameRow(other, now)) {
      if (await putBack(database, table, row, other)) back.push(row);
    } else hopeless.push(row);
  }
  await changeNote(database, (note) => ({ ...note, hopeless: [...new Set([...note.hopeless, ...hopeless.map(nameOf)])] }));
  return { back: back.map(({ store, id }) => ({ store, id })), hopeless: hopeless.map(({ store, id, kind }) => ({ store, id, kind })) };
}

/** False on a disk too full for it: the next start tries again. */
async function putBack(database: PunchDatabase, table: AnyTable, row: QuarantineRow, other: unknown): Promise<boolean> {
  try {
    await database.transaction("rw", table, database.quarantine, async () => {
      await table.put(other);
      if (row.index !== undefined) await database.quarantine.delete(row.index);
    });
    return true;
  } catch (error) {
    if (storeFailure(error).kind !== "store/full") throw error;
    return false;
  }
}

const nameOf = ({ store, id }: { readonly store: string; readonly id: string }): string => `${store}/${id}`;
const keyed = ({ store, id }: QuarantineRow): string | number => (store === "log" ? Number(id) : id);

/** The last that the second copy has of these rows; nothing of what was deleted afterwards. */
async function latestOf(journal: Journal, tables: ReadonlyMap<string, AnyTable>, wanted: ReadonlySet<string>): Promise<Map<string, unknown>> {
  const latest = new Map<string, unknown>();
  await journal.replay(0, ({ clears = [], puts, deletes }) => {
    for (const name of [...latest.keys()]) if (clears.some((table) => name.startsWith(`${table}/`))) latest.delete(name);
    for (const { table: name, rows } of puts) {
      const table = tables.get(name);
      if (!table) continue;
      for (const row of rows) {
        const key = `${name}/${String(keyOf(table, row))}`;
        if (wanted.has(key)) latest.set(key, row);
      }
    }
    for (const { table, keys } of deletes) for (const key of keys) latest.delete(`${table}/${String(key)}`);
    return Promise.resolve();
  });
  return latest;
}

function sameRow(one: unknown, other: unknown): boolean {
  const [a, b] = [envelopeOf(one), envelopeOf(other)];
  return a !== null && b !== null && a.length === b.length && a.every((byte, index) => byte === b[index]);
}

function envelopeOf(row: unknown): Uint8Array | null {
  const envelope = (row as { readonly envelope?: unknown } | undefined)?.envelope;
  return envelope instanceof Uint8Array ? envelope : null;
}

import type { IndexableType } from "dexie";
import type { Result } from "../../../domain/result.ts";
import { ok } from "../../../domain/result.ts";
import type { PunchDatabase } from "../database.ts";
import { storeFailure } from "../failures.ts";
import type { Journal, JournalFailure, WriteSet } from "./journal.ts";
import { copiedTables, keyOf } from "./tables.ts";
import type { AnyTable, JournalRowKey } from "./tables.ts";

/** Rows of one table read at a time. */
const BATCH = 400;
/** What is between commits, written into the first copy first: there it is as new or newer. */
const ONLY_IF_ABSENT: ReadonlySet<string> = new Set(["checkpoints", "cosignatures"]);
const ANCHOR = 'meta/"anchor"';

/** A place in the history that both copies share. */
export interface CopyPlace {
  readonly seq: number;
  readonly revision: number;
}

/** What the first copy's head says it has. */
type HasUpTo = CopyPlace;

/** What the second copy has behind a place. */
export interface Behind {
  /** The last state of every row that was written behind it; the row is undefined where it was deleted. */
  readonly rows: ReadonlyMap<string, ExpectedRow>;
  /** After its last write-set; null without one. */
  readonly end: CopyPlace | null;
  /** Write-sets that lead beyond what the first copy has. */
  readonly ahead: number;
  readonly damaged: number;
}

interface ExpectedRow {
  readonly table: AnyTable;
  readonly key: JournalRowKey;
  readonly row: unknown;
  /** Of the store, with the write-set that it is of. */
  readonly revision: number;
}

export interface Compared {
  /** Entries that were not there and are again: those that the head counted, and those behind it. */
  readonly holes: number;
  readonly beyond: number;
  /** Other rows that the head's revision had and that were missing, or were others. */
  readonly others: number;
  /** Entries that both have under the same number and that are not the same: the second one's are lost. */
  readonly parted: number;
  readonly written: number;
  /** The disk had no room for them: nothing was written. */
  readonly full: boolean;
}

/** Reads what the second copy has behind a place. */
export async function readBehind(journal: Journal, database: PunchDatabase, from: CopyPlace, has: HasUpTo): Promise<Result<Behind, JournalFailure>> {
  const tables = new Map(copiedTables(database).map((table) => [table.name, table]));
  const rows = new Map<string, ExpectedRow>();
  let end: CopyPlace | null = null;
  let ahead = 0;
  const expect = (name: string, key: JournalRowKey, row: unknown, revision: number): void => {
    const table = tables.get(name);
    if (table) rows.set(`${name}/${JSON.stringify(key)}`, { table, key, row, revision });
  };
  const replayed = await journal.replay(from.seq, (set: WriteSet) => {
    end = { seq: set.toSeq, revision: set.revision };
    if (set.toSeq <= from.seq && set.revision <= from.revision) return Promise.resolve();
    if (set.revision > has.revision) ahead++;
    for (const { table: name, rows: put } of set.puts) {
      const table = tables.get(name);
      if (table) for (const row of put) expect(name, keyOf(table, row), row, set.revision);
    }
    for (const { table, keys } of set.deletes) for (const key of keys) expect(table, typeof key === "object" ? [...key] : key, undefined, set.revision);
    return Promise.resolve();
  });
  return replayed.ok ? ok({ rows, end, ahead, damaged: replayed.value.damaged }) : replayed;
}

/**
 * Makes the first copy hold what the second has behind a place, row by row. Where the second is not wholly right, only
 * what is surely newer is taken from it: entries that are missing, and what lies beyond the first one's head.
 */
export async function putRight(database: PunchDatabase, { rows }: Behind, has: HasUpTo, secondIsRight: boolean): Promise<Compared> {
  const aside = await setAside(database);
  const differing: ExpectedRow[] = [];
  let holes = 0;
  let beyond = 0;
  let others = 0;
  let parted = 0;
  const all = [...rows].filter(([name]) => !aside.has(name));
  for (const table of new Set(all.map(([, one]) => one.table))) {
    const expected = all.filter(([, one]) => one.table === table);
    for (let start = 0; start < expected.length; start += BATCH) {
      const some = expected.slice(start, start + BATCH);
      const found = await table.bulkGet(some.map(([, { key }]) => key));
      const indexed = await indexedKeys(table, some.map(([, { row }]) => row));
      for (const [index, [name, one]] of some.entries()) {
        const there = found[index];
        if (same(there, one.row) && (one.row === undefined || indexed(one.row))) continue;
        const isEntry = table.name === "log" && one.row !== undefined;
        if (!isNewer(name, one, there, has, secondIsRight)) {
          if (isEntry) parted++;
          continue;
        }
        differing.push(one);
        if (one.revision > has.revision) beyond += isEntry ? 1 : 0;
        else if (isEntry) holes++;
        else others++;
      }
    }
  }
  const full = differing.length > 0 && !(await write(database, differing));
  return { holes, beyond, others, parted, written: differing.length, full };
}

/**
 * Whether the indexes lead to a row. A transaction that was written in several steps can have lost one of them: then the row
 * is there, and no question finds it.
 */
async function indexedKeys(table: AnyTable, rows: readonly unknown[]): Promise<(row: unknown) => boolean> {
  const found = new Map<string, Set<string>>();
  const entries = (row: unknown): readonly { readonly name: string; readonly value: IndexableType }[] =>
    table.schema.indexes.flatMap(({ name, keyPath }) => {
      const of = row as Readonly<Record<string, IndexableType | undefined>>;
      const values = (typeof keyPath === "string" ? [keyPath] : (keyPath ?? [])).flatMap((path) => of[path] ?? []);
      const [single] = values;
      const value = Array.isArray(keyPath) ? (values.length === keyPath.length ? values : undefined) : single;
      return value === undefined ? [] : [{ name, value }];
    });
  for (const { name, value } of rows.flatMap((row) => (row === undefined ? [] : entries(row)))) {
    const at = JSON.stringify([name, value]);
    if (found.has(at)) continue;
    const keys = await table.where(name).equals(value).primaryKeys();
    found.set(at, new Set(keys.map((key) => JSON.stringify(key))));
  }
  return (row) => entries(row).every(({ name, value }) => found.get(JSON.stringify([name, value]))?.has(JSON.stringify(keyOf(table, row))) === true);
}

function isNewer(name: string, { table, row, revision }: ExpectedRow, there: unknown, has: HasUpTo, secondIsRight: boolean): boolean {
  if (ONLY_IF_ABSENT.has(table.name) || name === ANCHOR) return there === undefined && row !== undefined;
  if (secondIsRight || revision > has.revision) return true;
  return table.name === "log" && there === undefined && row !== undefined;
}

/** False on a disk too full for it. */
async function write(database: PunchDatabase, differing: readonly ExpectedRow[]): Promise<boolean> {
  const tables = [...new Set(differing.map(({ table }) => table))];
  const written = database.transaction("rw", tables, async () => {
    for (const table of tables) {
      const ofTable = differing.filter((one) => one.table === table);
      const [put, gone] = [ofTable.filter(({ row }) => row !== undefined), ofTable.filter(({ row }) => row === undefined)];
      if (put.length > 0) await table.bulkPut(put.map(({ row }) => row));
      if (gone.length > 0) await table.bulkDelete(gone.map(({ key }) => key));
    }
  });
  return written.then(
    () => true,
    (error: unknown) => {
      if (storeFailure(error).kind !== "store/full") throw error;
      return false;
    },
  );
}

/** Rows that lie in the quarantine: they are looked for in the second copy by themselves. */
async function setAside({ quarantine }: PunchDatabase): Promise<ReadonlySet<string>> {
  const rows = await quarantine.toArray();
  return new Set(rows.map(({ store, id }) => `${store === "templates" ? "templatePointers" : store}/${JSON.stringify(store === "log" ? Number(id) : id)}`));
}

/** Whether two rows have the same content. */
function same(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (one instanceof Uint8Array && other instanceof Uint8Array) return one.length === other.length && one.every((byte, index) => byte === other[index]);
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null || Array.isArray(one) !== Array.isArray(other)) return false;
  const [left, right] = [Object.entries(one), new Map(Object.entries(other))];
  return left.length === right.size && left.every(([name, value]: [string, unknown]) => right.has(name) && same(value, right.get(name)));
}

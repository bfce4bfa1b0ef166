import { Dexie } from "dexie";
import type { Change, Paper, PaperKind } from "../../../app/ports/store.ts";
import type { Entry } from "../../../domain/attendance/entries.ts";
import type { PersonId } from "../../../domain/people/types.ts";
import { contentKeyOf } from "../../crypto/record-keys.ts";
import type { PunchDatabase } from "../database.ts";
import { PART, partIds } from "./codec.ts";
import type { PaperRow } from "./codec.ts";

/** What a change does to the papers. */
export interface PaperChange {
  readonly rows: readonly PaperRow[];
  /** Ids of rows that go: of papers that are removed, of people whose record is erased, of parts that are no longer there. */
  readonly gone: readonly string[];
  readonly kinds: readonly PaperKind[];
  /** Keys of their own that papers had which are gone, or sealed anew. */
  readonly contentKeys: readonly string[];
}

/** The papers of a change, made from its entries where it cites them. One that is removed in the same step is not put. */
export function papersOf({ papers, removePapers = [] }: Pick<Change, "papers" | "removePapers">, appended: readonly Entry[]): readonly Paper[] {
  const put = typeof papers === "function" ? papers(appended) : (papers ?? []);
  return removePapers.length === 0 ? put : put.filter(({ id }) => !removePapers.includes(id));
}

/**
 * @param rows of the papers that are put, sealed
 * @param erased whose papers go with their record
 */
export async function paperChange({ papers, quarantine }: PunchDatabase, rows: readonly PaperRow[], removed: readonly string[], erased: readonly PersonId[]): Promise<PaperChange> {
  // A punch has none of this to do.
  if (rows.length + removed.length + erased.length === 0) return { rows, gone: [], kinds: [], contentKeys: [] };
  const put = rows.filter((row) => row.kind !== PART);
  const before = (await papers.bulkGet([...put.map(({ id }) => id), ...removed])).filter((row) => row !== undefined);
  const gone = new Set([...removed, ...before.flatMap(partIds)]);
  for (const { id } of rows) gone.delete(id);
  const kinds = new Set<PaperKind>([...put, ...before].flatMap(({ kind }) => (kind === PART ? [] : [kind])));
  if (erased.length > 0) for (const id of await setAside(quarantine, new Set(erased))) gone.add(id);
  for (const id of erased) {
    const theirs = papers.where("[personId+kind+untilUtcDay]").between([id, Dexie.minKey, Dexie.minKey], [id, Dexie.maxKey, Dexie.maxKey], true, true);
    await theirs.each(({ kind }, { primaryKey }) => {
      gone.add(primaryKey);
      if (kind !== PART) kinds.add(kind);
    });
  }
  return { rows, gone: [...gone], kinds: [...kinds], contentKeys: before.flatMap(({ envelope }) => contentKeyOf(envelope) ?? []) };
}

/** Rows of these people that lie in the quarantine: the second copy must not put them back. */
async function setAside(quarantine: PunchDatabase["quarantine"], people: ReadonlySet<string>): Promise<readonly string[]> {
  const rows = await quarantine.where("store").equals("papers").toArray();
  return rows.flatMap(({ id, row }) => (typeof row === "object" && row !== null && "personId" in row && people.has(row.personId as string) ? [id] : []));
}

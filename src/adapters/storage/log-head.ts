import { EMPTY_FRONTIER } from "../../domain/log/merkle.ts";
import type { Frontier } from "../../domain/log/types.ts";
import type { HeadRow } from "./database.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** The end of the log. */
export interface Head {
  readonly seq: number;
  /** Leaf hash of the last entry; zeros for an empty log. */
  readonly leaf: Bytes;
  /** The latest wall time in the log. */
  readonly wallMs: number;
  /** Counts the commits: they are told apart by it. */
  readonly revision: number;
  readonly frontier: Frontier;
  /** Sequence number of the entry that retired the device; null while it is in use. */
  readonly endedAt: number | null;
}

export const EMPTY_HEAD: Head = { seq: 0, leaf: new Uint8Array(32), wallMs: Number.NEGATIVE_INFINITY, revision: 0, frontier: EMPTY_FRONTIER, endedAt: null };

export function headOf(row: HeadRow): Head {
  return { seq: row.seq, leaf: row.leaf, wallMs: row.wallMs, revision: row.revision ?? 0, frontier: { size: row.seq, hashes: row.frontier ?? [] }, endedAt: row.endedAt ?? null };
}

export function headRow(head: Head): HeadRow {
  const { seq, leaf, wallMs, revision, frontier, endedAt } = head;
  return { key: "head", seq, leaf, wallMs, revision, frontier: frontier.hashes.map((hash) => new Uint8Array(hash)), ...(endedAt === null ? {} : { endedAt }) };
}

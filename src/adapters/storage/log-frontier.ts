import type { Table } from "dexie";
import { appendLeaves, EMPTY_FRONTIER } from "../../domain/log/merkle.ts";
import type { Frontier } from "../../domain/log/types.ts";
import type { LogRow, PunchDatabase } from "./database.ts";
import type { KeyRing } from "./key-ring.ts";
import { openEntry } from "./log-codec.ts";
import { EMPTY_HEAD, headOf, headRow } from "./log-head.ts";
import type { Head } from "./log-head.ts";

const ROWS = 4096;

/** The frontier of the first `size` entries, from the leaves in their rows. Reads the whole log: for repairs alone. */
export async function frontierOfLog(log: Table<LogRow, number>, size: number): Promise<Frontier> {
  let frontier = EMPTY_FRONTIER;
  while (frontier.size < size) {
    const from = frontier.size + 1;
    const rows = await log.where("seq").between(from, Math.min(size, from + ROWS - 1), true, true).toArray();
    const leaves = rows.flatMap(({ leaf }) => leaf ?? []);
    if (leaves.length === 0 || leaves.length !== rows.length) throw new Error("the log has a hole");
    frontier = appendLeaves(frontier, leaves).frontier;
  }
  return frontier;
}

/** Where the number of the entry that retired the device was noted before the head had it. */
const ENDED = "device-ended";

/** The end of the log. Where the note of it was lost, the last entry says what it was, and it is noted again. */
export async function readHead({ meta, log, sync }: PunchDatabase, ring: KeyRing): Promise<Head> {
  const ended = (await sync.get(ENDED))?.value;
  const endedAt = typeof ended === "number" ? ended : null;
  const row = await meta.get("head");
  if (row?.key === "head") {
    const head = headOf(row);
    return { ...head, endedAt: head.endedAt ?? endedAt };
  }
  const last = await log.orderBy("seq").last();
  const opened = last ? await openEntry(ring, last) : null;
  if (!opened?.ok) return EMPTY_HEAD;
  const { header, leaf } = opened.value.entry;
  const head: Head = { seq: header.seq, leaf: new Uint8Array(leaf), wallMs: header.wallMs, revision: 0, frontier: await frontierOfLog(log, header.seq), endedAt };
  await meta.put(headRow(head));
  return head;
}

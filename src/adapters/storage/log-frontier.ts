import type { Table } from "dexie";
import { appendLeaves, EMPTY_FRONTIER } from "../../domain/log/merkle.ts";
import type { Frontier } from "../../domain/log/types.ts";
import type { LogRow } from "./database.ts";

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

import { segmentRange } from "../../src/adapters/crypto/segments.ts";
import { startHub } from "../server.ts";

export interface HeldSegment {
  readonly id: string;
  /** Times it was written; 1 unless something went wrong. */
  readonly revisions: number;
  readonly c: string;
}

/** What a hub's folder holds. The hub must not be running. */
export async function heldSegments(data: string): Promise<readonly HeldSegment[]> {
  const hub = await startHub({ data, dist: data, host: "127.0.0.1", port: 0 });
  try {
    const { rows } = await hub.store.up.allDocs({ include_docs: true });
    return rows.filter(({ id }) => !id.startsWith("_")).map(({ id, doc }) => ({ id, revisions: Number.parseInt(doc?._rev ?? "0", 10), c: String(doc?.["c"]) }));
  } finally {
    await hub.close();
  }
}

/** The log entries of a device that a hub's folder holds, in order; an entry that is there twice is named twice. */
export async function heldEntries(data: string, device: string): Promise<readonly number[]> {
  const entries: number[] = [];
  for (const segment of await heldSegments(data)) {
    const range = segmentRange(segment);
    if (range?.device !== device) continue;
    for (let seq = range.first; seq <= range.last; seq += 1) entries.push(seq);
  }
  return entries.sort((a, b) => a - b);
}

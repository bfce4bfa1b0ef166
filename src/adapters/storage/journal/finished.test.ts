import { describe, expect, it } from "vitest";
import { Finished } from "./finished.ts";
import type { WriteSet } from "./journal.ts";
import { END_OF_SNAPSHOT } from "./snapshot.ts";

const commit = (fromSeq: number, toSeq: number, revision: number, more: Partial<WriteSet> = {}): WriteSet => ({ fromSeq, toSeq, revision, puts: [{ table: "meta", rows: [{ key: "head", seq: toSeq, revision }] }], deletes: [], ...more });
const between = (seq: number, revision: number): WriteSet => ({ fromSeq: seq, toSeq: seq, revision, puts: [{ table: "checkpoints", rows: [{ size: seq }] }], deletes: [] });

async function passed(sets: readonly WriteSet[]): Promise<readonly WriteSet[]> {
  const seen: WriteSet[] = [];
  const finished = new Finished((set) => Promise.resolve(void seen.push(set)));
  for (const set of sets) await finished.take(set);
  await finished.end();
  return seen;
}

describe("write-sets in their order", () => {
  it("are all passed on when each follows the one before", async () => {
    const sets = [commit(0, 1, 1), commit(1, 1, 2), between(1, 2), commit(1, 2, 3), between(2, 3), between(2, 3)];
    expect(await passed(sets)).toEqual(sets);
  });

  it("leave out one that the first copy never took when another follows from the same place", async () => {
    const [first, never, instead, last] = [commit(0, 1, 1), commit(1, 2, 2), commit(1, 2, 2), commit(2, 3, 3)];
    const seen = await passed([first, never, instead, last]);
    expect(seen).toHaveLength(3);
    expect(seen[1]).toBe(instead);
    const checkpoint = between(1, 1);
    expect(await passed([first, never, checkpoint, instead])).toEqual([first, checkpoint, instead]);
  });

  it("keep the last one, and the end of a snapshot whatever was written meanwhile", async () => {
    const sets = [commit(2, 2, 5, { clears: [END_OF_SNAPSHOT] }), commit(1, 2, 4), commit(2, 2, 5), commit(2, 3, 6)];
    expect(await passed(sets)).toEqual(sets);
  });
});

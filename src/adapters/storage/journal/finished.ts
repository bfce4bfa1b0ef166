import type { WriteSet } from "./journal.ts";
import { END_OF_SNAPSHOT } from "./snapshot.ts";

/**
 * Passes write-sets on in their order, one behind, and leaves out those that the first copy never took: a page that ended
 * between the two copies leaves one, and another page then writes from the same place. The last one of all counts: nothing
 * came after it.
 */
export class Finished {
  #held: WriteSet | null = null;

  constructor(private readonly pass: (set: WriteSet) => Promise<void>) {}

  async take(set: WriteSet): Promise<void> {
    const before = this.#held;
    this.#held = set;
    if (before && !isTakenBack(before, set)) await this.pass(before);
  }

  async end(): Promise<void> {
    if (this.#held) await this.pass(this.#held);
    this.#held = null;
  }
}

function isTakenBack(one: WriteSet, next: WriteSet): boolean {
  if (!isCommit(one)) return false;
  return next.revision < one.revision || (next.revision === one.revision && next.fromSeq === one.fromSeq && isCommit(next));
}

/** Checkpoints are copied between commits, and move no head. */
function isCommit({ clears = [], puts }: WriteSet): boolean {
  return !clears.includes(END_OF_SNAPSHOT) && puts.some(({ table, rows }) => table === "meta" && rows.some((row) => (row as { readonly key?: unknown }).key === "head"));
}

import { HASH_BYTES } from "./merkle.ts";
import { same } from "./proofs.ts";
import type { Rows } from "./rows.ts";

/**
 * What is wrong with the order and the links of a log. `listed`: the entry is as its neighbours say, and the hash that
 * the device keeps beside it is another.
 * `seq` to `to`, both included, where it cannot be said more exactly.
 */
export interface Fault {
  readonly kind: "edited" | "listed" | "dropped" | "inserted" | "duplicated" | "reordered";
  readonly seq: number;
  readonly to?: number;
}

/** The log as its links tell it. */
export interface Structure {
  /** Sequence number of the last entry. */
  readonly length: number;
  /** Leaf hash of an entry, by its sequence number; null where every trace of it is gone. */
  leaf(seq: number): Uint8Array | null;
  readonly faults: readonly Fault[];
}

const GENESIS = new Uint8Array(HASH_BYTES);

/**
 * Puts the records in their order and finds what does not fit. Each entry names the hash of the one before, so that the
 * entry after one that was changed or taken away still tells what it was.
 */
export function structureOf(rows: Rows): Structure {
  return isPlain(rows) ? { length: rows.length, leaf: (seq) => rows.own(seq - 1), faults: [] } : new Mending(rows).mend();
}

function isPlain(rows: Rows): boolean {
  for (let at = 0; at < rows.length; at++) {
    if (rows.seq(at) !== at + 1 || !rows.fits(at)) return false;
    // Where a header can no longer be opened, its neighbours and the device's list stand for it.
    if (!rows.hasLink(at)) continue;
    if (at === 0 ? !same(rows.prev(0), GENESIS) : !rows.links(at, at - 1)) return false;
  }
  return true;
}

/** The slow way, for a log in which something does not fit. */
class Mending {
  readonly #rows: Rows;
  readonly #bySeq = new Map<number, number[]>();
  readonly #leaves = new Map<number, Uint8Array>();
  readonly #faults: Fault[] = [];
  readonly #accused = new Set<number>();
  readonly #length: number;

  constructor(rows: Rows) {
    this.#rows = rows;
    for (let at = 0; at < rows.length; at++) {
      const held = this.#bySeq.get(rows.seq(at));
      if (held) held.push(at);
      else this.#bySeq.set(rows.seq(at), [at]);
    }
    this.#length = this.#lastSeq();
  }

  mend(): Structure {
    const chosen = this.#walkBack();
    this.#findStrays(chosen);
    this.#findOrder(chosen);
    const faults = this.#faults.sort((a, b) => a.seq - b.seq);
    return { length: this.#length, leaf: (seq) => this.#leaves.get(seq) ?? null, faults };
  }

  /** The highest number that the log can have reached: one far beyond all others is an invention. */
  #lastSeq(): number {
    const seqs = [...this.#bySeq.keys()].filter((seq) => seq > 0).sort((a, b) => a - b);
    let last = 0;
    for (const seq of seqs) {
      if (seq > last + 1 + this.#rows.length) break;
      last = seq;
    }
    return last;
  }

  /** From the last entry to the first: what each says of the one before decides which record that is. */
  #walkBack(): ReadonlyMap<number, number> {
    const rows = this.#rows;
    const chosen = new Map<number, number>();
    let after: { readonly at: number; readonly trusted: boolean } | null = null;
    for (let seq = this.#length; seq >= 1; seq--) {
      const candidates = this.#bySeq.get(seq) ?? [];
      const expected: Uint8Array | null = after !== null && rows.hasLink(after.at) ? rows.prev(after.at) : null;
      const fitting: number | undefined = expected === null ? undefined : candidates.find((at) => same(rows.own(at), expected));
      const best: number | undefined = fitting ?? candidates.find((at) => rows.fits(at) && this.#isLinkedBack(at, seq)) ?? candidates.find((at) => rows.fits(at)) ?? candidates[0];
      if (best === undefined) {
        this.#faults.push({ kind: "dropped", seq });
        if (expected !== null) this.#leaves.set(seq, expected);
        after = null;
        continue;
      }
      chosen.set(seq, best);
      const trusted = this.#settle(seq, best, expected, fitting !== undefined, after?.trusted ?? false);
      after = { at: best, trusted };
    }
    const first = chosen.get(1);
    if (first !== undefined && rows.hasLink(first) && !same(rows.prev(first), GENESIS)) this.#accuse(1);
    return chosen;
  }

  /** Decides what an entry's hash was. Gives whether its own words about the one before can be relied on. */
  #settle(seq: number, at: number, expected: Uint8Array | null, isExpected: boolean, afterIsTrusted: boolean): boolean {
    const rows = this.#rows;
    if (isExpected) {
      if (!rows.fits(at)) this.#faults.push({ kind: "listed", seq });
      this.#leaves.set(seq, rows.own(at));
      return true;
    }
    if (!rows.fits(at)) {
      // The header was changed and the hash beside it was not, or it was changed as well and no longer fits either.
      this.#accuse(seq);
      this.#leaves.set(seq, expected ?? rows.claimed(at));
      return false;
    }
    if (expected === null) {
      this.#leaves.set(seq, rows.own(at));
      return seq === this.#length;
    }
    if (afterIsTrusted && seq + 1 < this.#length) {
      this.#accuse(seq);
      this.#leaves.set(seq, expected);
      return false;
    }
    // The one after was changed itself, and so may be what it says; or it is the last, and nothing speaks for it.
    if (afterIsTrusted) this.#faults.push({ kind: "edited", seq, to: seq + 1 });
    this.#leaves.set(seq, afterIsTrusted ? expected : rows.own(at));
    return !afterIsTrusted;
  }

  #isLinkedBack(at: number, seq: number): boolean {
    return this.#rows.hasLink(at) && (this.#bySeq.get(seq - 1) ?? []).some((before) => this.#rows.links(at, before));
  }

  #accuse(seq: number): void {
    if (this.#accused.has(seq)) return;
    this.#accused.add(seq);
    this.#faults.push({ kind: "edited", seq });
  }

  /** Records that the chain has no place for. */
  #findStrays(chosen: ReadonlyMap<number, number>): void {
    for (const [seq, held] of this.#bySeq) {
      const kept = chosen.get(seq);
      for (const at of held) {
        if (at === kept) continue;
        const twin = kept !== undefined && same(this.#rows.own(at), this.#rows.own(kept));
        this.#faults.push({ kind: twin ? "duplicated" : "inserted", seq });
      }
    }
  }

  /** Records that are not where their number puts them: all but a longest run that is in order. */
  #findOrder(chosen: ReadonlyMap<number, number>): void {
    const inFile = [...chosen].sort(([, a], [, b]) => a - b).map(([seq]) => seq);
    const kept = new Set(longestRising(inFile));
    for (const seq of inFile) if (!kept.has(seq)) this.#faults.push({ kind: "reordered", seq });
  }
}

/** A longest rising subsequence (patience sorting). */
function longestRising(values: readonly number[]): readonly number[] {
  const tails: number[] = [];
  const before: number[] = [];
  for (const [at, value] of values.entries()) {
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tails[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    before[at] = tails[low - 1] ?? -1;
    tails[low] = at;
  }
  const run: number[] = [];
  for (let at = tails.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) run.push(values[at] ?? 0);
  return run.reverse();
}

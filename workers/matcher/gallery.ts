import type { Candidate, ComparisonScore, RecogniserProfile } from "../../src/domain/biometrics/types.ts";
import type { PersonId } from "../../src/domain/people/types.ts";
import { MOST_ROWS, ReferenceBlock } from "./reference-block.ts";

/** Whose reference each row of the block is. Rows are in no order: a removed row is filled from the end. */
export class Gallery {
  readonly #block: ReferenceBlock;
  /** Which slot of {@link Gallery.#people} each row belongs to. */
  readonly #owners: number[] = [];
  /** Slots; an empty one is used again. */
  readonly #people: (PersonId | undefined)[] = [];
  readonly #slots = new Map<PersonId, number>();
  readonly #freeSlots: number[] = [];
  readonly #watches = new Set<Set<PersonId>>();

  constructor(profile: RecogniserProfile) {
    this.#block = new ReferenceBlock(profile);
  }

  get dimensions(): number {
    return this.#block.dimensions;
  }

  get people(): number {
    return this.#slots.size;
  }

  get references(): number {
    return this.#owners.length;
  }

  get personIds(): readonly PersonId[] {
    return [...this.#slots.keys()];
  }

  /** All places where probes or references lie or have lain, for tests of what is left. */
  get memory(): Float32Array {
    return this.#block.memory;
  }

  has(personId: PersonId): boolean {
    return this.#slots.has(personId);
  }

  /** How many of these people the gallery holds. */
  countOf(people: ReadonlySet<PersonId>): number {
    let count = 0;
    for (const personId of people) if (this.#slots.has(personId)) count++;
    return count;
  }

  /** Replaces what the gallery holds of a person. Each reference is `dimensions` long; copies are kept. */
  set(personId: PersonId, references: readonly Float32Array[]): void {
    this.remove(personId);
    if (references.length === 0) return;
    const slot = this.#freeSlots.pop() ?? this.#people.length;
    this.#people[slot] = personId;
    this.#slots.set(personId, slot);
    this.#touch(slot);
    this.#block.reserve(this.#owners.length + references.length);
    for (const reference of references) this.#block.write(this.#owners.push(slot) - 1, reference);
  }

  /** Overwrites the person's references. */
  remove(personId: PersonId): void {
    const slot = this.#slots.get(personId);
    if (slot === undefined) return;
    this.#touch(slot);
    // From the end, so that the row that fills a gap is never one that is to go.
    for (let row = this.#owners.length - 1; row >= 0; row--) {
      if (this.#owners[row] === slot) this.#removeRow(row);
    }
    this.#slots.delete(personId);
    this.#people[slot] = undefined;
    this.#freeSlots.push(slot);
  }

  clear(): void {
    for (const slot of this.#slots.values()) this.#touch(slot);
    this.#block.clear();
    this.#owners.length = 0;
    this.#people.length = 0;
    this.#slots.clear();
    this.#freeSlots.length = 0;
  }

  /**
   * Compares a probe with every reference.
   *
   * @param probe `dimensions` long, finite
   * @param among only these people; everybody when absent
   * @returns the best `limit` people, best first, each with the best score among the person's references
   */
  search(probe: Float32Array, limit: number, among?: ReadonlySet<PersonId>): readonly Candidate[] {
    const best = this.#bestOfEach(probe);
    const candidates: Candidate[] = [];
    for (let slot = 0; slot < best.length; slot++) {
      const personId = this.#people[slot];
      const value = best[slot] ?? Number.NEGATIVE_INFINITY;
      if (personId === undefined || among?.has(personId) === false) continue;
      const last = candidates[limit - 1];
      if (last && value <= last.score) continue;
      const at = candidates.findIndex((candidate) => value > candidate.score);
      candidates.splice(at === -1 ? candidates.length : at, 0, { personId, score: value as ComparisonScore });
      if (candidates.length > limit) candidates.pop();
    }
    return candidates;
  }

  /** Compares a probe with one person's references alone. Nobody is found when the gallery holds none. */
  verify(probe: Float32Array, personId: PersonId): readonly Candidate[] {
    const scores = this.rowsOf(personId).map((row) => this.#block.compare(probe, row, 1)[0] ?? Number.NEGATIVE_INFINITY);
    return scores.length === 0 ? [] : [{ personId, score: Math.max(...scores) as ComparisonScore }];
  }

  rowsOf(personId: PersonId): readonly number[] {
    const slot = this.#slots.get(personId);
    const rows: number[] = [];
    if (slot === undefined) return rows;
    for (let row = this.#owners.indexOf(slot); row !== -1; row = this.#owners.indexOf(slot, row + 1)) rows.push(row);
    return rows;
  }

  ownerOf(row: number): PersonId | undefined {
    return this.#people[this.#owners[row] ?? -1];
  }

  /**
   * Compares up to four rows of the gallery with the {@link MOST_ROWS} rows from `from` on, or as many as
   * there are.
   *
   * @returns for each row four scores, of which only those of the given probes count; valid until the next comparison
   */
  compareRows(probeRows: readonly number[], from: number): Float32Array {
    return this.#block.compareRows(probeRows, from, Math.max(0, Math.min(MOST_ROWS, this.references - from)));
  }

  /** A set that gathers everybody whose rows change or move from now on, until it is given to {@link Gallery.unwatch}. */
  watch(): Set<PersonId> {
    const touched = new Set<PersonId>();
    this.#watches.add(touched);
    return touched;
  }

  unwatch(touched: Set<PersonId>): void {
    this.#watches.delete(touched);
  }

  #bestOfEach(probe: Float32Array): Float64Array {
    const best = new Float64Array(this.#people.length).fill(Number.NEGATIVE_INFINITY);
    for (let from = 0; from < this.references; from += MOST_ROWS) {
      const scores = this.#block.compare(probe, from, Math.min(MOST_ROWS, this.references - from));
      for (let index = 0; index < scores.length; index++) {
        const slot = this.#owners[from + index] ?? 0;
        const value = scores[index] ?? Number.NEGATIVE_INFINITY;
        if (value > (best[slot] ?? 0)) best[slot] = value;
      }
    }
    return best;
  }

  #removeRow(row: number): void {
    const last = this.#owners.length - 1;
    const owner = this.#owners.pop();
    if (row !== last && owner !== undefined) {
      this.#touch(owner);
      this.#block.move(last, row);
      this.#owners[row] = owner;
    }
    this.#block.erase(last);
  }

  #touch(slot: number): void {
    const personId = this.#people[slot];
    if (personId === undefined) return;
    for (const touched of this.#watches) touched.add(personId);
  }
}

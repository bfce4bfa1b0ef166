import { compareProbes, fuseProbes } from "../../src/domain/biometrics/identification.ts";
import type { Candidate, ComparisonScore, RecogniserProfile } from "../../src/domain/biometrics/types.ts";
import type { PersonId } from "../../src/domain/people/types.ts";
import { MOST_ROWS, ReferenceBlock } from "./reference-block.ts";

/**
 * People's references, and for each person the mean of them, fused as the frames of a walk-up are. A search compares with the
 * means: measured to miss fewer people at the same rate of errors than the best single reference, and a fraction of the work.
 */
export class Gallery {
  readonly #profile: RecogniserProfile;
  /** Rows are in no order: a removed row is filled from the end. */
  readonly #block: ReferenceBlock;
  /** Everybody's mean; its row is the person's slot. */
  readonly #means: ReferenceBlock;
  /** Which slot of {@link Gallery.#people} each row belongs to. */
  readonly #owners: number[] = [];
  /** Slots; an empty one is used again. */
  readonly #people: (PersonId | undefined)[] = [];
  readonly #slots = new Map<PersonId, number>();
  readonly #freeSlots: number[] = [];
  readonly #watches = new Set<Set<PersonId>>();

  constructor(profile: RecogniserProfile) {
    this.#profile = profile;
    this.#block = new ReferenceBlock(profile);
    this.#means = new ReferenceBlock(profile);
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
  get memory(): readonly Float32Array[] {
    return [this.#block.memory, this.#means.memory];
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
    this.#means.reserve(this.#people.length);
    this.#means.write(slot, fuseProbes(this.#profile, references.map((probe) => ({ probe, weight: 1 }))));
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
    this.#means.erase(slot);
    this.#slots.delete(personId);
    this.#people[slot] = undefined;
    this.#freeSlots.push(slot);
  }

  clear(): void {
    for (const slot of this.#slots.values()) this.#touch(slot);
    this.#block.clear();
    this.#means.clear();
    this.#owners.length = 0;
    this.#people.length = 0;
    this.#slots.clear();
    this.#freeSlots.length = 0;
  }

  /**
   * Compares a probe with everybody's mean.
   *
   * @param probe `dimensions` long, finite
   * @param among only these people; everybody when absent
   * @returns the best `limit` people, best first
   */
  search(probe: Float32Array, limit: number, among?: ReadonlySet<PersonId>): readonly Candidate[] {
    const candidates: Candidate[] = [];
    /** A score of no more than this is of no use. */
    let least = Number.NEGATIVE_INFINITY;
    for (let from = 0; from < this.#people.length; from += MOST_ROWS) {
      const scores = this.#means.compare(probe, from, Math.min(MOST_ROWS, this.#people.length - from));
      for (let index = 0; index < scores.length; index++) {
        // First what rules out nearly everybody: whose score it is takes longer to find than the score.
        const score = scores[index] ?? least;
        if (score <= least) continue;
        const personId = this.#people[from + index];
        if (personId === undefined || among?.has(personId) === false) continue;
        const at = candidates.findIndex((candidate) => score > candidate.score);
        candidates.splice(at === -1 ? candidates.length : at, 0, { personId, score: score as ComparisonScore });
        if (candidates.length > limit) candidates.pop();
        if (candidates.length === limit) least = candidates[limit - 1]?.score ?? least;
      }
    }
    return candidates;
  }

  /** Compares a probe with one person's mean alone. Nobody is found when the gallery does not hold the person. */
  verify(probe: Float32Array, personId: PersonId): readonly Candidate[] {
    const slot = this.#slots.get(personId);
    if (slot === undefined) return [];
    return [{ personId, score: (this.#means.compare(probe, slot, 1)[0] ?? Number.NEGATIVE_INFINITY) as ComparisonScore }];
  }

  /** Places for people; some may be empty. */
  get slots(): number {
    return this.#people.length;
  }

  /** Undefined when the gallery does not hold the person. A person who is set anew may get another. */
  slotOf(personId: PersonId): number | undefined {
    return this.#slots.get(personId);
  }

  /** Undefined for an empty slot. */
  personAt(slot: number): PersonId | undefined {
    return this.#people[slot];
  }

  /**
   * Compares the means of up to four slots with those of the {@link MOST_ROWS} slots from `from` on, or as many as there are.
   *
   * @returns for each slot four scores, of which only those of the given ones count; valid until the next comparison
   */
  compareMeans(probes: readonly number[], from: number): Float32Array {
    return this.#means.compareRows(probes, from, Math.max(0, Math.min(MOST_ROWS, this.slots - from)));
  }

  /** Rows of a person's references. */
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

  /** Compares a row with the means of the {@link MOST_ROWS} slots from `from` on, or as many as there are: valid until the next comparison. */
  compareWithMeans(row: number, from: number): Float32Array {
    return this.#means.compare(this.#block.read(row), from, Math.max(0, Math.min(MOST_ROWS, this.slots - from)));
  }

  /** Compares the mean of a slot with the {@link MOST_ROWS} rows from `from` on, or as many as there are: valid until the next comparison. */
  compareMeanWithRows(slot: number, from: number): Float32Array {
    return this.#block.compare(this.#means.read(slot), from, Math.max(0, Math.min(MOST_ROWS, this.references - from)));
  }

  /** The score of a row with the mean of the others; null when there are none. */
  scoreWithout(row: number, others: readonly number[]): number | null {
    if (others.length === 0) return null;
    const mean = fuseProbes(this.#profile, others.map((other) => ({ probe: this.#block.read(other), weight: 1 })));
    const score = compareProbes(this.#profile, this.#block.read(row), mean);
    mean.fill(0);
    return score;
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

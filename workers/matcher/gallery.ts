import { FEATURE_DIMENSIONS } from "../../src/domain/biometrics/types.ts";
import type { Candidate, ComparisonScore, RecogniserProfile } from "../../src/domain/biometrics/types.ts";
import type { PersonId } from "../../src/domain/people/types.ts";

/** References that the first allocation has room for. */
const FIRST_CAPACITY = 64;

/**
 * References in one block of memory, one row after the other, so that a search reads memory from front to back. Rows are in
 * no order: a removed row is filled from the end. What is no longer used is zeros.
 */
export class Gallery {
  readonly dimensions: number;
  readonly #score: (probe: Float32Array, rows: Float32Array, at: number) => number;
  #rows: Float32Array;
  /** Which slot of {@link Gallery.#people} each row belongs to. */
  #owners: Int32Array;
  #count = 0;
  /** Slots; an empty one is used again. */
  readonly #people: (PersonId | undefined)[] = [];
  readonly #slots = new Map<PersonId, number>();
  readonly #freeSlots: number[] = [];

  constructor(profile: RecogniserProfile) {
    this.dimensions = FEATURE_DIMENSIONS[profile];
    this.#score = profile === "accurate" ? dotProduct : negativeDistance;
    this.#rows = new Float32Array(FIRST_CAPACITY * this.dimensions);
    this.#owners = new Int32Array(FIRST_CAPACITY);
  }

  get people(): number {
    return this.#slots.size;
  }

  get references(): number {
    return this.#count;
  }

  /** Replaces what the gallery holds of a person. Each reference is `dimensions` long; copies are kept. */
  set(personId: PersonId, references: readonly Float32Array[]): void {
    this.remove(personId);
    if (references.length === 0) return;
    const slot = this.#freeSlots.pop() ?? this.#people.length;
    this.#people[slot] = personId;
    this.#slots.set(personId, slot);
    this.#reserve(this.#count + references.length);
    for (const reference of references) {
      this.#rows.set(reference, this.#count * this.dimensions);
      this.#owners[this.#count] = slot;
      this.#count++;
    }
  }

  /** Overwrites the person's references. */
  remove(personId: PersonId): void {
    const slot = this.#slots.get(personId);
    if (slot === undefined) return;
    // From the end, so that the row that fills a gap is never one that is to go.
    for (let row = this.#count - 1; row >= 0; row--) {
      if (this.#owners[row] === slot) this.#removeRow(row);
    }
    this.#slots.delete(personId);
    this.#people[slot] = undefined;
    this.#freeSlots.push(slot);
  }

  clear(): void {
    this.#rows.fill(0);
    this.#owners.fill(0);
    this.#count = 0;
    this.#people.length = 0;
    this.#slots.clear();
    this.#freeSlots.length = 0;
  }

  /**
   * Compares a probe with every reference.
   *
   * @param probe `dimensions` long, finite
   * @returns the best `limit` people, best first, each with the best score among the person's references
   */
  search(probe: Float32Array, limit: number): readonly Candidate[] {
    const { dimensions } = this;
    const rows = this.#rows;
    const owners = this.#owners;
    const score = this.#score;
    const best = new Float64Array(this.#people.length).fill(Number.NEGATIVE_INFINITY);
    for (let row = 0; row < this.#count; row++) {
      const value = score(probe, rows, row * dimensions);
      const slot = owners[row] ?? 0;
      if (value > (best[slot] ?? 0)) best[slot] = value;
    }
    const candidates: Candidate[] = [];
    for (let slot = 0; slot < best.length; slot++) {
      const personId = this.#people[slot];
      const value = best[slot] ?? Number.NEGATIVE_INFINITY;
      if (personId === undefined) continue;
      const last = candidates[limit - 1];
      if (last && value <= last.score) continue;
      const at = candidates.findIndex((candidate) => value > candidate.score);
      candidates.splice(at === -1 ? candidates.length : at, 0, { personId, score: value as ComparisonScore });
      if (candidates.length > limit) candidates.pop();
    }
    return candidates;
  }

  /** The block as it lies in memory, for tests of what is left in it. */
  get memory(): Float32Array {
    return this.#rows;
  }

  #removeRow(row: number): void {
    const { dimensions } = this;
    const last = this.#count - 1;
    if (row !== last) {
      this.#rows.copyWithin(row * dimensions, last * dimensions, (last + 1) * dimensions);
      this.#owners[row] = this.#owners[last] ?? 0;
    }
    this.#rows.fill(0, last * dimensions, (last + 1) * dimensions);
    this.#owners[last] = 0;
    this.#count = last;
  }

  #reserve(count: number): void {
    if (count <= this.#owners.length) return;
    const capacity = Math.max(count, this.#owners.length * 2);
    const rows = new Float32Array(capacity * this.dimensions);
    const owners = new Int32Array(capacity);
    rows.set(this.#rows);
    owners.set(this.#owners);
    this.#rows.fill(0);
    this.#rows = rows;
    this.#owners = owners;
  }
}

/** Sum of the cosines when each part of both vectors is of unit length. The length is a multiple of 4. */
function dotProduct(probe: Float32Array, rows: Float32Array, at: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let index = 0; index < probe.length; index += 4) {
    a += (probe[index] ?? 0) * (rows[at + index] ?? 0);
    b += (probe[index + 1] ?? 0) * (rows[at + index + 1] ?? 0);
    c += (probe[index + 2] ?? 0) * (rows[at + index + 2] ?? 0);
    d += (probe[index + 3] ?? 0) * (rows[at + index + 3] ?? 0);
  }
  return a + b + (c + d);
}

/** Minus the Euclidean distance. The length is a multiple of 2. */
function negativeDistance(probe: Float32Array, rows: Float32Array, at: number): number {
  let a = 0;
  let b = 0;
  for (let index = 0; index < probe.length; index += 2) {
    const u = (probe[index] ?? 0) - (rows[at + index] ?? 0);
    const v = (probe[index + 1] ?? 0) - (rows[at + index + 1] ?? 0);
    a += u * u;
    b += v * v;
  }
  return -Math.sqrt(a + b);
}

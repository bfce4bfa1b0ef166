import { FEATURE_DIMENSIONS } from "../../src/domain/biometrics/types.ts";
import type { RecogniserProfile } from "../../src/domain/biometrics/types.ts";

/** Rows that the first allocation has room for. */
const FIRST_CAPACITY = 64;
/** Most probes that one comparison takes. */
export const MOST_PROBES = 4;
/** Most rows that one comparison takes. */
export const MOST_ROWS = 4096;

/** References in one block of memory, one row after the other, and their comparison. What is not in use is zeros. */
export class ReferenceBlock {
  readonly dimensions: number;
  readonly #score: (probe: Float32Array, rows: Float32Array, at: number) => number;
  readonly #scores = new Float32Array(MOST_ROWS * MOST_PROBES);
  #rows: Float32Array;

  constructor(profile: RecogniserProfile) {
    this.dimensions = FEATURE_DIMENSIONS[profile];
    this.#score = profile === "accurate" ? dotProduct : negativeDistance;
    this.#rows = new Float32Array(FIRST_CAPACITY * this.dimensions);
  }

  /** The whole block as it lies in memory. */
  get memory(): Float32Array {
    return this.#rows;
  }

  /** One row as it lies in memory. */
  row(row: number): Float32Array {
    return this.#rows.subarray(row * this.dimensions, (row + 1) * this.dimensions);
  }

  /** Makes room for this many rows. */
  reserve(rows: number): void {
    if (rows * this.dimensions <= this.#rows.length) return;
    const grown = new Float32Array(Math.max(rows * this.dimensions, this.#rows.length * 2));
    grown.set(this.#rows);
    this.#rows.fill(0);
    this.#rows = grown;
  }

  write(row: number, reference: Float32Array): void {
    this.#rows.set(reference, row * this.dimensions);
  }

  /** Copies one row over another. */
  move(from: number, to: number): void {
    this.#rows.copyWithin(to * this.dimensions, from * this.dimensions, (from + 1) * this.dimensions);
  }

  erase(row: number): void {
    this.row(row).fill(0);
  }

  clear(): void {
    this.#rows.fill(0);
  }

  /**
   * Compares up to {@link MOST_PROBES} probes with up to {@link MOST_ROWS} rows.
   *
   * @returns for each row the score with each probe; valid until the next comparison
   */
  compare(probes: readonly Float32Array[], from: number, rows: number): Float32Array {
    for (let row = 0; row < rows; row++) {
      probes.forEach((probe, index) => (this.#scores[row * probes.length + index] = this.#score(probe, this.#rows, (from + row) * this.dimensions)));
    }
    return this.#scores.subarray(0, rows * probes.length);
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

import { FEATURE_DIMENSIONS } from "../../src/domain/biometrics/types.ts";
import type { RecogniserProfile } from "../../src/domain/biometrics/types.ts";
import { createKernel } from "./kernel.ts";
import type { Compare } from "./kernel.ts";

/** Most probes that one comparison takes. */
export const MOST_PROBES = 4;
/** Most rows that one comparison takes. */
export const MOST_ROWS = 4096;

const FLOAT_BYTES = 4;
/** Scores lie before the probes, probes before the rows. */
const PROBES_AT = MOST_ROWS * MOST_PROBES * FLOAT_BYTES;
const PAGE_BYTES = 65_536;
/** Most pages that are asked for: 1 GiB, room for 380,000 references of 704 values. An engine keeps addresses free for them, not memory. */
const MOST_PAGES = 16_384;

/**
 * References in WebAssembly memory, one row after the other, and their comparison. Before them lie the scores and the probes
 * of one comparison. Where vectors are not in use there are zeros.
 */
export class ReferenceBlock {
  readonly dimensions: number;
  readonly #memory: WebAssembly.Memory;
  readonly #one: Compare;
  readonly #four: Compare;
  readonly #rowBytes: number;
  readonly #rowsAt: number;
  /** All of the memory. A view of a memory that has grown since is empty. */
  #values: Float32Array<ArrayBuffer>;

  constructor(profile: RecogniserProfile) {
    this.dimensions = FEATURE_DIMENSIONS[profile];
    this.#rowBytes = this.dimensions * FLOAT_BYTES;
    this.#rowsAt = PROBES_AT + MOST_PROBES * this.#rowBytes;
    this.#memory = new WebAssembly.Memory({ initial: Math.ceil(this.#rowsAt / PAGE_BYTES), maximum: MOST_PAGES });
    this.#values = new Float32Array(this.#memory.buffer);
    const kernel = createKernel(this.#memory);
    [this.#one, this.#four] = profile === "accurate" ? [kernel.dot1, kernel.dot4] : [kernel.distance1, kernel.distance4];
  }

  /** All places where probes or references lie or have lain. */
  get memory(): Float32Array {
    return this.#values.subarray(PROBES_AT / FLOAT_BYTES);
  }

  /**
   * Makes room for this many rows. The memory grows where it is: there is no old copy.
   *
   * @throws RangeError when the device has no more memory
   */
  reserve(rows: number): void {
    const pages = Math.ceil((this.#rowsAt + rows * this.#rowBytes) / PAGE_BYTES);
    const present = this.#memory.buffer.byteLength / PAGE_BYTES;
    if (pages <= present) return;
    // In steps, so that an engine which does move the memory moves it seldom.
    const step = Math.floor(present / 4);
    this.#memory.grow(Math.max(pages, Math.min(present + step, MOST_PAGES)) - present);
    this.#values = new Float32Array(this.#memory.buffer);
  }

  /** A view of the row, valid until the memory grows. */
  read(row: number): Float32Array {
    return this.#values.subarray(this.#at(row), this.#at(row + 1));
  }

  write(row: number, reference: Float32Array): void {
    this.#values.set(reference, this.#at(row));
  }

  /** Copies one row over another. */
  move(from: number, to: number): void {
    this.#values.copyWithin(this.#at(to), this.#at(from), this.#at(from + 1));
  }

  erase(row: number): void {
    this.#values.fill(0, this.#at(row), this.#at(row + 1));
  }

  /** Leaves zeros alone. */
  clear(): void {
    this.#values.fill(0);
  }

  /** Compares a probe of `dimensions` values with up to {@link MOST_ROWS} rows: a score for each, valid until the next comparison. */
  compare(probe: Float32Array, from: number, rows: number): Float32Array {
    this.#values.set(probe, PROBES_AT / FLOAT_BYTES);
    return this.#run(this.#one, 1, from, rows);
  }

  /** Compares {@link MOST_PROBES} rows with up to {@link MOST_ROWS} rows: for each the score with every probe, valid until the next comparison. */
  compareRows(probes: readonly number[], from: number, rows: number): Float32Array {
    probes.forEach((row, index) => this.#values.copyWithin(PROBES_AT / FLOAT_BYTES + index * this.dimensions, this.#at(row), this.#at(row + 1)));
    return this.#run(this.#four, MOST_PROBES, from, rows);
  }

  /** The probe is a person's face too: it goes when the scores are there. */
  #run(compare: Compare, probes: number, from: number, rows: number): Float32Array {
    compare(PROBES_AT, this.#rowsAt + from * this.#rowBytes, rows, this.#rowBytes, 0);
    this.#values.fill(0, PROBES_AT / FLOAT_BYTES, this.#rowsAt / FLOAT_BYTES);
    return this.#values.subarray(0, rows * probes);
  }

  #at(row: number): number {
    return this.#rowsAt / FLOAT_BYTES + row * this.dimensions;
  }
}

import { HASH_BYTES } from "./merkle.ts";

/** What the structure of a log is judged by, of each record in the order of the file: packed, because there may be a million. */
export class Rows {
  length = 0;
  #seq = new Int32Array(1024);
  #flags = new Uint8Array(1024);
  #own = new Uint8Array(1024 * HASH_BYTES);
  #prev = new Uint8Array(1024 * HASH_BYTES);
  #claimed = new Uint8Array(1024 * HASH_BYTES);

  /**
   * @param seq sequence number, 0 when nobody can tell
   * @param own leaf hash of the header as it is; what the device says where there is no header
   * @param prev hash that the header names; null where there is none
   * @param claimed what the device's own list says
   */
  add(seq: number, own: Uint8Array, prev: Uint8Array | null, claimed: Uint8Array): void {
    if (this.length === this.#seq.length) this.#grow();
    const at = this.length;
    this.#seq[at] = seq;
    this.#flags[at] = prev === null ? 0 : 1;
    this.#own.set(own, at * HASH_BYTES);
    if (prev !== null) this.#prev.set(prev, at * HASH_BYTES);
    this.#claimed.set(claimed, at * HASH_BYTES);
    this.length += 1;
  }

  seq(at: number): number {
    return this.#seq[at] ?? 0;
  }

  hasLink(at: number): boolean {
    return this.#flags[at] === 1;
  }

  own(at: number): Uint8Array {
    return this.#own.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES);
  }

  prev(at: number): Uint8Array {
    return this.#prev.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES);
  }

  claimed(at: number): Uint8Array {
    return this.#claimed.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES);
  }

  /** Whether the header still has the hash that the device wrote down beside it. */
  fits(at: number): boolean {
    return same32(this.#own, at * HASH_BYTES, this.#claimed, at * HASH_BYTES);
  }

  /** Whether a record names the hash of another as the one before it. */
  links(from: number, to: number): boolean {
    return same32(this.#prev, from * HASH_BYTES, this.#own, to * HASH_BYTES);
  }

  #grow(): void {
    const twice = <T extends Int32Array | Uint8Array>(array: T, made: T): T => {
      made.set(array);
      return made;
    };
    this.#seq = twice(this.#seq, new Int32Array(this.#seq.length * 2));
    this.#flags = twice(this.#flags, new Uint8Array(this.#flags.length * 2));
    this.#own = twice(this.#own, new Uint8Array(this.#own.length * 2));
    this.#prev = twice(this.#prev, new Uint8Array(this.#prev.length * 2));
    this.#claimed = twice(this.#claimed, new Uint8Array(this.#claimed.length * 2));
  }
}

function same32(a: Uint8Array, at: number, b: Uint8Array, bt: number): boolean {
  for (let i = 0; i < HASH_BYTES; i++) if (a[at + i] !== b[bt + i]) return false;
  return true;
}

import type { Random } from "../random.ts";

/**
 * What a cut leaves of what was not synced. `kept`: nothing. `posix`: nothing, and a name only where its own folder was
 * synced. `torn`: of a page that was written over the old or the new, of a file's growth a part, of the changes of names the
 * first few, as a journalling file system leaves them. `scrambled`: also the new length of a file over pages that never
 * came, which read as zeros.
 */
export type CutMode = "kept" | "posix" | "torn" | "scrambled";

/** What a disk writes at a time, bytes. */
export const PAGE_BYTES = 4096;

/** The bytes of one file: as they were last written, and as they were last synced. */
export class FileData {
  #now = Buffer.alloc(0);
  #size = 0;
  #durable = Buffer.alloc(0);
  #durableSize = 0;
  readonly #unsynced = new Set<number>();

  get size(): number {
    return this.#size;
  }

  /** Pages that were written since the last sync. */
  get unsynced(): number {
    return this.#unsynced.size;
  }

  read(offset: number, length: number): Buffer {
    return this.#now.subarray(Math.min(offset, this.#size), Math.min(offset + length, this.#size));
  }

  write(offset: number, bytes: Buffer): void {
    const end = offset + bytes.length;
    this.#now = grown(this.#now, end);
    // A gap before it is written, too: as zeros.
    this.#mark(Math.min(offset, this.#size), end);
    bytes.copy(this.#now, offset);
    this.#size = Math.max(this.#size, end);
  }

  truncate(size: number): void {
    this.#now = grown(this.#now, size);
    if (size < this.#size) this.#now.fill(0, size, this.#size);
    this.#mark(Math.min(size, this.#size), Math.max(size, this.#size));
    this.#size = size;
  }

  sync(): void {
    this.#durable = grown(this.#durable, this.#size);
    for (const page of this.#unsynced) this.#now.copy(this.#durable, page * PAGE_BYTES, page * PAGE_BYTES, Math.min((page + 1) * PAGE_BYTES, this.#now.length));
    this.#durableSize = this.#size;
    this.#unsynced.clear();
  }

  /**
   * Goes back to what was synced, and what of the rest the draw lets stay.
   *
   * @returns pages that are lost
   */
  cut(mode: CutMode, random: Random): number {
    const size = mode === "kept" || mode === "posix" || this.#size === this.#durableSize ? this.#durableSize : this.#cutSize(random);
    const after = Buffer.alloc(size);
    this.#durable.copy(after, 0, 0, Math.min(size, this.#durableSize));
    let lost = 0;
    for (const page of this.#unsynced) {
      const [start, end] = [page * PAGE_BYTES, Math.min((page + 1) * PAGE_BYTES, size, this.#size)];
      // A journalling file system lets a file grow only over bytes that are there: a page of the growth is there when the length is.
      const grown = mode === "torn" && end > this.#durableSize;
      if (mode !== "kept" && mode !== "posix" && start < end && (grown || random.chance(0.5))) this.#now.copy(after, start, start, end);
      else lost++;
    }
    this.#now = after;
    this.#size = size;
    this.#durable = Buffer.from(after);
    this.#durableSize = size;
    this.#unsynced.clear();
    return lost;
  }

  /** The old length or the new one; where the file grew, also one in between that ends with a page. */
  #cutSize(random: Random): number {
    if (this.#size < this.#durableSize) return random.pick([this.#durableSize, this.#size]);
    const between = Math.min(this.#size, Math.ceil((this.#durableSize + random.next() * (this.#size - this.#durableSize)) / PAGE_BYTES) * PAGE_BYTES);
    return random.pick([this.#durableSize, this.#size, between]);
  }

  #mark(from: number, to: number): void {
    for (let page = Math.floor(from / PAGE_BYTES); page * PAGE_BYTES < to; page++) this.#unsynced.add(page);
  }
}

/** The same bytes with room for `size` at least, zeros after them. */
function grown(bytes: Buffer<ArrayBuffer>, size: number): Buffer<ArrayBuffer> {
  if (bytes.length >= size) return bytes;
  const larger = Buffer.alloc(Math.max(size, Math.min(bytes.length * 2, bytes.length + 2 ** 22), PAGE_BYTES));
  bytes.copy(larger);
  return larger;
}

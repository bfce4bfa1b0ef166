import type { JournalPlace } from "../../src/contracts/journal.ts";
import { nameOf, numberOf, Segment } from "./segment.ts";
import { FRAMES_AT, ID_BYTES } from "./layout.ts";
import type { Heading } from "./layout.ts";

/** The folder of the journal's files. */
export class Folder {
  private constructor(
    private readonly handle: FileSystemDirectoryHandle,
    private readonly place: JournalPlace,
  ) {}

  /** Null where the browser cannot write files in place. */
  static async open(place: JournalPlace): Promise<Folder | null> {
    if (!("createSyncAccessHandle" in FileSystemFileHandle.prototype)) return null;
    const root = await rootOf(place);
    return new Folder(await root.getDirectoryHandle(place.folder, { create: true }), place);
  }

  /** Files that hold something, in their order. */
  async numbers(): Promise<readonly number[]> {
    const all = await this.#all();
    return all.slice(0, all.length - (await this.#blanks(all)));
  }

  /** Files behind them that are names alone. */
  async blanks(): Promise<readonly number[]> {
    const all = await this.#all();
    return all.slice(all.length - (await this.#blanks(all)));
  }

  /** Makes a name that takes no space. */
  async name(number: number): Promise<void> {
    await this.handle.getFileHandle(nameOf(number), { create: true });
  }

  async #all(): Promise<readonly number[]> {
    const numbers: number[] = [];
    for await (const name of this.handle.keys()) {
      const number = numberOf(name);
      if (number !== null) numbers.push(number);
    }
    return numbers.sort((a, b) => a - b);
  }

  async #blanks(all: readonly number[]): Promise<number> {
    const sizes = await Promise.all(all.slice(-this.place.names - 1).map((number) => this.sizeOf(number).catch(() => 0)));
    return sizes.length - 1 - sizes.findLastIndex((size) => size > 0);
  }

  open(number: number): Promise<Segment> {
    return Segment.open(this.handle, number);
  }

  /** Null when the file is gone or cannot be opened. */
  async headingOf(number: number): Promise<Heading | null> {
    try {
      const segment = await this.open(number);
      try {
        return segment.heading();
      } finally {
        segment.close();
      }
    } catch {
      return null;
    }
  }

  async sizeOf(number: number): Promise<number> {
    const file = await (await this.handle.getFileHandle(nameOf(number))).getFile();
    return file.size;
  }

  /** When the file was last written, milliseconds of the wall clock; 0 when that cannot be told. */
  async writtenAtMs(number: number): Promise<number> {
    try {
      return (await (await this.handle.getFileHandle(nameOf(number))).getFile()).lastModified;
    } catch {
      return 0;
    }
  }

  /** Makes a segment with all its bytes in place, and marks it as a spare one. What a full disk leaves of it is taken away again. */
  async make(number: number, bytes: number, nowMs: number): Promise<void> {
    const segment = await Segment.open(this.handle, number, true);
    try {
      segment.fill(Math.max(bytes, this.place.segmentBytes));
      segment.writeHeading({ state: "spare", generation: 0, previous: 0, complete: false, gapped: false, madeAtMs: nowMs, startSeq: 0, id: crypto.getRandomValues(new Uint8Array(ID_BYTES)), used: FRAMES_AT, frames: 0 });
      segment.close();
    } catch (error) {
      segment.close();
      await this.remove(number);
      throw error;
    }
  }

  remove(number: number): Promise<void> {
    return this.handle.removeEntry(nameOf(number)).catch(() => undefined);
  }
}

async function rootOf({ bucket, quotaBytes }: JournalPlace): Promise<FileSystemDirectoryHandle> {
  const buckets = navigator.storageBuckets;
  if (!buckets) return navigator.storage.getDirectory();
  const opened = await buckets.open(bucket, { durability: "strict", ...(quotaBytes === undefined ? {} : { quota: quotaBytes }) });
  return "getDirectory" in opened ? opened.getDirectory() : navigator.storage.getDirectory();
}

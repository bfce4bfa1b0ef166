import type { JournalFrame } from "../../src/contracts/journal.ts";
import { ALIGN, decodeHeading, encodeFrame, encodeHeading, FRAME_MAGIC, frameAt, frameBytes, HEADING_BYTES, HEADING_ROOM } from "./layout.ts";
import type { Heading } from "./layout.ts";

/** Zeros written at a time while a segment is made. */
const FILL_BYTES = 1024 * 1024;

/** What a segment holds from a place on. */
export interface Scan {
  readonly frames: readonly JournalFrame[];
  /** Stretches between frames that are no frames. */
  readonly damaged: number;
  /** Where the next frame goes. */
  readonly end: number;
  /** Whether bytes of a frame that was cut short lie there. */
  readonly torn: boolean;
  readonly cutShortTo: number | null;
}

/** One file of the journal, open for reading and writing in place. */
export class Segment {
  private constructor(
    readonly number: number,
    private readonly handle: FileSystemSyncAccessHandle,
  ) {}

  static async open(folder: FileSystemDirectoryHandle, number: number, create = false): Promise<Segment> {
    const file = await folder.getFileHandle(nameOf(number), { create });
    return new Segment(number, await openHandle(file));
  }

  /** Whether another tab can open the file at the same time. */
  get shared(): boolean {
    return (this.handle as { readonly mode?: string }).mode === "readwrite-unsafe";
  }

  get size(): number {
    return this.handle.getSize();
  }

  /** Bytes before the second heading: frames end here at the latest. */
  get limit(): number {
    return Math.max(HEADING_ROOM, this.size - HEADING_ROOM);
  }

  private get headings(): readonly number[] {
    return [0, this.limit];
  }

  /** Makes its bytes take their space now, so that writing them later takes none. */
  fill(bytes: number): void {
    const zeros = new Uint8Array(Math.min(FILL_BYTES, bytes));
    for (let at = 0; at < bytes; at += zeros.length) writeAll(this.handle, zeros.subarray(0, Math.min(zeros.length, bytes - at)), at);
    this.handle.flush();
  }

  /** The first copy that is whole; null where neither is. */
  heading(): Heading | null {
    for (const at of this.headings) {
      const bytes = new Uint8Array(HEADING_BYTES);
      this.handle.read(bytes, { at });
      const heading = decodeHeading(bytes);
      if (heading) return heading;
    }
    return null;
  }

  /** Flushed between the copies: at any moment one of them is whole. */
  writeHeading(heading: Heading): void {
    const bytes = encodeHeading(heading);
    for (const at of this.headings) {
      writeAll(this.handle, bytes, at);
      this.handle.flush();
    }
  }

  /** Whether nothing was written at this place yet. */
  blankAt(offset: number): boolean {
    const bytes = new Uint8Array(Math.max(0, Math.min(ALIGN, this.limit - offset)));
    this.handle.read(bytes, { at: offset });
    return bytes.every((byte) => byte === 0);
  }

  /** Resolves with the place behind it when it is flushed. */
  async append(id: Uint8Array, frame: JournalFrame, at: number): Promise<number> {
    writeAll(this.handle, await encodeFrame(id, frame), at);
    this.handle.flush();
    return at + frameBytes(frame.payload.length);
  }

  /** Takes away what a cut-short frame left behind. */
  blankFrom(offset: number): void {
    const zeros = new Uint8Array(this.limit - offset);
    writeAll(this.handle, zeros, offset);
    this.handle.flush();
  }

  /** @param thorough compares each frame's hash as well as its CRC */
  async scan(heading: Heading, from: number, thorough: boolean): Promise<Scan> {
    const bytes = new Uint8Array(Math.max(this.limit, from));
    this.handle.read(bytes.subarray(from), { at: from });
    const frames: JournalFrame[] = [];
    let damaged = 0;
    let end = from;
    for (;;) {
      const at = await frameAt(bytes, end, heading.id, thorough);
      if (at.kind === "frame") {
        frames.push(at.frame);
        end = at.next;
        continue;
      }
      const next = await nextFrame(bytes, end + ALIGN, heading.id);
      if (next === null) {
        const torn = bytes.subarray(end).some((byte) => byte !== 0);
        return { frames, damaged, end, torn, cutShortTo: at.kind === "torn" ? at.toSeq : null };
      }
      damaged++;
      end = next;
    }
  }

  close(): void {
    this.handle.close();
  }
}

export const nameOf = (number: number): string => `${String(number).padStart(8, "0")}.seg`;

/** Null for a file that is none of the journal's. */
export function numberOf(name: string): number | null {
  const [, digits] = /^(\d{8})\.seg$/.exec(name) ?? [];
  return digits === undefined ? null : Number(digits);
}

/** The next place that holds a whole frame; null where there is none. */
async function nextFrame(bytes: Uint8Array<ArrayBuffer>, from: number, id: Uint8Array): Promise<number | null> {
  const words = new Uint32Array(bytes.buffer, 0, Math.floor(bytes.length / 4));
  for (let at = Math.ceil(from / ALIGN) * ALIGN; at + ALIGN <= bytes.length; at += ALIGN) {
    if (words[at / 4] === FRAME_MAGIC && (await frameAt(bytes, at, id, false)).kind === "frame") return at;
  }
  return null;
}

/** A shared handle where the browser has one: tabs take turns by their lock. Elsewhere the file is this tab's while it is open. */
async function openHandle(file: FileSystemFileHandle): Promise<FileSystemSyncAccessHandle> {
  const open = file.createSyncAccessHandle.bind(file) as (options: { readonly mode: string }) => Promise<FileSystemSyncAccessHandle>;
  return open({ mode: "readwrite-unsafe" });
}

function writeAll(handle: FileSystemSyncAccessHandle, bytes: Uint8Array<ArrayBuffer>, at: number): void {
  const written = handle.write(bytes, { at });
  // A full disk shows as a short write on some systems.
  if (written !== bytes.length) throw new DOMException("short write", "QuotaExceededError");
}

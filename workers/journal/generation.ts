import type { JournalFrame } from "../../src/contracts/journal.ts";
import type { Folder } from "./folder.ts";
import { FRAMES_AT, frameBytes } from "./layout.ts";
import type { Heading } from "./layout.ts";
import type { Segment } from "./segment.ts";

/** The segment that is written now, and where. */
export interface Pen {
  readonly segment: Segment;
  readonly heading: Heading;
  readonly end: number;
  readonly frames: number;
  /** Head of the log behind the last frame. */
  readonly seq: number;
  /** Of the store, with the last frame; 0 where the segment has none yet. */
  readonly revision: number;
  readonly damaged: number;
  readonly torn: boolean;
  readonly cutShortTo: number | null;
}

/** Reads a segment up to its end. */
export async function penAt(segment: Segment, heading: Heading): Promise<Pen> {
  const scan = await segment.scan(heading, FRAMES_AT, false);
  const last = scan.frames.at(-1);
  return { segment, heading, end: scan.end, frames: scan.frames.length, seq: last?.toSeq ?? heading.startSeq, revision: last?.revision ?? 0, damaged: scan.damaged, torn: scan.torn, cutShortTo: scan.cutShortTo };
}

/** Takes in what another tab has written behind the place that was known. */
export async function catchUp(pen: Pen): Promise<Pen> {
  if (pen.torn || pen.segment.blankAt(pen.end)) return pen;
  const scan = await pen.segment.scan(pen.heading, pen.end, false);
  return { ...pen, end: scan.end, frames: pen.frames + scan.frames.length, seq: scan.frames.at(-1)?.toSeq ?? pen.seq, revision: scan.frames.at(-1)?.revision ?? pen.revision, damaged: pen.damaged + scan.damaged, torn: scan.torn, cutShortTo: scan.cutShortTo };
}

export const fits = (pen: Pen, payload: number): boolean => pen.end + frameBytes(payload) <= pen.segment.limit;

export async function write(pen: Pen, frame: JournalFrame): Promise<Pen> {
  if (pen.torn) pen.segment.blankFrom(pen.end);
  const gapped = pen.heading.gapped || frame.fromSeq > pen.seq;
  const heading = { ...pen.heading, gapped };
  try {
    if (gapped && !pen.heading.gapped) pen.segment.writeHeading(heading);
    const end = await pen.segment.append(pen.heading.id, frame, pen.end);
    return { ...pen, heading, end, frames: pen.frames + 1, seq: frame.toSeq, revision: frame.revision, torn: false, cutShortTo: null };
  } catch (error) {
    // Half a frame may lie there: the next append takes it away.
    throw new BrokenWrite({ ...pen, torn: true }, error);
  }
}

/** A frame that could not be written whole. */
export class BrokenWrite extends Error {
  override readonly name = "BrokenWrite";

  constructor(
    readonly pen: Pen,
    cause: unknown,
  ) {
    super("broken write", { cause });
  }
}

/** Marks the segment as full. */
export function seal(pen: Pen): void {
  pen.segment.writeHeading({ ...pen.heading, state: "sealed", used: pen.end, frames: pen.frames });
}

/** Takes a spare segment into use. */
export async function takeUp(folder: Folder, spare: number, as: Pick<Heading, "generation" | "previous" | "complete" | "gapped" | "startSeq">, revision = 0): Promise<Pen> {
  const segment = await folder.open(spare);
  const was = segment.heading();
  if (was?.state !== "spare") {
    segment.close();
    throw new Error("not a spare segment");
  }
  const heading: Heading = { ...was, ...as, state: "in-use" };
  segment.writeHeading(heading);
  return { segment, heading, end: FRAMES_AT, frames: 0, seq: as.startSeq, revision, damaged: 0, torn: false, cutShortTo: null };
}

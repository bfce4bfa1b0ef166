import type { Failure } from "../domain/errors.ts";
import type { Result } from "../domain/result.ts";

/** Where a journal's files lie, and how large they are. */
export interface JournalPlace {
  /** Storage bucket whose files these are; the origin's own where buckets have none. */
  readonly bucket: string;
  /** Folder below its root. */
  readonly folder: string;
  /** Web Lock that orders the writers of several tabs. */
  readonly lockName: string;
  /** Bytes of one segment, made before they are needed. */
  readonly segmentBytes: number;
  /** Segments kept ready beyond the one in use. */
  readonly spares: number;
  /** Names of files kept ready beyond the spares: a name alone takes no space, and is on the disk long before it is needed. */
  readonly names: number;
  /** How long a file's name is not relied on, milliseconds: a new name reaches the disk later than what is flushed into the file. */
  readonly nameSettlesMs: number;
  /** Upper limit of the bucket; the browser's own limit when absent. For tests. */
  readonly quotaBytes?: number;
}

/** One write-set as bytes. Sequence numbers of the log's head before and after, and the store's revision after it. */
export interface JournalFrame {
  readonly fromSeq: number;
  readonly toSeq: number;
  readonly revision: number;
  readonly payload: Uint8Array<ArrayBuffer>;
}

/** The end of the journal, found without reading more than its last segment. */
export interface JournalEnd {
  readonly seq: number;
  /** Of the store, with the last frame; 0 where its segment has none yet. */
  readonly revision: number;
  /** Whether something is known to be missing between two frames, or before the first. */
  readonly gapped: boolean;
  readonly segments: number;
  /** Bytes of all files, spares included. */
  readonly bytes: number;
  /** Frames and segments found broken so far. */
  readonly damaged: number;
  /** Where the last frame was cut short and tells how far it went: the head it would have led to. */
  readonly cutShortTo: number | null;
  /** Bytes that can be appended with no new space. */
  readonly room: number;
}

/** Where reading goes on: a segment and a place in it. */
export interface JournalCursor {
  readonly file: number;
  readonly offset: number;
}

/** A stretch of the journal. `next` is null at its end. */
export interface JournalStretch {
  readonly frames: readonly JournalFrame[];
  readonly damaged: number;
  readonly next: JournalCursor | null;
}

export type JournalWorkerFailure = Failure<"journal/full" | "journal/failed" | "journal/unsupported">;

type Answer<T> = Promise<Result<T, JournalWorkerFailure>>;

/** The journal's files, in a worker of their own: only workers may write files in place and flush them. */
export interface JournalWorker {
  /** Opens the files or makes the first ones. Before anything else. */
  open(place: JournalPlace): Answer<JournalEnd>;
  end(): Answer<JournalEnd>;
  /** Makes sure that so many bytes of payload can be appended with no new space. */
  reserve(bytes: number): Answer<{ readonly room: number }>;
  /** Resolves when the bytes are flushed. */
  append(frame: JournalFrame): Answer<{ readonly room: number }>;
  /**
   * Reads on from a place, at most one segment.
   *
   * @param from null for the beginning
   * @param afterSeq segments before the beginning's end at this head of the log are passed by
   */
  read(from: JournalCursor | null, afterSeq: number): Answer<JournalStretch>;
  /** Looks at every segment's heading and length, and at the links between them, without reading what they hold. */
  inspect(): Answer<{ readonly segments: number; readonly damaged: number }>;
  /** Begins anew beside what is there. Appends go on as before meanwhile. Refused while another tab does it. */
  beginRewrite(): Answer<{ readonly started: boolean }>;
  addToRewrite(frame: JournalFrame): Answer<void>;
  /** Copies what was appended meanwhile, and puts the new segments in force in one step. */
  finishRewrite(): Answer<void>;
  abandonRewrite(): Answer<void>;
  /** Makes missing spares and takes away what no longer serves. */
  prepareAhead(): Answer<{ readonly room: number }>;
  close(): Promise<void>;
}

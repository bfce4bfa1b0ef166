import type { Failure } from "../../../domain/errors.ts";
import type { Result } from "../../../domain/result.ts";

/** Rows that one commit wrote, as they lie in the database: sealed, and with no key that opens them. */
export interface WriteSet {
  /** Sequence number of the log's head before and after. */
  readonly fromSeq: number;
  readonly toSeq: number;
  /** The store's revision after it: grows with every commit, also one that appends nothing. */
  readonly revision: number;
  /** Tables that are emptied before: the rows that follow are all they hold. */
  readonly clears?: readonly string[];
  readonly puts: readonly { readonly table: string; readonly rows: readonly unknown[] }[];
  readonly deletes: readonly { readonly table: string; readonly keys: readonly JournalKey[] }[];
}

/** A primary key. */
export type JournalKey = string | number | readonly (string | number)[];

export type JournalFailure = Failure<"journal/full" | "journal/failed" | "journal/unsupported">;

/** What the second copy's end looks like. */
export interface JournalTail {
  /** Head of the log after the last whole write-set; 0 for an empty journal. */
  readonly seq: number;
  /** Of the store, after the last write-set; 0 where that cannot be told without reading more. */
  readonly revision: number;
  /** Whether write-sets are known to be missing before the end: it is to be rewritten. */
  readonly gapped: boolean;
  /** Head of the log that a last, cut-short frame was meant to lead to; null where there is none. */
  readonly cutShortTo: number | null;
  readonly segments: number;
  readonly bytes: number;
  /** Frames that were broken, cut short or doubled, before the end. The last one cut short by a power cut is not among them. */
  readonly damaged: number;
}

/** The second copy of the store, in files beside the database: an append-only journal of write-sets. */
export interface Journal {
  readonly supported: boolean;
  tail(): Promise<Result<JournalTail, JournalFailure>>;
  /** Makes sure that a write-set will find its space: before the database is written, so that a full disk refuses both. */
  reserve(set: WriteSet): Promise<Result<void, JournalFailure>>;
  /** Resolves when the bytes are flushed. Only while the store's lock is held. */
  append(set: WriteSet): Promise<Result<void, JournalFailure>>;
  /** Looks at all segments from the outside: what is missing, cut short or has no heading. */
  inspect(): Promise<Result<{ readonly segments: number; readonly damaged: number }, JournalFailure>>;
  /**
   * Every whole write-set after this sequence number, in order; 0 for all. Segments that end before it are not read.
   */
  replay(afterSeq: number, each: (set: WriteSet) => Promise<void>): Promise<Result<{ readonly sets: number; readonly damaged: number }, JournalFailure>>;
  /**
   * Begins anew with this content, followed by what is appended meanwhile, and takes the old segments away afterwards.
   * False when another tab is at it: nothing was done.
   */
  rewrite(sets: AsyncIterable<WriteSet>): Promise<Result<boolean, JournalFailure>>;
  /** Makes the segments of the next day, so that their names are durable before they are needed. */
  prepareAhead(): Promise<Result<void, JournalFailure>>;
  /** Lets go of its files, and of a worker that hangs; the next step opens them anew. */
  restart(): void;
  /** For good: every step fails from here on, also one under way. */
  close(): void;
}

/** What a commit needs of the second copy. */
export interface CommitJournal extends Pick<Journal, "supported" | "reserve" | "append" | "close"> {
  /**
   * Takes a write-set back that the database did not take, now or before the next one is written. A page that ends before
   * leaves it there: written, and not acknowledged.
   */
  retract(undo: () => Promise<WriteSet>): Promise<boolean>;
}

import type { Failure } from "../../../domain/errors.ts";
import type { Result } from "../../../domain/result.ts";

/** Rows that one commit wrote, as they lie in the database: sealed, and with no key that opens them. */
export interface WriteSet {
  /** Sequence number of the log's head before and after. */
  readonly fromSeq: number;
  readonly toSeq: number;
  readonly puts: readonly { readonly table: string; readonly rows: readonly unknown[] }[];
  readonly deletes: readonly { readonly table: string; readonly keys: readonly (string | number)[] }[];
}

export type JournalFailure = Failure<"journal/full" | "journal/failed" | "journal/unsupported">;

/** What the second copy's end looks like. */
export interface JournalTail {
  /** Head of the log after the last whole write-set; 0 for an empty journal. */
  readonly seq: number;
  readonly segments: number;
  readonly bytes: number;
  /** Frames that were broken, cut short or doubled, before the end. The last one cut short by a power cut is not among them. */
  readonly damaged: number;
}

/** The second copy of the store, in files beside the database: an append-only journal of write-sets. */
export interface Journal {
  readonly supported: boolean;
  tail(): Promise<Result<JournalTail, JournalFailure>>;
  /** Resolves when the bytes are flushed. Only while the store's lock is held. */
  append(set: WriteSet): Promise<Result<void, JournalFailure>>;
  /** Every whole write-set after this sequence number, in order; 0 for all. */
  replay(afterSeq: number, each: (set: WriteSet) => Promise<void>): Promise<Result<{ readonly sets: number; readonly damaged: number }, JournalFailure>>;
  /** Begins anew with this content, and takes the old segments away afterwards. */
  rewrite(sets: AsyncIterable<WriteSet>): Promise<Result<void, JournalFailure>>;
  /** Makes the segments of the next day, so that their names are durable before they are needed. */
  prepareAhead(): Promise<Result<void, JournalFailure>>;
  close(): void;
}

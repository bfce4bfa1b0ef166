/** A sealed run of log entries: its bytes never change, so that every attempt to send it has the same id. */
export interface Segment {
  /** `<device>:<first seq, 12 digits>:<sha256 hex of kind + "." + c>` */
  readonly _id: string;
  readonly kind: "seg";
  /** Encrypted, signed entries, base64url without padding; at most 16 KiB before encoding. */
  readonly c: string;
}

export type SegmentOutcome = "stored" | "quarantined";

export interface OutboxCounts {
  /** Log entries that no segment holds yet, and those in segments not yet stored by the hub. */
  readonly waitingEntries: number;
  readonly quarantinedSegments: number;
}

/** Segments on their way to the hub. Every write is strict. */
export interface SegmentQueue {
  /** Oldest first, at most `maxDocuments` and `maxBytes` of JSON in all; one at least, where there is one. */
  pending(maxDocuments: number, maxBytes: number): Promise<readonly Segment[]>;
  /** What became of segments, in one step. One that is settled already stays as it is. */
  settle(outcomes: ReadonlyMap<string, SegmentOutcome>): Promise<void>;
}

/** The entries on their way to the hub. */
export interface Outbox extends SegmentQueue {
  /** Seals the entries that no segment holds yet, 1 to 24 a segment. */
  seal(): Promise<void>;
  /** Puts the segments that were refused back among the pending ones: another token may be let in with them. */
  release(): Promise<void>;
  counts(): Promise<OutboxCounts>;
}

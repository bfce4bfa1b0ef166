/** A sealed run of log entries: its bytes never change, so that every attempt to send it has the same id. */
export interface Segment {
  /** `<device>:<first seq, 12 digits>:<sha256 hex of kind + "." + c>` */
  readonly _id: string;
  readonly kind: "seg";
  /** Encrypted, signed entries, base64url without padding; at most 16 KiB before encoding. */
  readonly c: string;
}

export interface OutboxCounts {
  /** Log entries that no segment holds yet, and those in segments not yet stored by the hub. */
  readonly waitingEntries: number;
  readonly quarantinedSegments: number;
}

/** The entries on their way to the hub. Every write is strict. */
export interface Outbox {
  /** Seals the entries that no segment holds yet, 1 to 24 a segment. */
  seal(): Promise<void>;
  /** Oldest first, at most `maxDocuments` and `maxBytes` in all. */
  pending(maxDocuments: number, maxBytes: number): Promise<readonly Segment[]>;
  settle(id: string, outcome: "stored" | "quarantined"): Promise<void>;
  counts(): Promise<OutboxCounts>;
}

import type { Segment, SegmentOutcome, SegmentQueue } from "../../../app/ports/outbox.ts";
import type { SyncRows, TokenSeal } from "../sync-store.ts";

/** A queue that forgets nothing and keeps nothing on disk. */
export class MemoryQueue implements SegmentQueue {
  readonly settled = new Map<string, SegmentOutcome>();

  constructor(readonly segments: readonly Segment[]) {}

  pending(maxDocuments: number, maxBytes: number): Promise<readonly Segment[]> {
    const waiting = this.segments.filter(({ _id }) => !this.settled.has(_id)).slice(0, maxDocuments);
    let bytes = 0;
    return Promise.resolve(waiting.filter(({ c }, i) => (bytes += c.length) <= maxBytes || i === 0));
  }

  settle(outcomes: ReadonlyMap<string, SegmentOutcome>): Promise<void> {
    for (const [id, outcome] of outcomes) this.settled.set(id, outcome);
    return Promise.resolve();
  }
}

/** Seals nothing. */
export const PLAIN_TOKENS: TokenSeal = {
  seal: (token) => Promise.resolve(new TextEncoder().encode(token)),
  open: (sealed) => Promise.resolve(new TextDecoder().decode(sealed)),
};

export class MemoryRows implements SyncRows {
  readonly #rows = new Map<string, unknown>();

  get(key: string): Promise<{ readonly value: unknown } | undefined> {
    return Promise.resolve(this.#rows.has(key) ? { value: this.#rows.get(key) } : undefined);
  }

  put({ key, value }: { readonly key: string; readonly value: unknown }): Promise<void> {
    this.#rows.set(key, structuredClone(value));
    return Promise.resolve();
  }

  delete(key: string): Promise<void> {
    this.#rows.delete(key);
    return Promise.resolve();
  }
}

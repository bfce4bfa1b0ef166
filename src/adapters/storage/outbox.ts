import type { Outbox, OutboxCounts, Segment } from "../../app/ports/outbox.ts";
import type { Clock } from "../../domain/clock.ts";
import type { DeviceKey } from "../crypto/device-keys.ts";
import { fitting, MOST_ENTRIES, sealSegment } from "../crypto/segments.ts";
import type { OutgoingEntry } from "../crypto/segments.ts";
import type { PunchDatabase } from "./database.ts";
import type { KeyRing } from "./key-ring.ts";
import { openEntry } from "./log-codec.ts";
import { StoredSegments } from "./stored-segments.ts";

export interface SealingOptions {
  readonly database: PunchDatabase;
  readonly clock: Pick<Clock, "wall">;
  /** Opens the log's entries. */
  readonly ring: KeyRing;
  /** Signs the segments. */
  readonly device: DeviceKey;
  /** X25519 public key, 32 bytes, of those who may read them; null before set-up. */
  administrationKey(): Uint8Array | null;
}

/** {@link Outbox} on the store: seals what the log holds, beyond the last segment. */
export class SealingOutbox extends StoredSegments implements Outbox {
  readonly #options: SealingOptions;
  /** Entries that cannot be opened: the segments leave them out, and nobody waits for them. */
  readonly #unreadable = new Set<number>();
  #counted: { readonly pending: number; readonly sealedUpTo: number; readonly entries: number } | null = null;

  constructor(options: SealingOptions) {
    super(options.database, options.clock);
    this.#options = options;
  }

  async seal(): Promise<void> {
    const administrationKey = this.#options.administrationKey();
    if (administrationKey === null) return;
    for (;;) {
      const sealedUpTo = await this.#sealedUpTo();
      const entries = await this.#entriesAfter(sealedUpTo);
      if (entries.length === 0) return;
      const run = entries.slice(0, fitting(entries));
      const segment = await sealSegment(this.#options.device, administrationKey, run);
      await this.#keep(segment, sealedUpTo, run);
    }
  }

  async release(): Promise<void> {
    const { segments } = this.database;
    await this.database.transaction("rw", segments, async () => {
      const rows = await segments.where("state").equals("quarantined").toArray();
      await segments.bulkPut(rows.map(({ _id, kind, c, firstSeq, lastSeq, sealedAtMs }) => ({ _id, kind, c, firstSeq, lastSeq, sealedAtMs, state: "pending" as const })));
    });
  }

  async counts(): Promise<OutboxCounts> {
    const { segments, log } = this.database;
    return this.database.transaction("r", segments, log, async () => {
      const [pending, quarantinedSegments, sealedUpTo] = await Promise.all([segments.where("state").equals("pending").count(), segments.where("state").equals("quarantined").count(), this.#sealedUpTo()]);
      if (this.#counted?.pending !== pending || this.#counted.sealedUpTo !== sealedUpTo) {
        let entries = 0;
        await segments.where("state").equals("pending").each(({ firstSeq, lastSeq }) => (entries += lastSeq - firstSeq + 1));
        this.#counted = { pending, sealedUpTo, entries };
      }
      const unsealed = await log.where("seq").above(sealedUpTo).count();
      const unreadable = [...this.#unreadable].filter((seq) => seq > sealedUpTo).length;
      return { waitingEntries: this.#counted.entries + unsealed - unreadable, quarantinedSegments };
    });
  }

  /** Fixes the segment's bytes, unless another tab has sealed the same entries in the meantime. */
  async #keep({ _id, kind, c }: Segment, sealedUpTo: number, run: readonly OutgoingEntry[]): Promise<void> {
    const [first, last] = [run.at(0), run.at(-1)];
    if (first === undefined || last === undefined) return;
    const { segments } = this.database;
    const sealedAtMs = Math.round(this.clock.wall());
    await this.database.transaction("rw", segments, async () => {
      if ((await this.#sealedUpTo()) !== sealedUpTo) return;
      await segments.add({ _id, kind, c, firstSeq: first.seq, lastSeq: last.seq, state: "pending", sealedAtMs });
    });
  }

  async #sealedUpTo(): Promise<number> {
    return (await this.database.segments.orderBy("firstSeq").last())?.lastSeq ?? 0;
  }

  /** Up to 24 entries in an unbroken run: it ends before one that is missing or cannot be opened. */
  async #entriesAfter(seq: number): Promise<readonly OutgoingEntry[]> {
    const run: OutgoingEntry[] = [];
    for (let after = seq; ; ) {
      const rows = await this.database.log.where("seq").above(after).limit(MOST_ENTRIES).toArray();
      for (const row of rows) {
        const opened = await openEntry(this.#options.ring, row);
        const previous = run.at(-1);
        if (!opened.ok) this.#unreadable.add(row.seq);
        if (!opened.ok || (previous !== undefined && row.seq !== previous.seq + 1)) {
          if (run.length > 0) return run;
          after = row.seq;
          continue;
        }
        const { headerBytes, salt, bodyBytes } = opened.value;
        run.push({ seq: row.seq, header: headerBytes, content: salt === null || bodyBytes === null ? null : { salt, body: bodyBytes } });
      }
      if (run.length > 0 || rows.length === 0) return run;
    }
  }
}

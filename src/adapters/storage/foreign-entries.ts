import { decode } from "cborg";
import { parseBody, parseHeader, receiptOf } from "../../domain/attendance/entries.ts";
import type { Entry } from "../../domain/attendance/entries.ts";
import type { ExactEntry } from "../../domain/backup/frames.ts";
import { leafHashOf } from "../../domain/log/merkle.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { canonicalBytes } from "../crypto/digest.ts";
import { openRecord, sealRecord } from "../crypto/record-keys.ts";
import type { NamedKey, Place } from "../crypto/record-keys.ts";
import { DEVICE_RECORDS } from "./key-ring.ts";
import type { EntryKeys } from "./key-ring.ts";
import { utcDayOf } from "./log-codec.ts";

/** An entry of another device's log as it lies on disk. */
export interface ForeignRow {
  readonly log: string;
  readonly seq: number;
  readonly utcDay: number;
  readonly leaf: Uint8Array<ArrayBuffer>;
  /** Under the device's record key: header, subject, and the body's own envelope or null. */
  readonly envelope: Uint8Array<ArrayBuffer>;
}

/**
 * Seals entries of other devices' logs as the own log's are: each body lies under the record key of whom it is about, so that
 * it can be read by whoever may and goes when the record is erased.
 */
export class ForeignEntries {
  /** @param store bound into the envelopes: what lies in one store opens in no other */
  constructor(
    private readonly store: string,
    private readonly ring: EntryKeys,
  ) {}

  async seal(log: string, [header, salt, body, subject]: ExactEntry): Promise<ForeignRow> {
    const parsed = parseHeader(decode(header));
    const device = await keyIn(this.ring, DEVICE_RECORDS);
    if (!parsed || !device) throw new Error("an entry cannot be sealed");
    // Whoever was erased has no key any more: the entry stays in its chain, without its content.
    const key = subject === null ? device : await keyIn(this.ring, subject);
    const place = this.#placeOf(log, parsed.seq);
    const inner = key && salt && body ? await sealRecord(this.ring.tenant, key, this.#bodyPlaceOf(log, parsed.seq), canonicalBytes([salt, body])) : null;
    const envelope = await sealRecord(this.ring.tenant, device, place, canonicalBytes([header, subject, inner]));
    return { log, seq: parsed.seq, utcDay: utcDayOf(parsed.wallMs), leaf: new Uint8Array(leafHashOf(header)), envelope };
  }

  /** Null when it cannot be opened at all; without salt and body where they cannot. */
  async exact(row: ForeignRow, ring: EntryKeys = this.ring): Promise<ExactEntry | null> {
    const device = await keyIn(ring, DEVICE_RECORDS);
    const outer = device && (await openRecord(ring.tenant, device, this.#placeOf(row.log, row.seq), row.envelope));
    if (!outer?.ok) return null;
    const [header, subject, inner] = decode(outer.value) as [Uint8Array, PersonId | null, Uint8Array | null];
    const key = subject === null ? device : await keyIn(ring, subject);
    if (inner === null || !key) return [header, null, null, subject];
    const body = await openRecord(ring.tenant, key, this.#bodyPlaceOf(row.log, row.seq), inner);
    if (!body.ok) return [header, null, null, subject];
    const [salt, bytes] = decode(body.value) as [Uint8Array, Uint8Array];
    return [header, salt, bytes, subject];
  }

  async entry(row: ForeignRow, ring: EntryKeys = this.ring): Promise<Entry | null> {
    const exact = await this.exact(row, ring);
    const header = exact && parseHeader(decode(exact[0]));
    if (!exact || !header) return null;
    const [, , body, subject] = exact;
    return { header, leaf: row.leaf, receipt: receiptOf(header.seq, row.leaf), subject, content: body === null ? null : parseBody(header.type, decode(body)) };
  }

  #placeOf(log: string, seq: number): Place {
    return { store: this.store, recordId: `${log}/${String(seq)}`, schema: 1 };
  }

  #bodyPlaceOf(log: string, seq: number): Place {
    return { ...this.#placeOf(log, seq), store: `${this.store}-body` };
  }
}

async function keyIn(ring: EntryKeys, id: string): Promise<NamedKey | null> {
  const found = await ring.find(id);
  return found.ok ? found.value : null;
}

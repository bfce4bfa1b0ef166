import { createRecordKey, unwrapIndexKey, unwrapRecordKey } from "../crypto/record-keys.ts";
import type { NamedKey, OpenFailure } from "../crypto/record-keys.ts";
import { ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { PunchDatabase, RecordKeyRow } from "./database.ts";

/** Record key of everything that is nobody's: entry headers, attempts, outages, settings. */
export const DEVICE_RECORDS = "device";
const INDEX = "index";

/** The record keys, unwrapped when they are first needed. */
export class KeyRing {
  readonly #opened = new Map<string, NamedKey>();

  constructor(
    private readonly database: PunchDatabase,
    readonly tenant: string,
    readonly epochKey: NamedKey,
  ) {}

  /** Makes the keys of a new store, unless they are there. */
  async prepare(): Promise<void> {
    if ((await this.database.recordKeys.count()) > 0) return;
    const rows: RecordKeyRow[] = [];
    for (const id of [DEVICE_RECORDS, INDEX]) rows.push((await this.make(id)).row);
    await this.database.transaction("rw", this.database.recordKeys, async () => {
      if ((await this.database.recordKeys.count()) === 0) await this.database.recordKeys.bulkAdd(rows);
    });
    this.#opened.clear();
  }

  /** A new key and the row that keeps it. It is used only after {@link KeyRing.keep}. */
  async make(id: string): Promise<{ readonly key: NamedKey; readonly row: RecordKeyRow }> {
    const { key, wrapped } = await createRecordKey(this.tenant, this.epochKey, id);
    return { key, row: { id, epoch: this.epochKey.epoch, envelope: wrapped } };
  }

  keep(key: NamedKey): void {
    this.#opened.set(key.id, key);
  }

  forget(id: string): void {
    this.#opened.delete(id);
  }

  /** Null when there is no such key, or no longer. */
  async find(id: string): Promise<Result<NamedKey | null, OpenFailure>> {
    const opened = this.#opened.get(id);
    if (opened) return ok(opened);
    const row = await this.database.recordKeys.get(id);
    return row ? this.open(row) : ok(null);
  }

  /** Unwraps a row that was read already. */
  async open(row: RecordKeyRow): Promise<Result<NamedKey, OpenFailure>> {
    const opened = this.#opened.get(row.id);
    if (opened) return ok(opened);
    const key = await unwrapRecordKey(this.tenant, this.epochKey, row.id, row.envelope);
    if (key.ok) this.#opened.set(row.id, key.value);
    return key;
  }

  /** The key of blind indices; null when it is gone. */
  async indexKey(): Promise<CryptoKey | null> {
    const row = await this.database.recordKeys.get(INDEX);
    if (!row) return null;
    const key = await unwrapIndexKey(this.tenant, this.epochKey, INDEX, row.envelope);
    return key.ok ? key.value : null;
  }
}

import { createRecordKey, unwrapForTransfer, unwrapIndexKey, unwrapRecordKey } from "../crypto/record-keys.ts";
import type { NamedKey, OpenFailure } from "../crypto/record-keys.ts";
import { failure } from "../../domain/errors.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { EpochKeys } from "./key-store.ts";
import type { RecordKeyRow } from "./keys-database.ts";

/** Record key of everything that is nobody's: entry headers, attempts, outages, settings. */
export const DEVICE_RECORDS = "device";
export const INDEX = "index";

/** What an entry is opened with. */
export interface EntryKeys {
  readonly tenant: string;
  /** Null when there is no such key, or no longer, or not for whoever reads. */
  find(id: string): Promise<Result<NamedKey | null, OpenFailure>>;
}

/** The device's own record keys, unwrapped when they are first needed. */
export class KeyRing implements EntryKeys {
  readonly #opened = new Map<string, NamedKey>();
  #keys: EpochKeys;

  constructor(
    readonly tenant: string,
    keys: EpochKeys,
  ) {
    this.#keys = keys;
  }

  get epochKey(): NamedKey {
    return this.#keys.epochKey;
  }

  /** The keys of another epoch are in force. Record keys stay what they are, only otherwise wrapped; some may be gone. */
  take(keys: EpochKeys): void {
    this.#keys = keys;
    this.#opened.clear();
  }

  /** A new key, the row that keeps it, and the same key for wrapping it for others. It is used only after {@link KeyRing.keep}. */
  async make(id: string): Promise<{ readonly key: NamedKey; readonly transferable: CryptoKey; readonly row: RecordKeyRow }> {
    const { key, transferable, wrapped } = await createRecordKey(this.tenant, this.epochKey, id);
    return { key, transferable, row: { id, born: this.epochKey.epoch, envelope: wrapped } };
  }

  keep(key: NamedKey): void {
    this.#opened.set(key.id, key);
  }

  async find(id: string): Promise<Result<NamedKey | null, OpenFailure>> {
    const opened = this.#opened.get(id);
    if (opened) return ok(opened);
    const row = await this.#keys.vault.recordKeys.get(id);
    return row ? this.open(row) : ok(null);
  }

  /** Unwraps a row that was read already. */
  async open(row: RecordKeyRow): Promise<Result<NamedKey, OpenFailure>> {
    const opened = this.#opened.get(row.id);
    if (opened) return ok(opened);
    const key = await unwrapRecordKey(this.tenant, this.epochKey, row.id, row.envelope, row.born);
    if (key.ok) this.#opened.set(row.id, key.value);
    return key;
  }

  /** For wrapping it by another key, and nothing else. */
  async transferable(row: RecordKeyRow): Promise<Result<CryptoKey, OpenFailure>> {
    return unwrapForTransfer(this.tenant, this.epochKey, row.id, row.envelope);
  }

  /** The key of blind indices. */
  async indexKey(): Promise<Result<CryptoKey, OpenFailure>> {
    const row = await this.#keys.vault.recordKeys.get(INDEX);
    return row ? unwrapIndexKey(this.tenant, this.epochKey, INDEX, row.envelope) : err(failure("envelope/refused", "no key"));
  }
}

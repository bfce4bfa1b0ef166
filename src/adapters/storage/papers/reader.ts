import { Dexie } from "dexie";
import type { Paper, PaperQuery, RecordRing } from "../../../app/ports/store.ts";
import { ok } from "../../../domain/result.ts";
import type { Result } from "../../../domain/result.ts";
import { contentKeyOf, openContentKey } from "../../crypto/record-keys.ts";
import type { NamedKey, OpenFailure } from "../../crypto/record-keys.ts";
import type { PunchDatabase } from "../database.ts";
import { mentions } from "../failures.ts";
import { DEVICE_RECORDS } from "../key-ring.ts";
import type { EntryKeys, KeyRing } from "../key-ring.ts";
import type { ContentKeyRow, KeysDatabase } from "../keys-database.ts";
import type { Quarantine } from "../quarantine.ts";
import { RoleRing } from "../role-ring.ts";
import { sideBySide } from "../side-by-side.ts";
import { NOBODY, openPaper, PART, partIds } from "./codec.ts";
import type { DamagedPaper, PaperRow } from "./codec.ts";

/** Papers looked at between two looks at whether to stop. */
const STEP = 16;

/** Reads papers, with the device's own keys or with those of roles. */
export class PaperReader {
  constructor(
    private readonly database: PunchDatabase,
    private readonly ring: KeyRing,
    private readonly quarantine: Quarantine,
    /** The keys' bucket of the epoch in force. */
    private readonly vault: () => KeysDatabase,
  ) {}

  /** By kind in the order asked, then by the day until which they count. */
  async find({ kinds, subject, fromUtcDay }: PaperQuery, ring?: RecordRing): Promise<readonly Paper[]> {
    const { papers } = this.database;
    const from = fromUtcDay ?? Dexie.minKey;
    const rows: PaperRow[] = [];
    for (const kind of new Set(kinds)) {
      const found = subject === undefined
        ? papers.where("[kind+untilUtcDay]").between([kind, from], [kind, Dexie.maxKey], true, true)
        : papers.where("[personId+kind+untilUtcDay]").between([subject, kind, from], [subject, kind, Dexie.maxKey], true, true);
      rows.push(...(await found.toArray()));
    }
    const opened = new Map<string, Paper>();
    const keys = keysOf(ring);
    await sideBySide(rows, async (row) => {
      const paper = await this.#open(row, keys);
      if (paper) opened.set(row.id, paper);
    });
    return rows.flatMap(({ id }) => opened.get(id) ?? []);
  }

  async one(id: string, ring?: RecordRing): Promise<Paper | null> {
    const row = await this.database.papers.get(id);
    return row && row.kind !== PART ? this.#open(row, keysOf(ring)) : null;
  }

  /** Opens everything there is, so that damage is found. */
  async readThrough(signal: AbortSignal): Promise<void> {
    const ids = (await this.database.papers.toCollection().primaryKeys()).filter((id) => !id.includes("/"));
    for (let start = 0; start < ids.length; start += STEP) {
      signal.throwIfAborted();
      for (const id of ids.slice(start, start + STEP)) await this.one(id);
    }
  }

  /**
   * Every paper with the device's keys, as all of them were at this moment. Only what lies in parts is read as it is asked
   * for: files, which are never changed.
   */
  async all(): Promise<AsyncIterable<Paper>> {
    const rows = await this.database.papers.where("[kind+untilUtcDay]").between([Dexie.minKey, Dexie.minKey], [Dexie.maxKey, Dexie.maxKey]).filter(({ kind }) => kind !== PART).toArray();
    return this.#opened(rows);
  }

  async *#opened(rows: readonly PaperRow[]): AsyncGenerator<Paper, void, undefined> {
    for (const row of rows) {
      const paper = await this.#open(row, null);
      if (paper) yield paper;
    }
  }

  /** @param keys the device's own when null */
  async #open(row: PaperRow, keys: EntryKeys | null): Promise<Paper | null> {
    const key = await (keys ?? this.ring).find(row.personId === NOBODY ? DEVICE_RECORDS : row.personId);
    // Nobody has it, or whoever reads has not: it is not theirs to see.
    if (!key.ok || !key.value) return null;
    const opener = await this.#keyOf(row, key.value);
    if (!opener.ok) return this.#damaged({ id: row.id, there: true, failure: opener.error }, row, keys);
    // Destroyed by itself: that it was there is for whoever cites it to say.
    if (opener.value === null) return null;
    const parts = row.parts === 0 ? [] : await this.database.papers.bulkGet(partIds(row));
    const opened = await openPaper(this.ring.tenant, opener.value, row, parts);
    return opened.ok ? opened.value : this.#damaged(opened.error, row, keys);
  }

  /** The record key, or the paper's own; null where that is gone. */
  async #keyOf({ envelope }: PaperRow, recordKey: NamedKey): Promise<Result<NamedKey | null, OpenFailure>> {
    const id = contentKeyOf(envelope);
    if (id === null) return ok(recordKey);
    const row = await this.#contentKey(id);
    return row === undefined ? ok(null) : openContentKey(this.ring.tenant, recordKey, id, row.envelope);
  }

  /** A turn of the epoch closes the bucket that it came from: what is being read then is read from the next. */
  async #contentKey(id: string): Promise<ContentKeyRow | undefined> {
    const vault = this.vault();
    try {
      return await vault.contentKeys.get(id);
    } catch (error) {
      if (!mentions(error, "DatabaseClosedError") || this.vault() === vault) throw error;
      return this.#contentKey(id);
    }
  }

  async #damaged(damage: DamagedPaper, row: PaperRow, keys: EntryKeys | null): Promise<null> {
    if (keys === null) await this.#putAside(damage);
    // The role's key may be at fault: the device's own says whether the paper is.
    else await this.#open(row, null);
    return null;
  }

  async #putAside({ id, there, failure }: DamagedPaper): Promise<void> {
    try {
      await this.quarantine.put("papers", id, failure.kind, there ? [{ table: "papers", id }] : []);
    } catch (error) {
      // Closed while it was read.
      if (!mentions(error, "DatabaseClosedError")) throw error;
    }
  }
}

function keysOf(ring: RecordRing | undefined): EntryKeys | null {
  if (ring === undefined) return null;
  if (!(ring instanceof RoleRing)) throw new Error("a ring of another store");
  return ring;
}

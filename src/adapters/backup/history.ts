import { decode } from "cborg";
import type { History, LogSource, RestoreStage, StagedLog } from "../../app/backup/ports.ts";
import type { RecordRing } from "../../app/ports/store.ts";
import { Pauses } from "../../app/pauses.ts";
import { parseBody, parseHeader, receiptOf } from "../../domain/attendance/entries.ts";
import type { Entry } from "../../domain/attendance/entries.ts";
import { ENTRIES_PER_FRAME } from "../../domain/backup/frames.ts";
import type { ExactEntry } from "../../domain/backup/frames.ts";
import { leafHashOf } from "../../domain/log/merkle.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { canonicalBytes } from "../crypto/digest.ts";
import { openRecord, sealRecord } from "../crypto/record-keys.ts";
import type { NamedKey, Place } from "../crypto/record-keys.ts";
import { openBucket } from "../storage/bucket.ts";
import { DEVICE_RECORDS } from "../storage/key-ring.ts";
import type { EntryKeys } from "../storage/key-ring.ts";
import { utcDayOf } from "../storage/log-codec.ts";
import { RoleRing } from "../storage/role-ring.ts";
import { Rows } from "./rows.ts";

const DATABASE = "clockface-history";
const STORES = { logs: [], entries: [{ name: "day", on: "utcDay" }], progress: [] } as const;

/** A log that was taken over, or is being taken over. */
interface LogRow extends StagedLog {
  readonly key: string;
  /** Id of the content that it came with. */
  readonly of: string;
  /** Only what is whole is seen. */
  readonly whole: boolean;
}

interface EntryRow {
  readonly log: string;
  readonly seq: number;
  readonly utcDay: number;
  readonly leaf: Uint8Array<ArrayBuffer>;
  /** Under the device's record key: header, subject, and the body's own envelope or null. */
  readonly envelope: Uint8Array<ArrayBuffer>;
}

/**
 * Logs of other devices in a bucket beside the store: read-only. Each body lies under the record key of whom it is about,
 * as in the tablet's own log, so that it can be read by whoever may and goes when the record is erased.
 */
export class BucketHistory implements History {
  #rows: Rows | null = null;

  constructor(
    private readonly prefix: string,
    private readonly ring: EntryKeys,
  ) {}

  async settle(id: string, stage: RestoreStage, onProgress: (done: number, total: number) => void): Promise<void> {
    const rows = await this.#open();
    const staged = await stage.logs();
    const logs = new Map(staged.map((log): [number, LogRow] => [log.index, { ...log, key: `${id.slice(0, 16)}:${String(log.index)}`, of: id, whole: false }]));
    await this.#dropUnfinished(rows, id);
    await rows.write([...logs.values()].map((log) => ({ store: "logs", key: log.key, value: log })));
    const total = await stage.chunks();
    const settled = await rows.get("progress", id);
    const pauses = new Pauses();
    for (let number = typeof settled === "number" ? settled : 0; number < total; number++) {
      await pauses.ifDue();
      const { index, entries } = await stage.chunk(number);
      const log = logs.get(index);
      if (!log) throw new Error("a log is missing");
      const sealed = await Promise.all(entries.map((entry) => this.#seal(log.key, entry)));
      await rows.write([...sealed.map((row) => ({ store: "entries", key: [row.log, row.seq], value: row })), { store: "progress", key: id, value: number + 1 }]);
      onProgress(number + 1, total);
    }
    await rows.write(
      [...logs.values()].map((log) => ({ store: "logs", key: log.key, value: { ...log, whole: true } })),
      [{ store: "progress", key: id }],
    );
  }

  async logs(): Promise<readonly LogSource[]> {
    return (await this.#whole()).map((log) => this.#source(log));
  }

  async entries(fromUtcDay: number, toUtcDay: number, ring?: RecordRing): Promise<readonly (readonly Entry[])[]> {
    if (ring !== undefined && !(ring instanceof RoleRing)) throw new Error("a ring of another store");
    const logs = await this.#whole();
    if (logs.length === 0) return [];
    const rows = (await (await this.#open()).byIndex("entries", "day", IDBKeyRange.bound(fromUtcDay, toUtcDay))) as readonly EntryRow[];
    const pauses = new Pauses();
    const lists: Entry[][] = [];
    for (const { key, shownFrom } of logs) {
      const entries: Entry[] = [];
      for (const row of rows) {
        if (row.log !== key || row.seq <= shownFrom) continue;
        await pauses.ifDue();
        const entry = await this.#entry(row, ring ?? this.ring);
        if (entry) entries.push(entry);
      }
      lists.push(entries.sort((a, b) => a.header.seq - b.header.seq));
    }
    return lists;
  }

  close(): void {
    this.#rows?.close();
    this.#rows = null;
  }

  #source({ key, log, checkpoints, coSignatures }: LogRow): LogSource {
    return {
      log,
      checkpoints: () => Promise.resolve(checkpoints),
      coSignatures: () => Promise.resolve(coSignatures),
      entries: () => this.#exact(key, log.upToSeq),
      leafAt: async (seq) => ((await (await this.#open()).get("entries", [key, seq])) as EntryRow | undefined)?.leaf ?? null,
    };
  }

  async *#exact(key: string, length: number): AsyncGenerator<readonly ExactEntry[], void, undefined> {
    const pauses = new Pauses();
    for (let first = 1; first <= length; first += ENTRIES_PER_FRAME) {
      const last = Math.min(first + ENTRIES_PER_FRAME - 1, length);
      const rows = (await (await this.#open()).all("entries", IDBKeyRange.bound([key, first], [key, last]))) as readonly EntryRow[];
      if (rows.length !== last - first + 1) throw new Error("entries are missing");
      const entries: ExactEntry[] = [];
      for (const row of rows) {
        await pauses.ifDue();
        const opened = await this.#openRow(row, this.ring);
        if (!opened) throw new Error("an entry cannot be opened");
        entries.push(opened);
      }
      yield entries;
    }
  }

  async #seal(log: string, [header, salt, body, subject]: ExactEntry): Promise<EntryRow> {
    const parsed = parseHeader(decode(header));
    const device = await keyIn(this.ring, DEVICE_RECORDS);
    if (!parsed || !device) throw new Error("an entry cannot be sealed");
    // Whoever was erased has no key any more: the entry stays in its chain, without its content.
    const key = subject === null ? device : await keyIn(this.ring, subject);
    const place = placeOf(log, parsed.seq);
    const inner = key && salt && body ? await sealRecord(this.ring.tenant, key, { ...place, store: "history-body" }, canonicalBytes([salt, body])) : null;
    const envelope = await sealRecord(this.ring.tenant, device, place, canonicalBytes([header, subject, inner]));
    return { log, seq: parsed.seq, utcDay: utcDayOf(parsed.wallMs), leaf: new Uint8Array(leafHashOf(header)), envelope };
  }

  async #openRow(row: EntryRow, ring: EntryKeys): Promise<ExactEntry | null> {
    const device = await keyIn(ring, DEVICE_RECORDS);
    const outer = device && (await openRecord(ring.tenant, device, placeOf(row.log, row.seq), row.envelope));
    if (!outer?.ok) return null;
    const [header, subject, inner] = decode(outer.value) as [Uint8Array, PersonId | null, Uint8Array | null];
    const key = subject === null ? device : await keyIn(ring, subject);
    if (inner === null || !key) return [header, null, null, subject];
    const body = await openRecord(ring.tenant, key, { ...placeOf(row.log, row.seq), store: "history-body" }, inner);
    if (!body.ok) return [header, null, null, subject];
    const [salt, bytes] = decode(body.value) as [Uint8Array, Uint8Array];
    return [header, salt, bytes, subject];
  }

  async #entry(row: EntryRow, ring: EntryKeys): Promise<Entry | null> {
    const exact = await this.#openRow(row, ring);
    const header = exact && parseHeader(decode(exact[0]));
    if (!exact || !header) return null;
    const [, , body, subject] = exact;
    return { header, leaf: row.leaf, receipt: receiptOf(header.seq, row.leaf), subject, content: body === null ? null : parseBody(header.type, decode(body)) };
  }

  async #whole(): Promise<readonly LogRow[]> {
    return ((await (await this.#open()).all("logs")) as readonly LogRow[]).filter(({ whole }) => whole);
  }

  /** What another restore began and never came to an end with. */
  async #dropUnfinished(rows: Rows, id: string): Promise<void> {
    const logs = ((await rows.all("logs")) as readonly LogRow[]).filter(({ whole, of }) => !whole && of !== id);
    await rows.write(
      [],
      logs.flatMap(({ key, of }) => [
        { store: "entries", key: IDBKeyRange.bound([key, 0], [key, Number.MAX_SAFE_INTEGER]) },
        { store: "logs", key },
        { store: "progress", key: of },
      ]),
    );
  }

  async #open(): Promise<Rows> {
    this.#rows ??= await Rows.open(await openBucket(`${this.prefix}history`), DATABASE, STORES);
    return this.#rows;
  }
}

async function keyIn(ring: EntryKeys, id: string): Promise<NamedKey | null> {
  const found = await ring.find(id);
  return found.ok ? found.value : null;
}

const placeOf = (log: string, seq: number): Place => ({ store: "history", recordId: `${log}/${String(seq)}`, schema: 1 });

import type { History, LogSource, RestoreStage, StagedLog } from "../../app/backup/ports.ts";
import type { RecordRing } from "../../app/ports/store.ts";
import { Pauses } from "../../app/pauses.ts";
import type { Entry } from "../../domain/attendance/entries.ts";
import { ENTRIES_PER_FRAME } from "../../domain/backup/frames.ts";
import type { ExactEntry } from "../../domain/backup/frames.ts";
import { openBucket } from "../storage/bucket.ts";
import { ForeignEntries } from "../storage/foreign-entries.ts";
import type { ForeignRow } from "../storage/foreign-entries.ts";
import type { EntryKeys } from "../storage/key-ring.ts";
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

/**
 * Logs of other devices in a bucket beside the store: read-only. Each body lies under the record key of whom it is about,
 * as in the tablet's own log, so that it can be read by whoever may and goes when the record is erased.
 */
export class BucketHistory implements History {
  readonly #sealed: ForeignEntries;
  #rows: Rows | null = null;

  constructor(
    private readonly prefix: string,
    ring: EntryKeys,
  ) {
    this.#sealed = new ForeignEntries("history", ring);
  }

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
      const sealed = await Promise.all(entries.map((entry) => this.#sealed.seal(log.key, entry)));
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
    const rows = (await (await this.#open()).byIndex("entries", "day", IDBKeyRange.bound(fromUtcDay, toUtcDay))) as readonly ForeignRow[];
    const pauses = new Pauses();
    const lists: Entry[][] = [];
    for (const { key, shownFrom } of logs) {
      const entries: Entry[] = [];
      for (const row of rows) {
        if (row.log !== key || row.seq <= shownFrom) continue;
        await pauses.ifDue();
        const entry = await this.#sealed.entry(row, ring);
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
      leafAt: async (seq) => ((await (await this.#open()).get("entries", [key, seq])) as ForeignRow | undefined)?.leaf ?? null,
    };
  }

  async *#exact(key: string, length: number): AsyncGenerator<readonly ExactEntry[], void, undefined> {
    const pauses = new Pauses();
    for (let first = 1; first <= length; first += ENTRIES_PER_FRAME) {
      const last = Math.min(first + ENTRIES_PER_FRAME - 1, length);
      const rows = (await (await this.#open()).all("entries", IDBKeyRange.bound([key, first], [key, last]))) as readonly ForeignRow[];
      if (rows.length !== last - first + 1) throw new Error("entries are missing");
      const entries: ExactEntry[] = [];
      for (const row of rows) {
        await pauses.ifDue();
        const opened = await this.#sealed.exact(row);
        if (!opened) throw new Error("an entry cannot be opened");
        entries.push(opened);
      }
      yield entries;
    }
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

import type { RecordRing } from "../../app/ports/store.ts";
import type { Entry } from "../../domain/attendance/entries.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { LogRow, PunchDatabase } from "./database.ts";
import type { KeyRing } from "./key-ring.ts";
import { openEntry } from "./log-codec.ts";
import type { Quarantine } from "./quarantine.ts";
import { RoleRing } from "./role-ring.ts";
import { sideBySide } from "./side-by-side.ts";

/** Opened entries kept in memory, about 3 KiB each: a busy day of a large site. What is older is opened again when it is read. */
const ENTRY_CACHE = 2_000;

/** Reads the log, with the device's own keys or with those of roles. */
export class EntryReader {
  readonly #opened = new Map<number, Entry>();

  constructor(
    private readonly database: PunchDatabase,
    private readonly ring: KeyRing,
    private readonly quarantine: Quarantine,
  ) {}

  /**
   * In their order.
   *
   * @param about what is about anybody else is not opened
   */
  async ofDays(fromUtcDay: number, toUtcDay: number, ring?: RecordRing, about?: PersonId): Promise<readonly Entry[]> {
    const rows = await this.database.log.where("utcDay").between(fromUtcDay, toUtcDay, true, true).toArray();
    return (await this.#open(rows, ring, about)).sort((a, b) => a.header.seq - b.header.seq);
  }

  /** Newest first. */
  async latest(limit: number, before: number, ring?: RecordRing): Promise<readonly Entry[]> {
    const rows = await this.database.log.where("seq").below(before).reverse().limit(limit).toArray();
    return (await this.#open(rows, ring)).sort((a, b) => b.header.seq - a.header.seq);
  }

  /** Opens an entry, or tells of it in the quarantine. It stays in the log: a chain is not repaired by a hole. */
  async one(row: LogRow, about?: PersonId): Promise<Entry | null> {
    const kept = this.#opened.get(row.seq);
    if (kept) return isAbout(kept, about) ? kept : { ...kept, content: null };
    const opened = await openEntry(this.ring, row, about);
    if (!opened.ok || opened.value.bodyFailure) {
      await this.quarantine.put("log", String(row.seq), opened.ok ? (opened.value.bodyFailure?.kind ?? "") : opened.error.kind);
    }
    if (!opened.ok) return null;
    if (isAbout(opened.value.entry, about)) this.remember(opened.value.entry);
    return opened.value.entry;
  }

  remember(entry: Entry): void {
    this.#opened.set(entry.header.seq, entry);
    if (this.#opened.size <= ENTRY_CACHE) return;
    const [oldest] = this.#opened.keys();
    if (oldest !== undefined) this.#opened.delete(oldest);
  }

  /** Some of what was opened may have lost its key. */
  forget(): void {
    this.#opened.clear();
  }

  async #open(rows: readonly LogRow[], ring: RecordRing | undefined, about?: PersonId): Promise<Entry[]> {
    if (ring !== undefined && !(ring instanceof RoleRing)) throw new Error("a ring of another store");
    const entries: Entry[] = [];
    await sideBySide(rows, async (row) => {
      const entry = ring ? await ofRole(row, ring, about) : await this.one(row, about);
      if (entry) entries.push(entry);
    });
    return entries;
  }
}

/** Nothing that was opened with other keys comes in here: what the role cannot unwrap, it does not read. */
async function ofRole(row: LogRow, ring: RoleRing, about: PersonId | undefined): Promise<Entry | null> {
  const opened = await openEntry(ring, row, about);
  return opened.ok ? opened.value.entry : null;
}

/** About that person or about nobody; any is where none is named. */
const isAbout = ({ subject }: Entry, about: PersonId | undefined): boolean => about === undefined || subject === null || subject === about;

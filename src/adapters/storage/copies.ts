import type { Copies, CopiesStatus, FoundLoss } from "../../app/ports/copies.ts";
import { Subject } from "../../app/observable.ts";
import type { JournalPlace } from "../../contracts/journal.ts";
import type { EntryDraft } from "../../domain/attendance/entries.ts";
import type { Clock, EpochMs } from "../../domain/clock.ts";
import type { Background } from "./background.ts";
import { checkCopies, headPlace, noteCopied, noteSure, rewriteSecond } from "./boot-check.ts";
import type { Loss } from "./boot-check.ts";
import type { LogRow, PunchDatabase } from "./database.ts";
import type { EncryptedStore } from "./encrypted-store.ts";
import { withLock } from "./locks.ts";
import { openEntry } from "./log-codec.ts";
import { changeNote, readNote } from "./journal/note.ts";
import { JOURNAL_DEFAULTS } from "./journal/opfs-journal.ts";
import type { OpfsJournal } from "./journal/opfs-journal.ts";
import { SecondCopy } from "./journal/second-copy.ts";
import { restoreQuarantined } from "./quarantine-restore.ts";
import { fillHoles, scrub } from "./scrub.ts";
import { turnLogOver } from "./turn-log.ts";

/** Below this the second copy is never written anew for its length, bytes. */
const SHORT_BYTES = 64 * 1024 * 1024;
/** How many times as long as what it describes it may grow. */
const GROWN = 4;
/** Entries since both copies were surely the same, after which the first one's log is begun anew at a quiet moment. */
const FAR_BEHIND = 4_000;
/** Starts at which the second copy's files cannot be read before they make way for new ones. */
const GIVEN_UP_AFTER = 3;
/** A step at most holds up the store for so many entries of a look at their size. */
const SAMPLE = 64;

export interface CopiesOptions {
  readonly database: PunchDatabase;
  readonly clock: Clock;
  readonly prefix: string;
  readonly place: JournalPlace;
  /** Writes there; it is closed with the copies. */
  readonly journal: OpfsJournal;
  readonly background: Background;
  /** When the log may be turned over after a start. */
  readonly settled: Promise<void>;
  /** See {@link turnLogOver}. */
  readonly fillBytes?: number;
}

/** Where the second copy lies. @param other another size or limit, for tests */
export function journalPlace(prefix: string, other: Partial<JournalPlace> = {}): JournalPlace {
  return { ...JOURNAL_DEFAULTS, bucket: `${prefix}journal`, lockName: `clockface-${prefix}journal`, ...other };
}

/** Keeps the two copies of the store together. */
export class StoreCopies implements Copies {
  readonly status = new Subject<CopiesStatus>({ second: "whole", losses: [], scrubbedAt: null });
  /** What commits write to. */
  readonly second: SecondCopy;

  readonly #options: CopiesOptions;
  readonly #journal: OpfsJournal;
  readonly #lockName: string;
  #store: EncryptedStore | null = null;
  #found: readonly Loss[] = [];
  #scrubFrom = 1;
  #owesTurn = false;

  constructor(options: CopiesOptions) {
    const { prefix, journal } = options;
    this.#options = options;
    this.#lockName = `clockface-${prefix}log`;
    this.#journal = journal;
    this.second = new SecondCopy(this.#journal);
  }

  /**
   * Brings both together, before anything is read of the first.
   *
   * @returns entries that one of them held at least
   */
  async check(): Promise<number> {
    const { database } = this.#options;
    const checked = await withLock(this.#lockName, () => checkCopies(database, this.#journal));
    const { losses } = checked;
    // Names that were lost once are lost again at every start: the browser's own list of them is torn. Another bucket has another list.
    if (losses.some(({ copy, what }) => copy === "B" && what === "empty")) await this.#discard();
    if (checked.failed !== null && checked.entries > 0) await this.#unread();
    if (checked.failed === null) await changeNote(database, (note) => (note.unreadable === 0 ? note : { ...note, unreadable: 0 }));
    if (checked.second === "failed") this.second.giveUp();
    // Until the second one has everything, the first has to be whole by itself before anything is acknowledged.
    if (checked.second !== "whole" && checked.entries > 0) await this.#turnOver();
    else if (checked.entries > 0) this.#owesTurn = true;
    this.#found = losses;
    const note = await readNote(database);
    this.status.next({ second: checked.second, losses: note.untold, scrubbedAt: note.scrubbedAtMs as EpochMs | null });
    return checked.entries;
  }

  /** Tells the log what was found, and puts back rows that could not be read. In a store that was just opened. */
  async opened(store: EncryptedStore): Promise<void> {
    this.#store = store;
    await this.#tell(this.#found);
    this.#found = [];
    await this.#restore();
    const { background, settled } = this.#options;
    if (this.#owesTurn) void settled.then(() => background.start(() => this.#turnOver()));
    if (this.status.value.second === "filling") background.start(() => this.#rewrite());
    else if (this.second.supported) background.start(() => this.#journal.prepareAhead());
    if (!store.settings && this.second.supported) this.#noteFirst(store);
  }

  async acknowledge(): Promise<void> {
    await changeNote(this.#options.database, (note) => ({ ...note, untold: [] }));
    this.status.next({ ...this.status.value, losses: [] });
  }

  async tend(): Promise<void> {
    if (!this.second.supported) return;
    await this.#journal.prepareAhead();
    await this.#copyProof();
    const tail = await this.#journal.tail();
    if (tail.ok && tail.value.seq > 0 && this.status.value.second === "whole") await noteCopied(this.#options.database);
    await this.#keepNear();
    if (!tail.ok || tail.value.bytes < SHORT_BYTES) return;
    if (tail.value.bytes > GROWN * (await this.#describedBytes())) await this.#rewrite();
  }

  async scrub(signal: AbortSignal): Promise<void> {
    const store = this.#store;
    const { database, clock } = this.#options;
    if (!store) return;
    const done = await scrub({ database, journal: this.#journal, read: (row) => this.#read(store, row), readPapers: (stop) => store.readPapersThrough(stop) }, this.#scrubFrom, signal);
    this.#scrubFrom = done.stoppedAt ?? 1;
    const missing = done.back + done.lost.length;
    if (missing > 0) await this.#tell([{ copy: "A", what: "entries missing", found: missing, rebuilt: done.back, lost: done.lost.length }]);
    if (done.stoppedAt !== null) return;
    await this.#restore();
    if (done.secondDamaged > 0) {
      await this.#tell([{ copy: "B", what: "damaged", found: done.secondDamaged, rebuilt: done.secondDamaged, lost: 0 }]);
      await this.#rewrite();
    }
    const scrubbedAt = Math.round(clock.wall()) as EpochMs;
    await changeNote(database, (note) => ({ ...note, scrubbedAtMs: scrubbedAt }));
    this.status.next({ ...this.status.value, scrubbedAt });
  }

  close(): void {
    this.#store = null;
    this.#journal.close();
  }

  /** Checkpoints and co-signatures are written between commits: the second copy has them within a look. */
  async #copyProof(): Promise<void> {
    const { database } = this.#options;
    const { provenUpTo } = await readNote(database);
    await withLock(this.#lockName, async () => {
      const head = await database.meta.get("head");
      const [checkpoints, cosignatures] = await Promise.all([database.checkpoints.where("size").above(provenUpTo).toArray(), database.cosignatures.filter(({ size }) => size > provenUpTo).toArray()]);
      const puts = [{ table: "checkpoints", rows: checkpoints }, { table: "cosignatures", rows: cosignatures }].filter(({ rows }) => rows.length > 0);
      if (head?.key !== "head" || puts.length === 0) return;
      const copied = await this.second.append({ fromSeq: head.seq, toSeq: head.seq, revision: head.revision ?? 0, puts, deletes: [] });
      // The newest one is copied again the next time: a witness may sign it later.
      const before = checkpoints.at(-2)?.size ?? provenUpTo;
      if (copied.ok) await changeNote(database, (note) => ({ ...note, provenUpTo: Math.max(note.provenUpTo, before) }));
    });
  }

  /** From set-up on there is something to lose. */
  #noteFirst(store: EncryptedStore): void {
    const stop = store.subscribe(() => {
      if (!store.settings) return;
      stop();
      // At the latest the next start notes it.
      this.#options.background.start(() => noteCopied(this.#options.database));
    });
  }

  /** Notes what does not open, so that it is looked for in the second copy. */
  async #read(store: EncryptedStore, row: LogRow): Promise<void> {
    const opened = await openEntry(store.ring, row);
    if (!opened.ok || opened.value.bodyFailure) await store.latest(1, row.seq + 1);
  }

  async #restore(): Promise<void> {
    const store = this.#store;
    if (!store) return;
    const { back, hopeless } = await restoreQuarantined(this.#options.database, this.#journal);
    if (back.length > 0) await store.reload();
    const still = (await store.quarantined()).filter((row) => back.some(({ store: table, id }) => table === row.store && id === row.id));
    if (back.length > 0) await this.#tell([{ copy: "A", what: "unreadable rows", found: back.length, rebuilt: back.length - still.length, lost: still.length }]);
    const drafts = hopeless.map(({ store: table, kind }): EntryDraft => ({ type: "quarantined", subject: null, body: { store: table, kind } }));
    if (drafts.length > 0) await store.exclusively(() => store.commit({ entries: drafts }));
  }

  /** In the log, and for the next administrator who signs in. */
  async #tell(losses: readonly Loss[]): Promise<void> {
    const store = this.#store;
    if (!store || losses.length === 0) return;
    const at = Math.round(this.#options.clock.wall()) as EpochMs;
    await store.exclusively(() => store.commit({ entries: losses.map((body): EntryDraft => ({ type: "data-loss", subject: null, body })) }));
    const untold = losses.map((loss): FoundLoss => ({ ...loss, at }));
    await changeNote(this.#options.database, (note) => ({ ...note, untold: [...note.untold, ...untold] }));
    this.status.next({ ...this.status.value, losses: [...this.status.value.losses, ...untold] });
  }

  /**
   * Has the first copy's log begun anew. What was in both before lies in files then that no tear reaches, and is not compared
   * again at the next start.
   */
  async #turnOver(): Promise<void> {
    const { database } = this.#options;
    this.#owesTurn = false;
    try {
      const sure = await headPlace(database);
      if ((await turnLogOver(database, this.#options.fillBytes)) && this.status.value.second === "whole") await noteSure(database, sure);
    } catch {
      // The store was closed: the next start does it.
    }
  }

  /** After a long time without a start, the next one has not all of it to compare. */
  async #keepNear(): Promise<void> {
    const { database } = this.#options;
    const { sure } = await readNote(database);
    const { seq } = await headPlace(database);
    if (this.status.value.second === "whole" && seq - (sure?.seq ?? 0) > FAR_BEHIND) await this.#turnOver();
  }

  /**
   * Files that could not be read at several starts make way for new ones; the first copy is whole by itself then. Before
   * that they stay: they may know more than the first one does.
   */
  async #unread(): Promise<void> {
    const { database } = this.#options;
    const { unreadable } = await readNote(database);
    if (unreadable + 1 >= GIVEN_UP_AFTER) await this.#discard();
    await changeNote(database, (note) => ({ ...note, unreadable: unreadable + 1 >= GIVEN_UP_AFTER ? 0 : unreadable + 1 }));
  }

  /** From a first copy that lacks nothing which the second still has. */
  async #rewrite(): Promise<void> {
    this.status.next({ ...this.status.value, second: "filling" });
    const { database } = this.#options;
    try {
      const back = await fillHoles(database, this.#journal);
      if (back > 0) await this.#tell([{ copy: "A", what: "entries missing", found: back, rebuilt: back, lost: 0 }]);
      const done = await rewriteSecond(database, this.#journal);
      if (done) this.#owesTurn = true;
      this.status.next({ ...this.status.value, second: done ? "whole" : "failed" });
      if (done) await this.#journal.prepareAhead();
      if (this.#owesTurn) await this.#turnOver();
    } catch {
      // The store was closed, or its disk is full: the next start finds the copy as it is now.
      this.status.next({ ...this.status.value, second: "failed" });
    }
  }

  /** Files that cannot be opened at all make way for new ones. Only with buckets: nothing else lies in this one. */
  async #discard(): Promise<boolean> {
    this.#journal.restart();
    const buckets = navigator.storageBuckets;
    if (!buckets) return false;
    await buckets.delete(this.#options.place.bucket).catch(() => undefined);
    return true;
  }

  /** About how long a journal of nothing but what there is now would be. */
  async #describedBytes(): Promise<number> {
    const { log, people, standings, papers } = this.#options.database;
    let bytes = 0;
    for (const table of [log, people, standings, papers]) {
      const [count, some] = await Promise.all([table.count(), table.limit(SAMPLE).toArray()]);
      const sampled = some.reduce((sum, { envelope }) => sum + envelope.length + SAMPLE, 0);
      bytes += some.length === 0 ? 0 : (sampled / some.length) * count;
    }
    return bytes;
  }
}

import { counted, NO_COUNTS } from "../../domain/backup/frames.ts";
import type { BackupCounts, BackupFrame, BackupHead, BackupLog, BackupPaper, TemplateParcel, Tombstone } from "../../domain/backup/frames.ts";
import { LogCheck } from "../../domain/backup/log-check.ts";
import { failure } from "../../domain/errors.ts";
import type { Checkpoint, CoSignature } from "../../domain/log/types.ts";
import { parseErasures } from "../../domain/people/erasure.ts";
import type { ErasureBook } from "../../domain/people/erasure.ts";
import { parseStoredPerson } from "../../domain/people/stored.ts";
import type { StoredPerson } from "../../domain/people/stored.ts";
import { parseRole, parseUser } from "../../domain/people/users.ts";
import type { RoleRecord, UserRecord } from "../../domain/people/users.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { SiteSettings } from "../api/administration.ts";
import type { RestoreFailure } from "../api/backup.ts";
import { Pauses } from "../pauses.ts";
import { PAPER_KINDS } from "../ports/store.ts";
import type { AdministratorRecord, Paper } from "../ports/store.ts";
import type { BackupContainer, HistoryEntry, IsSigned, StoredShapes } from "./ports.ts";

/** What is kept of a log while its entries go by. */
export interface ReadLog {
  /** Place in the backup: 0 for the device's own. */
  readonly index: number;
  readonly log: BackupLog;
  readonly checkpoints: readonly Checkpoint[];
  readonly coSignatures: readonly CoSignature[];
  /** Sequence numbers of the punches. */
  readonly punches: readonly number[];
  /** Null for a number that the log does not have. */
  leafAt(seq: number): Uint8Array | null;
}

/** A backup that was read to its end, with every check passed. */
export interface ReadBackup {
  readonly head: BackupHead;
  readonly settings: SiteSettings;
  readonly keeper: AdministratorRecord | null;
  readonly people: readonly StoredPerson[];
  readonly users: readonly UserRecord[];
  readonly roles: readonly RoleRecord[];
  readonly erasures: ErasureBook;
  readonly tombstones: readonly Tombstone[];
  /** The device's own first. */
  readonly logs: readonly ReadLog[];
  readonly parcels: readonly TemplateParcel[];
  readonly counts: BackupCounts;
  readonly hash: Uint8Array;
}

export interface Reading {
  readonly container: BackupContainer;
  readonly shapes: StoredShapes;
  readonly isSigned: IsSigned;
}

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Entries as they go by, followed and found in order. */
  readonly onEntries?: (log: ReadLog, entries: readonly HistoryEntry[]) => Promise<void>;
  /** Papers as they go by, their shape alone checked. */
  readonly onPapers?: (papers: readonly Paper[]) => Promise<void>;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Reads a file from its first byte to its last and checks all that can be checked without a store: see {@link ReadBackup}. */
export async function readBackup(reading: Reading, file: Blob, identity: string, options: ReadOptions = {}): Promise<Result<ReadBackup, RestoreFailure>> {
  const reader = new Reader(reading, options);
  for await (const frame of reading.container.read(file, identity, options.signal)) {
    if (!frame.ok) return frame;
    const taken = await reader.take(frame.value);
    if (!taken.ok) return taken;
  }
  return reader.finish();
}

interface OpenLog {
  readonly index: number;
  readonly log: BackupLog;
  readonly checkpoints: Checkpoint[];
  readonly coSignatures: CoSignature[];
  readonly punches: number[];
  readonly leaves: Leaves;
  /** Made with the first entry: all checkpoints come before. */
  check: LogCheck | null;
}

class Reader {
  readonly #reading: Reading;
  readonly #options: ReadOptions;
  readonly #pauses = new Pauses();
  readonly #people: StoredPerson[] = [];
  readonly #users: UserRecord[] = [];
  readonly #roles: RoleRecord[] = [];
  readonly #tombstones: Tombstone[] = [];
  readonly #parcels: TemplateParcel[] = [];
  readonly #logs: OpenLog[] = [];
  #head: BackupHead | null = null;
  #settings: SiteSettings | null = null;
  #keeper: AdministratorRecord | null = null;
  #erasures: ErasureBook | null = null;
  #counts = NO_COUNTS;
  #hash: Uint8Array | null = null;

  constructor(reading: Reading, options: ReadOptions) {
    this.#reading = reading;
    this.#options = options;
  }

  async take(frame: BackupFrame): Promise<Result<void, RestoreFailure>> {
    this.#counts = counted(this.#counts, frame);
    const [kind, content] = frame;
    switch (kind) {
      case "head":
        this.#head = content;
        return ok();
      case "settings":
        return this.#kept((this.#settings = this.#reading.shapes.settings(content)), kind);
      case "keeper":
        return this.#kept((this.#keeper = this.#reading.shapes.keeper(content)), kind);
      case "erasures":
        return this.#kept((this.#erasures = parseErasures(content)), kind);
      case "people":
        return this.#all(content, parseStoredPerson, this.#people, kind);
      case "users":
        return this.#all(content, parseUser, this.#users, kind);
      case "roles":
        return this.#all(content, parseRole, this.#roles, kind);
      case "papers":
        return this.#papers(content);
      case "tombstones":
        this.#tombstones.push(...content);
        return ok();
      case "templates":
        this.#parcels.push(content);
        return ok();
      case "log":
        return this.#begin(content);
      case "checkpoints":
        return this.#checkpoints(content);
      case "co-signatures":
        return this.#coSignatures(content);
      case "entries":
        return this.#entries(content);
      case "end":
        this.#hash = content.hash;
        return this.#endLog();
    }
  }

  finish(): Result<ReadBackup, RestoreFailure> {
    const [head, settings, hash, own] = [this.#head, this.#settings, this.#hash, this.#logs[0]];
    if (!head || !settings || !hash || !own) return err(failure("backup/malformed", "incomplete"));
    if (own.log.device !== head.device || own.log.upToSeq !== head.upToSeq || settings.siteId !== head.siteId) return err(failure("backup/malformed", "head"));
    if (new Set(this.#people.map(({ person }) => person.id)).size !== this.#people.length) return err(failure("backup/malformed", "people"));
    return ok({
      head,
      settings,
      keeper: this.#keeper,
      people: this.#people,
      users: this.#users,
      roles: this.#roles,
      erasures: this.#erasures ?? { pending: [], done: [], scheduledRunAt: null },
      tombstones: this.#tombstones,
      logs: this.#logs.map((open) => readLog(open)),
      parcels: this.#parcels,
      counts: this.#counts,
      hash,
    });
  }

  #kept(value: unknown, what: string): Result<void, RestoreFailure> {
    return value === null ? err(failure("backup/malformed", what)) : ok();
  }

  #all<T>(values: readonly unknown[], parse: (value: unknown) => T | null, into: T[], what: string): Result<void, RestoreFailure> {
    for (const value of values) {
      const parsed = parse(value);
      if (parsed === null) return err(failure("backup/malformed", what));
      into.push(parsed);
    }
    return ok();
  }

  async #papers(papers: readonly BackupPaper[]): Promise<Result<void, RestoreFailure>> {
    const known: Paper[] = [];
    for (const paper of papers) {
      const kind = PAPER_KINDS.find((one) => one === paper.kind);
      if (kind === undefined || paper.id.includes("/")) return err(failure("backup/malformed", "papers"));
      known.push({ ...paper, kind });
    }
    await this.#options.onPapers?.(known);
    return ok();
  }

  #begin(log: BackupLog): Result<void, RestoreFailure> {
    const ended = this.#endLog();
    if (!ended.ok) return ended;
    this.#logs.push({ index: this.#logs.length, log, checkpoints: [], coSignatures: [], punches: [], leaves: new Leaves(), check: null });
    return ok();
  }

  #endLog(): Result<void, RestoreFailure> {
    const open = this.#logs.at(-1);
    return open ? checkOf(open).finish() : ok();
  }

  async #checkpoints(checkpoints: readonly Checkpoint[]): Promise<Result<void, RestoreFailure>> {
    const open = this.#logs.at(-1);
    if (!open || open.check) return err(failure("backup/malformed", "checkpoints"));
    for (const checkpoint of checkpoints) {
      await this.#pauses.ifDue();
      if (!(await this.#reading.isSigned(checkpoint, open.log.publicKey))) return err(failure("backup/checkpoint-broken", String(checkpoint.size)));
      open.checkpoints.push(checkpoint);
    }
    return ok();
  }

  #coSignatures(coSignatures: readonly CoSignature[]): Result<void, RestoreFailure> {
    const open = this.#logs.at(-1);
    if (!open || open.check) return err(failure("backup/malformed", "co-signatures"));
    open.coSignatures.push(...coSignatures);
    return ok();
  }

  async #entries(entries: Extract<BackupFrame, readonly ["entries", unknown]>[1]): Promise<Result<void, RestoreFailure>> {
    const open = this.#logs.at(-1);
    if (!open) return err(failure("backup/malformed", "entries"));
    await this.#pauses.ifDue();
    const followed = checkOf(open).follow(entries);
    if (!followed.ok) return followed;
    const found = followed.value.flatMap(({ header, leaf }, index): HistoryEntry[] => {
      const exact = entries[index];
      return exact ? [{ header, leaf, exact }] : [];
    });
    for (const { header, leaf } of found) {
      open.leaves.push(leaf);
      if (header.type === "punch") open.punches.push(header.seq);
    }
    await this.#options.onEntries?.(readLog(open), found);
    const { people, entries: done } = this.#counts;
    this.#options.onProgress?.(done, Math.max(this.#logs.reduce((sum, { log }) => sum + log.upToSeq, 0), people));
    return ok();
  }
}

function checkOf(open: OpenLog): LogCheck {
  open.check ??= new LogCheck(open.log, open.checkpoints);
  return open.check;
}

function readLog({ index, log, checkpoints, coSignatures, punches, leaves }: OpenLog): ReadLog {
  return { index, log, checkpoints, coSignatures, punches, leafAt: (seq) => leaves.at(seq) };
}

const HASH_BYTES = 32;
const CHUNK = 1_024;

/** Leaf hashes one after the other: a million are 32 MB. */
class Leaves {
  readonly #chunks: Uint8Array[] = [];
  #length = 0;

  push(leaf: Uint8Array): void {
    const at = this.#length % CHUNK;
    if (at === 0) this.#chunks.push(new Uint8Array(CHUNK * HASH_BYTES));
    this.#chunks.at(-1)?.set(leaf, at * HASH_BYTES);
    this.#length++;
  }

  at(seq: number): Uint8Array | null {
    if (seq < 1 || seq > this.#length) return null;
    const at = ((seq - 1) % CHUNK) * HASH_BYTES;
    return this.#chunks[Math.floor((seq - 1) / CHUNK)]?.slice(at, at + HASH_BYTES) ?? null;
  }
}

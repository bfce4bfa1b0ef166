import { failure } from "../../../domain/errors.ts";
import type { Result } from "../../../domain/result.ts";
import { err, ok } from "../../../domain/result.ts";
import type { CommitJournal, Journal, JournalFailure, WriteSet } from "./journal.ts";

/** What a commit needs of the second copy. */
export class SecondCopy implements CommitJournal {
  /** What must be taken back before anything else is written. */
  #owed: (() => Promise<WriteSet>) | null = null;
  #usable = true;
  #ready: Promise<unknown> = Promise.resolve();

  constructor(private readonly journal: Journal) {}

  get supported(): boolean {
    return this.#usable && this.journal.supported;
  }

  /** It could not be brought into order: recording goes on without it, and the device page says so. */
  giveUp(): void {
    this.#usable = false;
  }

  /** Nothing is written before this has ended, either way. */
  writeAfter(ready: Promise<unknown>): void {
    this.#ready = ready.catch(() => undefined);
  }

  async reserve(set: WriteSet): Promise<Result<void, JournalFailure>> {
    await this.#ready;
    return this.supported ? this.journal.reserve(set) : ok();
  }

  /** After a failure it may lie there or not: whoever asked has it taken back. */
  async append(set: WriteSet): Promise<Result<void, JournalFailure>> {
    if (!this.supported) return ok();
    const settled = await this.#settle();
    return settled.ok ? answered(await this.journal.append(set)) : settled;
  }

  async retract(undo: () => Promise<WriteSet>): Promise<boolean> {
    // While one is owed nothing is written behind it.
    this.#owed ??= undo;
    return (await this.#settle()).ok;
  }

  async #settle(): Promise<Result<void, JournalFailure>> {
    if (!this.#owed || !this.supported) return ok();
    try {
      const settled = answered(await this.journal.append(await this.#owed()));
      if (settled.ok) this.#owed = null;
      return settled;
    } catch (error) {
      return err(failure("journal/failed", error instanceof Error ? error.name : undefined));
    }
  }

  close(): void {
    this.journal.close();
  }
}

/** What this browser cannot do is done without. */
function answered(result: Result<void, JournalFailure>): Result<void, JournalFailure> {
  return !result.ok && result.error.kind === "journal/unsupported" ? ok() : result;
}

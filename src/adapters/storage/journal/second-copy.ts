import type { Result } from "../../../domain/result.ts";
import { ok } from "../../../domain/result.ts";
import type { CommitJournal, Journal, JournalFailure, WriteSet } from "./journal.ts";

/** Write-sets kept for another try while the copy cannot be written; more than that, and the next start fills it. */
const MOST_WAITING = 500;

/** What a commit needs of the second copy. What could not be written before is written first. */
export class SecondCopy implements CommitJournal {
  readonly #waiting: WriteSet[] = [];
  #usable = true;

  constructor(private readonly journal: Journal) {}

  get supported(): boolean {
    return this.#usable && this.journal.supported;
  }

  /** It could not be brought into order: recording goes on without it, and the device page says so. */
  giveUp(): void {
    this.#usable = false;
  }

  reserve(set: WriteSet): Promise<Result<void, JournalFailure>> {
    return this.supported ? this.journal.reserve(set) : Promise.resolve(ok());
  }

  async append(set: WriteSet): Promise<Result<void, JournalFailure>> {
    if (!this.supported) return ok();
    this.#waiting.push(set);
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      const appended = await this.journal.append(next);
      if (!appended.ok) {
        if (this.#waiting.length > MOST_WAITING) this.#waiting.shift();
        return appended.error.kind === "journal/unsupported" ? ok() : appended;
      }
      this.#waiting.shift();
    }
    return ok();
  }

  close(): void {
    this.journal.close();
  }
}

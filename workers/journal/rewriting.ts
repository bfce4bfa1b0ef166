import type { JournalCursor, JournalFrame } from "../../src/contracts/journal.ts";
import type { Folder } from "./folder.ts";
import { BrokenWrite, fits, seal, takeUp, write } from "./generation.ts";
import type { Pen } from "./generation.ts";

/** A generation that is being written beside the one in force. */
export class Rewriting {
  #pen: Pen | null = null;
  #files: number[] = [];

  private constructor(
    /** Where the generation in force ended when this was begun: what comes after is copied at the end. */
    readonly from: JournalCursor,
    private readonly generation: number,
    private readonly make: (payload: number) => Promise<number>,
    private readonly folder: Folder,
    private readonly release: () => void,
  ) {}

  /** Null when another tab is at it. */
  static async begin(lockName: string, pen: Pen, make: (payload: number) => Promise<number>, folder: Folder): Promise<Rewriting | null> {
    const from = { file: pen.segment.number, offset: pen.end };
    const release = await holdLock(lockName);
    return release && new Rewriting(from, pen.heading.generation + 1, make, folder, release);
  }

  async add(frame: JournalFrame): Promise<void> {
    if (!this.#pen || !fits(this.#pen, frame.payload.length)) this.#pen = await this.#next(frame);
    try {
      this.#pen = await write(this.#pen, frame);
    } catch (error) {
      throw error instanceof BrokenWrite ? error.cause : error;
    }
  }

  /** Puts the generation in force. */
  complete(): Pen {
    if (!this.#pen) throw new Error("nothing was rewritten");
    const heading = { ...this.#pen.heading, complete: true };
    this.#pen.segment.writeHeading(heading);
    this.release();
    return { ...this.#pen, heading };
  }

  /** @returns the files that were made and serve no longer */
  abandon(): readonly number[] {
    this.#pen?.segment.close();
    this.#pen = null;
    this.release();
    return this.#files;
  }

  async #next({ fromSeq, payload }: JournalFrame): Promise<Pen> {
    const file = await this.make(payload.length);
    this.#files.push(file);
    const next = await takeUp(this.folder, file, { generation: this.generation, previous: this.#pen?.segment.number ?? 0, complete: false, gapped: false, startSeq: this.#pen?.seq ?? fromSeq });
    if (this.#pen) {
      seal(this.#pen);
      this.#pen.segment.close();
    }
    return next;
  }
}

/** Takes a Web Lock and keeps it; null when somebody has it. */
function holdLock(name: string): Promise<(() => void) | null> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, { ifAvailable: true }, (lock) => {
        if (!lock) {
          resolve(null);
          return undefined;
        }
        return new Promise<void>((release) => resolve(release));
      })
      .catch(reject);
  });
}

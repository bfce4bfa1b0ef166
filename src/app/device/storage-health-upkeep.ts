import type { EpochMs } from "../../domain/clock.ts";
import type { Observable } from "../observable.ts";
import type { Copies } from "../ports/copies.ts";
import type { StorageHealth } from "./storage-health.ts";

/** How often the space is looked at, milliseconds. */
const LOOK_EVERY_MS = 10 * 60_000;
/** After the start, so that nobody waits for it at the door. */
const FIRST_LOOK_MS = 20_000;
/** Everything is read through once in so long, milliseconds. */
const SCRUB_EVERY_MS = 24 * 3_600_000;
/** How long nobody must have used the tablet before it begins, milliseconds. */
const QUIET_MS = 2 * 60_000;

export interface StorageUpkeepParts {
  readonly health: Pick<StorageHealth, "check">;
  readonly copies: Copies;
  /** True while nobody uses the tablet. */
  readonly quiet: Observable<boolean>;
  readonly now: () => EpochMs;
  /** @returns how to take it back */
  readonly after: (delayMs: number, run: () => void) => () => void;
}

/** Looks at the store's space, keeps its second copy ready, and reads everything through each day at a quiet moment. */
export class StorageUpkeep {
  #scrubbing: AbortController | null = null;
  #quietSince: EpochMs | null = null;

  constructor(private readonly parts: StorageUpkeepParts) {}

  start(): void {
    const { quiet, now, after } = this.parts;
    const heard = (still: boolean): void => {
      this.#quietSince = still ? (this.#quietSince ?? now()) : null;
      // Somebody is at the door: what is left is read at the next quiet moment.
      if (!still) this.#scrubbing?.abort();
    };
    heard(quiet.value);
    quiet.subscribe(heard);
    after(FIRST_LOOK_MS, () => void this.#look());
  }

  async #look(): Promise<void> {
    const { health, copies, after } = this.parts;
    try {
      await health.check();
      await copies.tend();
      if (this.#isDue()) await this.#scrub();
    } catch (error) {
      reportError(error);
    } finally {
      after(LOOK_EVERY_MS, () => void this.#look());
    }
  }

  #isDue(): boolean {
    const { copies, now } = this.parts;
    const { scrubbedAt } = copies.status.value;
    const quietFor = this.#quietSince === null ? -1 : now() - this.#quietSince;
    // A clock that was set back does not put it off for ever.
    return quietFor >= QUIET_MS && (scrubbedAt === null || Math.abs(now() - scrubbedAt) >= SCRUB_EVERY_MS);
  }

  async #scrub(): Promise<void> {
    const stop = new AbortController();
    this.#scrubbing = stop;
    try {
      await this.parts.copies.scrub(stop.signal);
    } finally {
      this.#scrubbing = null;
    }
  }
}

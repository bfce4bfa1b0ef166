import type { Observable } from "../../app/observable.ts";
import type { Store } from "../../app/ports/store.ts";
import type { EpochMs } from "../../domain/clock.ts";

const DAY_MS = 86_400_000;
/** Days that an epoch's key is in force at most. */
export const EPOCH_DAYS_AT_MOST = 90;
/** From then on a quiet moment is looked for, days: the tablet may be busy or switched off on the last one. */
const EPOCH_DUE_DAYS = 80;
/** Between two looks at the age, milliseconds. */
const LOOK_EVERY_MS = 3_600_000;

export interface EpochAgeDependencies {
  readonly store: Pick<Store, "epoch" | "now" | "turnEpoch" | "settings"> & {
    /** What can wait for a quiet moment. */
    tidy(): Promise<void>;
  };
  /** True while nobody uses the tablet. */
  readonly quiet: Observable<boolean>;
  readonly scheduler: { after(delayMs: number, run: () => void): () => void };
}

export function isEpochDue({ since }: Store["epoch"], now: EpochMs): boolean {
  return now - since >= EPOCH_DUE_DAYS * DAY_MS;
}

/** Turns the epoch at a quiet moment, before its key gets older than {@link EPOCH_DAYS_AT_MOST} days, and tidies up hourly. */
export class EpochAge {
  #busy = false;
  #cancel: () => void = () => undefined;
  readonly #unsubscribe: () => void;

  constructor(private readonly dependencies: EpochAgeDependencies) {
    this.#unsubscribe = dependencies.quiet.subscribe(() => this.#lookSoon());
    this.#next();
  }

  close(): void {
    this.#cancel();
    this.#unsubscribe();
  }

  /** Quiet comes and goes with everybody who walks past: an old epoch is turned at once, the rest waits for its hour. */
  #lookSoon(): void {
    const { store } = this.dependencies;
    if (isEpochDue(store.epoch, store.now().wallMs)) void this.#look();
  }

  #next(): void {
    this.#cancel = this.dependencies.scheduler.after(LOOK_EVERY_MS, () => {
      void this.#look();
      this.#next();
    });
  }

  /** A turn that fails leaves the epoch as it was; the next look tries again. */
  async #look(): Promise<void> {
    const { store, quiet } = this.dependencies;
    if (this.#busy || !quiet.value || store.settings === null) return;
    this.#busy = true;
    try {
      if (isEpochDue(store.epoch, store.now().wallMs)) await store.turnEpoch({ reason: "age", withoutFaces: [], withoutRecords: [] });
      await store.tidy();
    } catch (error) {
      reportError(error);
    } finally {
      this.#busy = false;
    }
  }
}

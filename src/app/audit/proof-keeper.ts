import type { Store } from "../ports/store.ts";
import type { LogAudit } from "./audit.ts";
import type { Checkpoints } from "./checkpoints.ts";

/** How often the clock alone is asked whether a checkpoint is due. */
const TEND_EVERY_MS = 60_000;
/** Entries that come close together are looked at once: nobody waits at the door for a signature. */
const GATHER_MS = 500;

export interface KeeperDependencies {
  readonly store: Store;
  readonly checkpoints: Checkpoints;
  readonly audit: LogAudit;
  readonly askHub: () => Promise<void>;
  /** Calls again and again until stopped. */
  readonly every: (intervalMs: number, run: () => void) => () => void;
  readonly after: (delayMs: number, run: () => void) => () => void;
}

/** Keeps the proof up: checkpoints when they are due, the hub asked after each, the state read again. */
export class ProofKeeper {
  readonly #dependencies: KeeperDependencies;
  readonly #stops: (() => void)[] = [];
  #gathering: (() => void) | null = null;
  #turn: Promise<void> = Promise.resolve();

  constructor(dependencies: KeeperDependencies) {
    this.#dependencies = dependencies;
  }

  /** The checkpoint of the start, then whatever comes. */
  start(): Promise<void> {
    const { store, checkpoints, every, after } = this.#dependencies;
    this.#stops.push(
      store.subscribe(() => {
        this.#gathering ??= after(GATHER_MS, () => {
          this.#gathering = null;
          void this.#next(() => checkpoints.tend());
        });
      }),
      every(TEND_EVERY_MS, () => void this.#next(() => checkpoints.tend())),
    );
    return this.#next(() => checkpoints.make("boot"));
  }

  stop(): void {
    this.#gathering?.();
    this.#gathering = null;
    for (const stop of this.#stops.splice(0)) stop();
  }

  #next(work: () => Promise<unknown>): Promise<void> {
    const { askHub, audit } = this.#dependencies;
    this.#turn = this.#turn.then(async () => {
      try {
        // Whatever fails here is tried again when the next entry comes, or within a minute.
        await work();
        await askHub();
        await audit.refresh();
      } catch {
        return;
      }
    });
    return this.#turn;
  }
}

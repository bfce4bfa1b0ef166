import type { Attempt } from "../../domain/attendance/types.ts";
import type { Ledger } from "../ports/ledger.ts";
import type { Scheduler } from "./dependencies.ts";

/** A person who was not recognised waits this much longer for the entry to be durable, and no more: below what is noticed as a pause. */
export const ATTEMPT_PATIENCE_MS = 150;
/** Reason under which attempts that are missing from the log are noted in it. */
const LOST_REASON = "ledger/attempts-lost";

/** Writes failed attempts down, and notes in the log itself when some could not be. */
export class AttemptLog {
  readonly #ledger: Pick<Ledger, "attempt" | "outage">;
  readonly #scheduler: Scheduler;
  #lost = 0;

  constructor(ledger: Pick<Ledger, "attempt" | "outage">, scheduler: Scheduler) {
    this.#ledger = ledger;
    this.#scheduler = scheduler;
  }

  /** Resolves when the attempt is durable, or was given up, or patience is over; it goes on being written then. */
  note(kind: Attempt["kind"]): Promise<void> {
    return new Promise((resolve) => {
      const callOff = this.#scheduler.after(ATTEMPT_PATIENCE_MS, resolve);
      void this.#write(kind).then(() => {
        callOff();
        resolve();
      });
    });
  }

  async #write(kind: Attempt["kind"]): Promise<void> {
    const written = (await this.#ledger.attempt(kind)).ok || (await this.#ledger.attempt(kind)).ok;
    if (!written) this.#lost += 1;
    else if (this.#lost > 0) await this.#noteLost();
  }

  async #noteLost(): Promise<void> {
    const lost = this.#lost;
    this.#lost = 0;
    const reason = `${LOST_REASON} ${String(lost)}`;
    const noted = (await this.#ledger.outage("start", reason)).ok && (await this.#ledger.outage("end", reason)).ok;
    if (!noted) this.#lost += lost;
  }
}

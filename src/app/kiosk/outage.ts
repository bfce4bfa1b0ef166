import type { Ledger } from "../ports/ledger.ts";

/** Notes in the ledger when recognition goes down and when it comes back, each once. */
export class OutageLog {
  readonly #ledger: Pick<Ledger, "outage" | "openOutage">;
  /** What the ledger holds: the reason of an outage that has not ended, or null. Undefined before it was looked up: the page may have been killed in the middle of one. */
  #noted: string | null | undefined;
  #wanted: string | null = null;
  #writing: Promise<void> = Promise.resolve();

  constructor(ledger: Pick<Ledger, "outage" | "openOutage">) {
    this.#ledger = ledger;
  }

  /**
   * A second reason while recognition is down adds nothing. What could not be written is tried again with the next
   * change: a ledger that cannot write shows itself as a fault elsewhere.
   *
   * @param reason the failure's kind, or null when recognition works.
   */
  update(reason: string | null): Promise<void> {
    this.#wanted = reason;
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  async #write(): Promise<void> {
    const noted = this.#noted === undefined ? await this.#ledger.openOutage() : this.#noted;
    this.#noted = noted;
    const reason = this.#wanted;
    if ((reason === null) === (noted === null)) return;
    const written = await this.#ledger.outage(reason === null ? "end" : "start", reason ?? noted ?? "");
    if (written.ok) this.#noted = reason;
  }
}

/** One thing that happens at a time, in virtual time. Real time plays no part: the same calls give the same run. */
export class Timeline {
  nowMs = 0;
  readonly #events: { readonly atMs: number; readonly order: number; readonly run: () => void }[] = [];
  #order = 0;
  #running = 0;

  at(atMs: number, run: () => void): void {
    this.#events.push({ atMs: Math.max(atMs, this.nowMs), order: this.#order++, run });
  }

  after(delayMs: number, run: () => void): void {
    this.at(this.nowMs + delayMs, run);
  }

  /** Work that takes steps of its own: time stands still until it has ended or waits in {@link Timeline.waits}. */
  does(work: () => Promise<unknown>): void {
    this.#running++;
    void work().finally(() => this.#running--);
  }

  /** Lets virtual time pass until `begin` calls back. */
  waits<T>(begin: (resume: (value: T) => void) => void): Promise<T> {
    this.#running--;
    return new Promise((resolve) => {
      begin((value) => {
        this.#running++;
        resolve(value);
      });
    });
  }

  /** Runs what was planned, in order, up to that time. */
  async runTo(endMs: number): Promise<void> {
    for (;;) {
      await this.#settle();
      let next = -1;
      for (const [index, event] of this.#events.entries()) {
        const best = this.#events[next];
        if (best === undefined || event.atMs < best.atMs || (event.atMs === best.atMs && event.order < best.order)) next = index;
      }
      const event = this.#events[next];
      if (event === undefined || event.atMs > endMs) break;
      this.#events.splice(next, 1);
      this.nowMs = event.atMs;
      event.run();
    }
    this.nowMs = endMs;
  }

  async #settle(): Promise<void> {
    do await new Promise((resolve) => setImmediate(resolve));
    while (this.#running > 0);
  }
}

/** Work of a store that nobody waits for while it is open. Whatever fails, the next start does again. */
export class Background {
  readonly #underWay = new Set<Promise<unknown>>();
  #closed = false;

  /** Does nothing after {@link close}. */
  start(work: () => Promise<unknown>): void {
    if (this.#closed) return;
    this.follow(work()).catch(() => undefined);
  }

  /** {@link close} waits for this too. */
  follow<T>(work: Promise<T>): Promise<T> {
    const ended = work.then(
      () => undefined,
      () => undefined,
    );
    this.#underWay.add(ended);
    void ended.then(() => this.#underWay.delete(ended));
    return work;
  }

  /** Nothing else is started; resolves when what was under way has ended. */
  async close(): Promise<void> {
    this.#closed = true;
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }
}

/** How long the page may be held up at a stretch, milliseconds: a quarter of what a person notices as a stutter. */
const HOLD_MS = 12;

/** Lets the page breathe when work has gone on for a while. */
export class Pauses {
  #since = performance.now();

  async ifDue(): Promise<void> {
    if (performance.now() - this.#since < HOLD_MS) return;
    await new Promise<void>((resolve) => setTimeout(resolve));
    this.#since = performance.now();
  }
}

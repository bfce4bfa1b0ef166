/** How long the page may be held up at a stretch, milliseconds: a quarter of what a person notices as a stutter. */
const HOLD_MS = 12;

/** Lets the page breathe when work has gone on for a while. */
export class Pauses {
  #since = performance.now();

  async ifDue(): Promise<void> {
    if (performance.now() - this.#since < HOLD_MS) return;
    await breath();
    this.#since = performance.now();
  }
}

/** Safari has no scheduler; its timers wait four milliseconds where `yield` waits for nothing but what is due. */
function breath(): Promise<void> {
  const { scheduler } = globalThis as { readonly scheduler?: { readonly yield?: () => Promise<void> } };
  return scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));
}

/** How long work that can wait holds up a search, milliseconds: well under one frame of the camera. */
const SLICE_MS = 10;

/** Where long work can be cut. */
export interface Pauses {
  next(): Promise<void>;
}

/** Cuts long work in slices, so that messages which came meanwhile are answered between them. */
export class Slices implements Pauses {
  #beganAt = performance.now();

  /** Resolves at once while the slice lasts, else after what was waiting. */
  async next(): Promise<void> {
    if (performance.now() - this.#beganAt < SLICE_MS) return;
    await new Promise((resolve) => setTimeout(resolve));
    this.#beganAt = performance.now();
  }
}

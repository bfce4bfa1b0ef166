/** A value that others follow. Listeners are called synchronously, in order of subscription, only when the value changes. */
export interface Observable<T> {
  readonly value: T;
  /** Calls `listener` on every later change; returns the way to stop. */
  subscribe(listener: (value: T) => void): () => void;
}

/** The writable side of an {@link Observable}. */
export class Subject<T> implements Observable<T> {
  readonly #listeners = new Set<(value: T) => void>();
  #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  next(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of [...this.#listeners]) listener(value);
  }

  subscribe(listener: (value: T) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

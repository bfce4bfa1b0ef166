import type { ReactiveController, ReactiveControllerHost } from "lit";

import type { Observable } from "../../../app/observable.ts";

/** Keeps a host up to date with an observable that may only be known later, or change. */
export class Follow<T> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #source: () => Observable<T> | undefined;
  readonly #changed: ((value: T) => void) | undefined;
  #followed: Observable<T> | undefined;
  #stop: (() => void) | undefined;

  /** `changed` is called with each later value, before the host renders. */
  constructor(host: ReactiveControllerHost, source: () => Observable<T> | undefined, changed?: (value: T) => void) {
    this.#host = host;
    this.#source = source;
    this.#changed = changed;
    host.addController(this);
  }

  get value(): T | undefined {
    return this.#source()?.value;
  }

  hostConnected(): void {
    this.#follow();
  }

  hostUpdate(): void {
    this.#follow();
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#followed = undefined;
  }

  #follow(): void {
    const source = this.#source();
    if (source === this.#followed) return;
    this.#stop?.();
    this.#followed = source;
    this.#stop = source?.subscribe((value) => {
      this.#changed?.(value);
      this.#host.requestUpdate();
    });
  }
}

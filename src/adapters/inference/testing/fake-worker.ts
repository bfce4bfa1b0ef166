import { expose } from "comlink";

/** A worker that lives in this thread; `terminate` cuts the line. */
export class FakeWorker extends EventTarget {
  terminated = false;
  readonly #inside = new EventTarget();

  constructor(contract: object) {
    super();
    expose(contract, {
      addEventListener: this.#inside.addEventListener.bind(this.#inside),
      removeEventListener: this.#inside.removeEventListener.bind(this.#inside),
      postMessage: (message: unknown) => this.#deliver(this, message),
    });
  }

  postMessage(message: unknown): void {
    this.#deliver(this.#inside, message);
  }

  terminate(): void {
    this.terminated = true;
  }

  #deliver(to: EventTarget, message: unknown): void {
    queueMicrotask(() => {
      if (!this.terminated) to.dispatchEvent(new MessageEvent("message", { data: message }));
    });
  }
}

import type { ReactiveController, ReactiveControllerHost } from "lit";

import type { SignInFailure } from "../../../app/api/access.ts";

/** Counts the seconds down for which signing in is locked. */
export class LockedCountdown implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #failure: () => SignInFailure | null;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(host: ReactiveControllerHost, failure: () => SignInFailure | null) {
    this.#host = host;
    this.#failure = failure;
    host.addController(this);
  }

  /** 0 when nothing is locked. */
  get seconds(): number {
    const failure = this.#failure();
    return failure?.kind === "session/locked" ? Math.max(0, Math.ceil((failure.until - Date.now()) / 1000)) : 0;
  }

  hostConnected(): void {
    this.#timer = setInterval(() => {
      if (this.#failure()?.kind === "session/locked") this.#host.requestUpdate();
    }, 1000);
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
  }
}

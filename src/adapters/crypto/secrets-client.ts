import { releaseProxy, wrap } from "comlink";
import type { Remote } from "comlink";
import type { SecretsWorker } from "../../contracts/secrets.ts";

/** How long the worker stays after its last answer, milliseconds: Argon2id's memory goes back with it. */
const IDLE_ENDS_AFTER_MS = 20_000;

/** The Argon2id worker, started when it is needed and ended when it is idle. */
export class SecretsClient implements SecretsWorker {
  #running: { readonly worker: Worker; readonly remote: Remote<SecretsWorker> } | null = null;
  #waiting = 0;
  #idle: ReturnType<typeof setTimeout> | undefined;

  readonly derive: SecretsWorker["derive"] = async (secret, salt, cost) => {
    clearTimeout(this.#idle);
    this.#waiting++;
    try {
      return await this.#start().derive(secret, salt, cost);
    } finally {
      this.#waiting--;
      if (this.#waiting === 0) this.#idle = setTimeout(() => this.close(), IDLE_ENDS_AFTER_MS);
    }
  };

  close(): void {
    clearTimeout(this.#idle);
    this.#running?.remote[releaseProxy]();
    this.#running?.worker.terminate();
    this.#running = null;
  }

  #start(): Remote<SecretsWorker> {
    if (!this.#running) {
      const worker = new Worker(new URL("../../../workers/secrets/worker.ts", import.meta.url), { type: "module", name: "secrets" });
      this.#running = { worker, remote: wrap<SecretsWorker>(worker) };
    }
    return this.#running.remote;
  }
}

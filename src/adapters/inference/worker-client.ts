import { releaseProxy, wrap } from "comlink";
import type { Remote } from "comlink";
import type { Failure } from "../../domain/errors.ts";
import { failure } from "../../domain/errors.ts";
import type { Result } from "../../domain/result.ts";
import { err } from "../../domain/result.ts";

/**
 * One worker whose death is noticed. A worker that dies or does not answer leaves its callers waiting for ever; here they
 * get a failure, the worker is ended, and `onLost` hears of it once.
 */
export class WorkerClient<Contract, Kind extends string> {
  readonly #worker: Worker;
  readonly #remote: Remote<Contract>;
  readonly #lostKind: Kind;
  readonly #onLost: (failure: Failure<Kind>) => void;
  readonly #gone: Promise<Failure<Kind>>;
  #settleGone: (failure: Failure<Kind>) => void = () => undefined;
  #ended = false;

  /** `lostKind` is the kind of failure that callers get when the worker is gone. */
  constructor(worker: Worker, lostKind: Kind, onLost: (failure: Failure<Kind>) => void) {
    this.#worker = worker;
    this.#remote = wrap<Contract>(worker);
    this.#lostKind = lostKind;
    this.#onLost = onLost;
    this.#gone = new Promise((resolve) => {
      this.#settleGone = resolve;
    });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.#lose(event.message || "the worker did not start");
    });
    worker.addEventListener("messageerror", () => this.#lose("a message could not be read"));
  }

  /** True until the worker is lost or ended. */
  get alive(): boolean {
    return !this.#ended;
  }

  /** Runs one call. A call that takes longer than `timeoutMs` loses the worker; none is set for calls that last. */
  async call<T, K extends string>(work: (remote: Remote<Contract>) => Promise<Result<T, Failure<K>>>, timeoutMs?: number): Promise<Result<T, Failure<K | Kind>>> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    if (timeoutMs !== undefined) timer = setTimeout(() => this.#lose(`no answer in ${timeoutMs} ms`), timeoutMs);
    try {
      return await Promise.race([work(this.#remote), this.#gone.then((gone) => err<Failure<K | Kind>>(gone))]);
    } catch (error) {
      return err(failure(this.#lostKind, error instanceof Error ? `${error.name}: ${error.message}` : "unknown error"));
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends the worker; calls that wait get a failure. */
  end(): void {
    this.#finish(failure(this.#lostKind, "closed"));
  }

  #lose(detail: string): void {
    const lost = failure(this.#lostKind, `worker lost: ${detail}`);
    if (this.#finish(lost)) this.#onLost(lost);
  }

  #finish(reason: Failure<Kind>): boolean {
    if (this.#ended) return false;
    this.#ended = true;
    this.#remote[releaseProxy]();
    this.#worker.terminate();
    this.#settleGone(reason);
    return true;
  }
}

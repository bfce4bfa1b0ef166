import type { Clock, EpochMs } from "../../domain/clock.ts";
import { failure } from "../../domain/errors.ts";
import type { Result } from "../../domain/result.ts";
import { err, ok } from "../../domain/result.ts";
import type { OwnFailure, OwnRecord } from "../api/own-record.ts";
import type { Scheduler } from "../kiosk/dependencies.ts";
import { Subject } from "../observable.ts";
import type { Observable } from "../observable.ts";
import type { Ledger, PinFailure } from "../ports/ledger.ts";
import { Stretch } from "../session/session-times.ts";
import type { OpenedOwnRecord, OwnRecords } from "./own-records.ts";

/** Longer than at the gate, where others wait: nobody queues at a desk. Milliseconds without a touch. */
export const SELF_SERVICE_IDLE_MS = 5 * 60_000;
/** How often it is looked whether that time is over: a timer stands still while the machine sleeps. */
const LOOK_EVERY_MS = 5_000;

export type SelfServiceState = { readonly kind: "entry" } | { readonly kind: "own"; readonly record: OwnRecord; readonly endsAt: EpochMs };

/** One's own record away from the kiosk: number and PIN, in any browser that has this store. */
export interface SelfService {
  readonly state: Observable<SelfServiceState>;
  submit(employeeNumber: string, pin: string): Promise<Result<void, PinFailure | OwnFailure>>;
  /** Keeps it open a little longer. */
  touched(): void;
  /** Closes it; nothing of it stays in memory. */
  leave(): void;
}

export interface SelfServiceDependencies {
  readonly ledger: Pick<Ledger, "verifyPin" | "attempt">;
  readonly ownRecords: Pick<OwnRecords, "open">;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
}

export class PinSelfService implements SelfService {
  readonly state = new Subject<SelfServiceState>({ kind: "entry" });
  readonly #dependencies: SelfServiceDependencies;
  #opened: OpenedOwnRecord | null = null;
  #untouched: Stretch | null = null;
  #cancel: () => void = () => undefined;
  /** Counts openings and closings, so that the last of them wins. */
  #turn = 0;

  constructor(dependencies: SelfServiceDependencies) {
    this.#dependencies = dependencies;
  }

  async submit(employeeNumber: string, pin: string): Promise<Result<void, PinFailure | OwnFailure>> {
    const { ledger, ownRecords } = this.#dependencies;
    this.leave();
    const turn = this.#turn;
    const person = await ledger.verifyPin(employeeNumber, pin);
    if (!person.ok) {
      if (person.error.kind === "pin/wrong" || person.error.kind === "pin/locked") void ledger.attempt("pin-refused");
      return person;
    }
    const opened = await ownRecords.open(person.value, "pin");
    if (!opened.ok) return opened;
    if (this.#turn !== turn) {
      opened.value.close();
      return err(failure("own/store-failed", "left"));
    }
    this.#opened = opened.value;
    this.#keepOpen(opened.value);
    return ok();
  }

  touched(): void {
    const record = this.#opened;
    if (record === null) return;
    if (this.#leftMs() <= 0) this.leave();
    else this.#keepOpen(record);
  }

  leave(): void {
    this.#turn += 1;
    this.#cancel();
    this.#opened?.close();
    this.#opened = null;
    this.#untouched = null;
    if (this.state.value.kind !== "entry") this.state.next({ kind: "entry" });
  }

  #keepOpen(record: OpenedOwnRecord): void {
    this.#untouched = new Stretch(this.#dependencies.clock);
    this.state.next({ kind: "own", record, endsAt: this.#untouched.endsAt(SELF_SERVICE_IDLE_MS) });
    this.#watch();
  }

  #watch(): void {
    this.#cancel();
    this.#cancel = this.#dependencies.scheduler.after(Math.min(this.#leftMs(), LOOK_EVERY_MS), () => {
      if (this.#leftMs() <= 0) this.leave();
      else this.#watch();
    });
  }

  #leftMs(): number {
    return SELF_SERVICE_IDLE_MS - (this.#untouched?.elapsedMs ?? SELF_SERVICE_IDLE_MS);
  }
}

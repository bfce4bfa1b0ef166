import type { Attempt } from "../../domain/attendance/types.ts";
import { afterRecognition, afterSuspicion, forgottenAfterMs, NO_SUSPICION } from "../../domain/biometrics/lock-out.ts";
import type { Suspicion } from "../../domain/biometrics/lock-out.ts";
import type { Clock, EpochMs } from "../../domain/clock.ts";
import type { Ledger } from "../ports/ledger.ts";
import type { Scheduler } from "./dependencies.ts";

/** Whether the face way rests after repeated suspicion. Outlives leaving the kiosk; after a reload the log tells what was before. */
export class FaceRest {
  readonly #clock: Clock;
  readonly #scheduler: Scheduler;
  readonly #changed: () => void;
  #suspicion: Suspicion = NO_SUSPICION;
  #read = false;
  #cancel: () => void = () => undefined;

  constructor(clock: Clock, scheduler: Scheduler, changed: () => void) {
    this.#clock = clock;
    this.#scheduler = scheduler;
    this.#changed = changed;
  }

  /** Null while the face way is open. */
  get until(): EpochMs | null {
    const leftMs = this.#suspicion.restsUntilMs - this.#clock.monotonic();
    return leftMs > 0 ? ((this.#clock.wall() + leftMs) as EpochMs) : null;
  }

  /** Takes in what the log holds, once. To be called before the first face is judged. */
  async read(ledger: Pick<Ledger, "faceEvents">): Promise<void> {
    if (this.#read) return;
    this.#read = true;
    const wallMs = this.#clock.wall();
    const events = await ledger.faceEvents((wallMs - forgottenAfterMs()) as EpochMs);
    const nowMs = this.#clock.monotonic();
    // A clock that was set back since makes an entry lie ahead: it is then taken to be of this moment.
    for (const event of events) this.#take(event.kind === "suspected", nowMs - Math.max(0, wallMs - event.wallMs));
    this.#settle();
  }

  refused(attempt: Attempt["kind"]): void {
    if (attempt !== "attack-suspected" && attempt !== "liveness-undecided") return;
    this.#take(true, this.#clock.monotonic());
    this.#settle();
  }

  recognised(): void {
    this.#take(false, this.#clock.monotonic());
  }

  #take(suspected: boolean, atMs: number): void {
    this.#suspicion = (suspected ? afterSuspicion : afterRecognition)(this.#suspicion, atMs);
  }

  #settle(): void {
    const leftMs = this.#suspicion.restsUntilMs - this.#clock.monotonic();
    if (leftMs <= 0) return;
    this.#cancel();
    this.#cancel = this.#scheduler.after(leftMs, this.#changed);
    this.#changed();
  }
}

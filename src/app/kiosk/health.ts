import type { Failure } from "../../domain/errors.ts";
import type { Result } from "../../domain/result.ts";
import type { Camera, CameraStatus } from "../ports/camera.ts";
import type { Recogniser, RecogniserStatus } from "../ports/recogniser.ts";
import type { Scheduler } from "./dependencies.ts";
import type { OutageLog } from "./outage.ts";

/** A recogniser that failed is opened again after this, and after twice as long each further time. */
const REOPEN_MS = 15_000;
const LONGEST_REOPEN_MS = 300_000;

export interface HealthDependencies {
  readonly camera: Pick<Camera, "status">;
  readonly recogniser: Pick<Recogniser, "status">;
  readonly scheduler: Scheduler;
  /** Null where nothing is recorded. */
  readonly outages: OutageLog | null;
  readonly open: () => Promise<Result<unknown, Failure>>;
  readonly changed: () => void;
}

/** Whether faces can be recognised, from one start of the kiosk to its stop. Opens the recogniser, again when it failed. */
export class RecognitionHealth {
  readonly #deps: HealthDependencies;
  readonly #unsubscribe: readonly (() => void)[];
  #fault: Failure | null = null;
  /** Something besides camera and recogniser that keeps faces from being recognised. */
  #trouble: Failure | null = null;
  #settled = false;
  #closed = false;
  #reopenMs = REOPEN_MS;
  #cancelReopen: (() => void) | null = null;

  constructor(deps: HealthDependencies) {
    this.#deps = deps;
    const refresh = (): void => this.#refresh();
    this.#unsubscribe = [deps.camera.status.subscribe(refresh), deps.recogniser.status.subscribe(refresh)];
  }

  /** Why faces cannot be recognised, or null. Nothing is said before the first opening has ended. */
  get fault(): Failure | null {
    return this.#fault;
  }

  /** @param camera settles when the camera was tried */
  async open(camera: Promise<unknown>): Promise<void> {
    const [opened] = await Promise.all([this.#deps.open(), camera]);
    if (this.#closed) return;
    this.#settled = true;
    this.trouble(opened.ok ? null : opened.error);
  }

  /** What else keeps faces from being recognised; null when it is over. */
  trouble(trouble: Failure | null): void {
    this.#trouble = trouble;
    if (trouble === null) this.#reopenMs = REOPEN_MS;
    this.#refresh();
  }

  close(): void {
    this.#closed = true;
    this.#cancelReopen?.();
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
  }

  #refresh(): void {
    if (this.#closed || !this.#settled) return;
    const { camera, recogniser, outages, changed } = this.#deps;
    this.#fault = faceFault(camera.status.value, recogniser.status.value, this.#trouble, this.#fault);
    void outages?.update(this.#fault?.kind ?? null);
    if (recogniser.status.value.kind === "failed" || this.#trouble !== null) this.#reopenLater();
    changed();
  }

  #reopenLater(): void {
    this.#cancelReopen ??= this.#deps.scheduler.after(this.#reopenMs, () => {
      this.#cancelReopen = null;
      this.#reopenMs = Math.min(LONGEST_REOPEN_MS, this.#reopenMs * 2);
      void this.#deps.open().then((opened) => {
        if (this.#closed) return;
        this.#trouble = opened.ok ? null : opened.error;
        this.#refresh();
      });
    });
  }
}

/**
 * While something is still opening the earlier answer stands: a camera that is tried again and again is one outage,
 * not many.
 */
function faceFault(camera: CameraStatus, recogniser: RecogniserStatus, trouble: Failure | null, before: Failure | null): Failure | null {
  if (recogniser.kind === "failed") return recogniser.failure;
  if (camera.kind === "fault") return camera.failure;
  if (trouble !== null) return trouble;
  return camera.kind === "live" && recogniser.kind === "ready" ? null : before;
}

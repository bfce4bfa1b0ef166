import * as v from "valibot";
import { Workbox } from "workbox-window";
import type { Updates, UpdateStatus } from "../../app/api/administration.ts";
import { Subject } from "../../app/observable.ts";
import type { Observable } from "../../app/observable.ts";
import type { Clock, EpochMs } from "../../domain/clock.ts";
import type { Failure } from "../../domain/errors.ts";
import type { Result } from "../../domain/result.ts";

const SCRIPT = "/service-worker.js";
/** How long nobody has been in front of the tablet before it takes an update by itself. */
const QUIET_BEFORE_UPDATE_MS = 60_000;
/** How long it waits when this is a time at which people come. */
const ASKED_AGAIN_AFTER_MS = 10 * 60_000;
const ANSWERS_WITHIN_MS = 5_000;
/** How often a page that stays open for weeks asks for a new version. */
const CHECK_EVERY_MS = 60 * 60 * 1000;

/** The part of workbox-window that is used. */
export type WorkerWindow = Pick<Workbox, "addEventListener" | "messageSkipWaiting" | "register">;

export interface AppUpdatesOptions {
  /** True while nobody uses the tablet: the kiosk is idle, and no administrator is signed in. */
  readonly quiet: Observable<boolean>;
  readonly clock: Pick<Clock, "wall">;
  /** Replaces the page by the new version. */
  readonly reload: () => void;
  /** Whether this is a time to take an update that waits since then; asked before it is taken unasked. */
  readonly mayUpdate: (since: EpochMs) => Promise<boolean>;
  /** What this version has to pass before the one before it is given away. */
  readonly selfTest: () => Promise<Result<void, Failure>>;
  /** Path of the page's own script: says to the service worker which version this is. */
  readonly script: string;
  /** What became of an update: for the log. */
  readonly record: (event: UpdateEvent) => void;
  /** In place of the browser's own, for tests; null where there is none. */
  readonly browser?: { readonly workbox: WorkerWindow; readonly container: Pick<ServiceWorkerContainer, "controller" | "addEventListener"> } | null;
}

export interface UpdateEvent {
  readonly phase: "activated" | "refused" | "rolled-back";
  readonly reason?: string;
}

const givenUpShape = v.nullable(v.object({ id: v.string(), reason: v.string() }));

/** New versions of the app: fetched and verified in the background, taken when nobody is in front of the tablet. */
export class AppUpdates implements Updates {
  readonly #options: AppUpdatesOptions;
  readonly #status: Subject<UpdateStatus>;
  readonly #browser: NonNullable<AppUpdatesOptions["browser"]> | null;
  #registration: ServiceWorkerRegistration | null = null;
  #quiet: ReturnType<typeof setTimeout> | undefined;
  /** Another tab took the update: this page still shows the old version. */
  #outdated = false;
  #applying = false;
  #waitingSince: EpochMs | null = null;

  constructor(options: AppUpdatesOptions) {
    this.#options = options;
    this.#browser = options.browser === undefined ? own() : options.browser;
    this.#status = new Subject<UpdateStatus>({ kind: this.#browser === null ? "unsupported" : "current" });
  }

  get status(): Observable<UpdateStatus> {
    return this.#status;
  }

  /** Null where there is none: then there is no Background Sync and no working without a network either. */
  get registration(): ServiceWorkerRegistration | null {
    return this.#registration;
  }

  /** Says that the page has come up, registers the service worker, and resolves when this version has proved itself or not. Call it once, when the page has what it needs first. */
  async start(): Promise<void> {
    if (this.#browser === null) return;
    const { workbox, container } = this.#browser;
    container.controller?.postMessage({ type: "STARTED" });
    const waits = (): void => {
      this.#waitingSince ??= this.#options.clock.wall();
      this.#status.next({ kind: "waiting", since: this.#waitingSince });
      this.#watchQuiet();
    };
    // A file of the new version was missing, or not what the build made.
    workbox.addEventListener("redundant", (event) => {
      if (event.isUpdate === true) this.#options.record({ phase: "refused", reason: "not installed" });
    });
    workbox.addEventListener("waiting", waits);
    workbox.addEventListener("activated", (event) => {
      if (event.isUpdate !== true && event.isExternal !== true) this.#status.next({ kind: "offline-ready" });
    });
    let taken = container.controller !== null;
    container.addEventListener("controllerchange", () => {
      // The first worker of a new installation takes over a page that is current.
      if (!taken) {
        taken = true;
        return;
      }
      if (this.#applying) this.#options.reload();
      else this.#outdated = true;
      this.#watchQuiet();
    });
    this.#options.quiet.subscribe(() => this.#watchQuiet());
    try {
      this.#registration = (await workbox.register()) ?? null;
    } catch {
      // No service worker here (private browsing, a policy): the app works, only not without a network.
      this.#status.next({ kind: "unsupported" });
      return;
    }
    setInterval(() => void this.#registration?.update().catch(() => undefined), CHECK_EVERY_MS);
    await this.#prove(container);
  }

  apply(): Promise<void> {
    if (this.#outdated) {
      this.#options.reload();
    } else if (this.#status.value.kind === "waiting") {
      this.#applying = true;
      this.#browser?.workbox.messageSkipWaiting();
    }
    return Promise.resolve();
  }

  #watchQuiet(): void {
    clearTimeout(this.#quiet);
    if (!this.#options.quiet.value || (this.#status.value.kind !== "waiting" && !this.#outdated)) return;
    this.#quiet = setTimeout(() => void this.#applyInTime(), QUIET_BEFORE_UPDATE_MS);
  }

  async #applyInTime(): Promise<void> {
    // Another tab took it: this page would show an old version of what is stored.
    const may = this.#outdated || (await this.#options.mayUpdate(this.#waitingSince ?? this.#options.clock.wall()));
    if (!this.#options.quiet.value) return;
    if (may) await this.apply();
    else this.#quiet = setTimeout(() => void this.#applyInTime(), ASKED_AGAIN_AFTER_MS);
  }

  /** Tells the service worker that this version works, or does not: then the one before is served again. */
  async #prove(container: Pick<ServiceWorkerContainer, "controller">): Promise<void> {
    const { controller } = container;
    if (controller === null) return;
    const { script, selfTest, record, reload } = this.#options;
    const told = v.safeParse(givenUpShape, await ask(controller, { type: "GIVEN_UP" }));
    if (told.success && told.output !== null) record({ phase: "rolled-back", reason: told.output.reason });
    const passed = await selfTest();
    if (passed.ok) {
      if ((await ask(controller, { type: "SELF_TEST_PASSED", script })) === true) record({ phase: "activated" });
    } else if ((await ask(controller, { type: "SELF_TEST_FAILED", script, reason: passed.error.kind })) === true) {
      reload();
    }
  }
}

/** A service worker that is older than the question does not answer. */
async function ask(worker: ServiceWorker, message: object): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise<unknown>((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
    setTimeout(() => resolve(null), ANSWERS_WITHIN_MS);
  });
  worker.postMessage(message, [port2]);
  try {
    return await answer;
  } finally {
    port1.close();
  }
}

function own(): NonNullable<AppUpdatesOptions["browser"]> | null {
  const { serviceWorker } = navigator as { readonly serviceWorker?: ServiceWorkerContainer };
  return serviceWorker === undefined ? null : { workbox: new Workbox(SCRIPT), container: serviceWorker };
}

import { Workbox } from "workbox-window";
import type { Updates, UpdateStatus } from "../../app/api/administration.ts";
import { Subject } from "../../app/observable.ts";
import type { Observable } from "../../app/observable.ts";
import type { Clock } from "../../domain/clock.ts";

const SCRIPT = "/service-worker.js";
/** How long nobody has been in front of the tablet before it takes an update by itself. */
const QUIET_BEFORE_UPDATE_MS = 60_000;
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
  /** In place of the browser's own, for tests; null where there is none. */
  readonly browser?: { readonly workbox: WorkerWindow; readonly container: Pick<ServiceWorkerContainer, "controller" | "addEventListener"> } | null;
}

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

  /** Registers the service worker. Call it once, when the page has what it needs first. */
  async start(): Promise<void> {
    if (this.#browser === null) return;
    const { workbox, container } = this.#browser;
    const waits = (): void => {
      this.#status.next({ kind: "waiting", since: this.#options.clock.wall() });
      this.#watchQuiet();
    };
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
    this.#quiet = setTimeout(() => void this.apply(), QUIET_BEFORE_UPDATE_MS);
  }
}

function own(): NonNullable<AppUpdatesOptions["browser"]> | null {
  const { serviceWorker } = navigator as { readonly serviceWorker?: ServiceWorkerContainer };
  return serviceWorker === undefined ? null : { workbox: new Workbox(SCRIPT), container: serviceWorker };
}

import type { PairingFailure, Sync, SyncStatus } from "../../app/api/administration.ts";
import { Subject } from "../../app/observable.ts";
import type { Observable } from "../../app/observable.ts";
import type { Outbox } from "../../app/ports/outbox.ts";
import type { Clock, EpochMs } from "../../domain/clock.ts";
import { failure } from "../../domain/errors.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import { attempt, SYNC_CHANNEL } from "./attempt.ts";
import type { Trigger } from "./back-off.ts";
import { askForBackgroundPush } from "./background.ts";
import { parsePairingText, readTokenClaims } from "./pairing-text.ts";
import { askHub, sendHeartbeat } from "./push.ts";
import type { Fetch } from "./push.ts";
import type { SyncStore } from "./sync-store.ts";

/** How often the page looks whether there is something to send. */
const TIMER_MS = 45_000;
/** How often a tablet on which nobody punches says so, milliseconds. */
const HEARTBEAT_EVERY_MS = 5 * 60_000;
/** Entries that come close together leave in one segment. */
const GATHER_MS = 1_000;

export interface HubSyncOptions {
  readonly outbox: Outbox;
  readonly store: SyncStore;
  readonly deviceId: string;
  readonly clock: Pick<Clock, "wall">;
  /** Calls the listener after each new log entry; returns the way to stop. */
  readonly onEntry: (listener: () => void) => () => void;
  readonly fetch: Fetch;
  /** 0 (included) to 1 (excluded). */
  readonly random: () => number;
  /** Null where there is no service worker. */
  readonly registration: () => Promise<ServiceWorkerRegistration | null>;
  /** A signed word on where the log ends now; sent when there is nothing else to send. */
  readonly heartbeat?: () => Promise<string>;
}

/**
 * The tablet's side of the hub: seals entries, sends them, and says how it stands. The page's timer and events drive it;
 * Background Sync helps when the page is closed. Without a pairing it does nothing, and nothing waits.
 */
export class HubSync implements Sync {
  readonly #options: HubSyncOptions;
  readonly #status: Subject<SyncStatus>;
  readonly #stops: (() => void)[] = [];
  #channel: BroadcastChannel | null = null;
  #gathering: ReturnType<typeof setTimeout> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #pushing = false;
  #beatAtMs: number | null = null;
  #turn: Promise<void> = Promise.resolve();

  constructor(options: HubSyncOptions) {
    this.#options = options;
    this.#status = new Subject<SyncStatus>({ hub: null, online: navigator.onLine, waiting: 0, quarantined: 0, lastSuccessAt: null, state: "alone", nextAttemptAt: null });
  }

  get status(): Observable<SyncStatus> {
    return this.#status;
  }

  /** Begins to watch for entries, network and time. Resolves after the first attempt. */
  async start(): Promise<void> {
    const on = (target: EventTarget, type: string, listener: () => void): void => {
      target.addEventListener(type, listener);
      this.#stops.push(() => {
        target.removeEventListener(type, listener);
      });
    };
    this.#channel = new BroadcastChannel(SYNC_CHANNEL);
    this.#channel.onmessage = () => void this.#refresh();
    on(window, "online", () => void this.#push("online"));
    on(window, "offline", () => void this.#refresh());
    on(document, "visibilitychange", () => void this.#push("visible"));
    const timer = setInterval(() => void this.#push("timer"), TIMER_MS);
    this.#stops.push(
      () => clearInterval(timer),
      this.#options.onEntry(() => this.#gather()),
    );
    await this.#push("start");
  }

  stop(): void {
    for (const stop of this.#stops.splice(0)) stop();
    clearTimeout(this.#gathering);
    clearTimeout(this.#retry);
    this.#gathering = undefined;
    this.#channel?.close();
    this.#channel = null;
  }

  async pair(token: string): Promise<Result<void, PairingFailure>> {
    const pairing = parsePairingText(token);
    const claims = pairing === null ? null : readTokenClaims(pairing.token);
    if (pairing === null || claims === null) return err(failure("pairing/unreadable"));
    if (pairing.hub !== location.origin) return err(failure("pairing/other-origin", pairing.hub));
    if (claims.device !== this.#options.deviceId) return err(failure("pairing/other-device", claims.device));
    if (claims.expiresAtMs <= this.#options.clock.wall()) return err(failure("pairing/expired"));
    const answer = await askHub(this.#options.fetch, pairing);
    if (answer === "unreachable") return err(failure("pairing/unreachable", pairing.hub));
    if (answer === "refused") return err(failure("pairing/refused", pairing.hub));
    await this.#options.store.keepPairing(pairing);
    await this.#options.outbox.release();
    void this.#push("asked");
    return ok();
  }

  async unpair(): Promise<void> {
    await this.#options.store.forgetPairing();
    await this.#told();
  }

  pushNow(): Promise<void> {
    return this.#push("asked");
  }

  #gather(): void {
    this.#gathering ??= setTimeout(() => {
      this.#gathering = undefined;
      void this.#push("entry");
    }, GATHER_MS);
  }

  /** One after the other in this page; among pages the lock decides. */
  #push(trigger: Trigger): Promise<void> {
    // What fails here is the store: full, or closed by the browser. Nothing is lost, and the next trigger tries again.
    this.#turn = this.#turn.then(() => this.#pushOnce(trigger)).catch(() => undefined);
    return this.#turn;
  }

  async #pushOnce(trigger: Trigger): Promise<void> {
    const { outbox, store, fetch, clock, random, registration } = this.#options;
    if ((await store.pairing()) === null) {
      await this.#refresh();
      return;
    }
    try {
      // Entries that cannot be sealed now, for want of space, must not hold up those that are.
      await outbox.seal().catch(() => undefined);
      const { locks } = navigator as { readonly locks?: LockManager };
      const outcome = await attempt({ queue: outbox, store, fetch, locks: locks ?? null, now: () => clock.wall(), random }, trigger, () => {
        this.#pushing = true;
        void this.#refresh();
      });
      if (outcome.kind === "done" || outcome.kind === "idle") await this.#beat();
      if (outcome.kind === "failed") await askForBackgroundPush(await registration(), clock.wall());
    } finally {
      this.#pushing = false;
      await this.#told();
    }
  }

  /** A tablet on which nobody punches would hold up whoever waits for its records. */
  async #beat(): Promise<void> {
    const { outbox, store, clock, fetch, heartbeat } = this.#options;
    const at = clock.wall();
    if (heartbeat === undefined || (this.#beatAtMs !== null && Math.abs(at - this.#beatAtMs) < HEARTBEAT_EVERY_MS)) return;
    const pairing = await store.pairing();
    if (pairing === null || (await store.standing()).state !== "idle" || (await outbox.pending(1, 1)).length > 0) return;
    if (await sendHeartbeat(fetch, pairing, await heartbeat())) this.#beatAtMs = at;
  }

  async #told(): Promise<void> {
    this.#channel?.postMessage(null);
    await this.#refresh();
  }

  async #refresh(): Promise<void> {
    const { outbox, store } = this.#options;
    const [pairing, standing, lastSuccess] = await Promise.all([store.pairing(), store.standing(), store.lastSuccessAtMs()]);
    const online = navigator.onLine;
    const lastSuccessAt = lastSuccess as EpochMs | null;
    if (pairing === null) {
      this.#status.next({ hub: null, online, waiting: 0, quarantined: 0, lastSuccessAt, state: "alone", nextAttemptAt: null });
      return;
    }
    const { waitingEntries, quarantinedSegments } = await outbox.counts();
    const expiresAt = (readTokenClaims(pairing.token)?.expiresAtMs ?? 0) as EpochMs;
    const nextAttemptAt = standing.nextAttemptAtMs as EpochMs | null;
    this.#status.next({
      hub: { url: pairing.hub, site: pairing.site, expiresAt },
      online,
      waiting: waitingEntries,
      quarantined: quarantinedSegments,
      lastSuccessAt,
      state: this.#pushing ? "pushing" : standing.state,
      nextAttemptAt,
    });
    // The timer alone would let a short wait last for most of a minute.
    clearTimeout(this.#retry);
    if (nextAttemptAt !== null && this.#channel !== null && !this.#pushing) this.#retry = setTimeout(() => void this.#push("timer"), Math.max(0, nextAttemptAt - this.#options.clock.wall()) + 1);
  }
}

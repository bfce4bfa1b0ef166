import type { Clock, EpochMs, MonotonicMs } from "../../domain/clock.ts";
import { failure } from "../../domain/errors.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { AdministratorSession, Sessions, SignInFailure } from "../api/administration.ts";
import { Subject } from "../observable.ts";
import type { OpenedAdministratorKey, Secrets } from "../ports/secrets.ts";
import type { Store } from "../ports/store.ts";

/** A session without activity ends after this, milliseconds. */
export const IDLE_ENDS_AFTER_MS = 5 * 60_000;
/** A session ends after this whatever happens, milliseconds. */
export const SESSION_ENDS_AFTER_MS = 30 * 60_000;
/** Activity is told to followers at most this often, milliseconds: a moving pointer is not news each time. */
const ACTIVITY_STEP_MS = 1_000;

/** The administrator's sign-in. The session's length is measured on the monotonic clock: changing the time of day does not stretch it. */
export class AdministratorSessions implements Sessions {
  readonly current = new Subject<AdministratorSession | null>(null);
  #key: OpenedAdministratorKey | null = null;
  #startedMono = 0 as MonotonicMs;
  #activeMono = 0 as MonotonicMs;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly store: Store,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  /** The administrator's private key while signed in. */
  get key(): OpenedAdministratorKey | null {
    return this.#key;
  }

  async signIn(passphrase: string): Promise<Result<AdministratorSession, SignInFailure>> {
    const record = this.store.administrator;
    if (!record) return err(failure("session/store-failed", "no administrator"));
    const begun = await this.store.beginTry(["administrator"]);
    if (!begun.ok) {
      return err(begun.error.kind === "store/locked" ? { kind: "session/locked", until: begun.error.until } : failure("session/store-failed", begun.error.kind));
    }
    const opened = await this.secrets.unlockAdministrator(record, passphrase);
    if (!opened.ok) return err(failure("session/store-failed", opened.error.kind));
    const logged = await this.#log(opened.value ? "accepted" : "refused");
    if (!opened.value) return err(failure("session/wrong"));
    // Nobody gets in unseen: without the entry there is no session.
    if (!logged) return err(failure("session/store-failed", "sign-in not logged"));
    const ended = await this.store.endTry(["administrator"]);
    if (!ended.ok) return err(failure("session/store-failed", ended.error.kind));
    this.signOut();
    this.#key = opened.value;
    return ok(this.#begin(record.name));
  }

  signOut(): void {
    clearTimeout(this.#timer);
    this.#key?.privateKey.fill(0);
    this.#key = null;
    this.current.next(null);
  }

  touched(): void {
    const session = this.current.value;
    if (!session) return;
    const now = this.clock.monotonic();
    if (this.#expired(now)) {
      this.signOut();
      return;
    }
    if (now - this.#activeMono < ACTIVITY_STEP_MS) return;
    this.#activeMono = now;
    this.current.next({ ...session, idleEndsAt: (this.clock.wall() + IDLE_ENDS_AFTER_MS) as EpochMs });
    this.#watch();
  }

  #begin(name: string): AdministratorSession {
    const wall = this.clock.wall();
    this.#startedMono = this.clock.monotonic();
    this.#activeMono = this.#startedMono;
    const session: AdministratorSession = {
      name,
      since: wall,
      idleEndsAt: (wall + IDLE_ENDS_AFTER_MS) as EpochMs,
      endsAt: (wall + SESSION_ENDS_AFTER_MS) as EpochMs,
    };
    this.current.next(session);
    this.#watch();
    return session;
  }

  #expired(now: MonotonicMs): boolean {
    return now - this.#activeMono >= IDLE_ENDS_AFTER_MS || now - this.#startedMono >= SESSION_ENDS_AFTER_MS;
  }

  #watch(): void {
    clearTimeout(this.#timer);
    const now = this.clock.monotonic();
    const leftMs = Math.min(this.#activeMono + IDLE_ENDS_AFTER_MS, this.#startedMono + SESSION_ENDS_AFTER_MS) - now;
    this.#timer = setTimeout(() => {
      if (this.#expired(this.clock.monotonic())) this.signOut();
      else this.#watch();
    }, Math.max(leftMs, 0) + 1);
  }

  async #log(outcome: "accepted" | "refused"): Promise<boolean> {
    try {
      const written = await this.store.exclusively(() => this.store.commit({ entries: [{ type: "sign-in", subject: null, body: { outcome } }] }));
      return written.ok;
    } catch {
      return false;
    }
  }
}

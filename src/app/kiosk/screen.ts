import type { Clock, EpochMs } from "../../domain/clock.ts";
import type { KioskState } from "../api/kiosk.ts";
import type { OwnRecord } from "../api/own-record.ts";
import { Subject } from "../observable.ts";
import type { BadgeFailure } from "../ports/badges.ts";
import type { Scheduler } from "./dependencies.ts";

/** Nobody's outcome is cut shorter than this by the next in the queue. */
const LEAST_SHOWN_MS = 1500;
/** A screen on which somebody types goes back by itself when nobody does. */
const TYPING_IDLE_MS = 20_000;
/** One's own record goes from the screen when nobody touches it for this long. */
const OWN_IDLE_MS = 60_000;

export type TypingKind = "pin" | "second-factor" | "number" | "own-entry";

/** The outcome on the screen: whose it is, and since when. */
export interface Shown {
  readonly trackId: number | null;
  readonly sinceMs: number;
}

/** What the kiosk shows, and when it goes back by itself. */
export class Screen {
  readonly state = new Subject<KioskState>({ kind: "starting" });
  readonly #clock: Clock;
  readonly #scheduler: Scheduler;
  readonly #goBack: () => void;
  #shown: Shown | null = null;
  /** The outcome that is being changed, or was. */
  #changing: Shown | null = null;
  #cancel: () => void = () => undefined;

  /** @param goBack when the time of what is shown is over */
  constructor(clock: Clock, scheduler: Scheduler, goBack: () => void) {
    this.#clock = clock;
    this.#scheduler = scheduler;
    this.#goBack = goBack;
  }

  /** Null while no outcome is shown. */
  get shown(): Shown | null {
    return this.#shown;
  }

  /** True when the outcome has been shown long enough for the next person, and is not being changed. */
  get mayGiveWay(): boolean {
    return this.#shown !== null && this.#shown !== this.#changing && this.#clock.monotonic() - this.#shown.sinceMs >= LEAST_SHOWN_MS;
  }

  wallIn(delayMs: number): EpochMs {
    return (this.#clock.wall() + delayMs) as EpochMs;
  }

  outcome(stateWith: (endsAt: EpochMs) => KioskState, forMs: number, trackId: number | null): void {
    this.#shown = { trackId, sinceMs: this.#clock.monotonic() };
    this.state.next(stateWith(this.wallIn(forMs)));
    this.after(forMs, this.#goBack);
  }

  /** The outcome stays until the change has been written. Null when none is shown, or it is being changed or was. */
  change(): Shown | null {
    if (this.#shown === null || this.#changing === this.#shown) return null;
    this.#changing = this.#shown;
    this.hold();
    return this.#shown;
  }

  typing(kind: TypingKind): void {
    this.state.next({ kind, endsAt: this.wallIn(TYPING_IDLE_MS) });
    this.after(TYPING_IDLE_MS, this.#goBack);
  }

  /** A badge was shown in place of the PIN, and does not count. */
  secondFactorRefused(told: BadgeFailure): void {
    this.state.next({ kind: "second-factor", endsAt: this.wallIn(TYPING_IDLE_MS), told });
    this.after(TYPING_IDLE_MS, this.#goBack);
  }

  badge(told: BadgeFailure | null): void {
    this.state.next({ kind: "badge", endsAt: this.wallIn(TYPING_IDLE_MS), told });
    this.after(TYPING_IDLE_MS, this.#goBack);
  }

  own(record: OwnRecord): void {
    this.state.next({ kind: "own", record, endsAt: this.wallIn(OWN_IDLE_MS) });
    this.after(OWN_IDLE_MS, this.#goBack);
  }

  /** No outcome is shown any more. */
  forget(): void {
    this.#shown = null;
  }

  after(delayMs: number, run: () => void): void {
    this.hold();
    this.#cancel = this.#scheduler.after(delayMs, run);
  }

  /** It does not go back by itself. */
  hold(): void {
    this.#cancel();
  }
}

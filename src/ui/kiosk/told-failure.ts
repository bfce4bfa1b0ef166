import type { ReactiveController, ReactiveControllerHost } from "lit";

import type { OwnFailure } from "../../app/api/own-record.ts";
import type { BadgeFailure } from "../../app/ports/badges.ts";
import type { LedgerFailure, PinFailure } from "../../app/ports/ledger.ts";

/** `too-short`: what was typed cannot be a PIN and was not sent. */
export type Told = PinFailure | LedgerFailure | OwnFailure | BadgeFailure | "too-short" | null;

/** What went wrong with a PIN or a badge, and the time that a lock's waiting is told against, second by second. */
export class ToldFailure implements ReactiveController {
  told: Told = null;
  nowMs = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
  }

  tell(told: Told): void {
    clearInterval(this.#timer);
    this.told = told;
    this.nowMs = Date.now();
    this.host.requestUpdate();
    if (told === null || told === "too-short" || told.kind !== "pin/locked") return;
    const { until } = told;
    this.#timer = setInterval(() => {
      this.nowMs = Date.now();
      if (this.nowMs >= until) clearInterval(this.#timer);
      this.host.requestUpdate();
    }, 1000);
  }
}

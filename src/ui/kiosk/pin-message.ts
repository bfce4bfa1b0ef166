import { msg, str } from "@lit/localize";

import type { OwnFailure } from "../../app/api/own-record.ts";
import type { BadgeFailure } from "../../app/ports/badges.ts";
import type { PinFailure, LedgerFailure } from "../../app/ports/ledger.ts";
import { LEAST_PIN_DIGITS } from "../components/pad-text.ts";
import { failureText } from "../i18n/failures.ts";
import { sentences } from "../i18n/sentences.ts";

/** `1:05` */
export function minutesAndSeconds(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

export function pinTooShortText(): string {
  return msg(str`A PIN has ${LEAST_PIN_DIGITS} digits or more.`, { id: "kiosk.pin.too-short" });
}

/** What is said under the fields; `now` so that a lock's time left is told. */
export function pinMessage(failure: PinFailure | LedgerFailure | OwnFailure | BadgeFailure, now: number): string {
  const { happened, todo } = failureText(failure);
  if (failure.kind !== "pin/locked") return sentences(happened, todo);
  return failure.until > now
    ? msg(str`Too many tries. Please wait ${minutesAndSeconds(failure.until - now)}`, { id: "kiosk.pin.wait" })
    : msg("You can try again now.", { id: "kiosk.pin.wait-over" });
}

/** As {@link pinMessage} where the PIN alone was asked for, or a badge: no number can be wrong there, and whose badge it is instead is not said. */
export function secondFactorMessage(failure: PinFailure | LedgerFailure | OwnFailure | BadgeFailure, now: number): string {
  if (failure.kind === "badge/unknown") return msg("That badge does not fit. Try again.", { id: "kiosk.second-factor.badge.wrong" });
  if (failure.kind !== "pin/wrong" && failure.kind !== "pin/not-issued") return pinMessage(failure, now);
  return msg("That PIN does not fit. Please try again.", { id: "kiosk.second-factor.wrong" });
}

import { msg } from "@lit/localize";

import { failureText, knownFailureText } from "../../i18n/failures.ts";
import { sentences } from "../../i18n/sentences.ts";
import type { Failure } from "../../../domain/errors.ts";
import { otherFailure } from "../parts/words.ts";

/** What the figures are called, on the screen and in the file. */
export function figureWords(): Readonly<Record<"recognised" | "challenged" | "secondFactor" | "rejected" | "found" | "of" | "rate" | "low" | "high", string>> {
  return {
    recognised: msg("Punches by face", { id: "admin.recognition.recognised" }),
    challenged: msg("After a movement", { id: "admin.recognition.challenged" }),
    secondFactor: msg("With PIN after the face", { id: "admin.recognition.second-factor" }),
    rejected: msg("Refused first", { id: "admin.recognition.rejected" }),
    found: msg("References found", { id: "admin.recognition.found" }),
    of: msg("out of", { id: "admin.recognition.out-of" }),
    rate: msg("rate", { id: "admin.recognition.rate" }),
    low: msg("95 % interval from", { id: "admin.recognition.low" }),
    high: msg("95 % interval to", { id: "admin.recognition.high" }),
  };
}

/** Why there is no report, and what to do. */
export function reportFailure(failure: Failure): string {
  switch (failure.kind) {
    case "recognition/not-ready":
      return msg("The recogniser is not ready yet. Wait a moment and try again.", { id: "admin.enrol.error.ready" });
    case "recognition/bad-date":
      return msg("There is no such day. Choose another.", { id: "admin.recognition.bad-date" });
    default: {
      if (knownFailureText(failure) === undefined) return otherFailure(failure);
      const { happened, todo } = failureText(failure);
      return sentences(happened, todo);
    }
  }
}

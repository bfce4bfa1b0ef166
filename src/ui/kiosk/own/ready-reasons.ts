import { msg } from "@lit/localize";

import type { RequestKind } from "../../../domain/exceptions/types.ts";

/** Reasons that need no typing: nobody writes at a gate. */
export function readyReasons(kind: RequestKind): readonly string[] {
  switch (kind) {
    case "make-up":
      return [
        msg("I forgot to punch", { id: "own.reason.forgot" }),
        msg("The tablet did not recognise me", { id: "own.reason.not-recognised" }),
        msg("The tablet was out of order", { id: "own.reason.down" }),
        msg("I was out for work", { id: "own.reason.out" }),
        msg("I came or left by another gate", { id: "own.reason.gate" }),
      ];
    case "leave":
      return [msg("I am ill", { id: "own.reason.ill" }), msg("Family matter", { id: "own.reason.family" }), msg("Doctor's appointment", { id: "own.reason.doctor" }), msg("Holiday", { id: "own.reason.holiday" }), msg("Private matter", { id: "own.reason.private" })];
    case "overtime":
      return [msg("Urgent order", { id: "own.reason.order" }), msg("Repair or maintenance", { id: "own.reason.repair" }), msg("Stock count", { id: "own.reason.stock" }), msg("Asked by the supervisor", { id: "own.reason.asked" })];
    case "trip":
    case "outing":
      return [msg("Visit to a customer", { id: "own.reason.customer" }), msg("Visit to a supplier", { id: "own.reason.supplier" }), msg("Training", { id: "own.reason.training" }), msg("Errand for work", { id: "own.reason.errand" })];
    case "swap":
      return [msg("Family matter", { id: "own.reason.family" }), msg("Doctor's appointment", { id: "own.reason.doctor" }), msg("Private matter", { id: "own.reason.private" })];
    case "cancel":
      return [msg("The plan has changed", { id: "own.reason.changed" }), msg("It is needed on another day", { id: "own.reason.other-day" }), msg("I came to work after all", { id: "own.reason.came" }), msg("I asked by mistake", { id: "own.reason.mistake" })];
    case "correction":
      return [msg("I pressed the wrong direction", { id: "own.reason.direction" }), msg("This punch is not mine", { id: "own.reason.not-mine" }), msg("The time is wrong", { id: "own.reason.time" })];
    case "appeal":
      return [msg("The record does not say what happened", { id: "own.reason.record" }), msg("My request was decided on wrong facts", { id: "own.reason.facts" }), msg("A shift was planned otherwise", { id: "own.reason.shift" })];
  }
}

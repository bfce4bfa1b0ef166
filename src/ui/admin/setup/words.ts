import { msg, str } from "@lit/localize";

import type { SetupFailure } from "../../../app/api/administration.ts";
import { otherFailure } from "../parts/words.ts";
import { codeWrong } from "../users/words.ts";
import { strength, type FieldError, type FieldName } from "./draft.ts";

export function errorWord(error: FieldError, field: FieldName): string {
  switch (error) {
    case "missing":
      return field === "lawRegion"
        ? msg("Choose one, so that the right duties are shown.", { id: "admin.setup.error.region" })
        : field === "writtenDown"
          ? msg("Write it down first, then tick this.", { id: "admin.setup.error.written" })
          : msg("This is needed.", { id: "admin.setup.error.missing" });
    case "short":
      return msg("At least 15 characters. Four or five words are easy to keep.", { id: "admin.setup.error.short" });
    case "regular":
      return msg("Too easy to guess: it repeats itself. Take four or five words that have nothing to do with each other.", { id: "admin.setup.error.regular" });
    case "pin-form":
      return msg("6 to 12 digits, nothing else.", { id: "admin.setup.error.pin" });
    case "pin-obvious":
      return msg("Too easy to guess. Take digits that do not repeat or count.", { id: "admin.setup.error.obvious" });
    case "code-form":
      return msg("Enter the six digits that the app shows.", { id: "admin.setup.error.code" });
  }
}

/** How good a passphrase looks, in words. */
export function strengthWord(passphrase: string): string {
  if (passphrase === "") return msg("15 characters or more; four or five words are easy to keep.", { id: "admin.strength.empty" });
  const found = strength(passphrase);
  switch (found.kind) {
    case "short":
      return msg(str`${found.missing} more to go`, { id: "admin.strength.short" });
    case "regular":
      return msg("Long enough, but it repeats itself", { id: "admin.strength.regular" });
    case "good":
      return msg("Good", { id: "admin.strength.good" });
    case "strong":
      return msg("Strong", { id: "admin.strength.strong" });
  }
}

export function setupFailureWord(failure: SetupFailure): string {
  switch (failure.kind) {
    case "setup/done-already":
      return msg("This tablet was set up already. Reload the page and sign in.", { id: "admin.setup.failed.done" });
    case "setup/storage-failed":
      return msg("The tablet could not store the keys. Free some space, close private browsing, and try again.", { id: "admin.setup.failed.storage" });
    case "setup/insecure-context":
      return msg("Browsers make keys on https addresses and localhost only. Open the page there.", { id: "admin.setup.failed.insecure" });
    case "setup/code-wrong":
      return codeWrong();
    case "setup/bad-input":
      return otherFailure(failure);
  }
}

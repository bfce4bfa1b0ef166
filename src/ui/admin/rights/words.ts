import { msg, str } from "@lit/localize";

import type { RightsFailure } from "../../../app/api/rights.ts";
import type { ErasedKind, ErasureReason } from "../../../domain/people/erasure.ts";
import type { ClockDoubt } from "../../../domain/retention/due.ts";
import { accessWord } from "../users/words.ts";

/** What went wrong and what to do. */
export function rightsFailure(kind: RightsFailure["kind"]): string {
  switch (kind) {
    case "rights/no-such-person":
      return msg("Nobody has this number.", { id: "admin.rights.no-such-person" });
    case "rights/no-face":
      return msg("There is no face data to erase.", { id: "admin.rights.no-face" });
    case "rights/held":
      return msg("A legal hold keeps this record. Lift the hold first.", { id: "admin.rights.held" });
    case "rights/not-left":
      return msg("This person is still with the organisation. A record is erased only after leaving.", { id: "admin.rights.not-left" });
    case "rights/same-user":
      return msg("You asked for the release yourself. Somebody else has to confirm it.", { id: "admin.rights.same-user" });
    case "rights/not-frozen":
      return msg("Nothing is frozen here, or nobody has asked for the release yet.", { id: "admin.rights.not-frozen" });
    case "rights/no-certificate":
      return msg("There is no such certificate on this tablet.", { id: "admin.rights.no-certificate" });
    case "rights/bad-input":
      return msg("Enter whole months within the limits named beside the fields.", { id: "admin.rights.bad-input" });
    case "rights/storage-full":
      return msg("The tablet's storage is full. Nothing was changed; free some space first.", { id: "admin.person.storage-full" });
    case "rights/store-failed":
      return msg("The tablet could not save this. Nothing was changed; try again.", { id: "admin.person.store-failed" });
    case "rights/matcher-silent":
      return msg("Done and saved, but recognition did not answer: restart the tablet now.", { id: "admin.rights.matcher-silent" });
    case "access/not-signed-in":
    case "access/not-allowed":
    case "access/own-record":
    case "access/confirm-needed":
    case "access/not-logged":
      return accessWord(kind);
  }
}

export function erasedWord(what: ErasedKind): string {
  switch (what) {
    case "face":
      return msg("Face data", { id: "admin.rights.what.face" });
    case "record":
      return msg("Record", { id: "admin.rights.what.record" });
    case "health":
      return msg("Health declaration", { id: "admin.request.health" });
    case "attachment":
      return msg("Files of a request", { id: "admin.rights.what.attachment" });
  }
}

export function reasonWord(reason: ErasureReason): string {
  switch (reason) {
    case "consent-withdrawn":
      return msg("Consent withdrawn", { id: "admin.rights.reason.withdrawn" });
    case "person-left":
      return msg("Left the organisation", { id: "admin.rights.reason.left" });
    case "retention":
      return msg("End of its time", { id: "admin.rights.reason.retention" });
    case "asked":
      return msg("Asked for", { id: "admin.rights.reason.asked" });
    case "unused":
      return msg("Not used for long", { id: "admin.rights.reason.unused" });
  }
}

export function bytesWord(bytes: "destroyed" | "pending"): string {
  return bytes === "destroyed"
    ? msg("Keys and data destroyed", { id: "admin.rights.bytes.destroyed" })
    : msg("Out of use, but it could not be destroyed alone: the bytes stay on the disk until the record's key, or all data of this browser, is destroyed", { id: "admin.rights.bytes.pending" });
}

export function doubtWord(doubt: Exclude<ClockDoubt, null>): string {
  return doubt === "leapt"
    ? msg("The tablet's clock is far ahead of the last run. Nothing was erased by the schedule, because nothing brings it back.", { id: "admin.rights.doubt.leapt" })
    : msg("The tablet's clock went back. Nothing is erased by the schedule until the time is right.", { id: "admin.rights.doubt.back" });
}

export function numberAndName(employeeNumber: string | null, name: string | null): string {
  return employeeNumber === null || name === null ? msg("No longer known", { id: "admin.rights.unknown" }) : msg(str`${name}, number ${employeeNumber}`, { id: "admin.rights.whose" });
}

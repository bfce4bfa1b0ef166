import { msg } from "@lit/localize";

import type { BringFailure, ForeignRecordFailure } from "../../../app/ports/other-devices.ts";
import { otherFailure } from "../parts/words.ts";

/** Why nothing came, and what to do. */
export function bringFailureWord(failure: BringFailure): string {
  switch (failure.kind) {
    case "other-devices/not-signed-in":
      return msg("Only HR can open other tablets' records. Let somebody from HR sign in here.", { id: "admin.others.not-signed-in" });
    case "other-devices/no-hub":
      return msg("This tablet is not paired with a hub. Pair it, or bring in a file.", { id: "admin.others.no-hub" });
    case "other-devices/unreachable":
      return msg("The hub does not answer. What is here stays; try again when the network is there.", { id: "admin.others.unreachable" });
    case "other-devices/not-a-reader":
      return msg("The hub does not let this tablet read what others sent. Let it make a token for reading, and enter that.", { id: "admin.others.not-a-reader" });
    case "other-devices/not-a-file":
      return msg("This is no file of a tablet's records, or it is cut short. What was whole in it is here.", { id: "admin.others.not-a-file" });
    case "other-devices/own-file":
      return msg("This file is from this very tablet. Take it to the other one.", { id: "admin.others.own-file" });
    case "other-devices/store-failed":
      return msg("It could not be kept on this tablet. Look at the storage, then try again.", { id: "admin.others.store-failed" });
    case "access/not-signed-in":
    case "access/not-allowed":
    case "access/own-record":
    case "access/confirm-needed":
    case "access/not-logged":
      return otherFailure(failure);
  }
}

/** What is wrong with what came of a tablet. */
export function refusedWord({ kind }: ForeignRecordFailure): string {
  switch (kind) {
    case "segment/gap":
      return msg("Records are missing in between. They count up to the gap; the rest waits here.", { id: "admin.others.gap" });
    case "segment/sealed-for-another":
      return msg("Sealed for another site's HR. A tablet of this site is set up from a backup of this one.", { id: "admin.others.sealed" });
    case "segment/foreign":
      return msg("It belongs to another site.", { id: "admin.others.foreign" });
    case "segment/forked":
      return msg("Two different logs came under this tablet's name. It may have been copied: look into it.", { id: "admin.others.forked" });
    case "segment/malformed":
    case "segment/other-content":
    case "segment/bad-signature":
    case "segment/broken-chain":
      return msg("Something came under its name that it did not write. It was not taken.", { id: "admin.others.forged" });
  }
}

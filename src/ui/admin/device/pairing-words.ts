import { msg } from "@lit/localize";

import type { PairingFailure } from "../../../app/api/administration.ts";
import { accessWord } from "../users/words.ts";

/** Why a token was not taken, and what to do. */
export function pairingFailureWord(kind: PairingFailure["kind"]): string {
  switch (kind) {
    case "pairing/unreadable":
      return msg("This is not a pairing token. Copy the whole text, from the first character to the last.", { id: "admin.pairing.unreadable" });
    case "pairing/expired":
      return msg("This token has expired. Let the hub make a new one.", { id: "admin.pairing.expired" });
    case "pairing/other-origin":
      return msg("This token belongs to a hub at another address. Open Clockface from that hub.", { id: "admin.pairing.origin" });
    case "pairing/unreachable":
      return msg("The hub does not answer. Check that it runs and that the network is there.", { id: "admin.pairing.unreachable" });
    case "pairing/refused":
      return msg("The hub does not accept this token. Let it make a new one.", { id: "admin.pairing.refused" });
    case "pairing/other-device":
      return msg("This token was made for another tablet. Each tablet needs its own.", { id: "admin.pairing.device" });
    case "access/not-signed-in":
    case "access/not-allowed":
    case "access/own-record":
    case "access/confirm-needed":
    case "access/not-logged":
      return accessWord(kind);
  }
}

import { msg, str } from "@lit/localize";

import type { StorageConcern, StorageState } from "../../../app/device/storage-health.ts";
import type { FoundLoss, SecondCopyState } from "../../../app/ports/copies.ts";
import { bytes, count } from "../parts/format.ts";

/** What is wrong, and what to do about it. */
export interface ConcernText {
  readonly what: string;
  readonly todo: string;
}

export function concernText(concern: StorageConcern, { usedBytes, quotaBytes }: StorageState): ConcernText {
  const free = bytes(Math.max(0, quotaBytes - usedBytes));
  switch (concern) {
    case "loss":
      return {
        what: msg("The tablet lost data and repaired what it could.", { id: "admin.storage.loss" }),
        todo: msg("Read below what was found. If entries are gone for good, look for those punches in the backup or at the hub.", { id: "admin.storage.loss.todo" }),
      };
    case "critical":
      return {
        what: msg(str`Almost no space is left: ${free}.`, { id: "admin.storage.critical" }),
        todo: msg("Make room on the tablet today. When the space is used up, punches are refused, and people are told so.", { id: "admin.storage.critical.todo" }),
      };
    case "low":
      return {
        what: msg(str`Space is getting short: ${free} left.`, { id: "admin.storage.low" }),
        todo: msg("Delete what the tablet does not need: other apps, downloads, pictures.", { id: "admin.storage.low.todo" }),
      };
    case "not-persistent":
      return {
        what: msg("The browser may clear the data when space runs out.", { id: "admin.storage.not-persistent" }),
        todo: msg("Install the app on the home screen, then ask the browser to keep it.", { id: "admin.storage.not-persistent.todo" }),
      };
    case "second-unsupported":
      return {
        what: msg("This browser cannot keep a second copy.", { id: "admin.storage.second.unsupported" }),
        todo: msg("Use a current Chrome or Edge, or make a daily backup.", { id: "admin.storage.second.unsupported.todo" }),
      };
    case "second-failed":
      return {
        what: msg("The second copy cannot be written.", { id: "admin.storage.second.failed" }),
        todo: msg("Punches are recorded in one copy. Restart the tablet; if it stays like this, make a backup and replace the tablet.", { id: "admin.storage.second.failed.todo" }),
      };
  }
}

export function secondCopyWord(second: SecondCopyState): string {
  switch (second) {
    case "whole":
      return msg("Complete", { id: "admin.storage.second.whole" });
    case "filling":
      return msg("Being written", { id: "admin.storage.second.filling" });
    case "unsupported":
      return msg("Not in this browser", { id: "admin.storage.second.none" });
    case "failed":
      return msg("Cannot be written", { id: "admin.storage.second.broken" });
  }
}

/** One line of what was lost. */
export function lossText({ copy, found, rebuilt, lost }: FoundLoss): string {
  if (copy === "keys") return msg(str`Keys could not be read: ${count(found)}.`, { id: "admin.storage.loss.keys" });
  if (copy === "B") return msg("The second copy was damaged and has been written anew. No entry is missing.", { id: "admin.storage.loss.second" });
  return lost === 0
    ? msg(str`Missing or unreadable: ${count(found)}. All restored from the second copy.`, { id: "admin.storage.loss.first.whole" })
    : msg(str`Missing or unreadable: ${count(found)}. Restored: ${count(rebuilt)}. Gone for good: ${count(lost)}.`, { id: "admin.storage.loss.first.part" });
}

import { msg, str } from "@lit/localize";

import { FACE_AFTER_LEAVING_HOURS, type RetentionSchedule } from "../../domain/retention/schedule.ts";

/** Kinds of data that a site keeps, each for its own time. */
export const KEPT_KINDS = ["faces", "records", "health", "attachments", "attempts", "backups"] as const;
export type KeptKind = (typeof KEPT_KINDS)[number];

export function keptKind(kind: KeptKind): string {
  switch (kind) {
    case "faces":
      return msg("Face data: numbers, never a picture", { id: "retention.kind.faces" });
    case "records":
      return msg("Name, number, punches, days, requests, and who looked at them", { id: "retention.kind.records" });
    case "health":
      return msg("What was declared about health", { id: "retention.kind.health" });
    case "attachments":
      return msg("Files handed in with a request", { id: "retention.kind.attachments" });
    case "attempts":
      return msg("Attempts that failed: they name nobody", { id: "retention.kind.attempts" });
    case "backups":
      return msg("Backups, encrypted: everything above but faces", { id: "retention.kind.backups" });
  }
}

/** When data of this kind are erased. */
export function keptUntil(kind: KeptKind, { unusedFaceMonths, recordMonths, healthMonths, attachmentMonths, attemptMonths }: RetentionSchedule): string {
  switch (kind) {
    case "faces":
      return msg(str`At once when consent is withdrawn; within ${FACE_AFTER_LEAVING_HOURS} hours of leaving; after ${unusedFaceMonths} months without use`, { id: "retention.until.faces" });
    case "records":
      return msg(str`${recordMonths} months after leaving`, { id: "retention.until.records" });
    case "health":
      return decided(healthMonths);
    case "attachments":
      return decided(attachmentMonths);
    case "attempts":
      return msg(str`After ${attemptMonths} months`, { id: "retention.until.attempts" });
    case "backups":
      return msg("When the organisation deletes them", { id: "retention.until.backups" });
  }
}

export function holdSentence(): string {
  return msg("What a court or an authority needs is kept for as long as the hold stands.", { id: "retention.hold" });
}

function decided(months: number): string {
  return msg(str`${months} months after the request was decided`, { id: "retention.until.decided" });
}

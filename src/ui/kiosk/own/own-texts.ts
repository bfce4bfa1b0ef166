import { msg, str } from "@lit/localize";

import type { OwnFacts, OwnLook } from "../../../app/api/own-record.ts";
import type { Consent } from "../../../domain/people/types.ts";
import { FACE_AFTER_LEAVING_HOURS } from "../../../domain/retention/schedule.ts";
import { longDate } from "../../i18n/format.ts";
import { locale } from "../../i18n/localize.ts";

function roleText(role: string): string {
  switch (role) {
    case "hr":
      return msg("HR", { id: "kiosk.own.role.hr" });
    case "supervisor":
      return msg("supervisor", { id: "kiosk.own.role.supervisor" });
    case "auditor":
      return msg("auditor", { id: "kiosk.own.role.auditor" });
    default:
      return msg("administration", { id: "kiosk.own.role.other" });
  }
}

/** Who looked, in a line. */
export function lookerText({ by, role }: OwnLook): string {
  return by === null ? msg("You yourself", { id: "kiosk.own.look.you" }) : msg(str`By ${by} (${roleText(role)})`, { id: "kiosk.own.look.by" });
}

/** What was looked at, in a line. */
export function lookedAtText(what: OwnLook["what"]): string {
  switch (what) {
    case "person":
      return msg("Your page", { id: "kiosk.own.look.person" });
    case "punches":
      return msg("Your punches", { id: "kiosk.own.look.punches" });
    case "certificate":
      return msg("Your erasure certificate", { id: "kiosk.own.look.certificate" });
    case "own-record":
      return msg("Your record", { id: "kiosk.own.look.own" });
    case "attendance":
      return msg("Your days", { id: "kiosk.own.look.attendance" });
    case "request":
      return msg("A request of yours", { id: "kiosk.own.look.request" });
    case "health":
      return msg("Your health declaration", { id: "kiosk.own.look.health" });
    case "attachment":
      return msg("A file that you handed in", { id: "kiosk.own.look.attachment" });
    case "list":
      return msg("A list that you are in", { id: "kiosk.own.look.list" });
    case "export":
      return msg("A file that you are in was made", { id: "kiosk.own.look.export" });
  }
}

export interface Fact {
  readonly name: string;
  readonly text: string;
}

export function consentGivenText({ givenAt, noticeVersion }: Consent, zone: string): string {
  return msg(str`Given on ${longDate(givenAt, zone, locale.value)}, notice ${noticeVersion}`, { id: "kiosk.own.kept.consent.given" });
}

/** What is kept of a person, and until when. */
export function keptFacts(facts: OwnFacts, zone: string): readonly Fact[] {
  const on = (at: number): string => longDate(at, zone, locale.value);
  const { consent, enrolledAt, faceEndsAt, schedule } = facts;
  const face = facts.frozen
    ? msg("Frozen: nobody can clock in with it", { id: "kiosk.own.kept.face.frozen" })
    : enrolledAt === null
      ? msg("None", { id: "kiosk.own.kept.face.none" })
      : faceEndsAt === null
        ? msg(str`Enrolled on ${on(enrolledAt)}`, { id: "kiosk.own.kept.face" })
        : msg(str`Enrolled on ${on(enrolledAt)}. Erased on ${on(faceEndsAt)} if you do not use it until then`, { id: "kiosk.own.kept.face.until" });
  return [
    { name: msg("Face data", { id: "kiosk.own.kept.face.name" }), text: face },
    {
      name: msg("Consent", { id: "kiosk.own.kept.consent.name" }),
      text:
        consent === null
          ? msg("Never given", { id: "kiosk.own.kept.consent.none" })
          : consent.withdrawnAt === undefined
            ? consentGivenText(consent, zone)
            : msg(str`Withdrawn on ${on(consent.withdrawnAt)}`, { id: "kiosk.own.kept.consent.withdrawn" }),
    },
    { name: msg("PIN", { id: "kiosk.way.pin" }), text: facts.hasPin ? msg("Issued; only a check value is kept, not the PIN", { id: "kiosk.own.kept.pin" }) : msg("None", { id: "kiosk.own.kept.face.none" }) },
    { name: msg("Punches and your details", { id: "kiosk.own.kept.record.name" }), text: msg(str`Until ${schedule.recordMonths} months after you leave`, { id: "kiosk.own.kept.record" }) },
    {
      name: msg("Health declarations and files", { id: "kiosk.own.kept.enclosures.name" }),
      text: msg(str`Health until ${schedule.healthMonths} months, files until ${schedule.attachmentMonths} months after your request is decided`, { id: "kiosk.own.kept.enclosures" }),
    },
    {
      name: msg("After you leave", { id: "kiosk.own.kept.left.name" }),
      text: msg(str`Your face data is erased at once, within ${FACE_AFTER_LEAVING_HOURS} hours at the latest`, { id: "kiosk.own.kept.left" }),
    },
    { name: msg("A copy of all this", { id: "kiosk.own.kept.copy.name" }), text: msg("HR hands it to you, as a file or on paper", { id: "kiosk.own.kept.copy" }) },
  ];
}

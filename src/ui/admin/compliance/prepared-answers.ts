import { msg, str } from "@lit/localize";

import type { BootPolicy } from "../../../app/api/boot.ts";
import type { LawRegion, SiteSettings } from "../../../app/api/administration.ts";
import { policyOf } from "../../../domain/biometrics/recognition-policy.ts";
import type { ChallengePolicy } from "../../../domain/biometrics/types.ts";
import type { AssessmentPart } from "../../../domain/compliance/assessment.ts";
import { FACE_AFTER_LEAVING_HOURS, scheduleOf } from "../../../domain/retention/schedule.ts";

/** What the tablet knows of itself. */
export interface SiteFacts {
  readonly settings: SiteSettings;
  readonly boot: BootPolicy;
  /** Punches are collected by a hub of the site's own. */
  readonly hub: boolean;
}

function basis(region: LawRegion): string {
  switch (region) {
    case "cn":
      return msg("Separate consent of each person to the processing of sensitive personal information (PIPL articles 13, 29 and 30; measures on face recognition of 2025). Attendance itself: labour rules of the employer.", { id: "compliance.basis.cn" });
    case "eu":
      return msg("Explicit consent (GDPR article 9(2)(a)), free because the PIN and the badge have the same standing; attendance itself: legal duty to record working time (article 6(1)(c)) and the employment contract.", { id: "compliance.basis.eu" });
    case "us":
      return msg("Written release before the face is enrolled (Illinois BIPA section 15(b)), and a public retention schedule (section 15(a)); the law of the state where the tablet hangs.", { id: "compliance.basis.us" });
    case "other":
      return msg("Consent of each person, apart from any contract. Name here the law of the country where the tablet hangs.", { id: "compliance.basis.other" });
  }
}

function challengeWord(policy: ChallengePolicy): string {
  switch (policy) {
    case "off":
      return msg("nobody is asked for a movement", { id: "compliance.challenge.off" });
    case "in-doubt":
      return msg("when in doubt a movement is asked for", { id: "compliance.challenge.in-doubt" });
    case "always":
      return msg("a movement is always asked for", { id: "compliance.challenge.always" });
  }
}

function errors(settings: SiteSettings): string {
  const accepted = Math.round(1 / policyOf(settings).fpirTarget);
  const measured =
    settings.profile === "accurate"
      ? msg("Measured on 2026-11-22 with photographs of 127 people, where one search by strangers in 100 may name somebody: 0.74 % did (n = 812), and 0.71 % of the enrolled were not found (n = 282).", { id: "compliance.errors.accurate" })
      : msg("Measured on 2026-11-22 with photographs of 127 people: 7.1 % of the enrolled were not found (n = 282); they use their PIN.", { id: "compliance.errors.clear" });
  return `${measured} ${msg(str`This site accepts one in ${accepted}. Figures of its own people stand under Recognition, by groups too.`, { id: "compliance.errors.accepted" })}`;
}

/** Answers as far as the tablet can give them; the operator reads, changes and completes them. */
export function preparedAnswers({ settings, boot, hub }: SiteFacts): Readonly<Record<AssessmentPart, string>> {
  const { organisation, siteName, lawRegion } = settings;
  const { unusedFaceMonths, recordMonths, attemptMonths, healthMonths, attachmentMonths } = scheduleOf(settings);
  const { challenge, comparison } = policyOf(settings);
  return {
    purpose: msg(str`${organisation} records at ${siteName} when people come and go. The face tells who stands there, without anything to carry or to remember, and keeps one person from punching for another. It is used for nothing else: no mood, age, sex, origin or performance is worked out. Whoever does not want it uses another way.`, { id: "compliance.answer.purpose" }),
    data: msg("Of people who consented: features of the face, as numbers, never a picture. Of everybody who works here: name, number, department, punches, PIN (as a hash), consents, requests with what they declare, and who looked at them. Failed attempts name nobody.", { id: "compliance.answer.data" }),
    basis: basis(lawRegion),
    alternatives: msg("PIN and badge on the first screen, with the same standing in times, pay and reports; a supervisor attests when nothing works. Consent is withdrawn at the kiosk in one step, and the other ways go on.", { id: "compliance.answer.alternatives" }),
    risks: `${msg("A face cannot be changed like a password: features that were stolen could be compared with pictures. Somebody can be taken for another, or not be known. A picture or recording may be held before the camera. People may feel watched or pressed to consent.", { id: "compliance.answer.risks" })} ${errors(settings)}`,
    measures: [
      msg("Templates are encrypted, each with a key of its own, turned by a secret of the site, and stay on the tablet; erasing destroys key and bytes, with a certificate. Roles are keys: nobody sees a template, and every look at a record is an entry of a signed log that people can read.", { id: "compliance.answer.measures" }),
      boot === "attended" ? msg("After a start faces rest until an administrator signs in.", { id: "compliance.answer.boot.attended" }) : msg("The tablet starts by itself: whoever takes it and breaks its disk could read what is on it. Disk encryption and a screen lock are switched on.", { id: "compliance.answer.boot.unattended" }),
      comparison === "typed-number" ? msg("A number is typed first, and the face compared with that one person.", { id: "compliance.answer.one" }) : msg("The face is compared with the people enrolled on this tablet.", { id: "compliance.answer.many" }),
      msg(str`Against pictures and recordings, texture and motion are judged over several frames; ${challengeWord(challenge)}. 0 of 19 composed attacks were accepted in tests, which proves no more than 17 %.`, { id: "compliance.answer.pad" }),
    ].join("\n"),
    retention: msg(str`A face: erased at withdrawal, at leaving (within ${FACE_AFTER_LEAVING_HOURS} hours), or after ${unusedFaceMonths} months unused. Records: ${recordMonths} months after leaving. What was declared about health: ${healthMonths} months, files: ${attachmentMonths} months after the request was decided. Failed attempts: ${attemptMonths} months. A legal hold keeps a record longer.`, { id: "compliance.answer.retention" }),
    recipients: hub
      ? msg("Nobody outside. Punches go, sealed to the key of HR, to the site's own hub. Backups are encrypted to the operator's key.", { id: "compliance.answer.recipients.hub" })
      : msg("Nobody outside. Data stay on this tablet; backups are encrypted to the operator's key.", { id: "compliance.answer.recipients.alone" }),
    opinion: "",
  };
}

import { msg } from "@lit/localize";

import type { LawRegion } from "../../../app/api/administration.ts";

/** What the operator has to do before and while people are recognised by face. Plain words, not legal advice. */
export function duties(region: LawRegion): readonly string[] {
  const always = [
    msg("Tell people before the camera sees them: what for, how, what is kept and for how long. The notice in enrolment says it; hang up a copy.", { id: "admin.law.notice" }),
    msg("Get each person's own consent to the use of the face, apart from any contract, and let it be withdrawn at any time.", { id: "admin.law.consent" }),
    msg("Keep the way by PIN open to all, with no disadvantage in pay, times or reports.", { id: "admin.law.alternative" }),
  ];
  switch (region) {
    case "cn":
      return [
        ...always,
        msg("Make a personal information protection impact assessment before you start, and keep it for three years.", { id: "admin.law.cn.assessment" }),
        msg("Keep face data on the device; do not send it elsewhere without a separate consent.", { id: "admin.law.cn.local" }),
        msg("From 100,000 people on, file with the provincial cyberspace administration within 30 working days.", { id: "admin.law.cn.filing" }),
      ];
    case "eu":
      return [
        ...always,
        msg("Make a data protection impact assessment before you start, with your data protection officer.", { id: "admin.law.eu.assessment" }),
        msg("Involve the works council or staff representatives where there are any: consent at work counts only when refusing is really free.", { id: "admin.law.eu.council" }),
        msg("Enter the processing in your register, and report a breach within 72 hours.", { id: "admin.law.eu.register" }),
      ];
    case "us":
      return [
        ...always,
        msg("In Illinois get the consent in writing and publish a retention schedule; Texas and Washington have laws of their own. Check your state.", { id: "admin.law.us.state" }),
        msg("Destroy face data when its purpose has ended. Leaving and withdrawing do that here at once.", { id: "admin.law.us.destroy" }),
        msg("Never sell, lease or trade face data.", { id: "admin.law.us.sell" }),
      ];
    case "other":
      return [...always, msg("Find out whether your country wants a permit, a filing or an impact assessment before you start.", { id: "admin.law.other.check" })];
  }
}

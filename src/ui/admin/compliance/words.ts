import { msg, str } from "@lit/localize";

import type { ComplianceFailure } from "../../../app/api/compliance.ts";
import type { AssessmentPart } from "../../../domain/compliance/assessment.ts";
import type { ClockName, IncidentData, Severity, StepDraft } from "../../../domain/compliance/incident.ts";
import { accessWord } from "../users/words.ts";

export const PART_WORDS: Readonly<Record<AssessmentPart, () => string>> = {
  purpose: () => msg("Purpose, and why it is necessary", { id: "compliance.part.purpose" }),
  data: () => msg("Kinds of data, and whose", { id: "compliance.part.data" }),
  basis: () => msg("Legal basis", { id: "compliance.part.basis" }),
  alternatives: () => msg("Other ways that are offered", { id: "compliance.part.alternatives" }),
  risks: () => msg("Risks for the people concerned", { id: "compliance.part.risks" }),
  measures: () => msg("Measures against them", { id: "compliance.part.measures" }),
  retention: () => msg("How long data are kept", { id: "compliance.part.retention" }),
  recipients: () => msg("Who receives data", { id: "compliance.part.recipients" }),
  opinion: () => msg("Opinion of the data protection officer and of the staff's representatives", { id: "compliance.part.opinion" }),
};

export const CLOCK_WORDS: Readonly<Record<ClockName, () => string>> = {
  h1: () => msg("1 hour", { id: "compliance.clock.h1" }),
  h4: () => msg("4 hours", { id: "compliance.clock.h4" }),
  h72: () => msg("72 hours", { id: "compliance.clock.h72" }),
};

export const SEVERITY_WORDS: Readonly<Record<Severity, () => string>> = {
  low: () => msg("Low: nobody's data were open to anybody", { id: "compliance.severity.low" }),
  serious: () => msg("Serious: some people's data were", { id: "compliance.severity.serious" }),
  severe: () => msg("Severe: faces, health data or many people's were", { id: "compliance.severity.severe" }),
};

export const DATA_WORDS: Readonly<Record<IncidentData, () => string>> = {
  faces: () => msg("Face templates", { id: "compliance.data.faces" }),
  details: () => msg("Names, numbers, departments", { id: "compliance.data.details" }),
  punches: () => msg("Punches", { id: "admin.nav.punches" }),
  requests: () => msg("Requests", { id: "admin.nav.requests" }),
  health: () => msg("Health declarations", { id: "compliance.data.health" }),
  attachments: () => msg("Attachments", { id: "compliance.data.attachments" }),
  users: () => msg("Users", { id: "admin.nav.users" }),
  keys: () => msg("Keys, PINs, badges", { id: "compliance.data.keys" }),
};

/** What kind of step it is; of a clock, which and how it was answered. */
export function stepWord(step: StepDraft | { readonly kind: Exclude<StepDraft["kind"], "clock"> }): string {
  switch (step.kind) {
    case "clock":
      return step.outcome === "done" ? msg(str`${CLOCK_WORDS[step.clock]()}: reported`, { id: "compliance.step.done" }) : msg(str`${CLOCK_WORDS[step.clock]()}: does not apply`, { id: "compliance.step.not-due" });
    case "contained":
      return msg("Contained", { id: "compliance.step.contained" });
    case "people-told":
      return msg("The people concerned were told", { id: "compliance.step.people-told" });
    case "note":
      return msg("Note", { id: "admin.audit.type.violation-note" });
    case "correction":
      return msg("Correction", { id: "admin.audit.type.corrected" });
    case "closed":
      return msg("Closed", { id: "compliance.step.closed" });
  }
}

/** What went wrong and what to do. */
export function complianceFailure(failure: ComplianceFailure): string {
  switch (failure.kind) {
    case "compliance/assessment-bad":
      return msg("Some answers are missing or wrong: they are marked below. Nothing was recorded yet.", { id: "compliance.failure.assessment" });
    case "compliance/incident-bad":
      return msg("Say what happened, and when it was found: a time that is not in the future.", { id: "compliance.failure.incident" });
    case "compliance/step-bad":
      return msg("Say in words what was done. A time that is corrected cannot lie in the future.", { id: "compliance.failure.step" });
    case "compliance/step-not-now":
      return msg("This step cannot be taken now: an incident is closed once every clock was answered, and after that only corrections follow.", { id: "compliance.failure.step-not-now" });
    case "compliance/no-such-incident":
      return msg("This incident is not on this tablet.", { id: "compliance.failure.no-such" });
    case "compliance/number-bad":
      return msg("Enter a whole number, 0 or more.", { id: "compliance.failure.number" });
    case "compliance/reason-empty":
      return msg("Say why, in at most 500 characters: whoever reads the log later has to understand it.", { id: "compliance.failure.reason" });
    case "compliance/storage-full":
      return msg("The tablet's storage is full. Nothing was changed; free some space first.", { id: "admin.person.storage-full" });
    case "compliance/store-failed":
      return msg("The tablet could not save this. Nothing was changed; try again.", { id: "admin.person.store-failed" });
    case "access/not-signed-in":
    case "access/not-allowed":
    case "access/own-record":
    case "access/confirm-needed":
    case "access/not-logged":
      return accessWord(failure.kind);
  }
}

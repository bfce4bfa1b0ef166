import { msg } from "@lit/localize";

import type { ComplianceFailure } from "../../../app/api/compliance.ts";
import type { AssessmentPart } from "../../../domain/compliance/assessment.ts";
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
    case "access/confirm-needed":
    case "access/not-logged":
      return accessWord(failure.kind);
  }
}

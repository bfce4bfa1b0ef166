import type { Assessment, AssessmentProblem } from "../../domain/compliance/assessment.ts";
import type { FaceClosed } from "../../domain/compliance/face-use.ts";
import type { FilingCount } from "../../domain/compliance/filing.ts";
import type { ClockName, Incident, IncidentDraft, StepDraft } from "../../domain/compliance/incident.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { Failure } from "../../domain/errors.ts";
import type { Result } from "../../domain/result.ts";
import type { Observable } from "../observable.ts";
import type { AccessFailure } from "../ports/access.ts";

/** `step-not-now`: the incident is closed, or a clock still runs. `face/reason-empty`: nobody would know why. */
export type ComplianceFailure =
  | AccessFailure
  | (Failure<"compliance/assessment-bad"> & { readonly problems: readonly AssessmentProblem[] })
  | Failure<"compliance/incident-bad" | "compliance/step-bad" | "compliance/step-not-now" | "compliance/no-such-incident" | "compliance/number-bad" | "compliance/reason-empty" | "compliance/storage-full" | "compliance/store-failed">;

/** What somebody who runs the site should know of without looking for it. */
export interface ComplianceConcerns {
  /** Faces are kept, and no assessment was ever recorded. */
  readonly assessmentMissing: boolean;
  /** The day on which it should have been looked at again is over. */
  readonly reviewDue: boolean;
  /** Clocks of open incidents that ran out. */
  readonly overdue: readonly { readonly incident: string; readonly clock: ClockName; readonly dueAt: EpochMs }[];
  /** Incidents that are not closed. */
  readonly openIncidents: number;
  readonly filing: FilingCount;
}

/** What laws ask of whoever runs the site, as far as the tablet can keep it. Each call asks for the rights of whoever is signed in. */
export interface Compliance {
  /** Why faces are not used here; null while they are. Follows every change, also by another tab. */
  readonly faceClosed: Observable<FaceClosed | null>;
  /** Null for whom it is not. Clocks that run out are told within ten seconds. */
  readonly concerns: Observable<ComplianceConcerns | null>;
  /** Newest first. */
  assessments(): Promise<Result<readonly Assessment[], ComplianceFailure>>;
  /** Adds a version; the first one opens the face way. */
  recordAssessment(entered: unknown): Promise<Result<void, ComplianceFailure>>;
  /** Asks for a fresh second factor. Holds at once, in every tab, and after restarts. */
  switchFaces(on: boolean, reason: string): Promise<Result<void, ComplianceFailure>>;
  setFacesElsewhere(people: number): Promise<Result<void, ComplianceFailure>>;
  /** Newest first. */
  incidents(): Promise<Result<readonly Incident[], ComplianceFailure>>;
  openIncident(draft: IncidentDraft): Promise<Result<Incident, ComplianceFailure>>;
  addStep(id: string, draft: StepDraft): Promise<Result<Incident, ComplianceFailure>>;
  /** Before a document leaves, as a file or on paper. Asks for a fresh second factor. */
  exporting(what: "assessment" | "register" | "retention" | "incident", content: Blob): Promise<Result<void, AccessFailure>>;
}

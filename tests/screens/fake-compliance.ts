import type { Compliance, ComplianceConcerns } from "../../src/app/api/compliance.ts";
import { Subject } from "../../src/app/observable.ts";
import type { EpochMs } from "../../src/domain/clock.ts";
import { checkAssessment, type Assessment } from "../../src/domain/compliance/assessment.ts";
import type { FaceClosed } from "../../src/domain/compliance/face-use.ts";
import { mayStep, type Incident } from "../../src/domain/compliance/incident.ts";
import { failure } from "../../src/domain/errors.ts";
import type { UserId } from "../../src/domain/people/access.ts";
import { err, ok } from "../../src/domain/result.ts";

const LIN = "00000000-0000-4000-8000-000000000001" as UserId;
const HOUR_MS = 3_600_000;
const ago = (hours: number): EpochMs => (Date.now() - hours * HOUR_MS) as EpochMs;

export const ASSESSMENT: Assessment = {
  version: 1,
  at: ago(200),
  by: LIN,
  draft: { kind: "elsewhere", reference: "PIA-2026-014, archive of the legal department", signedBy: "Zhou Lan, data protection officer", signedOn: "2026-01-20", nextReviewOn: "2099-01-20" },
};

/** Found five hours ago: the first two clocks have run out, one of them was met. */
export function incident(): Incident {
  return {
    id: "5f0c8a52-9d13-4b0e-8a57-2f6f6e1f7a10",
    openedAt: ago(4.5),
    openedBy: LIN,
    draft: { what: "The tablet at the north gate was gone when the early shift came. The holder is broken.", foundAt: ago(5), severity: "severe", people: null, data: ["faces", "details", "punches"] },
    steps: [
      { at: ago(4.4), by: LIN, draft: { kind: "clock", clock: "h1", outcome: "not-due", text: "We operate no critical infrastructure." } },
      { at: ago(4.2), by: LIN, draft: { kind: "contained", text: "Token taken back at the hub; police informed, case 26-1187." } },
    ],
  };
}

/** Compliance that keeps what it is given in memory. */
export class FakeCompliance implements Compliance {
  readonly faceClosed = new Subject<FaceClosed | null>(null);
  readonly concerns = new Subject<ComplianceConcerns | null>({ assessmentMissing: false, reviewDue: false, overdue: [], openIncidents: 0, filing: { here: 138, elsewhere: 0 } });
  recorded: readonly Assessment[] = [ASSESSMENT];
  kept: readonly Incident[] = [];

  constructor(
    private readonly calls: (readonly unknown[])[],
    private readonly isFresh: () => boolean,
  ) {}

  readonly assessments: Compliance["assessments"] = () => Promise.resolve(ok(this.recorded));

  readonly recordAssessment: Compliance["recordAssessment"] = (entered) => {
    this.calls.push(["compliance.recordAssessment", entered]);
    const found = checkAssessment(entered, "2026-03-02");
    if ("problems" in found) return Promise.resolve(err({ ...failure("compliance/assessment-bad"), problems: found.problems }));
    this.recorded = [{ version: this.recorded.length + 1, at: ago(0), by: LIN, draft: found.draft }, ...this.recorded];
    if (this.faceClosed.value === "not-assessed") this.faceClosed.next(null);
    return Promise.resolve(ok());
  };

  readonly switchFaces: Compliance["switchFaces"] = (on, reason) => {
    this.calls.push(["compliance.switchFaces", on, reason]);
    if (!this.isFresh()) return Promise.resolve(err(failure("access/confirm-needed")));
    if (reason.trim() === "") return Promise.resolve(err(failure("compliance/reason-empty")));
    this.faceClosed.next(on ? null : "switched-off");
    return Promise.resolve(ok());
  };

  readonly setFacesElsewhere: Compliance["setFacesElsewhere"] = (people) => {
    this.calls.push(["compliance.setFacesElsewhere", people]);
    if (!Number.isSafeInteger(people)) return Promise.resolve(err(failure("compliance/number-bad")));
    const { value } = this.concerns;
    if (value !== null) this.concerns.next({ ...value, filing: { ...value.filing, elsewhere: people } });
    return Promise.resolve(ok());
  };

  readonly incidents: Compliance["incidents"] = () => Promise.resolve(ok(this.kept));

  readonly openIncident: Compliance["openIncident"] = (draft) => {
    this.calls.push(["compliance.openIncident", draft]);
    if (draft.what.trim() === "") return Promise.resolve(err(failure("compliance/incident-bad")));
    const opened: Incident = { id: crypto.randomUUID(), openedAt: ago(0), openedBy: LIN, draft, steps: [] };
    this.kept = [opened, ...this.kept];
    return Promise.resolve(ok(opened));
  };

  readonly addStep: Compliance["addStep"] = (id, draft) => {
    this.calls.push(["compliance.addStep", id, draft]);
    const before = this.kept.find((each) => each.id === id);
    if (before === undefined) return Promise.resolve(err(failure("compliance/no-such-incident")));
    if (!mayStep(before, draft)) return Promise.resolve(err(failure("compliance/step-not-now")));
    const after: Incident = { ...before, steps: [...before.steps, { at: ago(0), by: LIN, draft }] };
    this.kept = this.kept.map((each) => (each.id === id ? after : each));
    return Promise.resolve(ok(after));
  };

  readonly exporting: Compliance["exporting"] = (what, content) => {
    this.calls.push(["compliance.exporting", what, content.size]);
    return Promise.resolve(this.isFresh() ? ok() : err(failure("access/confirm-needed")));
  };
}

import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import type { EpochMs } from "../clock.ts";
import type { UserId } from "../people/access.ts";
import { ASSESSMENT_PARTS, checkAssessment, parseAssessment, PART_MAX_LENGTH } from "./assessment.ts";
import { faceClosed } from "./face-use.ts";
import { FILING_PEOPLE, filingLevel } from "./filing.ts";
import { clocksOf, factsOf, mayStep, overdueClocks, parseIncident } from "./incident.ts";
import type { Incident, StepDraft } from "./incident.ts";

const LIN = "lin" as UserId;
const at = (ms: number): EpochMs => ms as EpochMs;
const HOUR = 3_600_000;

describe("the use of faces", () => {
  const mark = { version: 1, at: at(5), nextReviewOn: "2027-01-01" };
  const off = { reason: "order", by: LIN, at: at(9) };

  test.each([
    ["before set-up", null, 0, null],
    ["on a new tablet", {}, 0, "not-assessed"],
    ["on a tablet that held faces before assessments were asked for", {}, 3, null],
    ["once one is recorded", { assessment: mark }, 0, null],
    ["where it is switched off", { assessment: mark, faceOff: off }, 12, "switched-off"],
    ["where it is switched off and never assessed", { faceOff: off }, 0, "switched-off"],
  ] as const)("%s", (_, settings, faces, closed) => {
    expect(faceClosed(settings, faces)).toBe(closed);
  });
});

describe("an assessment", () => {
  const signed = { signedBy: "Ida Moreau", signedOn: "2026-11-20", nextReviewOn: "2027-11-20" };
  const elsewhere = { kind: "elsewhere", reference: "DPIA 7", ...signed };
  const here = { kind: "here", ...Object.fromEntries(ASSESSMENT_PARTS.map((part) => [part, `About ${part}`])), ...signed };

  test("is taken when every question is answered, or the paper is named", () => {
    expect(checkAssessment(here, "2026-11-22")).toEqual({ draft: here });
    expect(checkAssessment({ ...elsewhere, reference: "  DPIA\u00077 " }, "2026-11-22")).toEqual({ draft: { ...elsewhere, reference: "DPIA 7" } });
  });

  test.each([
    ["a question without an answer", { ...here, opinion: " \n " }, [{ field: "opinion", kind: "empty" }]],
    ["an answer that is too long", { ...here, risks: "x".repeat(PART_MAX_LENGTH + 1) }, [{ field: "risks", kind: "too-long" }]],
    ["no name and no paper", { ...elsewhere, reference: "", signedBy: "" }, [{ field: "reference", kind: "empty" }, { field: "signedBy", kind: "empty" }]],
    ["a day that is none", { ...elsewhere, signedOn: "soon" }, [{ field: "signedOn", kind: "bad-day" }]],
    ["a signature of tomorrow", { ...elsewhere, signedOn: "2026-11-23" }, [{ field: "signedOn", kind: "in-the-future" }]],
    ["a review that is over", { ...elsewhere, nextReviewOn: "2026-11-22" }, [{ field: "nextReviewOn", kind: "not-after" }]],
  ])("is refused with %s", (_, entered, problems) => {
    expect(checkAssessment(entered, "2026-11-22")).toEqual({ problems });
  });

  test("reads as nothing when its shape is another", () => {
    const draft = checkAssessment(elsewhere, "2026-11-22");
    expect("draft" in draft && parseAssessment({ version: 1, at: 5, by: LIN, draft: draft.draft })).toMatchObject({ version: 1 });
    expect(parseAssessment({ version: 0, at: 5, by: LIN, draft: elsewhere })).toBeNull();
  });
});

describe("an incident", () => {
  const opened: Incident = { id: "5f0c8a52-9d13-4b0e-8a57-2f6f6e1f7a10", openedAt: at(HOUR), openedBy: LIN, draft: { what: "The tablet is gone", foundAt: at(0), severity: "severe", people: null, data: ["faces"] }, steps: [] };
  const after = (...drafts: readonly StepDraft[]): Incident => ({ ...opened, steps: drafts.map((draft) => ({ at: at(2 * HOUR), by: LIN, draft })) });
  const met = (clock: "h1" | "h4" | "h72"): StepDraft => ({ kind: "clock", clock, outcome: "done", text: "Reported" });

  test("has its clocks count from when it was found", () => {
    expect(clocksOf(opened).map(({ clock, dueAt }) => [clock, dueAt])).toEqual([["h1", HOUR], ["h4", 4 * HOUR], ["h72", 72 * HOUR]]);
  });

  test.each([
    ["just before the first", opened, HOUR - 1, []],
    ["at the first", opened, HOUR, ["h1"]],
    ["after all", opened, 72 * HOUR, ["h1", "h4", "h72"]],
    ["after what was met", after(met("h1")), 5 * HOUR, ["h4"]],
    ["after what does not apply", after({ kind: "clock", clock: "h4", outcome: "not-due", text: "No larger incident" }), 5 * HOUR, ["h1"]],
    ["once closed", after(met("h1"), met("h4"), met("h72"), { kind: "closed", text: "Over" }), 99 * HOUR, []],
  ] as const)("says which clocks ran out: %s", (_, incident, now, clocks) => {
    expect(overdueClocks(incident, at(now)).map(({ clock }) => clock)).toEqual(clocks);
  });

  test("counts from the corrected time, and keeps the earlier words", () => {
    const corrected = after({ kind: "correction", text: "Found earlier", foundAt: at(-HOUR), severity: "serious", people: 40, data: ["details"] });
    expect(factsOf(corrected)).toEqual({ foundAt: -HOUR, severity: "serious", people: 40, data: ["details"] });
    expect(clocksOf(corrected)[0]?.dueAt).toBe(0);
    expect(corrected.draft).toEqual(opened.draft);
  });

  test("is closed only when every clock was answered, and is only corrected after that", () => {
    const close: StepDraft = { kind: "closed", text: "Over" };
    expect(mayStep(opened, close)).toBe(false);
    expect(mayStep(after(met("h1"), met("h4")), close)).toBe(false);
    const answered = [met("h1"), met("h4"), met("h72")];
    expect(mayStep(after(...answered), close)).toBe(true);
    const closed = after(...answered, close);
    expect(mayStep(closed, { kind: "note", text: "More" })).toBe(false);
    expect(mayStep(closed, { kind: "correction", text: "More", foundAt: at(0), severity: "low", people: 0, data: [] })).toBe(true);
  });

  test("reads back as it was stored", () => {
    expect(parseIncident(structuredClone(after(met("h1"))))).toEqual(after(met("h1")));
    expect(parseIncident({ ...opened, id: "1" })).toBeNull();
  });
});

describe("the filing duty", () => {
  test.each([[0, 0, null], [79_999, 0, null], [138, 79_862, 80], [95_000, 0, 95], [0, 99_999, 95], [1, 99_999, 100], [5, 3_000_000, 100]] as const)("%i here and %i elsewhere", (here, elsewhere, level) => {
    expect(filingLevel({ here, elsewhere })).toBe(level);
  });

  property.prop([fc.nat(FILING_PEOPLE), fc.nat(FILING_PEOPLE)])("never sinks when people are added", (here, elsewhere) => {
    expect(filingLevel({ here: here + 1, elsewhere }) ?? 0).toBeGreaterThanOrEqual(filingLevel({ here, elsewhere }) ?? 0);
  });
});

import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { chosenPoint, DEFAULT_RECOGNITION_POLICY, recognitionChoiceSchema, samePolicy } from "./recognition-policy.ts";
import { OPERATING_POINTS } from "./operating-points.ts";
import { identificationThreshold } from "./operating-point.ts";

const roster = (...rosterDepartments: string[]) => ({ ...DEFAULT_RECOGNITION_POLICY, comparison: "roster", rosterDepartments });

describe("a chosen recognition policy", () => {
  it("names departments as people's are written, each once and none empty", () => {
    const read = v.safeParse(recognitionChoiceSchema, roster(" Assembly  hall ", "Assembly hall", "", "  ", "装配车间"));
    expect(read.success && read.output.rosterDepartments).toEqual(["Assembly hall", "装配车间"]);
  });

  it.each([
    ["a roster of no department", roster("  ")],
    ["a comparison that does not exist", { ...DEFAULT_RECOGNITION_POLICY, comparison: "nobody" }],
    ["an FPIR that is not offered", { ...DEFAULT_RECOGNITION_POLICY, fpirTarget: 0.5 }],
    ["a field too many", { ...DEFAULT_RECOGNITION_POLICY, smile: true }],
    ["a field too few", { challenge: "always" }],
  ])("is refused with %s", (_what, wrong) => {
    expect(v.safeParse(recognitionChoiceSchema, wrong).success).toBe(false);
  });

  it("keeps departments that are not compared with for later", () => {
    const read = v.safeParse(recognitionChoiceSchema, { ...roster("Quality"), comparison: "typed-number" });
    expect(read.success && read.output.rosterDepartments).toEqual(["Quality"]);
  });
});

describe("two policies", () => {
  it("are the same when only the order of departments differs", () => {
    const one = { ...DEFAULT_RECOGNITION_POLICY, rosterDepartments: ["a", "b"] };
    expect(samePolicy(one, { ...one, rosterDepartments: ["b", "a"] })).toBe(true);
  });

  it.each([{ challenge: "always" }, { fpirTarget: 1e-4 }, { comparison: "roster" }, { rosterDepartments: ["a"] }, { refreshReferences: true }] as const)("differ in %o", (change) => {
    expect(samePolicy(DEFAULT_RECOGNITION_POLICY, { ...DEFAULT_RECOGNITION_POLICY, ...change })).toBe(false);
  });
});

describe("the site's operating point", () => {
  it("asks for a higher score when fewer strangers may be named", () => {
    const thresholds = ([1e-2, 1e-3, 1e-4] as const).map((fpirTarget) => identificationThreshold(chosenPoint(OPERATING_POINTS.accurate, { fpirTarget }), 200));
    expect(thresholds).toEqual(thresholds.toSorted((a, b) => a - b));
    expect(new Set(thresholds).size).toBe(3);
  });
});

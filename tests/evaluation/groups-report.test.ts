import { describe, expect, test } from "vitest";
import type { OperatingPoint } from "../../src/domain/biometrics/operating-point.ts";
import { groupsReport, type GroupPicture } from "./groups-report.ts";
import { numbers, SyntheticFace, UNREADABLE } from "./synthetic.ts";

const POINT: OperatingPoint = {
  profile: "accurate",
  fpirTarget: 1e-3,
  comparisonsPerPerson: 1,
  curve: [
    { log10Fmr: 0, score: 1.5 },
    { log10Fmr: -20, score: 1.500001 },
  ],
  margin: 0,
  frameSlack: 0,
  source: { dataset: "made up", images: 0, nonMatedPairs: 0, modelSet: "", date: "2026-11-22", note: "" },
};

/** People of a group; the more they share, the more alike they are. */
function group(name: string, count: number, shared: number, seed: number): readonly GroupPicture[] {
  const random = numbers(seed);
  const face = new SyntheticFace(random);
  return Array.from({ length: count }, () => ({ group: name, acquired: face.picture(1 - shared), reject: null }));
}

describe("groupsReport", () => {
  test("finds the group whose people are more alike", () => {
    const report = groupsReport([...group("far", 40, 0.45, 1), ...group("near", 40, 0.5, 2)], "accurate", POINT, 100);
    expect(report.groups["near"]?.fmr).toMatchObject({ n: 780, value: 0 });
    expect(report.worstToBest).toBeGreaterThan(2);
    expect(report.worstToBestInterval?.low).toBeLessThan(report.worstToBest ?? 0);
    expect(report.compared?.fewestFalseMatches).toBeGreaterThanOrEqual(30);
  });

  test("is one when the groups are alike", () => {
    expect(groupsReport([...group("one", 60, 0.5, 1), ...group("other", 60, 0.5, 1)], "accurate", POINT, 100).worstToBest).toBe(1);
  });

  test("makes up no ratio when a group is too small", () => {
    const report = groupsReport([...group("one", 4, 0.5, 1), ...group("other", 60, 0.5, 2)], "accurate", POINT, 100);
    expect(report).toMatchObject({ worstToBest: null, worstToBestInterval: null, compared: null });
  });

  test("counts failures to acquire and quality rejects of each group", () => {
    const lost: GroupPicture = { group: "one", acquired: UNREADABLE, reject: null };
    const [first, ...rest] = group("one", 5, 0.5, 1) as [GroupPicture, ...GroupPicture[]];
    const report = groupsReport([lost, { ...first, reject: "too-dark" }, ...rest, ...group("other", 5, 0.5, 2)], "accurate", POINT, 100);
    expect(report.groups["one"]).toMatchObject({ n: 6, fta: { value: 1 / 6 }, qualityRejects: { n: 5, value: 0.2 }, qualityReasons: { "too-dark": 1 }, fmr: { n: 10 } });
    expect(report.groups["other"]).toMatchObject({ n: 5, fta: { value: 0 }, qualityRejects: { value: 0 } });
  });
});

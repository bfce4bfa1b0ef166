import { describe, expect, it } from "vitest";
import type { PersonId } from "../people/types.ts";
import { OPERATING_POINTS } from "./operating-points.ts";
import { leaveOneOutFigures } from "./leave-one-out.ts";
import { identificationThreshold } from "./operating-point.ts";

const point = OPERATING_POINTS.accurate;
const PEOPLE = 50;
const threshold = identificationThreshold(point, PEOPLE);
const id = (name: string): PersonId => name as PersonId;
const above = threshold + 0.3;
const far = threshold - 0.5;

describe("leaving one reference out", () => {
  it.each([
    ["own above, others far", above, far, true, false],
    ["own at the threshold", threshold, far, true, false],
    ["own just below the threshold", threshold - 1e-9, far, false, false],
    ["somebody else nearly as good", above, above - point.margin + 1e-9, false, true],
    ["somebody else behind by the margin", above, above - point.margin - 1e-9, true, above - point.margin - 1e-9 >= threshold],
    ["somebody else better", above, above + 0.1, false, true],
    ["nobody else", above, null, true, false],
  ])("counts %s", (_what, own, other, isFound, isReached) => {
    const figures = leaveOneOutFigures([{ personId: id("a"), references: [{ own, other }] }], point, PEOPLE);
    expect(figures.fnir.value).toBe(isFound ? 0 : 1);
    expect(figures.fpir).toMatchObject(other === null ? { n: 0, value: null } : { n: 1, value: isReached ? 1 : 0 });
    expect(figures.found.get(id("a"))).toEqual({ found: isFound ? 1 : 0, searched: 1 });
  });

  it("makes no mated search of a single reference", () => {
    const figures = leaveOneOutFigures([{ personId: id("a"), references: [{ own: null, other: far }] }], point, PEOPLE);
    expect(figures).toMatchObject({ references: 1, fnir: { n: 0, value: null }, fpir: { n: 1, value: 0 } });
    expect(figures.found.get(id("a"))).toEqual({ found: 0, searched: 0 });
  });

  it("adds up everybody", () => {
    const good = { own: above, other: far };
    const bad = { own: far, other: far };
    const figures = leaveOneOutFigures([{ personId: id("a"), references: [good, good, bad] }, { personId: id("b"), references: [good, { own: above, other: above }] }], point, PEOPLE);
    expect(figures).toMatchObject({ references: 5, fnir: { n: 5, value: 0.4 }, fpir: { n: 5, value: 0.2 } });
    expect(figures.found.get(id("b"))).toEqual({ found: 1, searched: 2 });
  });

  it("asks for more when more people are compared with", () => {
    const left = [{ personId: id("a"), references: [{ own: threshold + 0.001, other: null }] }];
    expect(leaveOneOutFigures(left, point, PEOPLE).fnir.value).toBe(0);
    expect(leaveOneOutFigures(left, point, PEOPLE * 10).fnir.value).toBe(1);
  });
});

import { describe, expect, test } from "vitest";
import { subjectOf } from "./subject-page.ts";

const square = (x: number, y: number, side: number): { x: number; y: number; width: number; height: number } => ({ x: x - side / 2, y: y - side / 2, width: side, height: side });

describe("subjectOf", () => {
  test.each([
    { what: "the only face", boxes: [square(10, 10, 20)], subject: 0 },
    { what: "the larger one when both are as central", boxes: [square(100, 125, 80), square(150, 125, 60)], subject: 0 },
    { what: "the central one when the other is a little larger", boxes: [square(40, 125, 90), square(125, 125, 85)], subject: 1 },
    { what: "the large one when the central one is tiny", boxes: [square(100, 125, 120), square(125, 125, 20)], subject: 0 },
    { what: "nobody's index beyond the first when there is none", boxes: [], subject: 0 },
  ])("is $what", ({ boxes, subject }) => {
    expect(subjectOf(boxes, 250, 250)).toBe(subject);
  });
});

import { describe, expect, test } from "vitest";
import { EvaluationError } from "./errors.ts";
import { readPairs } from "./pairs.ts";

const TWO_FOLDS = ["2\t1", "Anna_A\t1\t4", "Anna_A\t1\tBert_B\t2", "Bert_B\t1\t2", "Cara C\t".trim(), ""].join("\n");

describe("readPairs", () => {
  test("tells folds and kinds of pairs apart when the first line names both numbers", () => {
    const folds = readPairs("2\t1\nAnna_A\t1\t4\nAnna_A\t1\tBert_B\t2\nBert_B\t1\t2\nBert_B\t3\tCara_C\t1\n");
    expect(folds.map((fold) => fold.map(({ same }) => same))).toEqual([
      [true, false],
      [true, false],
    ]);
    expect(folds[0]?.[1]).toEqual({ one: { name: "Anna_A", number: 1 }, other: { name: "Bert_B", number: 2 }, same: false });
  });

  test("cuts a single set into folds of both kinds when the first line is one number", () => {
    const same = Array.from({ length: 20 }, (_, index) => `Anna_A ${String(index + 1)} 30`);
    const different = Array.from({ length: 20 }, (_, index) => `Anna_A ${String(index + 1)} Bert_B 1`);
    const folds = readPairs(["20", ...same, ...different].join("\n"));
    expect(folds).toHaveLength(10);
    for (const fold of folds) expect(fold.map((pair) => pair.same)).toEqual([true, true, false, false]);
  });

  test.each([
    { text: "", why: "line 1" },
    { text: "ten 300\n", why: "line 1" },
    { text: "1 1\nAnna_A 1 2\n", why: "asks for 2 pairs, there are 1" },
    { text: "1 1\nAnna_A 1 Bert_B 2\nAnna_A 1 Bert_B 2", why: "line 2" },
    { text: "1 1\nAnna_A 1 2\nAnna_A 1 2", why: "line 3" },
    { text: "1 1\nAnna_A 1 2\nAnna_A 0 Bert_B 2", why: "line 3" },
    { text: TWO_FOLDS, why: "line 5" },
  ])("names what is wrong when the file is not whole: $why", ({ text, why }) => {
    expect(() => readPairs(text)).toThrow(EvaluationError);
    expect(() => readPairs(text)).toThrow(why);
  });
});

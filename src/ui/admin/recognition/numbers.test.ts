import { expect, test } from "vitest";

import { proportion } from "../../../domain/biometrics/proportion.ts";
import { intervalWords, ofWords, onceIn, oneIn, percent } from "./numbers.ts";

test("ofWords says how many of how many, and nothing when nothing was counted", () => {
  expect(ofWords(proportion(12, 690))).toBe("12 of 690");
  expect(ofWords(proportion(0, 3450))).toBe("0 of 3,450");
  expect(ofWords(proportion(0, 0))).toBe("–");
});

test("intervalWords gives Wilson's interval in words", () => {
  expect(intervalWords(proportion(12, 690))).toBe("1.7%, likely between 1% and 3%");
  expect(intervalWords(proportion(0, 0))).toBe("");
});

test.each([
  [0, "0%"],
  [0.00025, "0.025%"],
  [0.0174, "1.7%"],
  [0.3456, "34.6%"],
  [1, "100%"],
])("percent keeps the digits worth reading when the value is %d", (value, words) => {
  expect(percent(value)).toBe(words);
});

test.each([
  [-6, "once in 1,000,000 comparisons"],
  [-3.1, "once in 1,300 comparisons"],
  [-12, "less than once in 1,000,000,000 comparisons"],
])("oneIn tells how often strangers come that close when the decimal logarithm is %d", (log10Fmr, words) => {
  expect(oneIn(log10Fmr)).toBe(words);
});

test("onceIn tells a chosen FPIR", () => {
  expect(onceIn(1e-3)).toBe("Once in 1,000 searches by strangers");
});

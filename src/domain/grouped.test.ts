import { expect, test } from "vitest";
import { groupedBy } from "./grouped.ts";

test("groupedBy keeps keys in the order of their first item, and items in theirs", () => {
  expect([...groupedBy(["pear", "plum", "apple", "peach", "apricot"], (word) => word.charAt(0))]).toEqual([
    ["p", ["pear", "plum", "peach"]],
    ["a", ["apple", "apricot"]],
  ]);
  expect(groupedBy([], String).size).toBe(0);
});

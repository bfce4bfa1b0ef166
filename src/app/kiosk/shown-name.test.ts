import { expect, test } from "vitest";
import { shownName } from "./shown-name.ts";

test.each([
  ["full", " Ada Lovelace ", "Ada Lovelace"],
  ["short", "Ada King Lovelace", "Ada L."],
  ["short", "Ada", "Ada"],
  ["short", "王小明", "**明"],
  ["short", "欧阳娜", "**娜"],
  ["short", "王", "王"],
] as const)("shownName shows %s of %j as %j", (shown, name, expected) => {
  expect(shownName(name, shown)).toBe(expected);
});

import { expect, test } from "vitest";

import { resolveTheme } from "./theme.ts";

test.each([
  { choice: "light", systemDark: true, hour: 23, theme: "light" },
  { choice: "dark", systemDark: false, hour: 12, theme: "dark" },
  { choice: "system", systemDark: true, hour: 12, theme: "dark" },
  { choice: "system", systemDark: false, hour: 23, theme: "light" },
  { choice: "clock", systemDark: false, hour: 12, theme: "light" },
  { choice: "clock", systemDark: true, hour: 12, theme: "dark" },
  { choice: "clock", systemDark: false, hour: 19, theme: "dark" },
  { choice: "clock", systemDark: false, hour: 6, theme: "dark" },
  { choice: "clock", systemDark: false, hour: 7, theme: "light" },
] as const)("resolveTheme gives $theme when the choice is $choice, the system dark: $systemDark, the hour $hour", ({ choice, systemDark, hour, theme }) => {
  expect(resolveTheme(choice, { systemDark, hour })).toBe(theme);
});

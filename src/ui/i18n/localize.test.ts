import { expect, test } from "vitest";

import { isLocale, preferredLocale } from "./localize.ts";

test.each([
  { languages: ["zh-CN", "en"], locale: "zh-Hans" },
  { languages: ["zh-TW"], locale: "zh-Hans" },
  { languages: ["fr-FR", "zh"], locale: "zh-Hans" },
  { languages: ["en-US", "zh-CN"], locale: "en" },
  { languages: ["fr-FR"], locale: "en" },
  { languages: [], locale: "en" },
])("preferredLocale is $locale when the browser prefers $languages", ({ languages, locale }) => {
  expect(preferredLocale(languages)).toBe(locale);
});

test("isLocale refuses what was stored by something else", () => {
  expect(isLocale("zh-Hans")).toBe(true);
  expect(isLocale("zh")).toBe(false);
  expect(isLocale(null)).toBe(false);
});

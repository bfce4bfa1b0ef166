import { expect, test } from "vitest";
import { notice, NOTICE_VERSION } from "./notice.ts";

const FACTS = { organisation: "Rivergate Works", siteName: "North gate", helpContact: "Lin" };

test.each([
  ["en", "Where", /another tablet/u, /this tablet only/iu],
  ["zh-Hans", "保存在哪里", /另一台平板/u, /只在这台平板/u],
] as const)("notice in %s says that features may be moved to another tablet", (locale, heading, said, notSaid) => {
  const text = notice(locale, FACTS).find((section) => section.heading === heading)?.paragraphs.join(" ");
  expect(text).toMatch(said);
  expect(text).not.toMatch(notSaid);
});

test("notice is another version than the one that promised one tablet only", () => {
  expect(NOTICE_VERSION).not.toBe("2026.11");
});

test("notice has as many sections and paragraphs in both languages", () => {
  const shape = (locale: "en" | "zh-Hans"): readonly number[] => notice(locale, FACTS).map(({ paragraphs }) => paragraphs.length);
  expect(shape("zh-Hans")).toEqual(shape("en"));
});

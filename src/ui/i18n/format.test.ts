import { expect, test } from "vitest";

import { dateAndTime, dayInWords, hourOfDay, isZone, oneOf, timeToTheMinute, timeToTheSecond } from "./format.ts";

const AT = Date.UTC(2026, 10, 22, 0, 57, 12);

test("times are given in the site's zone when the device is in another", () => {
  expect(timeToTheSecond(AT, "Asia/Shanghai")).toBe("08:57:12");
  expect(timeToTheMinute(AT, "Asia/Shanghai")).toBe("08:57");
  expect(timeToTheSecond(AT, "America/New_York")).toBe("19:57:12");
});

test("timeToTheSecond counts midnight as 00 when the day begins", () => {
  expect(timeToTheSecond(Date.UTC(2026, 10, 21, 16, 0, 0), "Asia/Shanghai")).toBe("00:00:00");
  expect(hourOfDay(Date.UTC(2026, 10, 21, 16, 0, 0), "Asia/Shanghai")).toBe(0);
});

test("days are named in the reader's language", () => {
  expect(dayInWords(AT, "Asia/Shanghai", "en")).toBe("Sunday 22 November");
  expect(dayInWords(AT, "Asia/Shanghai", "zh-Hans")).toBe("11月22日星期日");
  expect(dateAndTime(AT, "Asia/Shanghai", "en")).toBe("22 Nov 2026, 08:57:12");
  expect(dateAndTime(AT, "Asia/Shanghai", "zh-Hans")).toBe("2026年11月22日 08:57:12");
});

test("isZone tells a zone from another word", () => {
  expect(isZone("Europe/Oslo")).toBe(true);
  expect(isZone("Mars/Olympus")).toBe(false);
});

test.each([
  ["en", ["face", "PIN"], "face or PIN"],
  ["zh-Hans", ["人脸", "密码"], "人脸或密码"],
  ["en", ["PIN"], "PIN"],
] as const)("oneOf in %s joins %j as a choice", (locale, words, text) => {
  expect(oneOf(words, locale)).toBe(text);
});

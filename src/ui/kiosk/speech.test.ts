import { expect, test } from "vitest";

import { localVoice } from "./speech.ts";

const voice = (lang: string, localService = true, isDefault = false) => ({ lang, localService, default: isDefault });

test("localVoice takes no voice when all of the language speak through a server", () => {
  expect(localVoice([voice("zh-CN", false), voice("en-US")], "zh-Hans")).toBeUndefined();
});

test("localVoice speaks Mandarin when Cantonese and Taiwanese voices come first", () => {
  const mandarin = voice("zh-CN");
  expect(localVoice([voice("zh-HK"), voice("zh-TW"), voice("yue-HK"), mandarin], "zh-Hans")).toBe(mandarin);
});

test("localVoice reads an Android tag with an underscore", () => {
  const mandarin = voice("zh_CN");
  expect(localVoice([mandarin], "zh-Hans")).toBe(mandarin);
});

test("localVoice prefers the device's own default when several fit", () => {
  const usual = voice("en-GB", true, true);
  expect(localVoice([voice("en-US"), usual], "en")).toBe(usual);
});

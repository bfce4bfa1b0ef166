import { expect, it } from "vitest";
import { clockText, parseClock, wallClock } from "./clock-text.ts";

it.each([
  ["9", 540],
  ["9:05", 545],
  ["0905", 545],
  ["26:00", 1560],
  ["２６：００", 1560],
  [" 18.30 ", 1110],
  ["47:59", 2879],
  ["48:00", null],
  ["9:60", null],
  ["9:5", null],
  ["", null],
  ["noon", null],
])("parseClock reads %j as %j when it is typed", (text, expected) => {
  expect(parseClock(text)).toBe(expected);
});

it("clockText is read back as the same minute when it was written", () => {
  for (const minute of [0, 59, 540, 1439, 1440, 1560, 2879]) expect(parseClock(clockText(minute))).toBe(minute);
  expect(clockText(1560)).toBe("26:00");
  expect(wallClock(1560)).toBe("02:00");
});

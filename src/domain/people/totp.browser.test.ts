import { expect, test } from "vitest";
import type { EpochMs } from "../clock.ts";
import { ROWS, SECRET } from "./testing/rfc-6238.ts";
import { totpCode, totpStep } from "./totp.ts";

test.each(ROWS)("one-time codes are those of RFC 6238 in the browser at %i s", (seconds, digits) => {
  expect(totpCode(SECRET, totpStep((seconds * 1000) as EpochMs))).toBe(digits.slice(-6));
});

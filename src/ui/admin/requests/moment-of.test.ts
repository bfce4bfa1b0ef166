import { expect, test } from "vitest";

import { momentOf } from "./moment-of.ts";

test.each([
  ["2026-03-02T09:00", "Asia/Shanghai", Date.parse("2026-03-02T01:00:00Z")],
  ["2026-03-29T02:30", "Europe/Berlin", Date.parse("2026-03-29T01:30:00Z")],
  ["", "Asia/Shanghai", null],
  ["soon", "Asia/Shanghai", null],
])("the moment of %s in %s is by the site's clock", (text, zone, expected) => {
  expect(momentOf(text, zone)).toBe(expected);
});

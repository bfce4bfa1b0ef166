import { expect, test } from "vitest";

import type { EpochMs } from "../../../domain/clock.ts";
import { auditorDays, endOf, lastDay } from "./grant-time.ts";

const NOW = Date.parse("2026-03-02T01:05:30Z") as EpochMs;

test("endOf is the end of the chosen day where the site is", () => {
  expect(new Date(endOf("2026-03-10", "Asia/Shanghai", NOW, false)).toISOString()).toBe("2026-03-10T16:00:00.000Z");
  expect(lastDay(endOf("2026-03-10", "Asia/Shanghai", NOW, false), "Asia/Shanghai")).toBe("2026-03-10");
});

test("endOf is right on the day that has 23 hours", () => {
  expect(new Date(endOf("2026-03-29", "Europe/Berlin", NOW, false)).toISOString()).toBe("2026-03-29T22:00:00.000Z");
});

test("endOf an auditor's role is 90 days from now when the last day has hours left", () => {
  const { last } = auditorDays(NOW, "Asia/Shanghai");
  expect(last).toBe("2026-05-31");
  expect(endOf(last, "Asia/Shanghai", NOW, true) - NOW).toBe(90 * 86_400_000);
  expect(endOf("2026-03-05", "Asia/Shanghai", NOW, true)).toBe(endOf("2026-03-05", "Asia/Shanghai", NOW, false));
});

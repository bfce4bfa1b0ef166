import { describe, expect, it } from "vitest";
import { storagePressure } from "./storage-pressure.ts";

const GB = 1024 ** 3;

describe("storagePressure", () => {
  it.each([
    [0, 10 * GB, "fine"],
    [7.9 * GB, 10 * GB, "fine"],
    [8.1 * GB, 10 * GB, "low"],
    [9.6 * GB, 10 * GB, "critical"],
    [11 * GB, 10 * GB, "critical"],
    [0.2 * GB, 0.6 * GB, "low"],
    [0, 0, "fine"],
  ] as const)("of %d used of %d is %s", (used, quota, level) => {
    expect(storagePressure(used, quota)).toBe(level);
  });
});

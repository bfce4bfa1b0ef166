import { describe, expect, test } from "vitest";
import type { EpochMs, MonotonicMs } from "../clock.ts";
import type { Moment } from "../attendance/moment.ts";
import { FAILURES_BEFORE_LOCK, FIRST_LOCK_MS, oneLess, oneMore } from "./back-off.ts";
import type { Failures } from "./back-off.ts";

const at = (second: number): Moment => ({ wallMs: (1_000_000 + 1000 * second) as EpochMs, monoMs: (1000 * second) as MonotonicMs, bootId: "boot" });
const failures = (count: number): Failures | null => Array.from({ length: count }).reduce<Failures | null>((before, _, index) => oneMore(before, at(index)), null);

describe("a try that is taken back", () => {
  test.each([0, 1, FAILURES_BEFORE_LOCK - 1, FAILURES_BEFORE_LOCK + 1])("leaves what was there before it when there were %i failures", (count) => {
    const before = failures(count);
    expect(oneLess(oneMore(before, at(100)), before)).toEqual(before);
  });

  test("leaves a wrong one that another tab counted meanwhile, and locks no longer than that asks for", () => {
    const before = failures(FAILURES_BEFORE_LOCK - 2);
    const both = oneMore(oneMore(before, at(100)), at(101));
    expect(both.lockMs).toBe(FIRST_LOCK_MS);
    expect(oneLess(both, before)).toEqual({ count: FAILURES_BEFORE_LOCK - 1, at: at(101), lockMs: 0 });
  });

  test("leaves nothing when a right one came meanwhile", () => {
    expect(oneLess(null, failures(3))).toBeNull();
    expect(oneLess(oneMore(null, at(100)), failures(3))).toBeNull();
  });
});

import { describe, expect, test } from "vitest";
import type { EpochMs, MonotonicMs } from "../clock.ts";
import type { Moment } from "../attendance/moment.ts";
import { FAILURES_BEFORE_LOCK, FIRST_LOCK_MS, lockState, oneLess, oneMore } from "./back-off.ts";
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

describe("a lock", () => {
  const locked = oneMore(failures(FAILURES_BEFORE_LOCK - 1), at(100));

  test("is served by the monotonic clock of the life that it began in, whatever the wall clock says", () => {
    for (const jumpMs of [-3_600_000, 0, 3_600_000]) {
      const after = (ms: number): Moment => ({ ...at(100), wallMs: (at(100).wallMs + jumpMs + ms) as EpochMs, monoMs: (at(100).monoMs + ms) as MonotonicMs });
      expect(lockState(locked, after(FIRST_LOCK_MS - 1))).toMatchObject({ locked: true, until: at(100).wallMs + jumpMs + FIRST_LOCK_MS });
      expect(lockState(locked, after(FIRST_LOCK_MS))).toEqual({ locked: false });
    }
  });

  test("begins anew in another life, wherever the clock was set meanwhile", () => {
    for (const jumpMs of [-3_600_000, 0, 86_400_000]) {
      const now: Moment = { wallMs: (at(100).wallMs + jumpMs) as EpochMs, monoMs: 5 as MonotonicMs, bootId: "another" };
      const state = lockState(locked, now);
      expect(state).toEqual({ locked: true, until: now.wallMs + FIRST_LOCK_MS, failures: { ...locked, at: now } });
    }
  });
});

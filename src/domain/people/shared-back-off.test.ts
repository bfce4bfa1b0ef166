import { describe, expect, test } from "vitest";
import type { Moment } from "../attendance/moment.ts";
import type { EpochMs, MonotonicMs } from "../clock.ts";
import { FIRST_LOCK_MS, LONGEST_LOCK_MS } from "./back-off.ts";
import { calmed, EASE_AGAIN_MS, eased, EASED_AT_MOST, FORGET_ONE_MS, oneLessShared, oneMoreShared, SHARED_FAILURES_BEFORE_LOCK, sharedLockAfter } from "./shared-back-off.ts";
import type { SharedFailures } from "./shared-back-off.ts";

const HOUR_MS = 3_600_000;
const at = (ms: number, bootId = "boot"): Moment => ({ wallMs: (1_000_000 + ms) as EpochMs, monoMs: ms as MonotonicMs, bootId });
const failures = (count: number): SharedFailures => Array.from({ length: count }).reduce<SharedFailures>((before) => oneMoreShared(calmed(before, at(0)), at(0)), calmed(null, at(0)));

describe("failures that everybody shares", () => {
  test("lock later than one person's, by the same steps", () => {
    expect([SHARED_FAILURES_BEFORE_LOCK - 1, SHARED_FAILURES_BEFORE_LOCK, SHARED_FAILURES_BEFORE_LOCK + 1, SHARED_FAILURES_BEFORE_LOCK + 9].map(sharedLockAfter)).toEqual([0, FIRST_LOCK_MS, 2 * FIRST_LOCK_MS, LONGEST_LOCK_MS]);
  });

  test.each([
    [FORGET_ONE_MS - 1, 10],
    [FORGET_ONE_MS, 9],
    [3 * FORGET_ONE_MS + 1, 7],
    [11 * FORGET_ONE_MS, 0],
  ])("are forgotten one by one: after %i ms %i of ten are left", (ms, left) => {
    expect(calmed(failures(10), at(ms)).count).toBe(left);
  });

  test("lose no time to tries in between", () => {
    const later = calmed(calmed(failures(10), at(FORGET_ONE_MS * 1.5)), at(FORGET_ONE_MS * 2));
    expect(later.count).toBe(8);
  });

  test("are forgotten by no wall clock, and in another life from its beginning alone", () => {
    const kept = failures(10);
    expect(calmed(kept, { ...at(0), wallMs: at(1_000 * HOUR_MS).wallMs }).count).toBe(10);
    const again = calmed(kept, at(1_000 * HOUR_MS, "another"));
    expect(again.count).toBe(10);
    expect(calmed(again, at(1_000 * HOUR_MS + FORGET_ONE_MS, "another")).count).toBe(9);
  });

  test("of a store that knew of no easing count on", () => {
    expect(calmed({ count: 4, at: at(0), lockMs: 0 }, at(0)).count).toBe(4);
  });
});

describe("a right secret", () => {
  test("leaves what was there before its try, and the lock that was served", () => {
    const before = failures(SHARED_FAILURES_BEFORE_LOCK);
    expect(oneLessShared(oneMoreShared(before, at(FIRST_LOCK_MS)), before)).toEqual(before);
  });

  test("leaves a wrong one that another tab counted meanwhile", () => {
    const before = failures(SHARED_FAILURES_BEFORE_LOCK - 1);
    const both = oneMoreShared(oneMoreShared(before, at(1)), at(2));
    expect(oneLessShared(both, before)).toMatchObject({ count: SHARED_FAILURES_BEFORE_LOCK, at: at(2), lockMs: FIRST_LOCK_MS });
  });

  test("takes one failure back, once for each of different people", () => {
    expect(["a", "a", "b", "a"].reduce(eased, failures(10)).count).toBe(8);
  });

  test("does so again after half a day of one life, whatever was forgotten meanwhile", () => {
    const once = eased(failures(1), "a");
    expect(once.count).toBe(0);
    const again = (now: Moment): number => eased(oneMoreShared(calmed(once, now), now), "a").count;
    expect(again(at(EASE_AGAIN_MS - 1))).toBe(1);
    expect(again(at(EASE_AGAIN_MS))).toBe(0);
    expect(again(at(2 * EASE_AGAIN_MS, "another"))).toBe(1);
  });

  test("is kept for no more people than there is room for", () => {
    const many = Array.from({ length: 2 * EASED_AT_MOST }, (_, index) => `p${index}`).reduce(eased, failures(200));
    expect([many.count, many.easedBy.length]).toEqual([200 - EASED_AT_MOST, EASED_AT_MOST]);
  });

  test("ends no lock that is in force", () => {
    const locked = failures(SHARED_FAILURES_BEFORE_LOCK);
    expect(eased(locked, "a")).toMatchObject({ count: SHARED_FAILURES_BEFORE_LOCK - 1, at: locked.at, lockMs: locked.lockMs });
  });
});

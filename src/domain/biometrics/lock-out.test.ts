import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { afterRecognition, afterSuspicion, forgottenAfterMs, LOCK_OUT_NUMBERS, NO_SUSPICION } from "./lock-out.ts";
import type { Suspicion } from "./lock-out.ts";

const SECOND = 1000;

/** `x` for a suspicion, `o` for somebody recognised, each with the seconds since the start. */
function after(...events: readonly (readonly ["x" | "o", number])[]): Suspicion {
  return events.reduce((before, [kind, second]) => (kind === "x" ? afterSuspicion : afterRecognition)(before, second * SECOND), NO_SUSPICION);
}

/** Suspicions one after the other, as far apart as told. */
function attack(times: number, apartSeconds: number): Suspicion {
  return after(...Array.from({ length: times }, (_, index) => ["x", index * apartSeconds] as const));
}

describe("the face way's rest", () => {
  test.each([
    ["the first suspicion", attack(1, 0), 0],
    ["four within a minute", attack(4, 15), 0],
    ["five within a minute", attack(5, 10), 30],
    ["six within a minute", attack(6, 10), 60],
    ["many more than that", attack(40, 8), 60],
    ["five, each two minutes after the other", attack(5, 120), 0],
    ["four, and somebody recognised before the fifth", after(["x", 0], ["x", 5], ["x", 10], ["x", 15], ["o", 16], ["x", 20]), 0],
    ["five, and ten minutes after them another", after(["x", 0], ["x", 5], ["x", 10], ["x", 15], ["x", 20], ["x", 620]), 0],
  ])("after %s", (_, suspicion, seconds) => {
    expect(Math.max(0, suspicion.restsUntilMs - suspicion.atMs) / SECOND).toBe(seconds);
  });

  test("grows to a minute when an attack goes on after each rest", () => {
    let suspicion = attack(5, 8);
    const rests: number[] = [];
    for (let turn = 0; turn < 5; turn += 1) {
      rests.push((suspicion.restsUntilMs - suspicion.atMs) / SECOND);
      suspicion = afterSuspicion(suspicion, suspicion.restsUntilMs + 8 * SECOND);
    }
    expect(rests).toEqual([30, 60, 60, 60, 60]);
  });

  test("is not cut short when somebody is recognised meanwhile by another way", () => {
    const resting = attack(5, 1);
    expect(afterRecognition(resting, resting.atMs + SECOND).restsUntilMs).toBe(resting.restsUntilMs);
  });

  test("never comes at a gate where one presentation in twenty is suspected wrongly", () => {
    const day = Array.from({ length: 2000 }, (_, index) => [index % 20 === 7 ? "x" : "o", index * 6] as const);
    expect(after(...day).restsUntilMs).toBe(0);
  });

  test("is forgotten when nothing was suspected for as long as it says", () => {
    const long = attack(100, 8);
    expect(afterRecognition(long, long.atMs + forgottenAfterMs()).level).toBe(0);
  });

  property.prop([fc.array(fc.tuple(fc.boolean(), fc.integer({ min: -60, max: 600 })), { maxLength: 60 })])("is never longer than a minute, whatever happens and however the clock jumps", (events) => {
    let nowMs = 3_600_000;
    let suspicion = NO_SUSPICION;
    for (const [suspected, seconds] of events) {
      const before = suspicion;
      nowMs += seconds * SECOND;
      suspicion = (suspected ? afterSuspicion : afterRecognition)(suspicion, nowMs);
      expect(suspicion.restsUntilMs - Math.max(nowMs, before.restsUntilMs)).toBeLessThanOrEqual(LOCK_OUT_NUMBERS.longestRestMs);
      expect(suspicion.level).toBeGreaterThanOrEqual(0);
    }
  });
});

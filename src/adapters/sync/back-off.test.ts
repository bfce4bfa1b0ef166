import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";

import { afterAttempt, AT_REST, FIRST_WINDOW_MS, LONGEST_WINDOW_MS, mayAttempt } from "./back-off.ts";
import type { AttemptOutcome, Standing, Trigger } from "./back-off.ts";

const NOW = 1_770_000_000_000;
const waiting = (failures: number, inMs: number): Standing => ({ state: "waiting", failures, nextAttemptAtMs: NOW + inMs });
const NEEDS_TOKEN: Standing = { state: "needs-token", failures: 0, nextAttemptAtMs: null };
const REFUSED: Standing = { state: "refused", failures: 1, nextAttemptAtMs: NOW + 200_000 };

const standings = fc.oneof(
  fc.constant(AT_REST),
  fc.constant(NEEDS_TOKEN),
  fc.record({ state: fc.constantFrom("waiting" as const, "refused" as const), failures: fc.nat(40), nextAttemptAtMs: fc.integer({ min: NOW, max: NOW + LONGEST_WINDOW_MS }) }),
);
const outcomes: fc.Arbitrary<AttemptOutcome> = fc.oneof(
  fc.constantFrom({ kind: "done" as const }, { kind: "failed" as const }, { kind: "needs-token" as const }, { kind: "refused" as const }),
  fc.record({ kind: fc.constant("failed" as const), retryAfterMs: fc.nat(10_000_000) }),
);
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe("afterAttempt", () => {
  test.each<[string, Standing, AttemptOutcome, Standing]>([
    ["all was stored", waiting(5, 0), { kind: "done" }, AT_REST],
    ["the first attempt failed", AT_REST, { kind: "failed" }, waiting(1, FIRST_WINDOW_MS / 2)],
    ["the second failed", waiting(1, 0), { kind: "failed" }, waiting(2, FIRST_WINDOW_MS)],
    ["the eighth failed", waiting(7, 0), { kind: "failed" }, waiting(8, 128_000)],
    ["the twentieth failed", waiting(19, 0), { kind: "failed" }, waiting(20, LONGEST_WINDOW_MS / 2)],
    ["the hub asked for a longer wait", AT_REST, { kind: "failed", retryAfterMs: 60_000 }, waiting(1, 60_000)],
    ["the hub asked for a wait of hours", AT_REST, { kind: "failed", retryAfterMs: 9_000_000 }, waiting(1, LONGEST_WINDOW_MS)],
    ["the token was not taken", waiting(3, 0), { kind: "needs-token" }, { ...NEEDS_TOKEN, failures: 3 }],
    ["the request was refused", AT_REST, { kind: "refused" }, { state: "refused", failures: 1, nextAttemptAtMs: NOW + 225_000 }],
  ])("gives the right standing when %s", (_name, before, outcome, after) => {
    expect(afterAttempt(before, outcome, NOW, 0.5)).toEqual(after);
  });

  property.prop([standings, outcomes, random])("never waits longer than five minutes, and always comes to an attempt or a person", (before, outcome, drawn) => {
    const after = afterAttempt(before, outcome, NOW, drawn);
    if (after.state === "idle" || after.state === "needs-token") {
      expect(after.nextAttemptAtMs).toBeNull();
    } else {
      expect(after.nextAttemptAtMs).toBeGreaterThanOrEqual(NOW);
      expect(after.nextAttemptAtMs).toBeLessThanOrEqual(NOW + LONGEST_WINDOW_MS);
      expect(mayAttempt(after, "timer", after.nextAttemptAtMs ?? 0)).toBe(true);
    }
  });

  property.prop([fc.array(random, { minLength: 1, maxLength: 30 })])("doubles the window with each failure in a row, up to the longest", (draws) => {
    let standing = AT_REST;
    draws.forEach((drawn, failures) => {
      standing = afterAttempt(standing, { kind: "failed" }, NOW, drawn);
      const window = Math.min(LONGEST_WINDOW_MS, FIRST_WINDOW_MS * 2 ** failures);
      expect(standing.nextAttemptAtMs).toBe(NOW + Math.round(window * drawn));
    });
    expect(afterAttempt(standing, { kind: "done" }, NOW, 0)).toEqual(AT_REST);
  });
});

describe("mayAttempt", () => {
  const every: readonly Trigger[] = ["timer", "entry", "visible", "online", "start", "asked", "background"];

  test.each<[string, Standing, readonly Trigger[]]>([
    ["nothing is amiss", AT_REST, every],
    ["a wait is on", waiting(1, 1000), ["online", "start", "asked"]],
    ["a wait is over", waiting(1, 0), every],
    ["a wait ends in an hour, for the clock was put back", waiting(1, 3_600_000), every],
    ["a token is needed", NEEDS_TOKEN, ["start", "asked"]],
    ["the hub refuses", REFUSED, ["start", "asked"]],
  ])("lets the right triggers through when %s", (_name, standing, allowed) => {
    expect(every.filter((trigger) => mayAttempt(standing, trigger, NOW))).toEqual(allowed);
  });
});

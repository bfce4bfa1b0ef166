import { describe, expect, test } from "vitest";
import type { EpochMs } from "../clock.ts";
import { dueStep } from "./due.ts";
import type { DueContext } from "./due.ts";
import { request } from "./testing/requests.ts";
import type { ExceptionRequest, RequestState, StepAction } from "./types.ts";

const HOUR = 3_600_000;
const WITHIN = 24 * HOUR;
const entry = { device: "d", seq: 1 };
const waiting = (state: RequestState, ...steps: readonly [StepAction, number][]): ExceptionRequest =>
  request({ state, submittedAt: 0 as EpochMs, deadlineMs: WITHIN as EpochMs, steps: [["submitted", 0] as const, ...steps].map(([action, hour]) => ({ action, at: (hour * HOUR) as EpochMs, by: "rules", entry })) });
const due = (asked: ExceptionRequest, hour: number, part: Partial<DueContext> = {}): string | null => dueStep(asked, { now: (hour * HOUR) as EpochMs, withinMs: WITHIN, closedAt: null, begun: false, ...part });

describe("what time does to a request", () => {
  test.each([
    ["nothing while there is time", waiting("supervisor"), 17, {}, null],
    ["a reminder when a quarter is left", waiting("supervisor"), 18, {}, "remind"],
    ["one reminder alone", waiting("supervisor", ["reminded", 18]), 20, {}, null],
    ["passing on at the deadline", waiting("supervisor", ["reminded", 18]), 24, {}, "pass-on"],
    ["a reminder of HR", waiting("hr"), 18, {}, "remind"],
    ["no other before a day is over", waiting("hr", ["reminded", 18]), 41, {}, null],
    ["another each day after", waiting("hr", ["reminded", 18]), 42, {}, "remind"],
    ["a reminder of its own for each turn", waiting("hr", ["reminded", -6], ["passed-on", 0]), 18, {}, "remind"],
    ["a reminder of a special case", waiting("late"), 30, {}, "remind"],
    ["the end of a swap that nobody agreed to", waiting("colleague"), 1, { begun: true }, "expire"],
    ["no passing on for a colleague", waiting("colleague", ["reminded", 18]), 25, {}, null],
    ["the end with its month", waiting("hr"), 2, { closedAt: HOUR as EpochMs }, "expire"],
    ["no end of what came after the close", waiting("hr"), 2, { closedAt: -1 as EpochMs }, null],
    ["nothing to what is decided", waiting("approved"), 99, { closedAt: HOUR as EpochMs }, null],
  ] as const)("is %s", (_name, asked, hour, part, expected) => {
    expect(due(asked, hour, part)).toBe(expected);
  });
});

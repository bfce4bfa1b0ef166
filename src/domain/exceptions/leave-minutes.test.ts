import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { leaveSpan } from "./leave-minutes.ts";
import { at, PERSON, ZONE } from "./testing/requests.ts";
import { shiftOn } from "./testing/rules.ts";

const NIGHTS = { personId: PERSON, assignments: [{ from: "2026-01-01", patternId: "nights" }], days: [] };
const FREE = { personId: PERSON, assignments: [], days: [{ day: "2026-03-02", shiftIds: ["free"], cause: "roster" as const }] };

describe("the minutes of a leave", () => {
  // 2026-03-02 is a Monday; nine to six with an unpaid hour from twelve to one.
  test.each([
    ["a whole day", "minute", "2026-03-02T09:00", "2026-03-02T18:00", 480],
    ["midnight to midnight", "minute", "2026-03-02T00:00", "2026-03-03T00:00", 480],
    ["a morning", "minute", "2026-03-02T09:00", "2026-03-02T12:00", 180],
    ["over lunch", "minute", "2026-03-02T11:30", "2026-03-02T13:30", 60],
    ["lunch alone", "minute", "2026-03-02T12:00", "2026-03-02T13:00", 0],
    ["after work", "minute", "2026-03-02T18:00", "2026-03-02T22:00", 0],
    ["a weekend", "day", "2026-03-07T00:00", "2026-03-09T00:00", 0],
    ["Friday to Monday", "day", "2026-03-06T09:00", "2026-03-09T18:00", 960],
    ["a holiday in the middle", "day", "2026-04-03T09:00", "2026-04-07T18:00", 960],
    ["ten minutes in days", "day", "2026-03-02T09:00", "2026-03-02T09:10", 480],
    ["ten minutes in half days", "half-day", "2026-03-02T09:00", "2026-03-02T09:10", 240],
    ["ten minutes over the middle in half days", "half-day", "2026-03-02T13:55", "2026-03-02T14:05", 480],
    ["more than half in half days", "half-day", "2026-03-02T09:00", "2026-03-02T15:00", 480],
    ["Monday afternoon to Tuesday morning", "half-day", "2026-03-02T14:00", "2026-03-03T12:00", 480],
    ["ten minutes in hours", "hour", "2026-03-02T09:00", "2026-03-02T09:10", 60],
    ["ninety minutes in hours", "hour", "2026-03-02T10:00", "2026-03-02T11:30", 120],
    ["the last ten minutes in hours", "hour", "2026-03-02T17:50", "2026-03-02T18:00", 60],
  ] as const)("are those of the shift for %s", (_name, unit, from, to, minutes) => {
    expect(leaveSpan(at(from), at(to), unit, ZONE, shiftOn()).minutes).toBe(minutes);
  });

  test("widen the leave to what they count", () => {
    expect(leaveSpan(at("2026-03-02T15:00"), at("2026-03-02T15:10"), "half-day", ZONE, shiftOn())).toMatchObject({ fromMs: at("2026-03-02T14:00"), toMs: at("2026-03-02T18:00") });
    expect(leaveSpan(at("2026-03-02T11:30"), at("2026-03-02T11:40"), "hour", ZONE, shiftOn())).toMatchObject({ fromMs: at("2026-03-02T11:30"), toMs: at("2026-03-02T13:30") });
    expect(leaveSpan(at("2026-03-02T17:50"), at("2026-03-02T18:00"), "hour", ZONE, shiftOn())).toMatchObject({ fromMs: at("2026-03-02T17:00"), toMs: at("2026-03-02T18:00") });
  });

  test("name the days that they skip", () => {
    expect(leaveSpan(at("2026-04-03T09:00"), at("2026-04-07T18:00"), "day", ZONE, shiftOn()).skipped).toEqual(["2026-04-04", "2026-04-05", "2026-04-06"]);
  });

  test("are a night shift's, from the evening before, when it reaches into the day", () => {
    expect(leaveSpan(at("2026-03-03T00:00"), at("2026-03-03T12:00"), "minute", ZONE, shiftOn(NIGHTS)).minutes).toBe(360);
    expect(leaveSpan(at("2026-03-02T22:00"), at("2026-03-03T06:00"), "day", ZONE, shiftOn(NIGHTS)).minutes).toBe(480);
  });

  test("are no more than what a shift of free hours asks for", () => {
    expect(leaveSpan(at("2026-03-02T00:00"), at("2026-03-03T00:00"), "day", ZONE, shiftOn(FREE)).minutes).toBe(240);
  });

  // Short ones too: it is at the edges of units that minutes go astray.
  property.prop([fc.integer({ min: 0, max: 40 * 1440 }), fc.oneof(fc.integer({ min: 1, max: 10 * 1440 }), fc.integer({ min: 1, max: 600 })), fc.constantFrom("day" as const, "half-day" as const, "hour" as const, "minute" as const), fc.boolean()], { numRuns: 500 })(
    "are the minutes of the widened leave, and widening it again changes nothing",
    (start, length, unit, nights) => {
      const duty = shiftOn(nights ? NIGHTS : null);
      const from = at("2026-03-20T00:00") + start * 60_000;
      const span = leaveSpan(from as never, (from + length * 60_000) as never, unit, ZONE, duty);
      const asWritten = leaveSpan(span.fromMs, span.toMs, "minute", ZONE, duty);
      expect(asWritten.minutes).toBe(span.minutes);
      expect(leaveSpan(span.fromMs, span.toMs, unit, ZONE, duty).minutes).toBe(span.minutes);
      expect(span.minutes).toBeGreaterThanOrEqual(leaveSpan(from as never, (from + length * 60_000) as never, "minute", ZONE, duty).minutes);
    },
  );
});

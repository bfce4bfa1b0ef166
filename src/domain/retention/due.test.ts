import { fc, test as propertyTest } from "@fast-check/vitest";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { NO_STANDING } from "../attendance/standing.ts";
import type { Standing } from "../attendance/standing.ts";
import { weekOf } from "../biometrics/score-trend.ts";
import type { EpochMs, TimeState } from "../clock.ts";
import type { ExceptionRequest, RequestId, RequestStep, StepAction } from "../exceptions/types.ts";
import type { StoredPerson } from "../people/stored.ts";
import type { EmployeeNumber, PersonId } from "../people/types.ts";
import { clockDoubt, dueBy, enclosureEnds, endsOf, lastUsed, monthsAfter, shownUntil } from "./due.ts";
import { firstSchedule, RETENTION_BOUNDS, retentionScheduleSchema, scheduleOf } from "./schedule.ts";

const ZONE = "Asia/Shanghai";
const at = (iso: string): EpochMs => Date.parse(iso) as EpochMs;
const id = "0b5f7c1e-5d6f-4a75-9a63-0d6a3b0e7a11" as PersonId;
const schedule = { unusedFaceMonths: 6, recordMonths: 24, attemptMonths: 3, healthMonths: 3, attachmentMonths: 6 };

function person(over: Partial<StoredPerson["person"]> = {}, rest: Partial<StoredPerson> = {}): StoredPerson {
  return {
    person: { id, employeeNumber: "1001" as EmployeeNumber, name: "Li", department: "", employmentType: "full-time", status: "active", addedAt: at("2024-01-01T00:00:00Z"), ...over },
    consents: [],
    pin: null,
    ...rest,
  };
}

function usedInWeekOf(iso: string, enrolledAt: EpochMs): Standing {
  return { ...NO_STANDING, trend: { enrolledAt, weeks: [{ week: weekOf(at(iso)), n: 3, mean: 0.1 }] } };
}

describe("the ends of what is kept", () => {
  const enrolledAt = at("2025-01-10T04:00:00Z");
  const leftAt = at("2025-03-31T10:00:00Z");
  test.each([
    ["nothing when somebody is active without a face", person(), NO_STANDING, null, []],
    ["a face some months after enrolling when it was never used", person(), NO_STANDING, enrolledAt, [["face", "unused", "2025-07-10T04:00:00.000Z", false]]],
    ["a face some months after the week of its last use", person(), usedInWeekOf("2025-05-07T01:00:00Z", enrolledAt), enrolledAt, [["face", "unused", "2025-11-12T00:00:00.000Z", false]]],
    ["a face at once when its owner has left", person({ status: "left", leftAt }), NO_STANDING, enrolledAt, [["face", "person-left", "2025-03-31T10:00:00.000Z", false], ["record", "retention", "2027-03-31T10:00:00.000Z", false]]],
    ["a record after its time, held by a hold", person({ status: "left", leftAt }, { hold: true }), NO_STANDING, null, [["record", "retention", "2027-03-31T10:00:00.000Z", true]]],
    ["nothing of a record when its owner is active under a hold", person({}, { hold: true }), NO_STANDING, null, []],
  ] as const)("are %s", (_, stored, standing, enrolled, expected) => {
    expect(endsOf({ stored, standing, enrolledAt: enrolled }, schedule, ZONE).map(({ what, reason, dueAt, held }) => [what, reason, new Date(dueAt).toISOString(), held])).toEqual(expected);
  });

  test("are due when their moment has come, and not one millisecond earlier", () => {
    const [end] = endsOf({ stored: person(), standing: NO_STANDING, enrolledAt }, schedule, ZONE);
    expect(dueBy(end ? [end] : [], ((end?.dueAt ?? 0) - 1) as EpochMs)).toEqual([]);
    expect(dueBy(end ? [end] : [], end?.dueAt ?? enrolledAt)).toHaveLength(1);
  });

  test("are shown 30 days ahead", () => {
    expect(shownUntil(at("2026-11-22T00:00:00Z"))).toBe(at("2026-12-22T00:00:00Z"));
  });

  test("fall on the last day of a month that is shorter", () => {
    expect(new Date(monthsAfter(at("2025-08-31T04:00:00Z"), 6, ZONE)).toISOString()).toBe("2026-02-28T04:00:00.000Z");
  });

  propertyTest.prop([fc.integer({ min: 0, max: 4e12 }), fc.array(fc.integer({ min: 0, max: 2000 }), { maxLength: 5 })])("never come before the enrolment, however old the weeks are", (enrolled, weeks) => {
    const standing: Standing = { ...NO_STANDING, trend: { enrolledAt: enrolled as EpochMs, weeks: weeks.map((week) => ({ week, n: 1, mean: 0 })) } };
    expect(lastUsed(standing, enrolled as EpochMs)).toBeGreaterThanOrEqual(enrolled);
  });
});

describe("what came with a request", () => {
  const decision = at("2025-06-30T10:00:00Z");
  const entry = { device: "d", seq: 1 };
  const step = (action: StepAction, ms: EpochMs): RequestStep => ({ at: ms, action, by: "rules", entry });
  const asked = (over: Partial<ExceptionRequest> = {}): ExceptionRequest => ({
    id: "r" as RequestId,
    personId: person().person.id,
    content: { kind: "make-up", day: "2025-06-27", direction: "in", wallMs: decision, health: {} },
    reason: "",
    attachments: [{ id: "file", type: "application/pdf", bytes: 10, hash: "0".repeat(64) }],
    state: "approved",
    route: ["hr"],
    passed: 1,
    rulesVersion: 1,
    deadlineMs: null,
    steps: [step("submitted", at("2025-06-28T10:00:00Z")), step("approved", decision), step("commented", at("2025-07-20T10:00:00Z"))],
    ...over,
  });
  const ends = (request: ExceptionRequest, held = false): readonly unknown[] => enclosureEnds(request, held, schedule, ZONE).map((one) => [one.what, new Date(one.dueAt).toISOString(), one.held]);

  test("ends by kind some months after the decision, whatever was said afterwards", () => {
    expect(ends(asked())).toEqual([["health", "2025-09-30T10:00:00.000Z", false], ["attachment", "2025-12-30T10:00:00.000Z", false]]);
    expect(ends(asked(), true)).toEqual([["health", "2025-09-30T10:00:00.000Z", true], ["attachment", "2025-12-30T10:00:00.000Z", true]]);
  });

  test.each<readonly [string, Partial<ExceptionRequest>, readonly string[]]>([
    ["while the request waits", { state: "hr" }, []],
    ["of a draft", { state: "draft", steps: [] }, []],
    ["of what was erased", { erased: { health: decision } }, ["attachment"]],
    ["where nothing was declared", { content: { kind: "trip", fromMs: decision, toMs: decision, place: "" } }, ["attachment"]],
    ["where no file came", { attachments: [] }, ["health"]],
  ])("has no end %s", (_, over, left) => {
    expect(enclosureEnds(asked(over), false, schedule, ZONE).map(({ what }) => what)).toEqual(left);
  });
});

describe("the clock that erasing goes by", () => {
  const last = at("2026-11-21T02:00:00Z");
  test.each<readonly [string, string, EpochMs | null, TimeState, ReturnType<typeof clockDoubt>]>([
    ["believed the first time", "2026-11-22T02:00:00Z", null, "T3", null],
    ["believed a day later", "2026-11-22T02:00:00Z", last, "T3", null],
    ["doubted when it went back", "2026-11-20T02:00:00Z", last, "T1", "went-back"],
    ["doubted when it and the monotonic one came apart", "2026-11-22T02:00:00Z", last, "T2", "went-back"],
    ["doubted after a leap of years", "2035-01-01T00:00:00Z", last, "T1", "leapt"],
    ["believed after a leap that a trusted clock confirmed", "2035-01-01T00:00:00Z", last, "T0", null],
  ])("is %s", (_, now, lastRunAt, state, doubt) => {
    expect(clockDoubt(at(now), lastRunAt, state)).toBe(doubt);
  });
});

describe("the schedule", () => {
  test.each(["cn", "eu", "us", "other"] as const)("proposed for %s lies within what can be chosen", (region) => {
    const first = firstSchedule(region);
    for (const key of ["unusedFaceMonths", "recordMonths", "attemptMonths", "healthMonths", "attachmentMonths"] as const) {
      const [least, most] = RETENTION_BOUNDS[key];
      expect(first[key]).toBeGreaterThanOrEqual(least);
      expect(first[key]).toBeLessThanOrEqual(most);
    }
    expect(scheduleOf({ lawRegion: region })).toEqual(first);
  });

  test("that was chosen before papers had a time of their own is read with the one proposed", () => {
    expect(v.parse(retentionScheduleSchema, { unusedFaceMonths: 6, recordMonths: 24, attemptMonths: 3 })).toEqual({ ...schedule, attachmentMonths: 3 });
  });

  test("is the site's own when it has chosen", () => {
    expect(scheduleOf({ lawRegion: "cn", retention: schedule })).toBe(schedule);
  });
});

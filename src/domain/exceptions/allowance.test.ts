import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { addDays } from "../attendance/rules/days.ts";
import type { MakeUpPolicy } from "../attendance/rules/types.ts";
import type { EpochMs } from "../clock.ts";
import { makeUpAllowance, quotaPeriod } from "./allowance.ts";
import { checkRequest } from "./checks.ts";
import { at, request, ZONE } from "./testing/requests.ts";
import { GROUP, RULES, shiftOn } from "./testing/rules.ts";
import type { ExceptionRequest, RequestState } from "./types.ts";
import { recorded, step } from "./workflow.ts";

const POLICY = GROUP.makeUp;

function allowance(day: string, now: EpochMs, policy: Partial<MakeUpPolicy> = {}, requests: readonly ExceptionRequest[] = [], locked: readonly string[] = []): ReturnType<typeof makeUpAllowance> {
  return makeUpAllowance(day, { policy: { ...POLICY, ...policy }, now, zone: ZONE, dayChange: 240, shiftOn: shiftOn(), requests, lockedMonths: new Set(locked) });
}

const made = (day: string, state: RequestState): ExceptionRequest => request({ state, content: { kind: "make-up", day, direction: "in", wallMs: at(`${day}T09:00`) } });

describe("the allowance for a make-up punch", () => {
  // 2026-03-06 is a Friday.
  test.each([
    ["the same day", { windowDays: 0 }, "2026-03-06T23:00", "2026-03-06", null],
    ["the same day, a minute before the day changes", { windowDays: 0 }, "2026-03-07T03:59", "2026-03-06", null],
    ["the day after the same day", { windowDays: 0 }, "2026-03-07T04:00", "2026-03-06", "window"],
    ["three natural days over a weekend", { windowDays: 3 }, "2026-03-09T10:00", "2026-03-09", null],
    ["three natural days and one", { windowDays: 3 }, "2026-03-10T10:00", "2026-03-09", "window"],
    ["three working days over a weekend", { windowDays: 3, windowIn: "working" }, "2026-03-11T10:00", "2026-03-11", null],
    ["three working days and one", { windowDays: 3, windowIn: "working" }, "2026-03-12T10:00", "2026-03-11", "window"],
    ["a wide window within the cut-off", { windowDays: 60 }, "2026-04-05T23:00", "2026-04-05", null],
    ["a wide window after the cut-off", { windowDays: 60 }, "2026-04-06T10:00", "2026-04-05", "cut-off"],
    ["a wide window without a cut-off", { windowDays: 60, cutOffDay: null }, "2026-04-20T10:00", "2026-05-05", null],
    ["a window over a holiday in working days", { windowDays: 20, windowIn: "working", cutOffDay: null }, "2026-03-20T10:00", "2026-04-03", null],
  ] as const)("ends with %s", (_name, policy, now, lastDay, late) => {
    expect(allowance("2026-03-06", at(now), policy)).toMatchObject({ lastDay, late });
  });

  test("skips a holiday when it counts working days", () => {
    expect(allowance("2026-04-03", at("2026-04-07T10:00"), { windowDays: 1, windowIn: "working", cutOffDay: null }).lastDay).toBe("2026-04-07");
  });

  test.each([
    ["month", 1, "2026-03-06", "2026-03-01", "2026-04-01"],
    ["month", 26, "2026-03-25", "2026-02-26", "2026-03-26"],
    ["month", 26, "2026-03-26", "2026-03-26", "2026-04-26"],
    ["month", 15, "2026-01-03", "2025-12-15", "2026-01-15"],
    ["quarter", 1, "2026-03-31", "2026-01-01", "2026-04-01"],
    ["quarter", 1, "2026-04-01", "2026-04-01", "2026-07-01"],
    ["quarter", 10, "2026-04-09", "2026-01-10", "2026-04-10"],
    ["quarter", 10, "2026-01-05", "2025-10-10", "2026-01-10"],
  ] as const)("has a quota per %s from day %i for %s", (quotaPer, quotaFromDay, day, first, next) => {
    expect(quotaPeriod(day, { quotaPer, quotaFromDay })).toEqual({ first, next });
  });

  test("counts what was granted and what waits, and nothing else", () => {
    const requests = (["supervisor", "hr", "approved", "rejected", "withdrawn", "expired", "draft", "late"] as const).map((state) => made("2026-03-02", state));
    expect(allowance("2026-03-06", at("2026-03-06T12:00"), { quota: 4 }, [...requests, made("2026-02-27", "approved")])).toMatchObject({ used: 3, remaining: 1, late: null });
    expect(allowance("2026-03-06", at("2026-03-06T12:00"), { quota: 3 }, requests)).toMatchObject({ used: 3, remaining: 0, late: "quota" });
  });

  test("has no end when the quota is -1", () => {
    const requests = Array.from({ length: 40 }, () => made("2026-03-02", "approved"));
    expect(allowance("2026-03-06", at("2026-03-06T12:00"), { quota: -1 }, requests)).toMatchObject({ quota: -1, remaining: -1, late: null });
  });

  test("is over when the month is closed, whatever the window says", () => {
    expect(allowance("2026-03-06", at("2026-03-06T12:00"), {}, [], ["2026-03"]).late).toBe("locked");
  });
});

const wish = fc.record({ day: fc.integer({ min: 0, max: 40 }), delay: fc.integer({ min: 0, max: 5 }), direction: fc.constantFrom("in" as const, "out" as const), special: fc.boolean(), outcome: fc.constantFrom("approve" as const, "reject" as const, "wait" as const, "withdraw" as const) });

property.prop([fc.integer({ min: 0, max: 4 }), fc.constantFrom("month" as const, "quarter" as const), fc.integer({ min: 1, max: 28 }), fc.array(wish, { maxLength: 25 })])(
  "no more than the quota is let in without a special case, in whatever order people ask",
  (quota, quotaPer, quotaFromDay, wishes) => {
    const group = { ...GROUP, makeUp: { ...POLICY, quota, quotaPer, quotaFromDay, windowDays: 3, cutOffDay: null } };
    const requests: ExceptionRequest[] = [];
    for (const { day, delay, direction, special, outcome } of wishes) {
      const asked = addDays("2026-03-01", day);
      const content = { kind: "make-up", day: asked, direction, wallMs: at(`${asked}T${direction === "in" ? "09:00" : "18:00"}`) } as const;
      const now = at(`${addDays(asked, delay)}T20:00`);
      const checked = checkRequest(content, { now, rules: RULES, group, shiftOn: shiftOn(), lockedMonths: new Set(), requests, result: null, balanceOf: () => null, leaveUsed: false, colleagueOn: null, attachments: 0, reason: "forgot" });
      if (!checked.ok || (checked.value.late !== null && !special)) continue;
      const submitted = step(request({ content, route: ["hr"] }), { kind: "submit", late: checked.value.late }, { at: now, actor: { kind: "self" }, withinMs: 1 });
      if (!submitted.ok) throw new Error(submitted.error.kind);
      let kept = recorded(submitted.value, { device: "d", seq: 1 });
      const hr = { kind: "user", id: "hr" as never, roles: ["hr"] } as const;
      const granted = kept.state === "late" ? "special-case" : "approve";
      const decided =
        outcome === "wait" ? null : outcome === "withdraw" ? step(kept, { kind: "withdraw" }, { at: now, actor: { kind: "self" }, withinMs: 1 }) : step(kept, { kind: outcome === "approve" ? granted : "reject", comment: "because" }, { at: now, actor: hr, withinMs: 1 });
      if (decided?.ok) kept = recorded(decided.value, { device: "d", seq: 2 });
      requests.push(kept);
    }
    const counted = new Map<string, number>();
    for (const { content, state, steps } of requests) {
      if (content.kind !== "make-up" || (state !== "approved" && state !== "hr") || steps.some(({ action }) => action === "special-case")) continue;
      const { first } = quotaPeriod(content.day, { quotaPer, quotaFromDay });
      counted.set(first, (counted.get(first) ?? 0) + 1);
    }
    for (const count of counted.values()) expect(count).toBeLessThanOrEqual(quota);
  },
);

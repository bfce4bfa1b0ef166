import { describe, expect, test } from "vitest";
import type { DayResult } from "../attendance/engine/types.ts";
import { earnedBy, leaveBalances, leftOver } from "./balances.ts";
import { at, request, ZONE } from "./testing/requests.ts";
import { RULES } from "./testing/rules.ts";
import type { BalanceEntry, ExceptionRequest, RequestId, RequestState } from "./types.ts";

const leave = (leaveKind: string, minutes: number, state: RequestState, day = "2026-03-02"): ExceptionRequest =>
  request({ state, content: { kind: "leave", leaveKind, fromMs: at(`${day}T09:00`), toMs: at(`${day}T18:00`), minutes } });
const entry = (leaveKind: string, minutes: number, year: number): BalanceEntry => ({ leaveKind, minutes, year, reason: "agreed", by: "hr" as never, at: at("2026-01-02T09:00") });
const base = { year: 2026, zone: ZONE, kinds: RULES.leaveKinds, requests: [], entries: [], earned: 0 } as const;

describe("a balance of leave", () => {
  test("is the year's grant less what was used and what waits", () => {
    const requests = [leave("annual", 480, "approved"), leave("annual", 240, "supervisor"), leave("annual", 480, "rejected"), leave("annual", 480, "draft"), leave("annual", 480, "cancelled"), leave("annual", 480, "approved", "2025-12-30"), leave("sick", 480, "approved")];
    expect(leaveBalances({ ...base, requests })).toEqual([{ leaveKind: "annual", granted: 2400, used: 480, pending: 240, remaining: 1680 }]);
  });

  test("takes in what was put on or taken off by hand in that year", () => {
    expect(leaveBalances({ ...base, entries: [entry("annual", 480, 2026), entry("annual", -60, 2026), entry("annual", 999, 2025)] })[0]).toMatchObject({ granted: 2820, remaining: 2820 });
  });

  test("is granted in part when duty begins within the year, and not before it", () => {
    expect(leaveBalances({ ...base, firstDay: "2026-07-02" })[0]?.granted).toBe(1200);
    expect(leaveBalances({ ...base, firstDay: "2027-01-01" })[0]?.granted).toBe(0);
    expect(leaveBalances({ ...base, firstDay: "2025-06-01" })[0]?.granted).toBe(2400);
  });

  test("leaves over what HR may carry into the next year", () => {
    expect(leftOver({ ...base, requests: [leave("annual", 960, "approved", "2025-08-04")] })).toEqual([{ leaveKind: "annual", minutes: 1440 }]);
  });

  test("of compensatory leave has no year, and is what overtime has earned", () => {
    expect(leaveBalances({ ...base, earned: 300, requests: [leave("compensatory", 120, "approved", "2025-08-04")] })[1]).toEqual({ leaveKind: "compensatory", granted: 300, used: 120, pending: 0, remaining: 180 });
  });
});

test("compensatory leave is earned by approved overtime in place of pay, by its multiplier", () => {
  const overtime = (id: string, compensation: "pay" | "leave", state: RequestState): ExceptionRequest => request({ id: id as RequestId, state, content: { kind: "overtime", fromMs: at("2026-03-02T18:00"), toMs: at("2026-03-02T20:00"), minutes: 120, compensation } });
  const day = (requestId: string): Pick<DayResult, "reasons"> => ({ reasons: [{ code: "overtime", kind: "workday", minutes: 90, approval: "request", multiplier: 1.5, requestId }] });
  const requests = [overtime("paid", "pay", "approved"), overtime("leave", "leave", "approved"), overtime("waits", "leave", "hr")];
  expect(earnedBy(["paid", "leave", "waits"].map(day) as DayResult[], requests)).toBe(135);
});

import { describe, expect, test } from "vitest";
import type { DayResult } from "../attendance/engine/types.ts";
import type { PersonId } from "../people/types.ts";
import { checkRequest, makeUpKind } from "./checks.ts";
import type { CheckContext } from "./checks.ts";
import { at, MAKE_UP, PERSON, request } from "./testing/requests.ts";
import { GROUP, RULES, shiftOn } from "./testing/rules.ts";
import type { CancellableContent, RequestContent, RequestId } from "./types.ts";

const NOW = at("2026-03-03T10:00");
const CONTEXT: CheckContext = { now: NOW, rules: RULES, group: GROUP, shiftOn: shiftOn(), lockedMonths: new Set(), requests: [], result: null, balanceOf: () => null, leaveUsed: false, colleagueOn: shiftOn(), attachments: 0, reason: "the reader was dark" };
const LEAVE: RequestContent = { kind: "leave", leaveKind: "annual", fromMs: at("2026-03-04T09:00"), toMs: at("2026-03-04T12:00"), minutes: 1 };
const OVERTIME: RequestContent = { kind: "overtime", fromMs: at("2026-03-03T18:00"), toMs: at("2026-03-03T20:00"), minutes: 1, compensation: "pay" };
const TRIP: RequestContent = { kind: "trip", fromMs: at("2026-03-04T00:00"), toMs: at("2026-03-06T00:00"), place: " Suzhou \n" };
const SWAP: RequestContent = { kind: "swap", day: "2026-03-04", withPersonId: "other" as PersonId, withDay: "2026-03-05" };
const CORRECTION: RequestContent = { kind: "correction", day: "2026-03-02", cites: { device: "gate", seq: 7 }, change: { kind: "direction", direction: "out" } };

function result(period: Partial<DayResult["periods"][number]>): DayResult {
  const minutes = { planned: 480, attended: 0, late: 0, early: 0, absent: 0, leave: 0, away: 0, worked: 0 };
  return {
    personId: PERSON,
    day: "2026-03-02",
    rulesVersion: 1,
    groupId: "all",
    dayKind: "workday",
    calendar: null,
    periods: [{ shiftId: "day", index: 0, startMs: at("2026-03-02T09:00"), endMs: at("2026-03-02T18:00"), inMs: null, outMs: null, marks: [], minutes, ...period }],
    punches: [{ device: "gate", seq: 7, wallMs: at("2026-03-02T09:00"), direction: "in", method: "face", use: "in" }],
    marks: [],
    minutes: { ...minutes, overtime: { workday: 0, rest: 0, holiday: 0 }, overtimePending: 0 },
    state: "settled",
    reasons: [],
    requestIds: [],
  };
}

const APPROVED = "approved" as RequestId;
const CANCEL: RequestContent = { kind: "cancel", cancels: APPROVED, content: TRIP as CancellableContent };
const approved = (content: RequestContent) => ({ requests: [request({ id: APPROVED, content, state: "approved" })] });

const outcome = (content: RequestContent, part: Partial<CheckContext> = {}): string => {
  const checked = checkRequest(content, { ...CONTEXT, ...part });
  return checked.ok ? (checked.value.late ?? "ok") : checked.error.kind.split("/")[1]!;
};
const live = (content: RequestContent, state: "hr" | "approved" | "rejected" = "hr") => ({ requests: [request({ content, state })] });
const group = (makeUp: Partial<typeof GROUP.makeUp>) => ({ group: { ...GROUP, makeUp: { ...GROUP.makeUp, ...makeUp } } });

describe("a request", () => {
  test.each<[string, RequestContent, Partial<CheckContext>, string]>([
    ["make-up, as asked", MAKE_UP, {}, "ok"],
    ["make-up without a reason", MAKE_UP, { reason: "" }, "reason-missing"],
    ["make-up for the future", { ...MAKE_UP, day: "2026-03-03", wallMs: at("2026-03-03T18:00") } as RequestContent, {}, "bad-time"],
    ["make-up at a time of another day", { ...MAKE_UP, wallMs: at("2026-03-01T09:00") } as RequestContent, {}, "bad-time"],
    ["make-up on a free day without a punch", { ...MAKE_UP, day: "2026-03-01", wallMs: at("2026-03-01T09:00") } as RequestContent, {}, "holiday"],
    ["make-up on a free day with a punch", { ...MAKE_UP, day: "2026-03-01", wallMs: at("2026-03-01T09:00") } as RequestContent, { result: result({}) }, "ok"],
    ["make-up that waits already", MAKE_UP, live({ ...MAKE_UP, wallMs: at("2026-03-02T08:00") } as RequestContent), "waiting-already"],
    ["make-up that was granted already", MAKE_UP, live(MAKE_UP, "approved"), "waiting-already"],
    ["make-up after a refusal", MAKE_UP, live(MAKE_UP, "rejected"), "ok"],
    ["make-up within leave", MAKE_UP, live({ ...LEAVE, fromMs: at("2026-03-02T08:00"), toMs: at("2026-03-02T12:00") }, "approved"), "overlap"],
    ["make-up of a kind that is not taken", MAKE_UP, { ...group({ kinds: ["missing"] }), result: result({ inMs: at("2026-03-02T09:20"), minutes: { ...result({}).minutes, late: 20 } }) }, "kind-not-allowed"],
    ["make-up too late", MAKE_UP, { now: at("2026-03-06T10:00") }, "window"],
    ["make-up of a closed month", MAKE_UP, { lockedMonths: new Set(["2026-03"]) }, "locked"],
    ["make-up over the quota", MAKE_UP, { ...group({ quota: 0 }) }, "quota"],
    ["make-up without the health that is asked for", MAKE_UP, group({ health: ["temperature"], healthRequired: ["temperature"] }), "health-missing"],
    ["make-up with a slip of the finger", { ...MAKE_UP, health: { temperature: 3.68 } } as RequestContent, group({ health: ["temperature"] }), "health-missing"],
    ["make-up without the paper that is asked for", MAKE_UP, group({ health: ["attachment"], healthRequired: ["attachment"] }), "attachment-missing"],
    ["make-up by somebody whom nobody judges", MAKE_UP, { shiftOn: shiftOn({ personId: PERSON, assignments: [], days: [], exempt: true }) }, "exempt"],
    ["leave, as asked", LEAVE, {}, "ok"],
    ["leave without a reason", LEAVE, { reason: "" }, "ok"],
    ["leave of a kind that there is not", { ...LEAVE, leaveKind: "moon" }, {}, "kind-not-allowed"],
    ["leave that ends before it begins", { ...LEAVE, toMs: at("2026-03-04T08:00") }, {}, "bad-time"],
    ["leave at a weekend", { ...LEAVE, fromMs: at("2026-03-07T00:00"), toMs: at("2026-03-09T00:00") }, {}, "holiday"],
    ["leave that needs a paper", { ...LEAVE, leaveKind: "sick" }, {}, "attachment-missing"],
    ["leave with its paper", { ...LEAVE, leaveKind: "sick" }, { attachments: 1 }, "ok"],
    ["leave over the balance", LEAVE, { balanceOf: () => ({ leaveKind: "annual", granted: 480, used: 300, pending: 0, remaining: 180 }) }, "balance"],
    ["leave over another leave", LEAVE, live(LEAVE), "overlap"],
    ["leave that another, wider by its unit, touches", LEAVE, live({ ...LEAVE, fromMs: at("2026-03-04T13:30"), toMs: at("2026-03-04T18:00") }), "overlap"],
    ["leave of a closed month", LEAVE, { lockedMonths: new Set(["2026-03"]) }, "locked"],
    ["leave after the cut-off", { ...LEAVE, fromMs: at("2026-01-05T09:00"), toMs: at("2026-01-05T12:00") }, {}, "cut-off"],
    ["overtime, as asked", OVERTIME, {}, "ok"],
    ["overtime within the shift", { ...OVERTIME, fromMs: at("2026-03-03T10:00"), toMs: at("2026-03-03T11:00") }, {}, "bad-time"],
    ["overtime where there is none", OVERTIME, { group: { ...GROUP, overtime: { ...GROUP.overtime, approval: "none" } } }, "kind-not-allowed"],
    ["overtime during leave", OVERTIME, live({ ...LEAVE, fromMs: at("2026-03-03T13:00"), toMs: at("2026-03-03T19:00") }), "overlap"],
    ["trip, as asked", TRIP, {}, "ok"],
    ["trip to nowhere", { ...TRIP, place: " " }, {}, "reason-missing"],
    ["trip over a year", { ...TRIP, toMs: at("2027-06-06T00:00") }, {}, "bad-time"],
    ["swap, as asked", SWAP, {}, "ok"],
    ["swap of a day that is over", { ...SWAP, day: "2026-03-02" }, {}, "bad-time"],
    ["swap of a free day", { ...SWAP, day: "2026-03-07" }, {}, "holiday"],
    ["swap with nobody", SWAP, { colleagueOn: null }, "no-such-colleague"],
    ["swap for the other's free day", { ...SWAP, withDay: "2026-03-08" }, {}, "no-such-colleague"],
    ["swap that waits already", SWAP, live(SWAP), "waiting-already"],
    ["correction, as asked", CORRECTION, { result: result({}) }, "ok"],
    ["correction of a punch that is not there", CORRECTION, {}, "no-such"],
    ["correction to what it is", { ...CORRECTION, change: { kind: "direction", direction: "in" } }, { result: result({}) }, "bad-time"],
    ["correction that waits already", CORRECTION, { result: result({}), ...live(CORRECTION) }, "waiting-already"],
    ["cancelling, as asked", CANCEL, approved(TRIP), "ok"],
    ["cancelling without a reason", CANCEL, { ...approved(TRIP), reason: "" }, "reason-missing"],
    ["cancelling what there is not", CANCEL, {}, "no-such"],
    ["cancelling a make-up punch", CANCEL, approved(MAKE_UP), "no-such"],
    ["cancelling what was not approved", CANCEL, { requests: [request({ id: APPROVED, content: TRIP, state: "hr" })] }, "not-now"],
    ["cancelling what was cancelled", CANCEL, { requests: [request({ id: APPROVED, content: TRIP, state: "cancelled" })] }, "not-now"],
    ["cancelling that waits already", CANCEL, { requests: [...approved(TRIP).requests, request({ content: CANCEL, state: "supervisor" })] }, "waiting-already"],
    ["cancelling again after a refusal", CANCEL, { requests: [...approved(TRIP).requests, request({ content: CANCEL, state: "rejected" })] }, "ok"],
    ["cancelling in a closed month", CANCEL, { ...approved(TRIP), lockedMonths: new Set(["2026-03"]) }, "closed"],
    ["cancelling after the cut-off of an open month", CANCEL, { ...approved(TRIP), now: at("2026-04-20T10:00") }, "ok"],
    ["cancelling overtime whose leave is used", CANCEL, { ...approved(TRIP), leaveUsed: true }, "leave-used"],
    ["cancelling a swap that was not worked yet", CANCEL, approved(SWAP), "ok"],
    ["cancelling a swap that was worked", CANCEL, { ...approved(SWAP), now: at("2026-03-05T10:00") }, "bad-time"],
    ["leave over a leave that was cancelled", LEAVE, { requests: [request({ content: LEAVE, state: "cancelled" })] }, "ok"],
    ["appeal about a day long past", { kind: "appeal", about: { day: "2025-03-02" } }, {}, "ok"],
    ["appeal about tomorrow", { kind: "appeal", about: { day: "2026-03-04" } }, {}, "bad-time"],
    ["appeal that waits already", { kind: "appeal", about: { day: "2026-03-02" } }, live({ kind: "appeal", about: { day: "2026-03-02" } }), "waiting-already"],
  ])("%s", (_name, content, part, expected) => {
    expect(outcome(content, part)).toBe(expected);
  });

  test("is kept as it counts: leave in whole units, overtime by the clock, health only as far as it is asked for", () => {
    const kept = (content: RequestContent, part: Partial<CheckContext> = {}): RequestContent | null => {
      const checked = checkRequest(content, { ...CONTEXT, ...part });
      return checked.ok ? checked.value.content : null;
    };
    expect(kept(LEAVE)).toMatchObject({ minutes: 240, fromMs: at("2026-03-04T09:00"), toMs: at("2026-03-04T14:00") });
    // What was approved is cited as it was approved, whatever the form says of it.
    const other: RequestContent = { ...LEAVE, minutes: 9_999 };
    expect(kept({ kind: "cancel", cancels: APPROVED, content: other as CancellableContent }, approved(TRIP))).toEqual(CANCEL);
    expect(kept(OVERTIME)).toMatchObject({ minutes: 120 });
    expect(kept(TRIP)).toMatchObject({ place: "Suzhou" });
    expect(kept({ ...MAKE_UP, health: { condition: "well", temperature: 36.64, itinerary: "home" } } as RequestContent, group({ health: ["temperature"] }))).toEqual({ ...MAKE_UP, health: { temperature: 36.6 } });
    expect(kept({ ...MAKE_UP, health: { condition: "well" } } as RequestContent)).toEqual(MAKE_UP);
  });
});

test.each([
  ["in", {}, "missing"],
  ["in", { inMs: at("2026-03-02T09:20"), minutes: { ...result({}).minutes, late: 20 } }, "late"],
  ["in", { inMs: at("2026-03-02T08:50") }, "normal"],
  ["out", { outMs: at("2026-03-02T17:00"), minutes: { ...result({}).minutes, early: 60 } }, "early"],
  ["out", { outMs: at("2026-03-02T18:10"), minutes: { ...result({}).minutes, late: 20 } }, "normal"],
] as const)("a punch %s is made up as what it would put right", (direction, period, kind) => {
  expect(makeUpKind(result(period), direction, at(direction === "in" ? "2026-03-02T09:00" : "2026-03-02T18:00"))).toBe(kind);
});

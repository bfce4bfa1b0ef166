import { describe, expect, test } from "vitest";
import { cancelledOf, effectEntry, effectsOf, swappedPlan, unswappedPlan } from "./effects.ts";
import { parseBalanceEntries, parseRequest } from "./stored-requests.ts";
import { at, MAKE_UP, PERSON, request, ZONE } from "./testing/requests.ts";
import { RULES, shiftOn } from "./testing/rules.ts";
import type { RequestContent, RequestId } from "./types.ts";

const CONTENTS: readonly RequestContent[] = [
  { ...MAKE_UP, health: { condition: "unwell", temperature: 38.1, itinerary: "clinic" }, outage: { device: "gate", seq: 4 } } as RequestContent,
  { kind: "leave", leaveKind: "annual", fromMs: at("2026-03-02T09:00"), toMs: at("2026-03-02T18:00"), minutes: 480 },
  { kind: "overtime", fromMs: at("2026-03-02T18:00"), toMs: at("2026-03-02T20:00"), minutes: 120, compensation: "leave" },
  { kind: "trip", fromMs: at("2026-03-02T09:00"), toMs: at("2026-03-02T18:00"), place: "Suzhou" },
  { kind: "outing", fromMs: at("2026-03-02T09:00"), toMs: at("2026-03-02T18:00"), place: "bank" },
  { kind: "swap", day: "2026-03-02", withPersonId: PERSON, withDay: "2026-03-03" },
  { kind: "correction", day: "2026-03-02", cites: { device: "gate", seq: 7 }, change: { kind: "time", wallMs: at("2026-03-02T09:00") } },
  { kind: "appeal", about: { noteId: "note" } },
  { kind: "cancel", cancels: "r-1" as RequestId, content: { kind: "swap", day: "2026-03-02", withPersonId: PERSON, withDay: "2026-03-03" } },
];

describe("a stored request", () => {
  test.each(CONTENTS.map((content) => [content.kind, content] as const))("is read back as it was kept: %s", (_kind, content) => {
    const kept = request({
      content,
      state: "hr",
      unseen: true,
      submittedAt: at("2026-03-02T19:00"),
      deadlineMs: at("2026-03-03T19:00"),
      delegatedTo: "u" as never,
      onBehalf: { by: "u" as never, reason: "in hospital" },
      attachments: [{ id: "a", type: "image/jpeg", bytes: 12, hash: "ab".repeat(32) }],
      steps: [{ at: at("2026-03-02T19:00"), action: "submitted", by: "self", entry: { device: "gate", seq: 9 } }],
    });
    expect(parseRequest(structuredClone(kept))).toEqual(kept);
  });

  test.each([
    ["an attachment of an unknown type", { attachments: [{ id: "a", type: "text/html", bytes: 1, hash: "ab".repeat(32) }] }],
    ["a day that is none", { content: { ...MAKE_UP, day: "soon" } }],
    ["something more", { score: 1 }],
    ["a temperature of nobody", { content: { ...MAKE_UP, health: { temperature: 12 } } }],
  ])("is not read with %s", (_name, part) => {
    expect(parseRequest({ ...request(), ...part })).toBeNull();
  });

  test("has balances of another shape read as none", () => {
    expect(parseBalanceEntries([{ leaveKind: "annual", minutes: 480, reason: "agreed", by: "u", at: 1, year: 2026 }])).toHaveLength(1);
    expect(parseBalanceEntries([{ leaveKind: "annual", minutes: 0.5, reason: "", by: "u", at: 1, year: 2026 }])).toBeNull();
  });
});

describe("what an approved request adds", () => {
  const effects = CONTENTS.map((content) => effectsOf(request({ content, effect: { device: "gate", seq: 12 } }), "site", RULES.leaveKinds));

  test("is a punch, a stretch of time or a correction, each for its kind", () => {
    expect(effects.map(({ punches, spells, corrections }) => [punches.length, spells.length, corrections.length])).toEqual([[1, 0, 0], [0, 1, 0], [0, 1, 0], [0, 1, 0], [0, 1, 0], [0, 0, 0], [0, 0, 1], [0, 0, 0], [0, 0, 0]]);
    expect(effects[0]?.punches[0]).toMatchObject({ device: "gate", seq: 12, status: "accepted", direction: "in", wallMs: at("2026-03-02T09:00") });
    expect(effects[1]?.spells[0]).toMatchObject({ kind: "leave", paid: true, leaveKind: "annual" });
  });

  test("is an entry that cites it, for punches alone", () => {
    expect(CONTENTS.map((content) => effectEntry(request({ content }), { siteId: "site", zone: "Asia/Shanghai" })?.type ?? null)).toEqual(["made-up", null, null, null, null, null, "corrected", null, null]);
  });

  test("is, for a swap, the other's shifts on that day", () => {
    const free = shiftOn()("2026-03-07");
    const worked = shiftOn()("2026-03-06");
    const plan = { personId: PERSON, assignments: [], days: [{ day: "2026-03-06", shiftIds: ["night"], cause: "roster" as const }, { day: "2026-03-09", shiftIds: [], cause: "roster" as const }] };
    expect(swappedPlan(PERSON, plan, "r", [worked, free]).days).toEqual([
      { day: "2026-03-06", shiftIds: ["day"], cause: "swap", requestId: "r" },
      { day: "2026-03-07", shiftIds: [], cause: "swap", requestId: "r" },
      { day: "2026-03-09", shiftIds: [], cause: "roster" },
    ]);
  });

  test("that is cancelled gives everybody back what they had, from the pattern where that gives it", () => {
    const rostered = { personId: PERSON, assignments: [], days: [{ day: "2026-03-06", shiftIds: ["night"], cause: "roster" as const }, { day: "2026-03-09", shiftIds: [], cause: "roster" as const }] };
    const days = ["2026-03-06", "2026-03-07"];
    const before = days.map(shiftOn(rostered));
    const other = days.map(shiftOn());
    const own = swappedPlan(PERSON, rostered, "swap", other);
    const theirs = swappedPlan(PERSON, null, "swap", before);
    const bare = days.map(shiftOn());
    expect(unswappedPlan(own, "swap", "back", days.map(shiftOn(theirs)), bare)?.days).toEqual([{ day: "2026-03-06", shiftIds: ["night"], cause: "roster", requestId: "back" }, { day: "2026-03-09", shiftIds: [], cause: "roster" }]);
    expect(unswappedPlan(theirs, "swap", "back", days.map(shiftOn(own)), bare)?.days).toEqual([]);
    const since = { ...own, days: own.days.map((day) => (day.day === "2026-03-06" ? { day: day.day, shiftIds: [], cause: "roster" as const } : day)) };
    expect(unswappedPlan(since, "swap", "back", other, bare)).toBeNull();
    expect(unswappedPlan(null, "swap", "back", other, bare)).toBeNull();
  });
});

test.each([
  ["leave", { kind: "leave", leaveKind: "annual", fromMs: at("2026-03-02T09:00"), toMs: at("2026-03-04T00:00"), minutes: 960 }, [{ what: "leave", from: "2026-03-02", to: "2026-03-03" }]],
  ["swap", { kind: "swap", day: "2026-03-05", withPersonId: PERSON, withDay: "2026-03-03" }, [{ what: "swap", from: "2026-03-05", to: "2026-03-05" }, { what: "swap", from: "2026-03-03", to: "2026-03-03" }]],
  ["make-up punch", MAKE_UP, []],
] as const)("what was cancelled is told on its days: %s", (_name, content, told) => {
  expect(cancelledOf({ id: "r" as RequestId, content }, ZONE)).toEqual(told.map((each) => ({ requestId: "r", ...each })));
});

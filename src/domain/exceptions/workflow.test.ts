import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import type { ApprovalStep } from "../attendance/rules/types.ts";
import type { EpochMs } from "../clock.ts";
import type { UserId } from "../people/access.ts";
import type { PersonId } from "../people/types.ts";
import { MAKE_UP, PERSON, request } from "./testing/requests.ts";
import type { AppealOutcome, ExceptionRequest, LateReason, RequestId, RequestState } from "./types.ts";
import { recorded, roleToDecide, step } from "./workflow.ts";
import type { RequestAction, RequestActor } from "./workflow.ts";

const HOUR = 3_600_000;
const SUPERVISOR: RequestActor = { kind: "user", id: "supervisor" as UserId, roles: ["supervisor"] };
const HR: RequestActor = { kind: "user", id: "hr" as UserId, roles: ["hr"] };
const STAND_IN: RequestActor = { kind: "user", id: "stand-in" as UserId, roles: ["hr"] };
const STRANGER: RequestActor = { kind: "user", id: "stranger" as UserId, roles: [] };
const AUTHOR: RequestActor = { kind: "user", id: "author" as UserId, roles: ["supervisor", "hr"], personId: PERSON };
const ACTORS: Readonly<Record<string, RequestActor>> = { self: { kind: "self" }, colleague: { kind: "colleague" }, rules: { kind: "rules" }, supervisor: SUPERVISOR, hr: HR, stranger: STRANGER, author: AUTHOR };
const STATES: readonly RequestState[] = ["draft", "colleague", "supervisor", "hr", "approved", "rejected", "withdrawn", "expired", "late", "cancelled"];
const ACTIONS: Readonly<Record<string, RequestAction>> = {
  submit: { kind: "submit", late: null },
  "submit late": { kind: "submit", late: "window" },
  agree: { kind: "agree" },
  decline: { kind: "decline" },
  approve: { kind: "approve", comment: "seen" },
  reject: { kind: "reject", comment: "no" },
  "special case": { kind: "special-case", comment: "the tablet was down" },
  withdraw: { kind: "withdraw" },
  expire: { kind: "expire" },
  "pass on": { kind: "pass-on" },
  comment: { kind: "comment", comment: "which door?" },
  delegate: { kind: "delegate", to: { id: "stand-in" as UserId } },
  cancel: { kind: "cancel", cancelledBy: "r-2" as RequestId },
  remind: { kind: "remind" },
  notice: { kind: "notice" },
};

function run(state: RequestState, action: RequestAction, actor: RequestActor, part: Partial<ExceptionRequest> = {}): string {
  const done = step(request({ state, ...part }), action, { at: 1_000 as EpochMs, actor, withinMs: HOUR });
  return done.ok ? done.value.request.state : done.error.kind.slice("request/".length);
}

describe("a step", () => {
  /** What is allowed, as `state action actor -> state`; everything else is refused and changes nothing. */
  const allowed = [
    "draft submit self -> supervisor",
    "draft submit late self -> late",
    "draft withdraw self -> withdrawn",
    "colleague agree colleague -> supervisor",
    "colleague decline colleague -> rejected",
    "supervisor approve supervisor -> hr",
    "supervisor approve hr -> approved",
    "supervisor reject supervisor -> rejected",
    "supervisor reject hr -> rejected",
    "supervisor pass on rules -> hr",
    "supervisor delegate supervisor -> supervisor",
    "supervisor delegate hr -> supervisor",
    "hr approve hr -> approved",
    "hr reject hr -> rejected",
    "late special case hr -> approved",
    "late reject hr -> rejected",
    ...["colleague", "supervisor", "hr", "late"].flatMap((state) => [
      `${state} withdraw self -> withdrawn`,
      `${state} expire rules -> expired`,
      ...["self", "rules", "supervisor", "hr", "author"].map((actor) => `${state} remind ${actor} -> ${state}`),
    ]),
    ...STATES.filter((state) => state !== "draft").flatMap((state) => [`${state} notice rules -> ${state}`, ...["self", "supervisor", "hr", "author"].map((actor) => `${state} comment ${actor} -> ${state}`)]),
  ];

  test("is taken in those states by those people alone", () => {
    const found: string[] = [];
    for (const state of STATES) {
      for (const [action, what] of Object.entries(ACTIONS)) {
        for (const [actor, who] of Object.entries(ACTORS)) {
          const part = state === "draft" || state === "colleague" ? {} : { submittedAt: 1 as EpochMs };
          const done = step(request({ state, ...part }), what, { at: 1_000 as EpochMs, actor: who, withinMs: HOUR });
          if (done.ok) found.push(`${state} ${action} ${actor} -> ${done.value.request.state}`);
        }
      }
    }
    expect(found.toSorted()).toEqual(allowed.toSorted());
  });

  test.each([
    ["reject", "supervisor", SUPERVISOR, "reason-missing"],
    ["reject", "hr", HR, "reason-missing"],
    ["special-case", "late", HR, "reason-missing"],
    ["comment", "hr", HR, "reason-missing"],
    ["approve", "supervisor", HR, "reason-missing"],
    ["approve", "supervisor", SUPERVISOR, "hr"],
    ["approve", "hr", HR, "approved"],
  ] as const)("asks for a reason where one is needed: %s in %s", (kind, state, actor, outcome) => {
    expect(run(state, { kind, comment: "  " }, actor)).toBe(outcome);
  });

  test("cancels what was approved, through whoever decides and is no part of it, once", () => {
    const act: RequestAction = { kind: "cancel", cancelledBy: "r-2" as RequestId };
    const leave = { content: { kind: "leave", leaveKind: "annual", fromMs: 1 as EpochMs, toMs: 2 as EpochMs, minutes: 1 } } as const;
    const cancelled = step(request({ state: "approved", ...leave }), act, { at: 5 as EpochMs, actor: SUPERVISOR, withinMs: HOUR });
    expect(cancelled).toMatchObject({ ok: true, value: { request: { state: "cancelled" }, step: { action: "cancelled", by: "supervisor", cancelledBy: "r-2" } } });
    for (const state of STATES.filter((one) => one !== "approved")) expect(run(state, act, HR, leave)).toBe("not-now");
    expect(run("approved", act, HR)).toBe("not-now");
    expect(run("approved", act, { kind: "self" }, leave)).toBe("not-yours");
    expect(run("approved", act, STRANGER, leave)).toBe("not-yours");
    expect(run("approved", act, AUTHOR, leave)).toBe("own");
    // Whoever wrote the first one down does not decide that one; its cancelling is another's.
    expect(run("approved", act, HR, { ...leave, onBehalf: { by: "hr" as UserId, reason: "in hospital" } })).toBe("cancelled");
  });

  test("asks the colleague of a swap before it is cancelled", () => {
    const swap = { kind: "swap", day: "2026-03-03", withPersonId: "other" as PersonId, withDay: "2026-03-03" } as const;
    const content = { kind: "cancel", cancels: "r-1" as RequestId, content: swap } as const;
    expect(run("draft", { kind: "submit", late: null }, { kind: "self" }, { content })).toBe("colleague");
    expect(run("colleague", { kind: "agree" }, { kind: "colleague" }, { content })).toBe("supervisor");
    expect(run("hr", { kind: "approve", comment: "" }, { ...HR, personId: "other" as PersonId }, { content })).toBe("own");
  });

  test("answers an appeal with a reason when it is granted", () => {
    const content = { kind: "appeal", about: { day: "2026-03-02" } } as const;
    expect(run("hr", { kind: "approve", comment: "" }, HR, { content })).toBe("reason-missing");
    expect(run("hr", { kind: "approve", comment: "the camera was wrong", outcome: "corrected" }, HR, { content })).toBe("approved");
  });

  test("says what comes of an appeal when it is granted last, and nothing that does not fit", () => {
    const day = { kind: "appeal", about: { day: "2026-03-02" } } as const;
    const note = { kind: "appeal", about: { noteId: "n" } } as const;
    const decision = { kind: "appeal", about: { requestId: "r" as RequestId } } as const;
    const granted = (content: ExceptionRequest["content"], outcome?: AppealOutcome["kind"]): string => run("hr", { kind: "approve", comment: "so it is", ...(outcome === undefined ? {} : { outcome }) }, HR, { content, passed: 1 });
    expect([day, note, decision].map((content) => [granted(content), granted(content, "corrected"), granted(content, "note-withdrawn"), granted(content, "answered")])).toEqual([
      ["outcome-missing", "approved", "outcome-missing", "approved"],
      ["outcome-missing", "outcome-missing", "approved", "approved"],
      ["outcome-missing", "outcome-missing", "outcome-missing", "approved"],
    ]);
    // The supervisor, who does not decide last, has nothing to choose; nor has anybody who rejects.
    expect(run("supervisor", { kind: "approve", comment: "seems so" }, SUPERVISOR, { content: day })).toBe("hr");
    expect(run("hr", { kind: "reject", comment: "no" }, HR, { content: day })).toBe("rejected");
    const done = step(request({ state: "hr", content: MAKE_UP, passed: 1 }), { kind: "approve", comment: "", outcome: "answered" }, { at: 5 as EpochMs, actor: HR, withinMs: HOUR });
    expect(done.ok ? done.value.step : null).not.toHaveProperty("outcome");
  });

  test("is refused to whoever it is about, whatever their roles", () => {
    for (const [state, action] of [["supervisor", "approve"], ["hr", "reject"], ["late", "special-case"]] as const) expect(run(state, { kind: action, comment: "mine" }, AUTHOR)).toBe("own");
    const swap = { kind: "swap", day: "2026-03-03", withPersonId: "other" as PersonId, withDay: "2026-03-03" } as const;
    expect(run("hr", { kind: "approve", comment: "" }, { ...HR, personId: "other" as PersonId }, { content: swap })).toBe("own");
    expect(run("hr", { kind: "approve", comment: "" }, { ...HR, personId: "other" as PersonId })).toBe("approved");
  });

  test("on behalf is nobody's to decide who wrote it down", () => {
    const part = { onBehalf: { by: "hr" as UserId, reason: "in hospital" } };
    expect(run("draft", { kind: "submit", late: null }, HR, part)).toBe("supervisor");
    expect(run("draft", { kind: "submit", late: null }, SUPERVISOR, part)).toBe("not-yours");
    expect(run("hr", { kind: "approve", comment: "yes" }, HR, part)).toBe("own");
    expect(run("hr", { kind: "approve", comment: "yes" }, STAND_IN, part)).toBe("approved");
  });

  test("goes to a colleague first when shifts are swapped", () => {
    const content = { kind: "swap", day: "2026-03-03", withPersonId: "other" as PersonId, withDay: "2026-03-03" } as const;
    expect(run("draft", { kind: "submit", late: null }, { kind: "self" }, { content })).toBe("colleague");
  });

  test("is decided as the supervisor by whom it was handed to", () => {
    const part = { delegatedTo: "stand-in" as UserId };
    const done = step(request({ state: "supervisor", ...part }), { kind: "approve", comment: "" }, { at: 5 as EpochMs, actor: STAND_IN, withinMs: HOUR });
    expect(done).toMatchObject({ ok: true, value: { request: { state: "hr", passed: 1, deadlineMs: HOUR + 5 }, step: { as: "supervisor", by: "stand-in" } } });
    expect(run("supervisor", { kind: "approve", comment: "" }, { ...STRANGER, id: "stand-in" as UserId }, part)).toBe("not-yours");
  });

  test("is told to the person until they have seen it", () => {
    const decided = step(request({ state: "hr", submittedAt: 1 as EpochMs }), { kind: "approve", comment: "" }, { at: 5 as EpochMs, actor: HR, withinMs: HOUR });
    const after = decided.ok ? recorded(decided.value, { device: "d", seq: 9 }) : null;
    expect(after?.unseen).toBe(true);
    const seen = step(after!, { kind: "notice" }, { at: 6 as EpochMs, actor: { kind: "self" }, withinMs: HOUR });
    expect(seen).toMatchObject({ ok: true, value: { request: { unseen: false }, step: { action: "noticed", by: "self" } } });
  });

  test("tells a role apart from a right that is nobody's", () => {
    expect(roleToDecide(request({ state: "supervisor" }), SUPERVISOR)).toBe("supervisor");
    expect(roleToDecide(request({ state: "hr" }), SUPERVISOR)).toBeNull();
    expect(roleToDecide(request({ state: "hr" }), AUTHOR)).toBe("own");
    expect(roleToDecide(request({ state: "late" }), HR)).toBe("hr");
    expect(roleToDecide(request({ state: "approved" }), HR)).toBeNull();
  });
});

const lateReason = fc.constantFrom<LateReason | null>(null, "window", "quota", "locked");
const comment = fc.constantFrom("", "because");
const action: fc.Arbitrary<RequestAction> = fc.oneof(
  fc.record({ kind: fc.constant("submit" as const), late: lateReason }),
  fc.record({ kind: fc.constantFrom("agree" as const, "decline" as const, "withdraw" as const, "expire" as const, "remind" as const, "pass-on" as const, "notice" as const) }),
  fc.record({ kind: fc.constant("approve" as const), comment, outcome: fc.constantFrom("corrected" as const, "answered" as const) }),
  fc.record({ kind: fc.constantFrom("approve" as const, "reject" as const, "special-case" as const, "comment" as const), comment }),
  fc.record({ kind: fc.constant("delegate" as const), to: fc.record({ id: fc.constantFrom("stand-in" as UserId, "hr" as UserId) }) }),
);
const route = fc.constantFrom<readonly ApprovalStep[]>(["supervisor"], ["hr"], ["supervisor", "hr"]);
const content = fc.constantFrom<ExceptionRequest["content"]>(MAKE_UP, { kind: "swap", day: "2026-03-03", withPersonId: "other" as PersonId, withDay: "2026-03-03" }, { kind: "appeal", about: { day: "2026-03-02" } });
const anybody = fc.record({ action, actor: fc.constantFrom(...Object.values(ACTORS), STAND_IN) });
/** What people do who know whose turn it is: without these, few requests get far. */
const likely = fc.constantFrom<{ readonly action: RequestAction; readonly actor: RequestActor }>(
  { action: { kind: "submit", late: null }, actor: { kind: "self" } },
  { action: { kind: "submit", late: "quota" }, actor: { kind: "self" } },
  { action: { kind: "agree" }, actor: { kind: "colleague" } },
  { action: { kind: "approve", comment: "because" }, actor: SUPERVISOR },
  { action: { kind: "approve", comment: "because", outcome: "answered" }, actor: HR },
  { action: { kind: "special-case", comment: "because" }, actor: HR },
  { action: { kind: "pass-on" }, actor: { kind: "rules" } },
);
const acts = fc.array(fc.oneof(anybody, { arbitrary: likely, weight: 2 }), { maxLength: 16 });

property.prop([route, content, acts], { numRuns: 2_000 })("nothing is approved but through every step of its route or by HR's special case, and no step is lost", (asked, what, sequence) => {
  let now = request({ route: asked, content: what });
  sequence.forEach(({ action: next, actor }, index) => {
    const before = now;
    const done = step(now, next, { at: index as EpochMs, actor, withinMs: HOUR });
    if (!done.ok) return;
    now = recorded(done.value, { device: "d", seq: index + 1 });
    expect(now.steps.slice(0, -1)).toEqual(before.steps);
    expect(now.steps).toHaveLength(before.steps.length + 1);
    expect(["approved", "rejected", "withdrawn", "expired"].includes(before.state) ? now.state : "").toBe(["approved", "rejected", "withdrawn", "expired"].includes(before.state) ? before.state : "");
  });
  expect(now.steps.filter(({ by }) => by === "author").map(({ action: taken }) => taken).every((taken) => taken === "commented" || taken === "reminded")).toBe(true);
  if (now.state !== "approved") return;
  const special = now.steps.filter(({ action: taken, as }) => taken === "special-case" && as === "hr");
  const approvals = now.steps.filter(({ action: taken }) => taken === "approved");
  if (special.length > 0) {
    expect(now.steps.some(({ late }) => late !== undefined)).toBe(true);
    expect(special[0]?.comment).not.toBe("");
    return;
  }
  expect(now.passed).toBe(asked.length);
  for (const needed of asked) expect(approvals.some(({ as }) => as === needed || as === "hr")).toBe(true);
  if (asked.includes("hr")) expect(approvals.at(-1)?.as).toBe("hr");
  if (what.kind === "swap") expect(now.steps.some(({ action: taken, by }) => taken === "agreed" && by === "colleague")).toBe(true);
});

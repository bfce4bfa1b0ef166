import type { OwnAttendance, OwnMonth } from "../../src/app/api/own-attendance.ts";
import { Subject } from "../../src/app/observable.ts";
import type { Day, Month } from "../../src/domain/attendance/rules/types.ts";
import type { EpochMs } from "../../src/domain/clock.ts";
import { failure } from "../../src/domain/errors.ts";
import { REQUEST_KINDS } from "../../src/domain/exceptions/types.ts";
import type { ExceptionRequest, MakeUpAllowance, RequestId } from "../../src/domain/exceptions/types.ts";
import type { PersonId } from "../../src/domain/people/types.ts";
import { err, ok } from "../../src/domain/result.ts";
import { dayResult, daysBetween, monthTotals, plannedOn, TODAY, when } from "./fake-days.ts";
import { FEEDBACK, NOTES, REQUESTS } from "./fake-requests.ts";
import { SITE_RULES } from "./fake-rules.ts";

const ALLOWANCE: MakeUpAllowance = { quota: 3, used: 1, remaining: 2, renewsOn: "2026-04-01", lastDay: "2026-03-05", late: null, health: ["condition", "temperature"], healthRequired: ["condition"] };
const LATE: MakeUpAllowance = { ...ALLOWANCE, lastDay: "2026-02-06", late: "window" };

export interface OwnFakeOptions {
  readonly confirmable?: OwnMonth["confirmable"];
  readonly changedSince?: boolean;
  /** A site without rules. */
  readonly none?: boolean;
  readonly late?: boolean;
}

/** The attendance of the first of the gallery's people: a February, and the Monday morning after it. */
export function fakeOwnAttendance(options: OwnFakeOptions = {}, calls: (readonly unknown[])[] = []): OwnAttendance {
  const me = "p-0" as PersonId;
  const mine = REQUESTS.filter(({ personId }) => personId === me).concat(REQUESTS.slice(1, 10).map((request, index) => ({ ...request, personId: me, id: `own-${index}` as RequestId })));
  const requests = new Subject<readonly ExceptionRequest[]>(mine);
  const did = <T>(value: T, ...call: readonly unknown[]): Promise<T> => {
    calls.push(call);
    return Promise.resolve(value);
  };
  const refused = { kind: "attendance/no-rules" } as const;
  const month = (wanted: Month): OwnMonth => {
    const [year = 0, number = 1] = wanted.split("-").map(Number);
    const last = new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
    const days = daysBetween(`${wanted}-01`, last).map((day) => dayResult(0, me, day));
    return {
      month: wanted,
      days,
      shifts: days.map(({ day }: { readonly day: Day }) => plannedOn(0, day)),
      totals: monthTotals(me, wanted, days),
      confirmedAt: options.confirmable === "done" || options.changedSince === true ? when("2026-03-01", 1000) : null,
      changedSince: options.changedSince ?? false,
      lockedAt: options.confirmable === "locked" ? when("2026-03-02", 500) : null,
      confirmable: options.confirmable ?? (wanted < "2026-03" ? "now" : "not-over"),
      confirmBy: "2026-03-05",
    };
  };
  return {
    today: new Subject(
      options.none === true
        ? { result: null, shift: null, missing: [], failure: refused }
        : {
            result: dayResult(0, me, TODAY),
            shift: plannedOn(0, TODAY),
            missing: [
              { day: "2026-02-27", direction: "out" as const, wallMs: when("2026-02-27", 1080), shiftName: "Day shift 白班", allowance: options.late === true ? LATE : ALLOWANCE, outage: { device: "device-1", siteId: "site-1", fromMs: when("2026-02-27", 1060), toMs: when("2026-02-27", 1120), reason: "camera/unplugged", entry: { device: "device-1", seq: 3_811 } }, request: null },
              { day: "2026-02-03", direction: "in" as const, wallMs: when("2026-02-03", 540), shiftName: "Day shift 白班", allowance: LATE, outage: null, request: mine[1]?.id ?? null },
            ],
            failure: null,
          },
    ),
    notices: new Subject(
      options.none === true
        ? []
        : [
            { kind: "swap" as const, request: REQUESTS.find(({ content }) => content.kind === "swap") ?? (mine[0] as ExceptionRequest), from: "陈静" },
            { kind: "month" as const, month: "2026-02", by: "2026-03-05" },
            { kind: "request" as const, request: mine.find(({ state }) => state === "rejected") ?? (mine[0] as ExceptionRequest) },
            ...NOTES.slice(0, 1).map((note) => ({ kind: "note" as const, note })),
            ...FEEDBACK.slice(2, 3).map((feedback) => ({ kind: "feedback" as const, feedback })),
          ],
    ),
    requests,
    balances: new Subject(
      options.none === true
        ? []
        : [
            { leaveKind: "annual", granted: 2400, used: 960, pending: 240, remaining: 1200 },
            { leaveKind: "compensatory", granted: 450, used: 0, pending: 0, remaining: 450 },
          ],
    ),
    leaveKinds: options.none === true ? [] : SITE_RULES.leaveKinds,
    offered: options.none === true ? [] : REQUEST_KINDS,
    month: (wanted) => did(options.none === true ? err(failure("attendance/no-rules")) : ok(month(wanted)), "month", wanted),
    allowance: (day) => did(ok(options.late === true ? LATE : ALLOWANCE), "allowance", day),
    leaveMinutes: (fromMs: EpochMs, toMs: EpochMs) => did(ok(Math.max(0, Math.min(480, Math.round((toMs - fromMs) / 60_000)))), "leaveMinutes"),
    colleagues: (query) => (query === "" ? [] : [{ personId: "p-9", name: "陈静", employeeNumber: "A1009" }]),
    submit: (input) => did(ok({ ...(mine[0] as ExceptionRequest), content: input.content, reason: input.reason }), "submit", input),
    keepDraft: (input) => did(ok({ ...(mine[0] as ExceptionRequest), state: "draft" as const, content: input.content, reason: input.reason }), "keepDraft", input),
    withdraw: (id) => did(ok(), "withdraw", id),
    agree: (id, agreed) => did(ok(), "agree", id, agreed),
    seen: (ids) => did(undefined, "seen", ids),
    confirm: (wanted) => did(ok(), "confirm", wanted),
    giveFeedback: (topic, text, anonymous) => did(ok(), "giveFeedback", topic, text, anonymous),
    trainedVersion: () => Promise.resolve(0),
    trained: (course, version, errors) => did(ok(), "trained", course, version, errors),
    close: () => void calls.push(["close"]),
  };
}

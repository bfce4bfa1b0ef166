import { fc } from "@fast-check/vitest";
import type { DayMark, DayResult, PunchUse } from "../../src/domain/attendance/engine/types.ts";
import type { EpochMs } from "../../src/domain/clock.ts";
import type { EmployeeNumber, PersonId } from "../../src/domain/people/types.ts";
import type { ReportContext, ReportPerson } from "../../src/domain/reports/context.ts";

export const CONTEXT: ReportContext = {
  zone: "Asia/Shanghai",
  from: "2026-02-01",
  to: "2026-03-31",
  shiftNames: { day: "Day shift" },
  leaveKinds: [{ id: "annual", name: "Annual leave", nameZh: "年假" }],
};

const START_MS = Date.parse("2026-02-01T00:00:00+08:00");
const DAY_MS = 86_400_000;
const MARKS: readonly DayMark[] = ["late", "serious-late", "early", "absent", "half-absent", "missing-in", "missing-out", "short", "overtime", "leave", "made-up", "waiting", "stray"];

const minutes = fc.integer({ min: 0, max: 900 });
const punch = fc.record({ minute: fc.integer({ min: 0, max: 1_900 }), direction: fc.constantFrom("in", "out"), method: fc.constantFrom("face", "pin", "badge", "attested"), use: fc.constantFrom("in", "out", "between", "suppressed", "undone", "ignored", "stray"), madeUp: fc.boolean() });

const dayParts = fc.record({
  dayKind: fc.constantFrom("workday", "rest", "holiday"),
  planned: minutes, attended: minutes, late: minutes, early: minutes, absent: minutes, leave: minutes, away: minutes, worked: minutes, pending: minutes,
  overtime: fc.record({ workday: minutes, rest: minutes, holiday: minutes }),
  marks: fc.uniqueArray(fc.constantFrom(...MARKS), { maxLength: 4 }),
  state: fc.constantFrom("waiting", "settled", "locked"),
  punches: fc.array(punch, { maxLength: 4 }),
});

/** People with days as no rules would make them: what a report adds up must not depend on their sense. */
export const anyPeople: fc.Arbitrary<readonly ReportPerson[]> = fc
  .array(fc.record({ name: fc.string({ maxLength: 12 }), department: fc.constantFrom("", "Assembly", "=1+1", "装配车间"), days: fc.array(dayParts, { maxLength: 40 }) }), { maxLength: 6 })
  .map((people) =>
    people.map(({ name, department, days }, who): ReportPerson => {
      const id = `p-${who}` as PersonId;
      return {
        person: { id, employeeNumber: String(1001 + who) as EmployeeNumber, name, department },
        days: days.map((parts, index): DayResult => {
          const startMs = START_MS + index * DAY_MS;
          const punches = parts.punches.map(({ minute, direction, method, use, madeUp }, at): PunchUse => ({ device: `device-${at % 2}`, seq: who * 10_000 + index * 10 + at, wallMs: (startMs + minute * 60_000) as EpochMs, direction, method, use, ...(madeUp ? { requestId: `r-${at}` } : {}) }));
          return {
            personId: id,
            day: new Date(startMs + 28_800_000).toISOString().slice(0, 10),
            rulesVersion: 1,
            groupId: "all",
            dayKind: parts.dayKind,
            calendar: null,
            periods: [],
            punches,
            marks: parts.marks,
            minutes: { planned: parts.planned, attended: parts.attended, late: parts.late, early: parts.early, absent: parts.absent, leave: parts.leave, away: parts.away, worked: parts.worked, overtime: parts.overtime, overtimePending: parts.pending },
            state: parts.state,
            reasons: parts.leave > 0 ? [{ code: "leave", requestId: "r", minutes: parts.leave, leaveKind: "annual" }] : [],
            requestIds: [],
          };
        }),
      };
    }),
  );

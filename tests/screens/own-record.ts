import type { OwnFacts, OwnLog, OwnRecord } from "../../src/app/api/own-record.ts";
import type { OwnAttendance } from "../../src/app/api/own-attendance.ts";
import { Subject } from "../../src/app/observable.ts";
import { ok } from "../../src/domain/result.ts";
import type { EpochMs } from "../../src/domain/clock.ts";
import type { Punch } from "../../src/domain/attendance/types.ts";

import { fakeOwnAttendance } from "./fake-own-attendance.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Somebody's own record with two working days in it. */
export function ownRecord(punch: Punch, facts: Partial<OwnFacts> = {}, log: Partial<OwnLog> = {}, attendance: OwnAttendance = fakeOwnAttendance()): OwnRecord {
  const at = (ms: number): EpochMs => (punch.wallMs + ms) as EpochMs;
  const { personId } = punch;
  const looks: OwnLog["looks"] = [
    { at: at(0), by: null, role: "employee", what: "own-record" },
    { at: at(-3 * HOUR_MS), by: "陈静", role: "hr", what: "person" },
    { at: at(-26 * HOUR_MS), by: "李主管", role: "supervisor", what: "list" },
    { at: at(-5 * DAY_MS), by: "陈静", role: "hr", what: "export" },
  ];
  const days: OwnLog["days"] = [
    { day: "2026-11-22", punches: [punch] },
    {
      day: "2026-11-21",
      punches: [
        { ...punch, seq: 998, receipt: "000998-03AF17C2", wallMs: at(-DAY_MS) },
        { ...punch, seq: 999, receipt: "000999-77B0E012", wallMs: at(-DAY_MS + 40_000), status: "suppressed" },
        { ...punch, seq: 1021, receipt: "001021-5D8812FE", wallMs: at(-DAY_MS + 9 * HOUR_MS), direction: "out" },
      ],
    },
    { day: "2026-11-20", punches: [{ ...punch, seq: 941, receipt: "000941-AA03D1E9", wallMs: at(-2 * DAY_MS), status: "undone" }] },
  ];
  return {
    facts: new Subject<OwnFacts>({
      personId,
      name: "欧阳晓明",
      employeeNumber: "A1042",
      department: "装配一车间",
      consent: { personId, noticeVersion: "2026.11", locale: "zh-Hans", givenAt: at(-200 * DAY_MS) },
      enrolledAt: at(-200 * DAY_MS),
      faceEndsAt: at(180 * DAY_MS),
      hasPin: true,
      frozen: false,
      erasing: false,
      schedule: { unusedFaceMonths: 6, recordMonths: 24, attemptMonths: 3, healthMonths: 3, attachmentMonths: 6 },
      ...facts,
    }),
    log: new Subject<OwnLog>({ days, looks, reading: false, ...log }),
    attendance,
    pinNeeded: new Subject(false),
    prove: () => Promise.resolve(ok()),
    withdraw: () => Promise.resolve(ok({ certificate: "20261122-7F3A9C21" })),
    freeze: () => Promise.resolve(ok()),
  };
}

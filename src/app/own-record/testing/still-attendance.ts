import { failure } from "../../../domain/errors.ts";
import { err } from "../../../domain/result.ts";
import type { OwnAttendance } from "../../api/own-attendance.ts";
import { Subject } from "../../observable.ts";

/** Attendance of somebody at a site without rules: nothing is shown, nothing is offered. */
export function stillAttendance(): OwnAttendance {
  const refused = (): Promise<never> => Promise.resolve(err(failure("attendance/no-rules"))) as Promise<never>;
  return {
    today: new Subject(null),
    notices: new Subject([]),
    requests: new Subject([]),
    balances: new Subject([]),
    leaveKinds: [],
    offered: [],
    month: refused,
    allowance: refused,
    leaveMinutes: refused,
    colleagues: () => [],
    submit: refused,
    keepDraft: refused,
    withdraw: refused,
    agree: refused,
    seen: () => Promise.resolve(),
    confirm: refused,
    giveFeedback: refused,
    trainedVersion: () => Promise.resolve(0),
    trained: refused,
    close: () => undefined,
  };
}

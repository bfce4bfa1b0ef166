/** Days of many people, worked out as the app does it: in its worker, some people in a message. */
import { WorkerDayComputer } from "../../../src/adapters/attendance/day-computer.ts";
import { addDays } from "../../../src/domain/attendance/rules/days.ts";
import { peopleOf, siteOf } from "../attendance-month.ts";

export interface AttendanceOptions {
  readonly people: number;
  readonly from: string;
  readonly days: number;
  /** People that are asked for at once. */
  readonly atOnce: number;
}

export interface AttendanceTimes {
  /** From asking to the last result, messages included. */
  readonly ms: number;
  /** Days that came back. */
  readonly results: number;
  readonly punches: number;
  /** How often it was told how far it is. */
  readonly told: number;
}

async function measureAttendance({ people, from, days, atOnce }: AttendanceOptions): Promise<AttendanceTimes> {
  const computer = new WorkerDayComputer();
  const site = siteOf(from, addDays(from, days - 1));
  let [results, punches, ms, told] = [0, 0, 0, 0];
  try {
    for (let first = 0; first < people; first += atOnce) {
      // Made some at a time, and not counted: a year of everybody would fill the page's memory.
      const those = peopleOf(first, Math.min(atOnce, people - first), from, days);
      for (const each of those) punches += each.punches.length;
      const started = performance.now();
      const computed = await computer.compute({ ...site, people: those }, () => told++);
      ms += performance.now() - started;
      if (!computed.ok) throw new Error(computed.error.kind);
      results += computed.value.length;
    }
  } finally {
    computer.close();
  }
  return { ms, results, punches, told };
}

Object.assign(globalThis, { measureAttendance });

/** Days of many people in the app's own worker, given and taken in as the app does. */
import { releaseProxy, wrap } from "comlink";
import type { AttendanceWorker } from "../../../src/contracts/attendance.ts";
import type { EnginePerson } from "../../../src/domain/attendance/engine/types.ts";
import { addDays } from "../../../src/domain/attendance/rules/days.ts";
import { peopleOf, siteOf } from "../attendance-month.ts";

export interface AttendanceOptions {
  readonly people: number;
  readonly from: string;
  readonly days: number;
  /** People in one message. */
  readonly atATime: number;
}

export interface AttendanceTimes {
  /** From the first message to the last result, messages included. */
  readonly ms: number;
  /** Days that came back. */
  readonly results: number;
  readonly punches: number;
}

async function measureAttendance({ people, from, days, atATime }: AttendanceOptions): Promise<AttendanceTimes> {
  const worker = new Worker(new URL("../../../workers/attendance/worker.ts", import.meta.url), { type: "module", name: "attendance" });
  const remote = wrap<AttendanceWorker>(worker);
  const to = addDays(from, days - 1);
  let [results, punches, ms] = [0, 0, 0];
  try {
    const begun = performance.now();
    await remote.begin(siteOf(from, to));
    ms += performance.now() - begun;
    for (let first = 0; first < people; first += atATime) {
      // Made a message's worth at a time, and not counted: a year of everybody would fill the page's memory.
      const those: readonly EnginePerson[] = peopleOf(first, Math.min(atATime, people - first), from, days);
      for (const each of those) punches += each.punches.length;
      const started = performance.now();
      results += (await remote.days(those)).length;
      ms += performance.now() - started;
    }
  } finally {
    remote[releaseProxy]();
    worker.terminate();
  }
  return { ms, results, punches };
}

Object.assign(globalThis, { measureAttendance });

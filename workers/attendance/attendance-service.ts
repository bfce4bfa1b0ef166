import { transfer } from "comlink";
import type { AttendanceWorker } from "../../src/contracts/attendance.ts";
import { dayEngine } from "../../src/domain/attendance/engine/compute-days.ts";
import type { DayEngine } from "../../src/domain/attendance/engine/compute-days.ts";
import { DayRows, readPeople } from "../../src/domain/attendance/engine/rows.ts";

/** Keeps what is the same for everybody between calls, so that each brings its people alone. */
export function attendanceService(): AttendanceWorker {
  let compute: DayEngine = () => undefined;
  return {
    begin: (site) => {
      compute = dayEngine(site);
      return Promise.resolve();
    },
    days: (people) => {
      const rows = new DayRows();
      for (const person of readPeople(people)) compute(person, (day) => rows.add(day));
      const done = rows.finish();
      return Promise.resolve(transfer(done, [done.numbers.buffer]));
    },
  };
}

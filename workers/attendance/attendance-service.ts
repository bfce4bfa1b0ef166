import type { AttendanceWorker } from "../../src/contracts/attendance.ts";
import { dayEngine } from "../../src/domain/attendance/engine/compute-days.ts";

/** Keeps what is the same for everybody between calls, so that each brings its people alone. */
export function attendanceService(): AttendanceWorker {
  let compute: ReturnType<typeof dayEngine> = () => [];
  return {
    begin: (site) => {
      compute = dayEngine(site);
      return Promise.resolve();
    },
    days: (people) => Promise.resolve(people.flatMap((person) => compute(person))),
  };
}

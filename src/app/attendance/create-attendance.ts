import type { SessionAccess } from "../access/session-access.ts";
import type { AdministratorSession } from "../api/administration.ts";
import type { Attendance } from "../api/attendance.ts";
import type { History } from "../backup/ports.ts";
import type { Observable } from "../observable.ts";
import type { Store } from "../ports/store.ts";
import type { DayComputer } from "./ports.ts";

export interface AttendanceDependencies {
  readonly store: Store;
  readonly access: SessionAccess;
  readonly session: Observable<AdministratorSession | null>;
  /** Logs of other devices that a backup brought. */
  readonly history: Pick<History, "entries" | "logs">;
  readonly computer: DayComputer;
}

/** What is put together here grows by each part; administration gets it when it is whole. */
export interface AttendanceParts {
  readonly attendance: Partial<Attendance>;
}

/** Everything about attendance, put together from its parts. */
export function createAttendance(_dependencies: AttendanceDependencies): AttendanceParts {
  return { attendance: {} };
}

import type { PeopleRows, Rows } from "../domain/attendance/engine/rows.ts";
import type { EngineInput } from "../domain/attendance/engine/types.ts";

/** What days of many people have in common. */
export type SiteFacts = Omit<EngineInput, "people">;

/** Works out days off the main thread, some people at a time. Ending the worker cancels what it does. */
export interface AttendanceWorker {
  /** Everything until the next `begin` is worked out with these. */
  begin(site: SiteFacts): Promise<void>;
  /**
   * @param people their numbers are transferred
   * @returns by person in the order of the input, then by day; nothing before the first `begin`. Transferred.
   */
  days(people: PeopleRows): Promise<Rows>;
}

import type { DayResult, EngineInput, EnginePerson } from "../domain/attendance/engine/types.ts";

/** What days of many people have in common. */
export type SiteFacts = Omit<EngineInput, "people">;

/** Works out days off the main thread, some people at a time. Ending the worker cancels what it does. */
export interface AttendanceWorker {
  /** Everything until the next `begin` is worked out with these. */
  begin(site: SiteFacts): Promise<void>;
  /** @returns by person in the order of the input, then by day; nothing before the first `begin` */
  days(people: readonly EnginePerson[]): Promise<readonly DayResult[]>;
}

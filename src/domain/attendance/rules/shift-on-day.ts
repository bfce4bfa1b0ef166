import type { EpochMs } from "../../clock.ts";
import type { CalendarDay, Day, RuleGroup, Shift } from "./types.ts";

/** What a person works on a day, as planned. */
export interface ShiftOnDay {
  readonly day: Day;
  readonly rulesVersion: number | null;
  readonly group: RuleGroup | null;
  readonly dayKind: "workday" | "rest" | "holiday";
  readonly calendar: CalendarDay | null;
  /** In order; empty on a free day. Times as they are on that day, daylight saving included. */
  readonly shifts: readonly { readonly shift: Shift; readonly periods: readonly { readonly startMs: EpochMs; readonly endMs: EpochMs }[] }[];
  readonly source: "pattern" | "roster" | "swap" | "none";
  /** Why nothing is worked. */
  readonly free: "rest" | "holiday" | "not-yet-employed" | "left" | "exempt" | null;
}

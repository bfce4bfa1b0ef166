import { addDays, monthOf, weekdayOf } from "../attendance/rules/days.ts";
import type { Day } from "../attendance/rules/types.ts";

export interface Period {
  /** Both included. */
  readonly from: Day;
  readonly to: Day;
}

/** The day, week (Monday to Sunday) or month that was over last before that day. */
export function lastPeriod(every: "day" | "week" | "month", today: Day): Period {
  switch (every) {
    case "day":
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case "week": {
      const monday = addDays(today, -weekdayOf(today));
      return { from: addDays(monday, -7), to: addDays(monday, -1) };
    }
    case "month": {
      const to = addDays(`${monthOf(today)}-01`, -1);
      return { from: `${monthOf(to)}-01`, to };
    }
  }
}

import { addDays, dayNumber, monthOf } from "../../domain/attendance/rules/days.ts";
import type { Day, Month } from "../../domain/attendance/rules/types.ts";
import type { PersonId } from "../../domain/people/types.ts";
import type { Store } from "../ports/store.ts";

/** Months are closed some days after they are over: the last closed one is hardly further back. */
const NEAR_DAYS = 100;

type MonthStore = Pick<Store, "papers" | "paper">;

/**
 * The last month that is closed for anybody; null when none is. Rules are asked for by it and not by person or department:
 * a version holds for the whole site, and a correction of a closed day is worked out by the rules of that day, which a
 * version from before it would change under whoever is closed already. Whose month is still open is helped by requests.
 */
export async function lastClosedMonth(store: MonthStore, today: Day): Promise<Month | null> {
  const near = await lockedMonths(store, dayNumber(today) - NEAR_DAYS);
  const months = near.length > 0 ? near : await lockedMonths(store);
  return months.reduce<Month | null>((last, month) => (last === null || month > last ? month : last), null);
}

/** Whether the month that the day lies in is closed for that person. */
export async function isClosed(store: MonthStore, personId: PersonId, day: Day): Promise<boolean> {
  return isLocked((await store.paper(`month:${personId}:${monthOf(day)}`))?.value);
}

/** First day of the month after. */
export function firstDayAfter(month: Month): Day {
  return `${monthOf(addDays(`${month}-01`, 31))}-01`;
}

async function lockedMonths(store: MonthStore, fromUtcDay?: number): Promise<readonly Month[]> {
  const papers = await store.papers({ kinds: ["month"], ...(fromUtcDay === undefined ? {} : { fromUtcDay }) });
  return papers.flatMap(({ value }) => (isLocked(value) ? value.month : []));
}

function isLocked(value: unknown): value is { readonly month: Month } {
  return typeof value === "object" && value !== null && "locked" in value && value.locked !== undefined && "month" in value && typeof value.month === "string";
}

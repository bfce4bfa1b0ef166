import { Temporal } from "temporal-polyfill";
import { calendarDay } from "../../domain/attendance/day.ts";
import { attemptOf, foldPunches } from "../../domain/attendance/entries.ts";
import { monthsAfter } from "../../domain/retention/due.ts";
import { scheduleOf } from "../../domain/retention/schedule.ts";
import type { Attempt, Punch } from "../../domain/attendance/types.ts";
import type { PunchQuery, Records } from "../api/administration.ts";
import { Subject } from "../observable.ts";
import type { History } from "../backup/ports.ts";
import type { Store } from "../ports/store.ts";

/** No time zone is further from UTC than this, days; and a punch is changed within a minute, so on the next day at the latest. */
const MARGIN_DAYS = 1;

/** Logs of other devices that a backup or the hub brought, one list each. */
export type EarlierEntries = (fromUtcDay: number, toUtcDay: number) => ReturnType<History["entries"]>;

/** Punches and attempts, read from the log when asked for. */
export class LogRecords implements Records {
  readonly revision: Subject<number>;

  constructor(
    private readonly store: Pick<Store, "length" | "subscribe" | "settings" | "entries" | "now">,
    private readonly earlier: EarlierEntries = () => Promise.resolve([]),
  ) {
    this.revision = new Subject(store.length);
    store.subscribe(() => this.revision.next(store.length));
  }

  async punches(query: PunchQuery): Promise<readonly Punch[]> {
    const [earlier, own] = await Promise.all([this.earlier(...daysOf(query)), this.store.entries(...daysOf(query))]);
    // Sequence numbers are each device's own: a log is folded by itself.
    const punches = [...earlier, own].flatMap((entries) => foldPunches(entries));
    if (earlier.length > 0) punches.sort((a, b) => a.wallMs - b.wallMs);
    return punches
      .filter(
        (punch) =>
          (query.personId === undefined || punch.personId === query.personId) &&
          (query.siteId === undefined || punch.siteId === query.siteId) &&
          within(calendarDay(punch.wallMs, punch.zone), query),
      )
      .reverse();
  }

  async attempts(query: Pick<PunchQuery, "from" | "to">): Promise<readonly Attempt[]> {
    const zone = this.store.settings?.zone ?? "UTC";
    const entries = await this.store.entries(...daysOf(query));
    // Their sealed entries stay in the chain: what has had its time is shown to nobody.
    const since = monthsAfter(this.store.now().wallMs, -scheduleOf(this.store.settings).attemptMonths, zone);
    return entries
      .flatMap((entry) => attemptOf(entry) ?? [])
      .filter((attempt) => attempt.wallMs >= since && within(calendarDay(attempt.wallMs, zone), query))
      .reverse();
  }
}

function daysOf({ from, to }: Pick<PunchQuery, "from" | "to">): readonly [number, number] {
  return [from === undefined ? Number.MIN_SAFE_INTEGER : utcDay(from) - MARGIN_DAYS, to === undefined ? Number.MAX_SAFE_INTEGER : utcDay(to) + MARGIN_DAYS];
}

function within(day: string, { from, to }: Pick<PunchQuery, "from" | "to">): boolean {
  return (from === undefined || day >= from) && (to === undefined || day <= to);
}

/** @throws RangeError when it is not `YYYY-MM-DD` */
function utcDay(day: string): number {
  return Temporal.PlainDate.from("1970-01-01").until(Temporal.PlainDate.from(day), { largestUnit: "days" }).days;
}

import { Temporal } from "temporal-polyfill";
import type { EpochMs } from "../../clock.ts";
import { startOfDay } from "../day.ts";
import { addDays } from "./days.ts";
import type { Day, MinuteOfDay } from "./types.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const MINUTES_A_DAY = 1440;

/** The local times of one calendar day as moments. Worked out once for each day, since Temporal costs microseconds. */
export interface LocalDay {
  readonly day: Day;
  readonly startMs: EpochMs;
  /** Start of the day after: 23 or 25 hours later where the clock is changed. */
  readonly endMs: EpochMs;
  /**
   * The moment at so many minutes after local midnight, 0 to 2879, by the clock on the wall. A time that the clock leaves
   * out is taken so much later as it leaves out; of one that comes twice the first is taken (Temporal's "compatible").
   */
  at(minute: MinuteOfDay): EpochMs;
}

/** More starts than that are not kept: ten years of one zone. */
const STARTS_KEPT = 3_660;
/** By zone and day. A zone's rules stay as they are while the app runs. */
const starts = new Map<string, EpochMs>();

function startOf(day: Day, zone: string): EpochMs {
  const key = `${day} ${zone}`;
  const known = starts.get(key);
  if (known !== undefined) return known;
  const startMs = startOfDay(day, zone);
  if (starts.size >= STARTS_KEPT) starts.clear();
  starts.set(key, startMs);
  return startMs;
}

export function localDay(day: Day, zone: string): LocalDay {
  const next = addDays(day, 1);
  const startMs = startOf(day, zone);
  const endMs = startOf(next, zone);
  const afterMs = startOf(addDays(day, 2), zone);
  const plain = endMs - startMs === DAY_MS;
  const nextPlain = afterMs - endMs === DAY_MS;
  return {
    day,
    startMs,
    endMs,
    at: (minute) => {
      const later = minute >= MINUTES_A_DAY;
      const rest = later ? minute - MINUTES_A_DAY : minute;
      if (later ? nextPlain : plain) return ((later ? endMs : startMs) + rest * MINUTE_MS) as EpochMs;
      const time = Temporal.PlainTime.from({ hour: Math.floor(rest / 60), minute: rest % 60 });
      return Temporal.PlainDate.from(later ? next : day).toPlainDateTime(time).toZonedDateTime(zone, { disambiguation: "compatible" }).epochMilliseconds as EpochMs;
    },
  };
}

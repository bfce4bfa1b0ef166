import { Temporal } from "temporal-polyfill";

import type { EpochMs } from "../../../domain/clock.ts";

/** What a field for day and time holds, by the clock of the site; null while it is not a time. */
export function momentOf(text: string, zone: string): EpochMs | null {
  try {
    return Temporal.PlainDateTime.from(text).toZonedDateTime(zone, { disambiguation: "compatible" }).epochMilliseconds as EpochMs;
  } catch {
    return null;
  }
}

import { Temporal } from "temporal-polyfill";

/** Offsets from UTC change at whole quarters of an hour, in every zone since 1972. */
const QUARTER_MS = 900_000;
const NANOSECONDS_A_MS = 1_000_000;

/** Local times of a zone as milliseconds that read as UTC: midnight of a local day is a whole number of days. */
export type WallClock = (epochMs: number) => number;

/** Each quarter of an hour is asked for once, since Temporal costs microseconds. */
export function wallClock(zone: string): WallClock {
  const offsets = new Map<number, number>();
  return (epochMs) => {
    const quarter = Math.floor(epochMs / QUARTER_MS);
    let offset = offsets.get(quarter);
    if (offset === undefined) {
      offset = Temporal.Instant.fromEpochMilliseconds(quarter * QUARTER_MS).toZonedDateTimeISO(zone).offsetNanoseconds / NANOSECONDS_A_MS;
      offsets.set(quarter, offset);
    }
    return epochMs + offset;
  };
}

/** `2026-03-02 08:57:12` of a local time. */
export function wallText(wallMs: number): string {
  return new Date(wallMs).toISOString().slice(0, 19).replace("T", " ");
}

/** `2026-03-02` of a local time. */
export function wallDay(wallMs: number): string {
  return new Date(wallMs).toISOString().slice(0, 10);
}

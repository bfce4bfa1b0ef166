import type { Day, Month } from "./types.ts";

const DAY_MS = 86_400_000;
const SHAPE = /^\d{4}-\d{2}-\d{2}$/;

/** Whether it is `YYYY-MM-DD` of a day that there is. */
export function isDay(text: string): text is Day {
  return SHAPE.test(text) && !Number.isNaN(Date.parse(text)) && dayAt(Date.parse(text) / DAY_MS) === text;
}

/** Days since 1970-01-01: a calendar's count, which knows no zone. */
export function dayNumber(day: Day): number {
  return Date.parse(day) / DAY_MS;
}

/** The day of that count. */
export function dayAt(number: number): Day {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}

export function addDays(day: Day, days: number): Day {
  return dayAt(dayNumber(day) + days);
}

/** Every day from the first to the last, both included. */
export function daysBetween(from: Day, to: Day): readonly Day[] {
  const first = dayNumber(from);
  return Array.from({ length: Math.max(0, dayNumber(to) - first + 1) }, (_, index) => dayAt(first + index));
}

/** 0 for Monday, 6 for Sunday. */
export function weekdayOf(day: Day): number {
  return weekdayAt(dayNumber(day));
}

/** The same of the day of that count. */
export function weekdayAt(number: number): number {
  // 1970-01-01 was a Thursday.
  return (((number + 3) % 7) + 7) % 7;
}

export function monthOf(day: Day): Month {
  return day.slice(0, 7);
}

export function lastDayOf(month: Month): Day {
  return addDays(`${monthOf(addDays(`${month}-01`, 31))}-01`, -1);
}

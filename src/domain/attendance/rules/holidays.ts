import * as v from "valibot";
import type { CalendarDay, CalendarKind } from "./types.ts";

/** In the order of the numbers that stand for them in the file. */
export const HOLIDAY_KINDS: readonly CalendarKind[] = ["holiday", "workday", "rest"];

/**
 * The days of a year: month and day as a number (1001 for 1 October), place of the name, place in {@link HOLIDAY_KINDS};
 * one after the other.
 */
const year = v.array(v.pipe(v.number(), v.safeInteger(), v.minValue(0)));
const years = v.record(v.string(), year);

const holidayFile = v.strictObject({
  version: v.literal(1),
  /** Whose data it is, with their licences. */
  sources: v.array(v.strictObject({ name: v.string(), version: v.string(), licence: v.string() })),
  /** In English, or as the source has it, and in Chinese where the source has it. */
  names: v.array(v.union([v.strictTuple([v.string(), v.string()]), v.strictTuple([v.string()])])),
  /** By the country's code, `DE`; states by theirs, `DE-BY`, each complete. */
  countries: v.record(v.string(), v.strictObject({ years, states: v.exactOptional(v.record(v.string(), v.strictObject({ name: v.string(), years }))) })),
  /** The country that a time zone is mostly used in. */
  zones: v.record(v.string(), v.string()),
});

/** Holidays of many countries as they were known when this version was built. */
export type HolidayFile = v.InferOutput<typeof holidayFile>;

/** Reads a file; null when its shape is another. */
export function parseHolidayFile(value: unknown): HolidayFile | null {
  const parsed = v.safeParse(holidayFile, value);
  return parsed.success ? parsed.output : null;
}

/** Days of a country (`DE`) or a state (`DE-BY`), in order; null where the year is not known. */
export function holidaysOf(file: HolidayFile, code: string, ofYear: number): readonly CalendarDay[] | null {
  const country = file.countries[code.slice(0, 2)];
  const known = (code.length === 2 ? country : country?.states?.[code])?.years[String(ofYear)];
  if (known === undefined) return null;
  const days: CalendarDay[] = [];
  for (let at = 0; at + 2 < known.length; at += 3) {
    const [date = 0, name = 0, kind = 0] = known.slice(at, at + 3);
    const [en = "", zh] = file.names[name] ?? [];
    const digits = String(date).padStart(4, "0");
    days.push({ day: `${ofYear}-${digits.slice(0, 2)}-${digits.slice(2)}`, kind: HOLIDAY_KINDS[kind] ?? "holiday", name: en, ...(zh === undefined ? {} : { nameZh: zh }), source: code });
  }
  return days;
}

/** Years that are known of a country or a state, in order. */
export function yearsOf(file: HolidayFile, code: string): readonly number[] {
  const country = file.countries[code.slice(0, 2)];
  return Object.keys((code.length === 2 ? country : country?.states?.[code])?.years ?? {}).map(Number).sort((one, other) => one - other);
}

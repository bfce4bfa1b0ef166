import type { Locale } from "../../domain/people/types.ts";

/** What Intl knows our languages by: digits and weekday names as they are read at the gate, always 24 hours. */
const INTL_LOCALES: Readonly<Record<Locale, string>> = { "zh-Hans": "zh-Hans-CN", en: "en-GB" };

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs milliseconds, using one microseconds: each is made once. */
function format(locale: Locale, zone: string, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${zone} ${name}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(INTL_LOCALES[locale], { ...options, timeZone: zone });
  formats.set(key, made);
  return made;
}

/** Whether the browser knows a zone of this IANA name. */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** `08:57:12`, in the zone. */
export function timeToTheSecond(at: number, zone: string): string {
  return format("en", zone, "second", { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }).format(at);
}

/** `08:57`, in the zone. */
export function timeToTheMinute(at: number, zone: string): string {
  return format("en", zone, "minute", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
}

/** 0..23, in the zone. */
export function hourOfDay(at: number, zone: string): number {
  return Number(format("en", zone, "hour", { hour: "2-digit", hourCycle: "h23" }).format(at));
}

/** `face or PIN`, `人脸或密码`. */
export function oneOf(words: readonly string[], locale: Locale): string {
  return new Intl.ListFormat(INTL_LOCALES[locale], { type: "disjunction" }).format(words);
}

/** `Sunday 22 November` or `11月22日星期日`, in the zone. */
export function dayInWords(at: number, zone: string, locale: Locale): string {
  return format(locale, zone, "day", { weekday: "long", day: "numeric", month: "long" }).format(at);
}

/** `22 Nov 2026, 08:57:12` or `2026年11月22日 08:57:12`, in the zone. */
export function dateAndTime(at: number, zone: string, locale: Locale): string {
  const day = format(locale, zone, "date", locale === "en" ? { day: "numeric", month: "short", year: "numeric" } : { day: "numeric", month: "long", year: "numeric" }).format(at);
  return `${day}${locale === "en" ? ", " : " "}${timeToTheSecond(at, zone)}`;
}

/** `22 November 2026` or `2026年11月22日`, in the zone. */
export function longDate(at: number, zone: string, locale: Locale): string {
  return format(locale, zone, "long-date", { day: "numeric", month: "long", year: "numeric" }).format(at);
}

/** `February 2026` or `2026年2月`, of a calendar month `YYYY-MM`. */
export function calendarMonth(month: string, locale: Locale): string {
  return format(locale, "UTC", "month", { month: "long", year: "numeric" }).format(Date.parse(`${month}-01`));
}

/** Monday first: `Mo`, `一`. */
export function weekdayInitials(locale: Locale): readonly string[] {
  // 2024-01-01 was a Monday.
  return Array.from({ length: 7 }, (_, index) => format(locale, "UTC", "weekday", { weekday: locale === "en" ? "short" : "narrow" }).format(Date.UTC(2024, 0, index + 1)));
}

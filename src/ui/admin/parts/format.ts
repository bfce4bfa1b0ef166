import { locale } from "../../i18n/localize.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

function format(key: string, make: () => Intl.DateTimeFormat): Intl.DateTimeFormat {
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = make();
  formats.set(key, made);
  return made;
}

function parts(epochMs: number, zone: string): Record<string, string> {
  const formatter = format(`parts ${zone}`, () =>
    new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
    }),
  );
  return Object.fromEntries(formatter.formatToParts(epochMs).map(({ type, value }) => [type, value]));
}

/** `2026-03-02 08:57:12` in the zone: the same in both languages, so that columns line up and files can be sorted. */
export function dateTime(epochMs: number, zone: string): string {
  const { year = "", month = "", day = "", hour = "", minute = "", second = "" } = parts(epochMs, zone);
  return `${year}-${month}-${day} ${hour}:${minute}:${second}`;
}

/** `2026-03-02` in the zone. */
export function day(epochMs: number, zone: string): string {
  return dateTime(epochMs, zone).slice(0, 10);
}

/** A calendar day in words, for lists that are read and not compared. */
export function dayInWords(epochMs: number, zone: string): string {
  return format(`day ${locale.value} ${zone}`, () => new Intl.DateTimeFormat(locale.value, { timeZone: zone, dateStyle: "medium" })).format(epochMs);
}

export function count(value: number): string {
  return value.toLocaleString(locale.value);
}

/** Bytes as MB or GB of 1000, one decimal below ten. */
export function bytes(value: number): string {
  const [amount, unit] = value >= 1e9 ? [value / 1e9, "GB"] : [value / 1e6, "MB"];
  return `${amount.toLocaleString(locale.value, { maximumFractionDigits: amount < 10 ? 1 : 0 })} ${unit}`;
}

import { createRequire } from "node:module";

interface ChineseDays {
  /** `2026-10-01`: `National Day,国庆节,3`, the last the number of statutory days. */
  readonly holidays: Readonly<Record<string, string>>;
  readonly workdays: Readonly<Record<string, string>>;
  readonly inLieuDays: Readonly<Record<string, string>>;
}

export interface NamedDay {
  readonly day: string;
  readonly kind: "holiday" | "workday" | "rest";
  readonly name: string;
  readonly nameZh?: string;
}

/**
 * Statutory days of each year since 2025 (Regulations on Public Holidays, State Council order 795): only those count threefold.
 * The rest of a long holiday is made of weekends and of days taken from other weekends.
 */
const STATUTORY: Readonly<Record<string, (days: readonly string[]) => readonly string[]>> = {
  "New Year's Day": (days) => days.filter((day) => day.endsWith("-01-01")),
  "Labour Day": (days) => days.filter((day) => day.endsWith("-05-01") || day.endsWith("-05-02")),
  "National Day": (days) => days.filter((day) => /-10-0[123]$/.test(day)),
  "Spring Festival": (days) => days.filter((day) => inLunar(day, SPRING_FESTIVAL)),
  "Dragon Boat Festival": (days) => days.filter((day) => lunar(day) === "5-5"),
  "Mid-autumn Festival": (days) => days.filter((day) => lunar(day) === "8-15"),
  "Tomb-sweeping Day": (days) => days.filter((day) => isTombSweeping(day)),
};

/** From the eve to the third day of the first month. */
const SPRING_FESTIVAL = ["1-1", "1-2", "1-3"];

const chineseCalendar = new Intl.DateTimeFormat("en-u-ca-chinese", { month: "numeric", day: "numeric", timeZone: "UTC" });

/** Month and day of the lunisolar calendar, `8-15`. */
function lunar(day: string): string {
  const parts = chineseCalendar.formatToParts(new Date(day));
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? "";
  return `${of("month")}-${of("day")}`;
}

function inLunar(day: string, days: readonly string[]): boolean {
  const next = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
  return days.includes(lunar(day)) || lunar(next) === "1-1";
}

/** The solar term Qingming: day of April by the formula that holds for 2000 to 2099. */
function isTombSweeping(day: string): boolean {
  const short = Number(day.slice(2, 4));
  return day.slice(5) === `04-${String(Math.floor(short * 0.2422 + 4.81) - Math.floor(short / 4)).padStart(2, "0")}`;
}

/** A day's name in English and Chinese. */
function named(text: string): { readonly name: string; readonly nameZh: string } {
  const [name = "", nameZh = ""] = text.split(",");
  return { name, nameZh };
}

/** Every day that the State Council has settled from a year on: free days and make-up workdays, in order. */
export function chineseDays(firstYear: number): readonly NamedDay[] {
  const { holidays, workdays } = createRequire(import.meta.url)("chinese-days/dist/chinese-days.json") as ChineseDays;
  const wanted = (day: string): boolean => Number(day.slice(0, 4)) >= firstYear;
  const byName = new Map<string, string[]>();
  for (const [day, text] of Object.entries(holidays)) {
    if (!wanted(day)) continue;
    const key = `${day.slice(0, 4)} ${named(text).name}`;
    byName.set(key, [...(byName.get(key) ?? []), day]);
  }
  const statutory = new Set([...byName].flatMap(([key, days]) => STATUTORY[key.slice(5)]?.(days.sort()) ?? days));
  const free = Object.entries(holidays).filter(([day]) => wanted(day)).map(([day, text]): NamedDay => ({ day, kind: statutory.has(day) ? "holiday" : "rest", ...named(text) }));
  const called = Object.entries(workdays).filter(([day]) => wanted(day)).map(([day, text]): NamedDay => ({ day, kind: "workday", ...named(text) }));
  return [...free, ...called].sort((one, other) => (one.day < other.day ? -1 : 1));
}

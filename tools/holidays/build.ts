import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

import { HOLIDAY_KINDS, type HolidayFile } from "../../src/domain/attendance/rules/holidays.ts";
import { writeAtomically } from "../models/packages/cache.ts";
import { PROJECT_ROOT } from "../models/paths.ts";
import { chineseDays, type NamedDay } from "./chinese.ts";
import { countries, publicHolidays, states, zones } from "./world.ts";

/** The app's file, and beside it what it was made of. */
export const HOLIDAY_FOLDER = join(PROJECT_ROOT, ".cache", "holidays");
const FILE = join(HOLIDAY_FOLDER, "holidays.json");
const STAMP = join(PROJECT_ROOT, ".cache", "holidays.stamp");

/** Years that are worked out. China's are those that the State Council has settled. */
const FIRST_YEAR = 2025;
const LAST_YEAR = 2031;

/** Countries whose states have holidays of their own that people at work have free. */
const WITH_STATES: ReadonlySet<string> = new Set(["AT", "AU", "BR", "CA", "CH", "DE", "ES", "GB", "IN", "MY", "US"]);

const SOURCES = [
  { name: "chinese-days", licence: "MIT" },
  { name: "date-holidays", licence: "ISC and CC-BY-3.0" },
];

/** Names are said once and pointed at. */
class Names {
  readonly list: HolidayFile["names"] = [];
  readonly #places = new Map<string, number>();

  placeOf({ name, nameZh }: NamedDay): number {
    const key = `${name}\n${nameZh ?? ""}`;
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    this.list.push(nameZh === undefined ? [name] : [name, nameZh]);
    this.#places.set(key, this.list.length - 1);
    return this.list.length - 1;
  }
}

/** Everything that the packages know of the years that are wanted. */
export function holidayFile(codes: readonly string[] = countries(), years: readonly [number, number] = [FIRST_YEAR, LAST_YEAR]): HolidayFile {
  const names = new Names();
  const packed = (days: readonly NamedDay[]): number[] => days.flatMap((day) => [Number(day.day.slice(5, 7)) * 100 + Number(day.day.slice(8)), names.placeOf(day), HOLIDAY_KINDS.indexOf(day.kind)]);
  const ofPlace = (code: string): Record<string, number[]> => {
    const byYear: Record<string, number[]> = {};
    for (let year = years[0]; year <= years[1]; year += 1) {
      const days = packed(publicHolidays(code, year));
      if (days.length > 0) byYear[String(year)] = days;
    }
    return byYear;
  };
  const found: HolidayFile["countries"] = { CN: { years: ofChina(packed, years[0]) } };
  for (const country of codes) {
    const own = WITH_STATES.has(country) ? states(country) : [];
    const ofStates = Object.fromEntries(own.map(({ code, name }) => [code, { name, years: ofPlace(code) }]));
    found[country] = { years: ofPlace(country), ...(own.length === 0 ? {} : { states: ofStates }) };
  }
  const ofZones: [string, string][] = ["CN", ...codes].flatMap((country) => zones(country).map((zone): [string, string] => [zone, country]));
  return { version: 1, sources: SOURCES.map((source) => ({ ...source, version: versionOf(source.name) })), names: names.list, countries: found, zones: Object.fromEntries(ofZones.reverse()) };
}

function ofChina(packed: (days: readonly NamedDay[]) => number[], firstYear: number): Record<string, number[]> {
  const days = chineseDays(firstYear);
  return Object.fromEntries([...new Set(days.map(({ day }) => day.slice(0, 4)))].map((year) => [year, packed(days.filter(({ day }) => day.startsWith(year)))]));
}

/**
 * Puts the app's file in place unless it is there already.
 *
 * @returns whether it was made
 */
export async function buildHolidays(): Promise<boolean> {
  const sources = await Promise.all(["build.ts", "chinese.ts", "world.ts"].map((name) => readFile(join(import.meta.dirname, name), "utf8")));
  const digest = createHash("sha256").update(JSON.stringify([sources, ...SOURCES.map(({ name }) => versionOf(name))])).digest("hex");
  const present = await Promise.all([readFile(STAMP, "utf8"), readFile(FILE)]).then(([stamp]) => stamp, () => "");
  if (present === digest) return false;
  await writeAtomically(FILE, JSON.stringify(holidayFile()));
  await writeAtomically(STAMP, digest);
  return true;
}

function versionOf(name: string): string {
  return (createRequire(import.meta.url)(`${name}/package.json`) as { readonly version: string }).version;
}

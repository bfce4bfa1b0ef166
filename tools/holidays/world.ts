import Holidays from "date-holidays";

import type { NamedDay } from "./chinese.ts";

const HOUR_MS = 3_600_000;
/** A day of 23 hours is a whole one too. */
const SHORTEST_DAY_HOURS = 23;

export interface Place {
  readonly code: string;
  readonly name: string;
}

const calendars = new Map<string, Holidays>();

/** Reading a country's rules takes longer than working a year out. */
function calendarOf(code: string): Holidays {
  const known = calendars.get(code);
  if (known !== undefined) return known;
  const [country = "", state] = code.split(/-(.*)/s);
  const made = state === undefined ? new Holidays(country) : new Holidays(country, state);
  calendars.set(code, made);
  return made;
}

/** Countries of the package, but China's, whose make-up workdays it does not know. */
export function countries(): readonly string[] {
  return Object.keys(new Holidays().getCountries("en")).filter((code) => code !== "CN");
}

export function states(country: string): readonly Place[] {
  return Object.entries(asRecord(new Holidays().getStates(country, "en"))).map(([state, name]) => ({ code: `${country}-${state}`, name }));
}

/** IANA zones that are mostly used in a country. */
export function zones(country: string): readonly string[] {
  return new Holidays(country).getTimezones();
}

/** Whole public holidays of a country or a state in a year, in order; of several on one day the first. */
export function publicHolidays(code: string, year: number): readonly NamedDay[] {
  const calendar = calendarOf(code);
  const english = calendar.getHolidays(year, "en");
  const chinese = new Map(calendar.getHolidays(year, "zh").map((holiday) => [`${holiday.rule} ${holiday.date}`, holiday.name]));
  const days = new Map<string, NamedDay>();
  for (const { date, start, end, type, name, rule } of english) {
    if (type !== "public") continue;
    const hours = (end.getTime() - start.getTime()) / HOUR_MS;
    const count = Math.floor((hours + 24 - SHORTEST_DAY_HOURS) / 24);
    const nameZh = simplified(chinese.get(`${rule} ${date}`) ?? "");
    for (let index = 0; index < count; index += 1) {
      const day = new Date(Date.parse(date.slice(0, 10)) + index * 24 * HOUR_MS).toISOString().slice(0, 10);
      if (day.startsWith(String(year)) && !days.has(day)) days.set(day, { day, kind: "holiday", name, ...(isChinese(nameZh) ? { nameZh } : {}) });
    }
  }
  return [...days.values()].sort((one, other) => (one.day < other.day ? -1 : 1));
}

/** The package gives a name in another language where it has none in the one that was asked for; kana betray Japanese. */
function isChinese(name: string): boolean {
  return /\p{Script=Han}/u.test(name) && !/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(name) && !/\p{Script=Latin}/u.test(name.replace(/ \(更换日\)$/, ""));
}

/** Traditional characters that occur in the package's names, each before its simplified form. */
const SIMPLIFIED = "開开國国紀纪農农曆历淸清節节補补辦办勞劳動动翌翌復复活活聖圣誕诞後后個个週周別别區区陽阳穌稣難难佛佛華华兒儿童童婦妇婚婚禮礼慶庆雙双關关聯联東东馬马門门節节殉殉親亲衛卫憲宪獨独總总統统學学師师書书銀银戰战爭争勝胜軍军歸归無无選选舉举議议會会應应當当來来時时間间陸陆傳传統统觀观齋斋聞闻遠远領领";

const pairs = new Map(Array.from(SIMPLIFIED.matchAll(/(.)(.)/gu), ([, traditional = "", simple = ""]) => [traditional, simple]));

function simplified(name: string): string {
  return Array.from(name, (character) => pairs.get(character) ?? character).join("").replace(" (更换日)", "（补假）");
}

function asRecord(value: unknown): Readonly<Record<string, string>> {
  return typeof value === "object" && value !== null ? (value as Record<string, string>) : {};
}

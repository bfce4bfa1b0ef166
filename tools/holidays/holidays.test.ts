import { describe, expect, it } from "vitest";
import { holidaysOf, parseHolidayFile, yearsOf } from "../../src/domain/attendance/rules/holidays.ts";
import { holidayFile } from "./build.ts";
import { chineseDays } from "./chinese.ts";
import { publicHolidays } from "./world.ts";

const words = (days: readonly { readonly day: string; readonly kind: string; readonly nameZh?: string }[]): readonly string[] => days.map(({ day, kind, nameZh }) => `${day} ${kind} ${nameZh ?? ""}`.trim());

describe("chineseDays", () => {
  /** As the State Council's notice of November 2025 has them: 13 statutory days, and six weekends worked. */
  it("chineseDays tells statutory days, days taken from weekends and make-up workdays apart when it is 2026", () => {
    const of2026 = chineseDays(2025).filter(({ day }) => day.startsWith("2026"));
    expect(words(of2026.filter(({ kind }) => kind === "holiday"))).toEqual([
      "2026-01-01 holiday 元旦",
      "2026-02-16 holiday 春节",
      "2026-02-17 holiday 春节",
      "2026-02-18 holiday 春节",
      "2026-02-19 holiday 春节",
      "2026-04-05 holiday 清明",
      "2026-05-01 holiday 劳动节",
      "2026-05-02 holiday 劳动节",
      "2026-06-19 holiday 端午",
      "2026-09-25 holiday 中秋",
      "2026-10-01 holiday 国庆节",
      "2026-10-02 holiday 国庆节",
      "2026-10-03 holiday 国庆节",
    ]);
    expect(of2026.filter(({ kind }) => kind === "workday").map(({ day }) => day)).toEqual(["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]);
  });

  it("chineseDays counts thirteen statutory days when a year is since 2025", () => {
    expect(chineseDays(2025).filter(({ day, kind }) => kind === "holiday" && day.startsWith("2025"))).toHaveLength(13);
  });
});

describe("publicHolidays", () => {
  it.each([
    ["DE", 2026, ["2026-01-01 holiday 元旦", "2026-04-03 holiday 耶稣受难节", "2026-04-06 holiday 复活节星期一", "2026-05-01 holiday 劳动节", "2026-05-14 holiday", "2026-05-25 holiday", "2026-10-03 holiday", "2026-12-25 holiday 圣诞节", "2026-12-26 holiday"]],
  ])("publicHolidays leaves out half days and observances when it is %s", (code, year, expected) => {
    expect(words(publicHolidays(code, year))).toEqual(expected);
  });

  it("publicHolidays has each day of a feast of several days when it is in Turkey", () => {
    expect(publicHolidays("TR", 2026).map(({ day }) => day)).toEqual(expect.arrayContaining(["2026-03-20", "2026-03-21", "2026-03-22", "2026-05-27", "2026-05-28", "2026-05-29", "2026-05-30"]));
  });
});

describe("holidayFile", () => {
  it("holidayFile is read back as it was made when it was packed", () => {
    const file = parseHolidayFile(JSON.parse(JSON.stringify(holidayFile(["DE"], [2026, 2026]))));
    expect(file).not.toBeNull();
    expect(holidaysOf(file!, "DE", 2026)).toHaveLength(9);
    expect(holidaysOf(file!, "DE-BY", 2026)?.map(({ day }) => day)).toContain("2026-01-06");
    expect(holidaysOf(file!, "CN", 2026)?.find(({ day }) => day === "2026-10-10")).toEqual({ day: "2026-10-10", kind: "workday", name: "National Day", nameZh: "国庆节", source: "CN" });
    expect(yearsOf(file!, "DE-BY")).toEqual([2026]);
    expect(holidaysOf(file!, "DE", 2030)).toBeNull();
    expect(holidaysOf(file!, "XX", 2026)).toBeNull();
    expect(file!.zones["Europe/Berlin"]).toBe("DE");
  });
});

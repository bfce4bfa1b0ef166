import type { BrowserContext } from "@playwright/test";

import { median, rounded } from "./figures.ts";
import type { AttendanceOptions, AttendanceTimes } from "./pages/attendance.ts";
import type { BenchServer } from "./server.ts";

const ROUNDS = 5;
const MONTH: AttendanceOptions = { people: 1_000, from: "2026-10-01", days: 31, atOnce: 1_000 };
const YEAR: AttendanceOptions = { people: 5_000, from: "2026-01-01", days: 365, atOnce: 100 };

/** Days worked out in the worker, messages both ways included. Limits: a month of 1,000 people in 1 s, a year of 5,000 in 20 s. */
export interface AttendanceFigures {
  readonly monthPeople: number;
  readonly monthDays: number;
  readonly monthPunches: number;
  readonly monthMs: number;
  readonly monthWorstMs: number;
  readonly rounds: number;
  readonly yearPeople: number;
  readonly yearDays: number;
  readonly yearPunches: number;
  readonly yearS: number;
  /** How often it was told how far the year is. */
  readonly yearTold: number;
}

export async function attendance(context: BrowserContext, server: BenchServer, progress: (text: string) => void): Promise<AttendanceFigures> {
  const page = await context.newPage();
  await page.goto(server.page("attendance"));
  await page.waitForFunction(() => "measureAttendance" in globalThis);
  const measure = (options: AttendanceOptions): Promise<AttendanceTimes> =>
    page.evaluate((given) => (globalThis as unknown as { measureAttendance(options: AttendanceOptions): Promise<AttendanceTimes> }).measureAttendance(given), options);
  const months: AttendanceTimes[] = [];
  for (let round = 0; round < ROUNDS; round++) months.push(await measure(MONTH));
  progress(`month: ${months.map(({ ms }) => rounded(ms)).join(", ")} ms`);
  const year = await measure(YEAR);
  await page.close();
  const times = months.map(({ ms }) => ms);
  return {
    monthPeople: MONTH.people,
    monthDays: months[0]?.results ?? 0,
    monthPunches: months[0]?.punches ?? 0,
    monthMs: rounded(median(times)),
    monthWorstMs: rounded(Math.max(...times)),
    rounds: times.length,
    yearPeople: YEAR.people,
    yearDays: year.results,
    yearPunches: year.punches,
    yearS: rounded(year.ms / 1000),
    yearTold: year.told,
  };
}

import "../../../src/ui/admin/reports/cf-report-table.ts";
import { sheetWriter } from "../../../src/adapters/reports/sheet-writer.ts";
import type { Report } from "../../../src/app/api/reports.ts";
import { writeCsv } from "../../../src/app/reports/csv.ts";
import { writeSheet } from "../../../src/app/reports/sheet.ts";
import type { DayResult } from "../../../src/domain/attendance/engine/types.ts";
import type { EpochMs } from "../../../src/domain/clock.ts";
import type { EmployeeNumber, PersonId } from "../../../src/domain/people/types.ts";
import { startReport } from "../../../src/domain/reports/report.ts";
import { reportWords } from "../../../src/ui/i18n/report-words.ts";

const ZONE = "Asia/Shanghai";
const DAYS = 30;
const START_MS = Date.parse("2026-06-01T00:00:00+08:00");
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Pixels a frame: 25 rows, as a wheel that is spun. */
const STEP_PX = 1_000;

/** Times in milliseconds. */
export interface ReportFigures {
  readonly rows: number;
  readonly columns: number;
  readonly firstMs: number;
  readonly sortMs: number;
  readonly frames: readonly number[];
  readonly scrollLongestTaskMs: number;
  readonly csvMs: number;
  readonly csvLongestTaskMs: number;
  readonly csvBytes: number;
  readonly xlsxMs: number;
  readonly xlsxLongestTaskMs: number;
  readonly xlsxBytes: number;
}

function day(personId: PersonId, who: number, index: number): DayResult {
  const startMs = START_MS + index * DAY_MS;
  const late = (who * 7 + index * 13) % 41 === 0 ? 12 : 0;
  const inMs = (startMs + (540 + late) * MINUTE_MS) as EpochMs;
  const outMs = (startMs + (1080 + ((who + index) % 17)) * MINUTE_MS) as EpochMs;
  const minutes = { planned: 480, attended: 480 - late, late, early: 0, absent: 0, leave: 0, away: 0, worked: 480 - late };
  return {
    personId,
    day: new Date(startMs + 28_800_000).toISOString().slice(0, 10),
    rulesVersion: 1,
    groupId: "all",
    dayKind: "workday",
    calendar: null,
    periods: [{ shiftId: "day", index: 0, startMs: (startMs + 540 * MINUTE_MS) as EpochMs, endMs: (startMs + 1080 * MINUTE_MS) as EpochMs, inMs, outMs, marks: late > 0 ? ["late"] : [], minutes }],
    punches: [],
    marks: late > 0 ? ["late"] : [],
    minutes: { ...minutes, overtime: { workday: 0, rest: 0, holiday: 0 }, overtimePending: 0 },
    state: "settled",
    reasons: [],
    requestIds: [],
  };
}

function report(rows: number): Report {
  const builder = startReport("daily", { zone: ZONE, from: "2026-06-01", to: "2026-06-30", shiftNames: { day: "Day shift" }, leaveKinds: [] });
  for (let who = 0; who * DAYS < rows; who++) {
    const id = `p-${who}` as PersonId;
    const days = Array.from({ length: Math.min(DAYS, rows - who * DAYS) }, (_, index) => day(id, who, index));
    builder.add({ person: { id, employeeNumber: String(10_000 + who) as EmployeeNumber, name: `Person ${who}`, department: `Department ${who % 40}` }, days });
  }
  return { query: { kind: "daily", from: "2026-06-01", to: "2026-06-30" }, table: builder.finish(), site: { organisation: "Bench", name: "Bench", zone: ZONE }, asOf: { at: START_MS as EpochMs, seq: 1 }, people: [], open: 0, attlog: null };
}

const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

/** The longest task of the page while `work` goes on; 0 where none is above the 50 ms that browsers report. */
async function watched<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly ms: number; readonly longestMs: number }> {
  let longestMs = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longestMs = Math.max(longestMs, duration);
  });
  observer.observe({ entryTypes: ["longtask"] });
  const startedAt = performance.now();
  const value = await work();
  const ms = performance.now() - startedAt;
  await frame();
  await new Promise((resolve) => setTimeout(resolve, 100));
  observer.disconnect();
  return { value, ms, longestMs };
}

async function measureReports(rows: number, frames: number): Promise<ReportFigures> {
  const made = report(rows);
  const element = document.createElement("cf-report-table");
  element.style.cssText = "display: flex; position: fixed; inset: 0;";
  element.table = made.table;
  element.zone = ZONE;
  const first = await watched(async () => {
    document.body.append(element);
    await element.updateComplete;
    await frame();
    await frame();
  });
  const scroller = element.shadowRoot?.querySelector<HTMLElement>(".scroll");
  if (!scroller) throw new Error("no table");
  const scrolled = await watched(async () => {
    const times: number[] = [];
    let before = await frame();
    for (let at = 1; at <= frames; at++) {
      scroller.scrollTop = at * STEP_PX;
      const now = await frame();
      times.push(now - before);
      before = now;
    }
    return times;
  });
  const sorted = await watched(async () => {
    element.sort = "late";
    element.descending = true;
    await element.updateComplete;
  });
  const options = { words: reportWords(), style: "h:mm", zone: ZONE } as const;
  const csv = await watched(() => writeCsv(made.table, options));
  const xlsx = await watched(() => writeSheet(sheetWriter(), made, options));
  if (!xlsx.value.ok || csv.value === null) throw new Error("no file");
  return {
    rows: made.table.rows.length,
    columns: made.table.columns.length,
    firstMs: first.ms,
    sortMs: sorted.ms,
    frames: scrolled.value,
    scrollLongestTaskMs: scrolled.longestMs,
    csvMs: csv.ms,
    csvLongestTaskMs: csv.longestMs,
    csvBytes: csv.value.size,
    xlsxMs: xlsx.ms,
    xlsxLongestTaskMs: xlsx.longestMs,
    xlsxBytes: xlsx.value.value.size,
  };
}

Object.assign(globalThis, { measureReports });

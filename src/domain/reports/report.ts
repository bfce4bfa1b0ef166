import { dailyDetail } from "./daily.ts";
import type { ReportBuilder, ReportContext } from "./context.ts";
import { exceptionList, overtimeList } from "./exceptions.ts";
import type { ReportKind } from "./kinds.ts";
import { byHour, lateTrend } from "./over-time.ts";
import { punchTimes, rawRecords } from "./punches.ts";
import { monthlySummary } from "./summary.ts";
import { waysUsed } from "./ways.ts";

const BUILDERS: Readonly<Record<ReportKind, (context: ReportContext) => ReportBuilder>> = {
  summary: monthlySummary,
  daily: dailyDetail,
  "punch-times": punchTimes,
  raw: rawRecords,
  exceptions: exceptionList,
  overtime: overtimeList,
  trend: lateTrend,
  "by-hour": byHour,
  ways: waysUsed,
};

export function startReport(kind: ReportKind, context: ReportContext): ReportBuilder {
  return BUILDERS[kind](context);
}

import { failure } from "../../domain/errors.ts";
import { wallClock, wallText } from "../../domain/reports/wall-clock.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { Report, ReportFailure } from "../api/reports.ts";
import { Pauses } from "../pauses.ts";
import type { CsvOptions } from "./csv.ts";
import type { SheetWriter } from "./ports.ts";

/** Rows handed over at a stretch: cloning them takes a few milliseconds. */
const ROWS_AT_ONCE = 1_000;

/** A report as a workbook: the table, and a second sheet that says what it is. */
export async function writeSheet(writer: SheetWriter, report: Report, { words, style, zone, onProgress, signal }: CsvOptions): Promise<Result<Blob, ReportFailure>> {
  const { columns, rows, totals } = report.table;
  const pauses = new Pauses();
  try {
    await writer.begin({ columns, words, style, zone, name: words.columns[`report-${report.query.kind}`] ?? report.query.kind, about: { name: words.columns["about"] ?? "About", lines: aboutLines(report, words.columns) } });
    for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
      if (signal?.aborted === true) return err(failure("attendance/cancelled"));
      await writer.add(rows.slice(at, at + ROWS_AT_ONCE));
      onProgress?.(Math.min(at + ROWS_AT_ONCE, rows.length), rows.length);
      await pauses.ifDue();
    }
    return ok(await writer.finish(totals));
  } catch (error) {
    return err(failure("report/write-failed", error instanceof Error ? error.name : undefined));
  } finally {
    writer.close();
  }
}

function aboutLines({ site, query, asOf, open }: Report, names: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  const line = (id: string, value: string): readonly [string, string] => [names[id] ?? id, value];
  return [
    line("organisation", site.organisation),
    line("site", site.name),
    line("range", `${query.from} – ${query.to}`),
    ...(query.department === undefined ? [] : [line("department", query.department)]),
    line("zone", site.zone),
    line("as-of", `${wallText(wallClock(site.zone)(asOf.at))} (${asOf.seq})`),
    line("open", String(open)),
  ];
}

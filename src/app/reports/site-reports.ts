import type { Day, RuleBook } from "../../domain/attendance/rules/types.ts";
import { dayNumber } from "../../domain/attendance/rules/days.ts";
import { failure } from "../../domain/errors.ts";
import type { Punch } from "../../domain/attendance/types.ts";
import { groupedBy } from "../../domain/grouped.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { attlogLines } from "../../domain/reports/attlog.ts";
import type { ReportContext } from "../../domain/reports/context.ts";
import type { HourStyle } from "../../domain/reports/hours.ts";
import { startReport } from "../../domain/reports/report.ts";
import { wallClock } from "../../domain/reports/wall-clock.ts";
import type { ReportWords } from "../../domain/reports/words.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { Traces } from "../api/access.ts";
import type { Records, SiteSettings } from "../api/administration.ts";
import type { Days, Progress } from "../api/attendance.ts";
import { REPORT_DAYS_AT_MOST, type Report, type ReportFailure, type ReportFormat, type ReportQuery, type Reports } from "../api/reports.ts";
import type { Observable } from "../observable.ts";
import { Pauses } from "../pauses.ts";
import { reportFileName } from "./file-name.ts";
import { writeCsv } from "./csv.ts";
import type { SheetWriter } from "./ports.ts";
import { writeSheet } from "./sheet.ts";

/** Reports whose punches are facts that other systems take in. */
const WITH_ATTLOG: ReadonlySet<ReportQuery["kind"]> = new Set(["raw", "punch-times"]);

export interface ReportParts {
  /** As administration has them: they ask for leave and write down who looked. */
  readonly days: Pick<Days, "results">;
  readonly records: Pick<Records, "punches">;
  readonly traces: Pick<Traces, "exporting">;
  readonly book: Observable<RuleBook>;
  readonly settings: () => SiteSettings | null;
  readonly sheets: () => SheetWriter;
  /** In the language of the screen. */
  readonly words: () => ReportWords;
}

/** Reports over a range of days, and the files that are made of them. */
export class SiteReports implements Omit<Reports, "schedule"> {
  constructor(private readonly parts: ReportParts) {}

  async make(query: ReportQuery, onProgress?: (progress: Progress) => void, signal?: AbortSignal): Promise<Result<Report, ReportFailure>> {
    const { days, settings } = this.parts;
    const { from, to, department, personId } = query;
    const site = settings();
    const length = dayNumber(to) - dayNumber(from) + 1;
    if (site === null || !(length >= 1 && length <= REPORT_DAYS_AT_MOST)) return err(failure("report/range"));
    const results = await days.results({ from, to, ...(department === undefined ? {} : { department }), ...(personId === undefined ? {} : { personId }) }, onProgress, signal);
    if (!results.ok) return results;
    const { people, asOf } = results.value;
    const punches = query.kind === "raw" ? await this.#punches(query) : null;
    const builder = startReport(query.kind, this.#context(query, site.zone));
    const wall = wallClock(site.zone);
    const attlog: string[] | null = WITH_ATTLOG.has(query.kind) ? [] : null;
    const pauses = new Pauses();
    let open = 0;
    for (const { person, days: own } of people) {
      if (signal?.aborted === true) return err(failure("attendance/cancelled"));
      builder.add({ person, days: own, ...(punches === null ? {} : { punches: punches.get(person.id) ?? [] }) });
      if (attlog !== null) for (const line of attlogLines(person.employeeNumber, own, wall)) attlog.push(line);
      for (const { state } of own) if (state === "waiting") open++;
      await pauses.ifDue();
    }
    return ok({
      query,
      table: builder.finish(),
      site: { organisation: site.organisation, name: site.siteName, zone: site.zone },
      asOf,
      people: people.map(({ person }) => person.id),
      open,
      attlog,
    });
  }

  async export(report: Report, format: ReportFormat, style: HourStyle, onProgress?: (progress: Progress) => void, signal?: AbortSignal): ReturnType<Reports["export"]> {
    const words = this.parts.words();
    const file = await this.#file(report, format, { words, style, zone: report.site.zone, onProgress: (done, total) => onProgress?.({ done, total }), ...(signal === undefined ? {} : { signal }) });
    if (!file.ok) return file;
    // Nothing leaves that the log does not know of.
    const traced = await this.parts.traces.exporting(`report/${report.query.kind}`, report.people, file.value);
    return traced.ok ? ok({ name: reportFileName(report, format), file: file.value }) : traced;
  }

  async #file(report: Report, format: ReportFormat, options: Parameters<typeof writeCsv>[1]): Promise<Result<Blob, ReportFailure>> {
    if (format === "attlog") return report.attlog === null ? err(failure("report/write-failed", "no punches")) : ok(new Blob([report.attlog.map((line) => `${line}\r\n`).join("")], { type: "text/plain;charset=utf-8" }));
    if (format === "csv") {
      const file = await writeCsv(report.table, options);
      return file === null ? err(failure("attendance/cancelled")) : ok(file);
    }
    return writeSheet(this.parts.sheets(), report, options);
  }

  async #punches({ from, to, personId }: ReportQuery): Promise<ReadonlyMap<PersonId, readonly Punch[]>> {
    const all = await this.parts.records.punches({ from, to, ...(personId === undefined ? {} : { personId }) });
    return groupedBy(all, (punch) => punch.personId);
  }

  #context({ from, to }: { readonly from: Day; readonly to: Day }, zone: string): ReportContext {
    const shiftNames: Record<string, string> = {};
    const leaveKinds = new Map<string, ReportContext["leaveKinds"][number]>();
    // The latest name of a shift that was renamed is the one by which it is known.
    for (const { rules } of this.parts.book.value.versions) {
      for (const { id, name } of rules.shifts) shiftNames[id] = name;
      for (const { id, name, nameZh } of rules.leaveKinds) leaveKinds.set(id, { id, name, ...(nameZh === undefined ? {} : { nameZh }) });
    }
    return { zone, from, to, shiftNames, leaveKinds: [...leaveKinds.values()] };
  }
}

import type { Report, ReportFailure, ReportQuery, Reports, ScheduleState } from "../../src/app/api/reports.ts";
import { Subject } from "../../src/app/observable.ts";
import { SiteReports } from "../../src/app/reports/site-reports.ts";
import type { EpochMs } from "../../src/domain/clock.ts";
import { failure } from "../../src/domain/errors.ts";
import { err, ok, type Result } from "../../src/domain/result.ts";
import { reportWords } from "../../src/ui/i18n/report-words.ts";
import type { FakeAttendance } from "./fake-attendance.ts";

export const SCHEDULE: ScheduleState = {
  plan: { every: "month", kinds: ["summary", "daily"], format: "xlsx", style: "h:mm" },
  folder: { name: "Payroll", state: "ready" },
  folderSupported: true,
  last: { through: "2026-02-28", at: Date.parse("2026-03-02T01:00:00Z") as EpochMs, files: ["clockface-summary-North_gate-2026-02-01-2026-02-28.xlsx"] },
  due: false,
  working: false,
  failed: null,
};

/** Reports of the days in the pictures: worked out by the real thing, and given to nobody. */
export class FakeReports implements Reports {
  readonly state = new Subject<ScheduleState>(SCHEDULE);
  readonly #reports: SiteReports;
  /** In place of what is worked out: a large table, or a failure. */
  instead: ((query: ReportQuery) => Result<Report, ReportFailure> | null) | null = null;

  constructor(
    private readonly calls: (readonly unknown[])[],
    attendance: FakeAttendance,
    settings: ConstructorParameters<typeof SiteReports>[0]["settings"],
    exporting: ConstructorParameters<typeof SiteReports>[0]["traces"]["exporting"],
    punches: ConstructorParameters<typeof SiteReports>[0]["records"]["punches"],
  ) {
    this.#reports = new SiteReports({
      days: attendance.days,
      records: { punches },
      traces: { exporting },
      book: attendance.book,
      settings,
      sheets: () => ({ begin: () => Promise.resolve(), add: () => Promise.resolve(), finish: () => Promise.resolve(new Blob(["a workbook"])), close: () => undefined }),
      words: reportWords,
    });
  }

  make(...[query, onProgress, signal]: Parameters<Reports["make"]>): ReturnType<Reports["make"]> {
    this.calls.push(["reports.make", query]);
    const instead = this.instead?.(query) ?? null;
    return instead === null ? this.#reports.make(query, onProgress, signal) : Promise.resolve(instead);
  }

  export(...order: Parameters<Reports["export"]>): ReturnType<Reports["export"]> {
    this.calls.push(["reports.export", order[1], order[2]]);
    return this.#reports.export(...order);
  }

  readonly schedule: Reports["schedule"] = {
    state: this.state,
    chooseFolder: () => {
      this.calls.push(["schedule.chooseFolder"]);
      this.state.next({ ...this.state.value, folder: { name: "Payroll", state: "ready" } });
      return Promise.resolve(ok());
    },
    allowFolder: () => {
      this.calls.push(["schedule.allowFolder"]);
      this.state.next({ ...this.state.value, folder: { name: "Payroll", state: "ready" } });
      return Promise.resolve(ok());
    },
    forgetFolder: () => {
      this.state.next({ ...this.state.value, folder: null });
      return Promise.resolve();
    },
    change: (plan) => {
      this.calls.push(["schedule.change", plan]);
      this.state.next({ ...this.state.value, plan });
      return Promise.resolve(ok());
    },
    writeNow: () => {
      const { last } = this.state.value;
      this.calls.push(["schedule.writeNow"]);
      return Promise.resolve(last === null ? err(failure("backup/folder-gone")) : ok(last));
    },
  };
}

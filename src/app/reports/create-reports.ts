import type { AdministratorSession, Traces } from "../api/access.ts";
import type { Records } from "../api/administration.ts";
import type { Attendance } from "../api/attendance.ts";
import type { Reports } from "../api/reports.ts";
import { todayOf } from "../attendance/own-months.ts";
import type { Observable } from "../observable.ts";
import type { Access } from "../ports/access.ts";
import type { Store } from "../ports/store.ts";
import type { ReportWords } from "../../domain/reports/words.ts";
import type { ReportDiary, ReportFolder, SheetWriter } from "./ports.ts";
import { ScheduledReports } from "./schedule.ts";
import { SiteReports } from "./site-reports.ts";

export interface CreateReportsOptions {
  readonly store: Store;
  readonly access: Access;
  readonly session: Observable<AdministratorSession | null>;
  readonly attendance: Pick<Attendance, "days" | "rules">;
  /** As administration has them. */
  readonly records: Pick<Records, "punches">;
  readonly traces: Pick<Traces, "exporting">;
  readonly sheets: () => SheetWriter;
  readonly words: () => ReportWords;
  readonly folder: ReportFolder;
  readonly diary: ReportDiary;
}

/** Reports, and those that are written by themselves, put together. */
export function createReports({ store, access, session, attendance, records, traces, sheets, words, folder, diary }: CreateReportsOptions): Reports {
  const { days, rules } = attendance;
  const reports = new SiteReports({ days, records, traces, book: rules.book, settings: () => store.settings, sheets, words });
  const schedule = new ScheduledReports({ access, session, reports, folder, diary, today: () => todayOf(store, rules.book.value), now: () => store.now().wallMs });
  schedule.start();
  return { make: (...query) => reports.make(...query), export: (...order) => reports.export(...order), schedule };
}

import type { Day } from "../../domain/attendance/rules/types.ts";
import type { EpochMs } from "../../domain/clock.ts";
import { failure } from "../../domain/errors.ts";
import { lastPeriod } from "../../domain/reports/period.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { AdministratorSession } from "../api/access.ts";
import type { ReportPlan, Reports, ReportSchedule, ReportWritten, ScheduleFailure, ScheduleState } from "../api/reports.ts";
import { Subject, type Observable } from "../observable.ts";
import type { Access } from "../ports/access.ts";
import type { ReportDiary, ReportFolder } from "./ports.ts";

export interface ScheduleParts {
  readonly access: Pick<Access, "check">;
  readonly session: Observable<AdministratorSession | null>;
  readonly reports: Pick<Reports, "make" | "export">;
  readonly folder: ReportFolder;
  readonly diary: ReportDiary;
  readonly today: () => Day;
  readonly now: () => EpochMs;
}

const UNKNOWN: ScheduleState = { plan: null, folder: null, folderSupported: false, last: null, due: false, working: false, failed: null };

/**
 * Reports that are written into a folder by themselves: when somebody who may take them away has signed in, with the second
 * factor that was given then. Nobody's records leave while nobody is there.
 */
export class ScheduledReports implements ReportSchedule {
  readonly state = new Subject<ScheduleState>(UNKNOWN);
  #seen: string | null = null;

  constructor(private readonly parts: ScheduleParts) {}

  /** Writes what is due at each sign-in. */
  start(): void {
    const { session } = this.parts;
    const look = (): void => {
      const current = session.value;
      const key = current === null || current.owed.length > 0 ? null : `${current.userId} ${current.since}`;
      if (key === this.#seen) return;
      this.#seen = key;
      if (key !== null) void this.#arrived();
    };
    session.subscribe(look);
    look();
  }

  chooseFolder(): Promise<Result<void, ScheduleFailure>> {
    return this.#asking((folder) => folder.choose());
  }

  allowFolder(): Promise<Result<void, ScheduleFailure>> {
    return this.#asking((folder) => folder.allow());
  }

  async forgetFolder(): Promise<void> {
    if (!this.#allowed().ok) return;
    await this.parts.folder.forget();
    await this.refresh();
  }

  async change(plan: ReportPlan | null): Promise<Result<void, ScheduleFailure>> {
    const allowed = this.#allowed();
    if (!allowed.ok) return allowed;
    const { diary } = this.parts;
    await diary.write({ ...(await diary.read()), plan });
    await this.refresh();
    return ok();
  }

  async writeNow(): Promise<Result<ReportWritten, ScheduleFailure>> {
    const { folder, diary } = this.parts;
    const { plan } = await diary.read();
    if (plan === null) return err(failure("report/range"));
    const chosen = await folder.current();
    if (chosen === null || chosen.state === "gone") return this.#tell(err(failure("backup/folder-gone")));
    if (chosen.state === "asks-again") return this.#tell(err(failure("backup/folder-refused")));
    this.state.next({ ...this.state.value, working: true });
    const written = await this.#write(plan);
    if (written.ok) await diary.write({ plan, last: written.value });
    await this.refresh();
    return this.#tell(written);
  }

  async refresh(): Promise<void> {
    const { folder, diary, today } = this.parts;
    const [{ plan, last }, current] = await Promise.all([diary.read(), folder.current()]);
    const due = plan !== null && (last === null || last.through < lastPeriod(plan.every, today()).to);
    this.state.next({ plan, last, due, folder: current, folderSupported: folder.supported, working: false, failed: this.state.value.failed });
  }

  async #arrived(): Promise<void> {
    await this.refresh();
    const { due, folder } = this.state.value;
    if (due && folder?.state === "ready" && this.parts.access.check("records.export").ok) await this.writeNow();
  }

  async #write({ every, kinds, format, style }: ReportPlan): Promise<Result<ReportWritten, ScheduleFailure>> {
    const { reports, folder, today, now } = this.parts;
    const { from, to } = lastPeriod(every, today());
    const files: string[] = [];
    for (const kind of kinds) {
      const report = await reports.make({ kind, from, to });
      if (!report.ok) return report;
      const made = await reports.export(report.value, format, style);
      if (!made.ok) return made;
      const stored = await folder.write(made.value.name, made.value.file);
      if (!stored.ok) return stored;
      files.push(made.value.name);
    }
    return ok({ through: to, at: now(), files });
  }

  /** What the browser asks whoever is in front of it. */
  async #asking(ask: (folder: ReportFolder) => Promise<Result<void, ScheduleFailure>>): Promise<Result<void, ScheduleFailure>> {
    const allowed = this.#allowed();
    if (!allowed.ok) return allowed;
    const answered = await ask(this.parts.folder);
    await this.refresh();
    return answered;
  }

  #allowed(): Result<unknown, ScheduleFailure> {
    // Settings of one's own exports: the second factor is asked for when a file leaves.
    const checked = this.parts.access.check("records.export");
    return checked.ok || checked.error.kind === "access/confirm-needed" ? ok() : checked;
  }

  #tell<T>(result: Result<T, ScheduleFailure>): Result<T, ScheduleFailure> {
    this.state.next({ ...this.state.value, failed: result.ok ? null : result.error });
    return result;
  }
}

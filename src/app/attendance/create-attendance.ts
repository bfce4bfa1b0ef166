import { monthTotals } from "../../domain/attendance/engine/totals.ts";
import type { HolidayFile } from "../../domain/attendance/rules/holidays.ts";
import type { SessionAccess } from "../access/session-access.ts";
import type { AdministratorSession } from "../api/administration.ts";
import type { Attendance } from "../api/attendance.ts";
import type { History } from "../backup/ports.ts";
import { createExceptions } from "../exceptions/create-exceptions.ts";
import { RequestPapers } from "../exceptions/request-papers.ts";
import type { Observable } from "../observable.ts";
import type { ReadBadges } from "../ports/badges.ts";
import type { AttestingLedger } from "../ports/ledger.ts";
import type { OtherDevices } from "../ports/other-devices.ts";
import type { Store } from "../ports/store.ts";
import { ReckonedDays } from "./days.ts";
import { SiteFeedback } from "./feedback.ts";
import { SiteMonths } from "./months.ts";
import { SiteNotes } from "./notes.ts";
import { SiteOutages } from "./outages.ts";
import { FeedbackBox } from "./own-feedback.ts";
import { OwnAttendances } from "./own.ts";
import type { DayComputer, Reckoning } from "./ports.ts";
import { LogReckoning } from "./reckoning.ts";
import { SiteAttesting } from "./attesting.ts";
import { SiteBadges } from "./badges.ts";
import { BookRules } from "./rules.ts";
import { SiteTraining } from "./training.ts";
import { PlannedSchedule } from "./schedule.ts";

export interface AttendanceDependencies {
  readonly store: Store;
  readonly access: SessionAccess;
  readonly session: Observable<AdministratorSession | null>;
  /** Logs of other devices that a backup brought. */
  readonly history: Pick<History, "entries">;
  /** What other tablets of the site recorded; absent where nothing of them can come here. */
  readonly others?: Pick<OtherDevices, "entries" | "watermarks" | "devices" | "subscribe">;
  readonly computer: DayComputer;
  /** Null where the file cannot be had. */
  readonly holidays: () => Promise<HolidayFile | null>;
  readonly after: (delayMs: number, run: () => void) => () => void;
  /** Evenly spread over 0 to 1 and not to be foretold. */
  readonly random: () => number;
  readonly newId: () => string;
  readonly ledger: AttestingLedger;
  readonly readBadges: ReadBadges;
  readonly randomBytes: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;
}

export interface CreatedAttendance {
  /** For administration. */
  readonly attendance: Pick<Attendance, "rules" | "schedule" | "days" | "requests" | "months" | "notes" | "feedback" | "outages" | "attesting" | "badges" | "training">;
  /** What the kiosk knows of badges. */
  readonly badges: SiteBadges;
  /** Opens people's own, at the kiosk. */
  readonly own: OwnAttendances;
  readonly reckoning: Reckoning;
  readonly rules: BookRules;
  /** Reads the rules, and does what is due by time. */
  start(): Promise<void>;
}

const NO_OTHERS: NonNullable<AttendanceDependencies["others"]> = {
  entries: () => Promise.resolve([]),
  watermarks: () => Promise.resolve([]),
  devices: () => Promise.resolve([]),
  subscribe: () => () => undefined,
};

/** Everything about attendance, put together from its parts. */
export function createAttendance({ store, access, session, history, others = NO_OTHERS, computer, holidays, after, random, newId, ledger, readBadges, randomBytes }: AttendanceDependencies): CreatedAttendance {
  const papers = new RequestPapers(store);
  const rules: BookRules = new BookRules({ store, access, others, holidays, reckoning: () => reckoning, computer });
  const reckoning: Reckoning = new LogReckoning({ store, history, others, rules, requests: papers, computer, session, after });
  const exceptions = createExceptions({ store, access, session, rules, reckoning, papers, after });
  const box = new FeedbackBox({ store, scheduler: { after }, random, newId });
  const days = new ReckonedDays({ store, access, reckoning, rules });
  const training = new SiteTraining({ store, access });
  const badges = new SiteBadges({ store, access, random: randomBytes, read: readBadges });
  return {
    attendance: {
      rules,
      schedule: new PlannedSchedule({ store, access, book: rules.book }),
      days,
      requests: exceptions.requests,
      months: new SiteMonths({ store, access, reckoning, rules, requestSource: papers, requests: exceptions.requests }),
      notes: new SiteNotes({ store, access, newId }),
      feedback: new SiteFeedback({ store, access }),
      outages: new SiteOutages({ store, history, others, access }),
      attesting: new SiteAttesting({ access, days, ledger, store }),
      badges,
      training,
    },
    own: new OwnAttendances({ store, reckoning, rules, totals: (personId, days, month) => monthTotals(personId, month, days), requests: exceptions.own, feedback: box, training }),
    badges,
    reckoning,
    rules,
    start: async () => {
      await rules.load();
      exceptions.deadlines.start();
      box.start();
    },
  };
}

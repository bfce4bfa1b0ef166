import type { DayResult, MonthTotals, OutageSpell, Watermark } from "../../domain/attendance/engine/types.ts";
import type { ShiftOnDay } from "../../domain/attendance/rules/shift-on-day.ts";
import type { RuleProblem } from "../../domain/attendance/rules/validate.ts";
import type { CalendarDay, Day, Month, PersonPlan, PlanAssignment, RuleBook, SiteRules } from "../../domain/attendance/rules/types.ts";
import type { Direction, Punch } from "../../domain/attendance/types.ts";
import type { EpochMs } from "../../domain/clock.ts";
import type { Failure } from "../../domain/errors.ts";
import type { AppealOutcome, BalanceEntry, ExceptionRequest, Feedback, HealthDeclaration, LateReason, LeaveBalance, MakeUpAllowance, RequestContent, RequestId, ViolationNote } from "../../domain/exceptions/types.ts";
import type { UserId } from "../../domain/people/access.ts";
import type { Person, PersonId } from "../../domain/people/types.ts";
import type { Result } from "../../domain/result.ts";
import type { Observable } from "../observable.ts";
import type { AccessFailure } from "../ports/access.ts";

export type AttendanceFailure = Failure<"attendance/no-rules" | "attendance/cancelled" | "attendance/worker-failed" | "attendance/store-failed" | "attendance/storage-full" | AccessFailure["kind"]>;

/** Told while something long goes on; `total` is 0 as long as it is not known. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

// ---- rules and schedule

/** `closed-days`: the version would begin before the first day that is open. */
export type RulesFailure = Failure<"rules/invalid" | "rules/closed-days" | "rules/changed-meanwhile" | "rules/no-holidays" | "attendance/store-failed" | "attendance/storage-full" | AccessFailure["kind"]> & { readonly problems?: readonly RuleProblem[]; readonly firstOpenDay?: Day };

/** A sample week under two sets of rules. */
export interface RulesPreview {
  readonly days: readonly { readonly before: DayResult | null; readonly after: DayResult }[];
}

/** Whose week is shown: a person's, or a made-up one of usual anomalies that somebody of a group works. */
export type PreviewOf = { readonly personId: PersonId } | { readonly groupId: string };

/** How many of the people's days of the last month would come out otherwise. */
export interface RulesEffect {
  readonly from: Day;
  readonly to: Day;
  readonly days: number;
  readonly people: number;
  /** Of so many that were worked out. */
  readonly ofDays: number;
}

/** A tablet whose records count at this site. */
export interface SiteTablet {
  readonly device: string;
  /** The one that asks. */
  readonly own: boolean;
  /** Everything that it recorded until then is here; null while nothing is. */
  readonly untilMs: EpochMs | null;
  readonly retired: boolean;
}

export interface Rules {
  readonly book: Observable<RuleBook>;
  /** Null before there are any. */
  inForce(day: Day): SiteRules | null;
  /** What a new site begins with: one day shift, weekends off, the country's holidays. */
  proposal(): Promise<SiteRules>;
  problems(draft: SiteRules): readonly RuleProblem[];
  /** The week from `from` on; of a person the last whole week. */
  preview(draft: SiteRules, from: Day, of: PreviewOf): Promise<Result<RulesPreview, AttendanceFailure>>;
  /** What the draft would have changed in the last month, of the people whom the role reaches. */
  effect(draft: SiteRules, onProgress?: (progress: Progress) => void, signal?: AbortSignal): Promise<Result<RulesEffect, AttendanceFailure>>;
  /** @param base version that the draft was made from */
  save(draft: SiteRules, from: Day, note: string, base: number): Promise<Result<void, RulesFailure>>;
  /** First day that no closed month holds. */
  firstOpenDay(): Promise<Day>;
  /** This tablet, then those of which something was ever heard here: what {@link SiteRules.devices} can name. */
  tablets(): Promise<readonly SiteTablet[]>;
  /** Countries whose holidays are known here: code and name in both languages. */
  countries(): Promise<readonly { readonly code: string; readonly name: string; readonly nameZh: string }[]>;
  /** Holidays and make-up workdays of a year; `rules/no-holidays` where the year is not known yet. */
  holidays(country: string, year: number): Promise<Result<readonly CalendarDay[], RulesFailure>>;
}

export type PlanFailure = Failure<"plan/closed-days" | "plan/no-such-shift" | "plan/overlap" | "plan/no-such-person" | "attendance/no-rules" | "attendance/store-failed" | "attendance/storage-full" | AccessFailure["kind"]> & { readonly personId?: PersonId; readonly day?: Day };

export interface Schedule {
  /** Grows with every change. */
  readonly revision: Observable<number>;
  plan(personId: PersonId): Promise<PersonPlan | null>;
  /** Who works what on those days, of those whom the role reaches. */
  shifts(query: { readonly from: Day; readonly to: Day; readonly department?: string }): Promise<Result<readonly { readonly person: Person; readonly days: readonly ShiftOnDay[] }[], AttendanceFailure>>;
  assign(people: readonly PersonId[], assignment: PlanAssignment): Promise<Result<void, PlanFailure>>;
  /** Single days of one or several people; in place of what was planned for those. */
  setDays(changes: readonly { readonly personId: PersonId; readonly day: Day; readonly shiftIds: readonly string[] | null }[]): Promise<Result<void, PlanFailure>>;
  /** Copies single days of those weeks, for instance a week's roster onto the next. */
  copy(people: readonly PersonId[], from: Day, days: number, to: Day): Promise<Result<number, PlanFailure>>;
  /**
   * Takes back what was assigned from that day on by mistake: what was in force before counts again, also what had begun on the
   * same day. Those who have nothing from that day are left as they are. Says for how many it was.
   */
  takeBack(people: readonly PersonId[], from: Day): Promise<Result<number, PlanFailure>>;
  /** `plan/closed-days`: first or last day moves over days that are closed. */
  setDuty(personId: PersonId, duty: Pick<PersonPlan, "exempt" | "firstDay" | "lastDay">): Promise<Result<void, PlanFailure>>;
}

// ---- results

export interface DaysQuery {
  readonly from: Day;
  readonly to: Day;
  readonly personId?: PersonId;
  readonly department?: string;
}

export interface PersonDays {
  readonly person: Person;
  readonly days: readonly DayResult[];
}

export interface DayResults {
  readonly people: readonly PersonDays[];
  readonly watermarks: readonly Watermark[];
  readonly outages: readonly OutageSpell[];
  /** Position in the log up to which this holds, for "as of" lines on reports. */
  readonly asOf: { readonly at: EpochMs; readonly seq: number };
}

/** Somebody as they are now. */
export interface Present {
  readonly person: Person;
  readonly state: "in" | "out" | "away" | "leave" | "expected" | "missing" | "free";
  readonly since: EpochMs | null;
  readonly shift: ShiftOnDay | null;
  /** The last punch that counts. */
  readonly last: Pick<Punch, "deviceId" | "seq" | "wallMs" | "direction" | "method"> | null;
}

export interface Days {
  /** Grows whenever a result can have become another. */
  readonly revision: Observable<number>;
  results(query: DaysQuery, onProgress?: (progress: Progress) => void, signal?: AbortSignal): Promise<Result<DayResults, AttendanceFailure>>;
  totals(days: DayResults, month: Month): readonly MonthTotals[];
  presence(department?: string): Promise<Result<readonly Present[], AttendanceFailure>>;
}

// ---- requests

export type RequestFailure = Failure<
  | "request/no-such" | "request/not-now" | "request/not-yours" | "request/own" | "request/reason-missing" | "request/bad-time" | "request/overlap" | "request/holiday" | "request/balance" | "request/waiting-already"
  | "request/window" | "request/cut-off" | "request/quota" | "request/locked" | "request/kind-not-allowed" | "request/exempt" | "request/health-missing" | "request/attachment-missing" | "request/no-such-colleague" | "request/plan-changed" | "request/closed" | "request/leave-used" | "request/outcome-missing"
  | "attachment/type" | "attachment/size" | "attachment/too-many" | "attachment/unreadable" | "attendance/no-rules" | "attendance/store-failed" | "attendance/storage-full" | AccessFailure["kind"]
> & { readonly field?: string; readonly allowance?: MakeUpAllowance; readonly late?: LateReason; readonly with?: RequestId };

/** What a form hands over; times are the site's. */
export interface RequestInput {
  readonly content: RequestContent;
  readonly reason: string;
  readonly attachments: readonly { readonly name: string; readonly file: Blob }[];
  /** After it was refused as too late or over the quota: put before HR all the same, as a special case. */
  readonly specialCase?: boolean;
  /** The draft that this came of: it goes when this is handed in, or is replaced when this is kept. */
  readonly draft?: RequestId;
}

/** A request with what is to be known for deciding it, on one screen. */
export interface RequestFacts {
  readonly request: ExceptionRequest;
  readonly person: Person;
  readonly waitsFor: "colleague" | "supervisor" | "hr" | null;
  /** Whether whoever is signed in can decide it now. */
  readonly mine: boolean;
  /** The days that it is about, as they are now and as they would be. */
  readonly days: readonly { readonly now: DayResult; readonly then: DayResult | null }[];
  readonly allowance: MakeUpAllowance | null;
  readonly balance: LeaveBalance | null;
  /** Others of the department who are away at the time. */
  readonly alsoAway: readonly { readonly person: Person; readonly request: ExceptionRequest }[];
  /** Earlier ones of the same kind in the last 90 days. */
  readonly earlier: number;
  /** What whoever is signed in has to choose from to approve an appeal; empty where nothing is to be chosen. */
  readonly outcomes: readonly AppealOutcome["kind"][];
  /** The request that cancels this one: it waits, or was approved. Null where nobody has asked for that. */
  readonly cancelling: RequestId | null;
  /** Of the users who took a step, by their ids; who is gone is left out. */
  readonly names: Readonly<Record<string, string>>;
}

export interface RequestQuery {
  readonly states?: readonly ExceptionRequest["state"][];
  readonly personId?: PersonId;
  readonly from?: Day;
  readonly to?: Day;
  /** Only what whoever is signed in can decide now. */
  readonly mine?: boolean;
}

/** `outcome`: what comes of an appeal; needed where the approval is the last one ({@link RequestFacts.outcomes}). */
export type Decision = { readonly kind: "approve" | "reject" | "special-case"; readonly comment: string; readonly outcome?: AppealOutcome };

export interface Requests {
  readonly revision: Observable<number>;
  /** How many wait for whoever is signed in: a count alone, which nobody has to be told of. */
  readonly waiting: Observable<number>;
  /** `mine`: waits for whoever is signed in. HR can decide in place of a supervisor too: {@link RequestFacts.mine}. */
  list(query: RequestQuery): Promise<Result<readonly { readonly request: ExceptionRequest; readonly person: Person; readonly mine: boolean }[], RequestFailure>>;
  facts(id: RequestId): Promise<Result<RequestFacts, RequestFailure>>;
  /**
   * What was declared of health, for whoever may decide it; the log says who looked. Everywhere else here an empty
   * declaration stands for one that was made.
   */
  health(id: RequestId): Promise<Result<HealthDeclaration, RequestFailure>>;
  /** Each by itself: what could not be decided says why. */
  decide(ids: readonly RequestId[], decision: Decision): Promise<readonly { readonly id: RequestId; readonly result: Result<void, RequestFailure> }[]>;
  comment(id: RequestId, text: string): Promise<Result<void, RequestFailure>>;
  delegate(id: RequestId, to: UserId): Promise<Result<void, RequestFailure>>;
  /** Whom a request can be handed to: other users who may decide it. */
  delegates(id: RequestId): readonly { readonly userId: UserId; readonly name: string }[];
  remind(id: RequestId): Promise<Result<void, RequestFailure>>;
  /** Recorded for somebody who cannot, with a reason; they are told. */
  file(personId: PersonId, input: RequestInput, onBehalfReason: string): Promise<Result<ExceptionRequest, RequestFailure>>;
  attachment(id: RequestId, attachmentId: string): Promise<Result<Blob, RequestFailure>>;
  /** `leftOver`: what last year left, which HR may carry into this one. */
  balances(personId: PersonId): Promise<Result<{ readonly balances: readonly LeaveBalance[]; readonly entries: readonly BalanceEntry[]; readonly leftOver: readonly { readonly leaveKind: string; readonly minutes: number }[] }, RequestFailure>>;
  adjustBalance(personId: PersonId, leaveKind: string, minutes: number, reason: string): Promise<Result<void, RequestFailure>>;
}

// ---- months

export type MonthFailure = Failure<"month/not-over" | "month/locked" | "month/open-requests" | "month/unsettled" | "month/reason-missing" | "month/changed-meanwhile" | "attendance/store-failed" | AccessFailure["kind"]>;

/** What stands in the way of closing a month, and for whom. */
export interface MonthState {
  readonly month: Month;
  readonly people: readonly {
    readonly person: Person;
    readonly totals: MonthTotals;
    readonly confirmedAt: EpochMs | null;
    /** Confirmed, and other since. */
    readonly changedSince: boolean;
    readonly remindedAt: EpochMs | null;
    readonly lockedAt: EpochMs | null;
    /** Came in after it was closed. */
    readonly afterLock: number;
    readonly undecided: number;
  }[];
  /** Tablets that were not heard of past the month's end, and until when they were. */
  readonly unsynced: readonly Watermark[];
}

export interface Months {
  state(month: Month, onProgress?: (progress: Progress) => void, signal?: AbortSignal): Promise<Result<MonthState, MonthFailure | AttendanceFailure>>;
  remind(month: Month, people: readonly PersonId[]): Promise<Result<number, MonthFailure>>;
  /** Those people's days are locked as they are. With something in the way it needs a reason. */
  close(month: Month, people: readonly PersonId[], reason: string, onProgress?: (progress: Progress) => void): Promise<Result<number, MonthFailure | AttendanceFailure>>;
  /** A change of a closed day: a reason, and somebody else who agrees by deciding the request that comes of it. */
  correct(personId: PersonId, content: Extract<RequestContent, { readonly kind: "correction" | "make-up" | "leave" }>, reason: string): Promise<Result<ExceptionRequest, RequestFailure>>;
}

// ---- notes, feedback, attested punches, badges

export interface Notes {
  of(personId: PersonId): Promise<Result<readonly ViolationNote[], AttendanceFailure>>;
  write(personId: PersonId, day: Day, kind: ViolationNote["kind"], text: string): Promise<Result<void, Failure<"note/empty" | "note/too-long" | AttendanceFailure["kind"]>>>;
  withdraw(id: string, reason: string): Promise<Result<void, Failure<"note/no-such" | "note/empty" | AttendanceFailure["kind"]>>>;
}

export interface FeedbackDesk {
  list(): Promise<Result<readonly Feedback[], AttendanceFailure>>;
  answer(id: string, text: string): Promise<Result<void, AttendanceFailure>>;
}

export interface Attesting {
  /** Whom the role may attest, but oneself; with whether they are in. */
  people(): Promise<Result<readonly Present[], AttendanceFailure>>;
  /** All of them, or nobody. `attest/not-active`: somebody among them has left meanwhile. `attest/own`: whoever attests is among them. */
  attest(people: readonly { readonly personId: PersonId; readonly direction: Direction }[], reason: string): Promise<Result<readonly Punch[], Failure<"attest/reason-missing" | "attest/not-active" | "attest/own" | AttendanceFailure["kind"]>>>;
}

export interface Badges {
  has(personId: PersonId): Promise<boolean>;
  /** The text of the QR code; shown once. An earlier badge of the person ends. */
  issue(personId: PersonId): Promise<Result<string, AttendanceFailure>>;
  end(personId: PersonId): Promise<Result<void, AttendanceFailure>>;
}

export interface Outages {
  /** Newest first. */
  list(from: Day, to: Day): Promise<readonly OutageSpell[]>;
}

export interface Training {
  /** Last completion of each course by each; a name, or null where the person is gone. */
  records(): Promise<Result<readonly { readonly who: UserId | PersonId; readonly name: string | null; readonly course: string; readonly version: number; readonly errors: number; readonly at: EpochMs }[], AttendanceFailure>>;
  /** That whoever is signed in went through a course. */
  completed(course: string, version: number, errors: number): Promise<Result<void, AttendanceFailure>>;
}

/** Everything about attendance that administration works with. */
export interface Attendance {
  readonly rules: Rules;
  readonly schedule: Schedule;
  readonly days: Days;
  readonly requests: Requests;
  readonly months: Months;
  readonly notes: Notes;
  readonly feedback: FeedbackDesk;
  readonly attesting: Attesting;
  readonly badges: Badges;
  readonly outages: Outages;
  readonly training: Training;
}

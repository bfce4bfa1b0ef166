import type { EmploymentType, PersonId } from "../../people/types.ts";

/** A calendar day in the site's zone, `YYYY-MM-DD`. */
export type Day = string;

/** A calendar month in the site's zone, `YYYY-MM`. */
export type Month = string;

/**
 * Minutes after local midnight of the day on which a shift starts, 0 to 2879: 1560 is 26:00, two in the morning of the
 * day after.
 */
export type MinuteOfDay = number;

/** One spell of a shift; a split shift has two or three. They do not overlap and come in order. */
export interface ShiftPeriod {
  /** 0 to 1439 */
  readonly start: MinuteOfDay;
  /** Greater than `start`, at most a day later. */
  readonly end: MinuteOfDay;
}

/** Inside one period. The minutes of an unpaid one are neither planned nor worked. */
export interface ShiftBreak extends ShiftPeriod {
  readonly paid: boolean;
}

/**
 * `fixed`: to be there from start to end. `flexible`: to come between `start` and `latestStart`, and to stay for as long as
 * the period is. `hours`: to be there for `requiredMinutes` within the period, whenever (part-time, free hours): never late,
 * never early, only short.
 */
export type ShiftKind = "fixed" | "flexible" | "hours";

export interface Shift {
  readonly id: string;
  /** As the site calls it: 1 to 40 characters. */
  readonly name: string;
  /** Shown in calendars: 1 to 3 characters. */
  readonly short: string;
  readonly kind: ShiftKind;
  /** 1 to 3; `flexible` and `hours` have one. */
  readonly periods: readonly ShiftPeriod[];
  readonly breaks: readonly ShiftBreak[];
  /** Of a `flexible` shift: latest start that is not late. */
  readonly latestStart?: MinuteOfDay;
  /** Of an `hours` shift, 1 to 1440. */
  readonly requiredMinutes?: number;
}

/**
 * Which shift on which day. `weekly`: seven days, Monday first. `cycle`: any number from 1 to 366, counted from `anchor`.
 * Null is a day of rest. Two shifts on a day come in order and do not overlap.
 */
export interface ShiftPattern {
  readonly id: string;
  readonly name: string;
  readonly kind: "weekly" | "cycle";
  readonly days: readonly (readonly string[])[];
  /** First day of a cycle. */
  readonly anchor?: Day;
  /** Public holidays free from work and make-up workdays call to it. A rotation that goes on over holidays says false. */
  readonly followsCalendar: boolean;
}

/** `workday`: a day of rest on which the calendar calls to work, as China's make-up workdays. */
export type CalendarKind = "holiday" | "workday" | "rest";

export interface CalendarDay {
  readonly day: Day;
  readonly kind: CalendarKind;
  readonly name: string;
  /** In Chinese where the source has it. */
  readonly nameZh?: string;
  /** Where it was taken from: `own`, or a country's code (`CN`, `DE-BY`). */
  readonly source: string;
}

/** `single`: first in to last out. `multiple`: in and out in turns. `record-only`: punches are kept and nobody is judged. */
export type Pairing = "single" | "multiple" | "record-only";

export interface Rounding {
  /** 1 is none. */
  readonly unitMinutes: 1 | 5 | 6 | 10 | 15 | 30 | 60;
  readonly mode: "down" | "up" | "nearest";
}

/** What kind of day overtime fell on. */
export type OvertimeKind = "workday" | "rest" | "holiday";

/**
 * `request`: counts as far as an approved request covers it. `after`: is recorded, and counts once it was approved.
 * `automatic`: counts by itself. `none`: is not reckoned.
 */
export type OvertimeApproval = "request" | "after" | "automatic" | "none";

export interface OvertimeRule {
  readonly approval: OvertimeApproval;
  /** What an hour counts in pay or in compensatory leave; 1 to 5. China's law has 1.5, 2 and 3. */
  readonly multiplier: Readonly<Record<OvertimeKind, number>>;
  /** Time before the shift counts. */
  readonly beforeShift: boolean;
  /** Time after the shift counts. */
  readonly afterShift: boolean;
  /** Less than that is none, minutes. */
  readonly minimumMinutes: number;
  /** At most that a day, minutes; null without a limit. */
  readonly dailyCapMinutes: number | null;
  readonly rounding: Rounding;
}

/** What may be made up: a punch that is missing, or one that came late, early or in time. */
export type MakeUpKind = "missing" | "late" | "early" | "normal";

export interface MakeUpPolicy {
  readonly kinds: readonly MakeUpKind[];
  /** -1 is without a limit. */
  readonly quota: number;
  readonly quotaPer: "month" | "quarter";
  /** The day of the month on which the quota begins anew, 1 to 28. */
  readonly quotaFromDay: number;
  /** Days after the day of the punch: 0 the same day, 1 the next, 3 up to three days after. */
  readonly windowDays: number;
  /** Working days are those on which the person has a shift. */
  readonly windowIn: "natural" | "working";
  /** Day of the next month after which nothing of a month is taken any more, 1 to 28; null without. */
  readonly cutOffDay: number | null;
  /** Which parts of the health declaration are asked for; empty for none. */
  readonly health: readonly HealthField[];
  /** Those are to be filled in. */
  readonly healthRequired: readonly HealthField[];
}

export type HealthField = "condition" | "temperature" | "itinerary" | "attachment";

/** Who decides, in this order. HR can always decide in place of a supervisor who is away, and says so. */
export type ApprovalStep = "supervisor" | "hr";

export interface LeaveKind {
  readonly id: string;
  readonly name: string;
  readonly nameZh?: string;
  /** Counted against a balance; others are without a limit. */
  readonly balance: boolean;
  /** Granted on the first day of each year, minutes; 0 where it is given by hand. */
  readonly yearlyMinutes: number;
  readonly unit: "day" | "half-day" | "hour";
  readonly paid: boolean;
  /** To be shown with an attachment. */
  readonly needsAttachment: boolean;
}

/** The rules for some of the people. */
export interface RuleGroup {
  readonly id: string;
  readonly name: string;
  /** Who belongs to it; null for everybody. The first group of the list that fits is the person's, unless the plan names one. */
  readonly departments: readonly string[] | null;
  readonly employmentTypes: readonly EmploymentType[] | null;
  readonly patternId: string;
  readonly pairing: Pairing;
  /** How long before its start and after its end a punch still belongs to a shift, minutes, 0 to 720. */
  readonly windowBeforeMinutes: number;
  readonly windowAfterMinutes: number;
  /** Late is after start and grace; then the minutes from the start count. 0 to 120. */
  readonly graceLateMinutes: number;
  readonly graceEarlyMinutes: number;
  /** From so many minutes; null for never. */
  readonly seriousLateMinutes: number | null;
  /** Late or early by so many minutes is absence, of the whole period; tested before the half day. Null for never. */
  readonly absentMinutes: number | null;
  /** Late or early by so many minutes is absence of half the period. Null for never. */
  readonly halfDayMinutes: number | null;
  /** Who stayed so long after the end may come so much later the day after; the greatest that fits. */
  readonly lateFinish: readonly { readonly stayedMinutes: number; readonly laterMinutes: number }[];
  readonly roundIn: Rounding;
  readonly roundOut: Rounding;
  /** A missing departure is taken to be the shift's end, when so much time has passed after it; marked, and never overtime. */
  readonly autoOutAfterMinutes: number | null;
  readonly overtime: OvertimeRule;
  readonly makeUp: MakeUpPolicy;
  readonly approval: readonly ApprovalStep[];
  /** Hours within which each step is to decide, 1 to 720; then it is reminded of, and goes on to HR. */
  readonly decideWithinHours: number;
  /** Day of the next month until which the month is to be confirmed, 1 to 28. */
  readonly confirmByDay: number;
}

/** Everything that a site has settled, complete: what is in force from one day until the next version. */
export interface SiteRules {
  readonly zone: string;
  /** Minutes after midnight, 0 to 720; 240 unless the site says otherwise. */
  readonly dayChange: MinuteOfDay;
  readonly shifts: readonly Shift[];
  readonly patterns: readonly ShiftPattern[];
  /** The last one fits everybody. */
  readonly groups: readonly RuleGroup[];
  readonly calendar: readonly CalendarDay[];
  readonly leaveKinds: readonly LeaveKind[];
  /** Tablets that serve the site. Absence is judged once each has been heard of past the shift's end. Empty: those that were ever heard of. */
  readonly devices: readonly string[];
}

export interface RuleVersion {
  /** 1, 2, 3, ... */
  readonly version: number;
  /** First day on which it is in force. */
  readonly from: Day;
  readonly rules: SiteRules;
  readonly by: string;
  readonly at: number;
  /** Why it was changed. */
  readonly note: string;
}

/** Every version there ever was, by `from` and then by `version`; of two from the same day the later one is in force. */
export interface RuleBook {
  readonly siteId: string;
  readonly versions: readonly RuleVersion[];
}

/** What a person works, where it is not what their group says. Sealed under the person's record key. */
export interface PersonPlan {
  readonly personId: PersonId;
  /** By `from`; the last one that began is in force. */
  readonly assignments: readonly PlanAssignment[];
  /** Those that another one from the same day took the place of, the oldest first: they come back when that one is taken back. */
  readonly replaced?: readonly PlanAssignment[];
  /** Single days, which go before every pattern. */
  readonly days: readonly PlannedDay[];
  /** Days on which a change of shifts was approved and cancelled again: the day says so, whoever of the two had asked for it. */
  readonly cancelledSwaps?: readonly { readonly day: Day; readonly requestId: string }[];
  /** Nobody judges this person's attendance: punches are kept, nothing is reckoned, no entry is offered. */
  readonly exempt?: boolean;
  /** First and last day of duty; from being added, and until having left, when absent. */
  readonly firstDay?: Day;
  readonly lastDay?: Day;
}

export interface PlanAssignment {
  readonly from: Day;
  /** Of the rules; the first that fits when absent. */
  readonly groupId?: string;
  /** In place of the group's. */
  readonly patternId?: string;
  /** Which day of the cycle the pattern's anchor is for this person, 0 for the first. */
  readonly offset?: number;
}

export interface PlannedDay {
  readonly day: Day;
  /** Empty is a day of rest. */
  readonly shiftIds: readonly string[];
  readonly cause: "roster" | "swap";
  /** The request that it came of. */
  readonly requestId?: string;
}

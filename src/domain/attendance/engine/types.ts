import type { EpochMs, TimeState } from "../../clock.ts";
import type { EmploymentType, PersonId } from "../../people/types.ts";
import type { CalendarKind, Day, Month, OvertimeKind, PersonPlan, RuleBook } from "../rules/types.ts";
import type { Direction, DirectionSource, PunchMethod } from "../types.ts";

/** Another entry of a log: which device's, and where in it. */
export interface EntryRef {
  readonly device: string;
  readonly seq: number;
}

/** One punch as the engine reads it: a fact, or what an approved request added. */
export interface EnginePunch extends EntryRef {
  readonly wallMs: EpochMs;
  readonly direction: Direction;
  readonly directionSource: DirectionSource;
  readonly method: PunchMethod;
  readonly status: "accepted" | "suppressed" | "undone";
  readonly timeState: TimeState;
  readonly siteId: string;
  /** Made up: the request that was approved. */
  readonly requestId?: string;
}

/** What an approved request changes about a stretch of time. `late`: what was worked is known only afterwards. */
export interface ApprovedSpell {
  readonly requestId: string;
  readonly kind: "leave" | "trip" | "outing" | "overtime";
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
  /** Of leave: which kind, and whether it is paid. */
  readonly leaveKind?: string;
  readonly paid?: boolean;
  /** Of overtime. */
  readonly compensation?: "pay" | "leave";
}

/** An approved correction or appeal: the cited punch counts otherwise, or not at all. */
export interface ApprovedCorrection {
  readonly requestId: string;
  /** When it took effect: of two about the same punch the later one counts. */
  readonly at?: EpochMs;
  readonly cites: EntryRef;
  readonly change: { readonly kind: "ignore" } | { readonly kind: "direction"; readonly direction: Direction } | { readonly kind: "time"; readonly wallMs: EpochMs };
}

/** What was approved and then cancelled: nothing of it counts, and its days say so. Both days are included. */
export interface CancelledRequest {
  readonly requestId: string;
  readonly what: ApprovedSpell["kind"] | "swap";
  readonly from: Day;
  readonly to: Day;
}

/** A stretch in which a device could not record faces, or nothing at all. */
export interface OutageSpell {
  readonly device: string;
  readonly siteId: string;
  readonly fromMs: EpochMs;
  /** Null while it lasts. */
  readonly toMs: EpochMs | null;
  readonly reason: string;
  /** The entry that a make-up punch can cite. */
  readonly entry: EntryRef | null;
}

/** How far a device's log is known here: everything that it recorded until then. The own device's is the time of asking. */
export interface Watermark {
  readonly device: string;
  readonly untilMs: EpochMs;
}

/** A day that was closed: it stays what it was, and later corrections are added to it. */
export interface LockedDay {
  readonly result: DayResult;
  readonly lockedAt: EpochMs;
}

export interface EnginePerson {
  readonly personId: PersonId;
  readonly department: string;
  readonly employmentType: EmploymentType;
  readonly addedAt: EpochMs;
  readonly leftAt?: EpochMs;
  readonly plan: PersonPlan | null;
  /** In any order; of the range asked for and two days round it. */
  readonly punches: readonly EnginePunch[];
  readonly spells: readonly ApprovedSpell[];
  readonly corrections: readonly ApprovedCorrection[];
  readonly cancelled?: readonly CancelledRequest[];
  readonly locked: readonly LockedDay[];
}

/** Plain data, so that it crosses to a worker. */
export interface EngineInput {
  readonly book: RuleBook;
  /** Of the site, for days before its first rules; UTC when absent. */
  readonly zone?: string;
  /** Both included. */
  readonly from: Day;
  readonly to: Day;
  readonly people: readonly EnginePerson[];
  readonly watermarks: readonly Watermark[];
  readonly outages: readonly OutageSpell[];
  readonly now: EpochMs;
}

/**
 * What is seen at a glance of a day. `waiting`: not judged yet, since a tablet has not been heard of or the shift is not
 * over. `clock-doubt`: a punch of a time that is not to be trusted. `after-lock`: something came in after the day was
 * closed and would change it. `double-duty`: two punches that cannot be one person's.
 */
export const DAY_MARKS = [
  "late", "serious-late", "early", "absent", "half-absent", "missing-in", "missing-out", "short", "overtime", "overtime-pending",
  "leave", "trip", "outing", "made-up", "corrected", "suppressed", "undone", "auto-out", "stray", "clock-doubt", "outage", "after-lock", "waiting",
] as const;
export type DayMark = (typeof DAY_MARKS)[number];

/**
 * Minutes, none below 0. planned = attended + late + early + absent + leave + away (without rounding) on every day that is settled;
 * before that some of what was planned is not judged yet. `absent` holds all that nothing shows: after a missing punch, too.
 */
export interface DayMinutes {
  /** Of the shifts, without unpaid breaks. */
  readonly planned: number;
  /** Within the shift. */
  readonly attended: number;
  readonly late: number;
  readonly early: number;
  readonly absent: number;
  readonly leave: number;
  /** Business trips and outings: duty elsewhere. */
  readonly away: number;
  /** From first to last, without unpaid breaks and as rounded: what the person was here for. */
  readonly worked: number;
  /** As it counts, before the multiplier. */
  readonly overtime: Readonly<Record<OvertimeKind, number>>;
  /** Recorded and not approved. */
  readonly overtimePending: number;
}

/** How one punch was used. `in`, `out`: it begins or ends a shift; `between`: inside one; `suppressed`, `undone`, `ignored`: it does not count; `stray`: no shift is near. */
export interface PunchUse extends EntryRef {
  readonly wallMs: EpochMs;
  readonly direction: Direction;
  readonly method: PunchMethod;
  readonly use: "in" | "out" | "between" | "suppressed" | "undone" | "ignored" | "stray";
  readonly requestId?: string;
}

/** One period of one shift. */
export interface PeriodResult {
  readonly shiftId: string;
  /** Place among the shift's periods, 0 for the first. */
  readonly index: number;
  readonly startMs: EpochMs;
  readonly endMs: EpochMs;
  /** Rounded as the rules say; null where there is none. */
  readonly inMs: EpochMs | null;
  readonly outMs: EpochMs | null;
  readonly marks: readonly DayMark[];
  readonly minutes: Omit<DayMinutes, "overtime" | "overtimePending" | "worked"> & { readonly worked: number };
}

/**
 * Why a day is what it is: a code, and what the sentence in either language is filled with. Times are epoch milliseconds,
 * durations minutes, shifts and groups ids.
 */
export type Reason =
  | { readonly code: "planned"; readonly shiftId: string; readonly source: "pattern" | "roster" | "swap" }
  | { readonly code: "free"; readonly why: "rest" | "holiday" | "not-yet-employed" | "left" | "exempt"; readonly name?: string }
  | { readonly code: "called-in"; readonly name: string }
  | { readonly code: "on-time"; readonly inMs: EpochMs; readonly outMs: EpochMs }
  | { readonly code: "late"; readonly inMs: EpochMs; readonly startMs: EpochMs; readonly minutes: number; readonly grace: number; readonly serious: boolean }
  | { readonly code: "within-grace"; readonly inMs: EpochMs; readonly grace: number }
  | { readonly code: "later-start"; readonly stayedMinutes: number; readonly laterMinutes: number }
  | { readonly code: "early"; readonly outMs: EpochMs; readonly endMs: EpochMs; readonly minutes: number; readonly grace: number }
  | { readonly code: "short"; readonly requiredMinutes: number; readonly workedMinutes: number }
  | { readonly code: "absent"; readonly why: "no-punch" | "too-late" | "too-early"; readonly minutes: number }
  | { readonly code: "half-absent"; readonly minutes: number }
  | { readonly code: "missing"; readonly direction: Direction }
  | { readonly code: "auto-out"; readonly outMs: EpochMs }
  | { readonly code: "suppressed"; readonly count: number }
  | { readonly code: "undone"; readonly count: number }
  | { readonly code: "stray"; readonly count: number }
  | { readonly code: "made-up"; readonly requestId: string; readonly wallMs: EpochMs; readonly direction: Direction }
  | { readonly code: "corrected"; readonly requestId: string }
  | { readonly code: "leave" | "trip" | "outing"; readonly requestId: string; readonly minutes: number; readonly leaveKind?: string }
  | { readonly code: "cancelled"; readonly requestId: string; readonly what: CancelledRequest["what"] }
  | { readonly code: "overtime"; readonly kind: OvertimeKind; readonly minutes: number; readonly approval: "request" | "after" | "automatic"; readonly multiplier: number; readonly requestId?: string }
  | { readonly code: "overtime-not-counted"; readonly minutes: number; readonly why: "not-approved" | "below-minimum" | "above-cap" | "not-reckoned" | "auto-out" }
  | { readonly code: "waiting"; readonly why: "not-over" | "device"; readonly device?: string; readonly heardUntil?: EpochMs }
  | { readonly code: "outage"; readonly device: string; readonly fromMs: EpochMs; readonly toMs: EpochMs | null; readonly reason: string }
  | { readonly code: "clock-doubt"; readonly count: number }
  | { readonly code: "long-day"; readonly hours: number }
  | { readonly code: "locked"; readonly at: EpochMs }
  | { readonly code: "after-lock"; readonly count: number }
  | { readonly code: "no-rules" };

/**
 * A day of a person, worked out: from the same input the same, whatever order it came in.
 */
export interface DayResult {
  readonly personId: PersonId;
  readonly day: Day;
  /** Null where no rules are in force: nothing is judged then. */
  readonly rulesVersion: number | null;
  readonly groupId: string | null;
  readonly dayKind: "workday" | "rest" | "holiday";
  readonly calendar: { readonly kind: CalendarKind; readonly name: string } | null;
  readonly periods: readonly PeriodResult[];
  /** In time's order. */
  readonly punches: readonly PunchUse[];
  readonly marks: readonly DayMark[];
  readonly minutes: DayMinutes;
  /** `waiting`: it can still become something else by what a tablet or the day brings; nobody is called absent. */
  readonly state: "ahead" | "waiting" | "settled" | "locked";
  readonly reasons: readonly Reason[];
  /** The approved requests that it used. */
  readonly requestIds: readonly string[];
}

/** A month of a person in sums. Days, where not said otherwise. */
export interface MonthTotals {
  readonly personId: PersonId;
  readonly month: Month;
  readonly workdays: number;
  readonly attendedDays: number;
  readonly minutes: DayMinutes;
  /** Overtime by its multiplier, minutes. */
  readonly overtimeWeighted: number;
  /** How often. */
  readonly counts: Readonly<Record<DayMark, number>>;
  readonly leaveMinutes: Readonly<Record<string, number>>;
  /** Days that are not settled. */
  readonly open: number;
}

import { lengthOf, lengthOfBoth, lengthWithin, ms } from "./segments.ts";
import type { Segments } from "./segments.ts";
import type { Duty } from "./slots.ts";
import type { RuleGroup } from "../rules/types.ts";
import { takeOff } from "./spells.ts";
import type { Spell, Taken } from "./spells.ts";
import type { DayMark, Reason } from "./types.ts";

/** What is known of one period when it is judged. */
export interface PeriodFacts {
  readonly duty: Duty;
  readonly group: RuleGroup;
  /** The period's hours as they were moved: by a flexible start or by a late finish the day before. */
  readonly start: number;
  readonly end: number;
  readonly planned: Segments;
  readonly off: readonly Spell[];
  readonly pairs: Segments;
  /** Null: not known, or since an earlier period. */
  readonly inAt: number | null;
  readonly outAt: number | null;
  /** A punch is missing somewhere: what nothing shows is no absence of its own. */
  readonly incomplete: boolean;
  readonly missingIn: boolean;
  readonly missingOut: boolean;
  readonly settled: boolean;
  /** Every tablet was heard of until then, minutes. */
  readonly heard: number;
}

export interface JudgedPeriod {
  readonly planned: number;
  readonly attended: number;
  readonly late: number;
  readonly early: number;
  readonly absent: number;
  readonly taken: readonly Taken[];
  /** When the person was to be there, leave and trips taken off. */
  readonly from: number;
  readonly to: number;
  readonly marks: readonly DayMark[];
  readonly reasons: readonly Reason[];
}

export function judgePeriod(facts: PeriodFacts): JudgedPeriod {
  return facts.duty.shift.kind === "hours" ? judgeHours(facts) : judgeTimes(facts);
}

/**
 * Somebody is to be there from one time to another. Late and early are counted in minutes that were to be worked: an unpaid
 * break is no part of them.
 */
function judgeTimes(facts: PeriodFacts): JudgedPeriod {
  const { group, planned, off, pairs, inAt, outAt, settled, heard } = facts;
  const { rest, taken } = off.length === 0 ? { rest: planned, taken: [] } : takeOff(planned, off);
  const whole = lengthOf(planned);
  const owed = lengthOf(rest);
  if (owed === 0) return { planned: whole, attended: 0, late: 0, early: 0, absent: 0, taken, from: facts.start, to: facts.end, marks: [], reasons: [] };
  const from = rest[0] ?? facts.start;
  const to = rest.at(-1) ?? facts.end;
  const marks: DayMark[] = [];
  const reasons: Reason[] = [];
  const graceLate = from + group.graceLateMinutes;
  const graceEarly = to - group.graceEarlyMinutes;

  const isLate = inAt !== null && inAt > graceLate && heard >= inAt;
  const isEarly = settled && outAt !== null && outAt < graceEarly;
  let late = isLate ? lengthWithin(rest, from, inAt) : 0;
  let early = isEarly ? lengthWithin(rest, Math.max(outAt, isLate ? inAt : from), to) : 0;
  const forgivenIn = inAt !== null && inAt === pairs[0] && inAt <= graceLate;
  const forgivenOut = outAt !== null && outAt === pairs.at(-1) && outAt >= graceEarly;
  let attended = attendedMinutes(rest, pairs, forgivenIn ? from : null, forgivenOut ? to : null);
  let absent = 0;
  const lost = Math.max(0, owed - attended - late - early);

  if (settled) {
    const { absentMinutes, halfDayMinutes } = group;
    const most = Math.max(late, early);
    if (attended === 0 && inAt === null && outAt === null && !facts.incomplete) {
      absent = owed;
      marks.push("absent");
      reasons.push({ code: "absent", why: "no-punch", minutes: owed });
    } else if (absentMinutes !== null && most > 0 && most >= absentMinutes) {
      marks.push("absent");
      reasons.push({ code: "absent", why: late >= early ? "too-late" : "too-early", minutes: owed });
      [attended, late, early, absent] = [0, 0, 0, owed];
    } else if (halfDayMinutes !== null && most > 0 && most >= halfDayMinutes) {
      absent = Math.ceil(owed / 2);
      marks.push("half-absent");
      reasons.push({ code: "half-absent", minutes: absent });
      attended = Math.min(attended, owed - absent);
      late = Math.min(late, owed - absent - attended);
      early = Math.min(early, owed - absent - attended - late);
      absent = owed - attended - late - early;
    } else {
      absent = lost;
      if (late > 0) tellLate(facts, from, late, marks, reasons);
      if (early > 0) tellEarly(facts, to, early, marks, reasons);
      if (lost > 0 && !facts.incomplete) {
        marks.push("short");
        reasons.push({ code: "short", requiredMinutes: owed, workedMinutes: attended });
      }
    }
  } else if (late > 0) {
    tellLate(facts, from, late, marks, reasons);
  }
  if (inAt !== null && inAt > from && inAt <= graceLate) reasons.push({ code: "within-grace", inMs: ms(inAt), grace: group.graceLateMinutes });
  if (settled && facts.missingIn) tellMissing("in", marks, reasons);
  if (settled && facts.missingOut) tellMissing("out", marks, reasons);
  if (settled && marks.length === 0 && inAt !== null && outAt !== null) reasons.push({ code: "on-time", inMs: ms(inAt), outMs: ms(outAt) });
  return { planned: whole, attended, late, early, absent, taken, from, to, marks, reasons };
}

/** What grace forgives counts as attended: from `since` to the first arrival, from the last departure to `until`. */
function attendedMinutes(rest: Segments, pairs: Segments, since: number | null, until: number | null): number {
  const first = pairs[0];
  const last = pairs.at(-1);
  if (first === undefined || last === undefined) return 0;
  return lengthOfBoth(rest, pairs) + (since === null ? 0 : lengthWithin(rest, since, first)) + (until === null ? 0 : lengthWithin(rest, last, until));
}

/** Somebody is to be there for so long within the period, whenever: never late, never early, only short. */
function judgeHours(facts: PeriodFacts): JudgedPeriod {
  const { duty, planned, off, pairs, settled } = facts;
  const required = duty.shift.requiredMinutes ?? lengthOf(planned);
  const { rest, taken } = takeOff(planned, off);
  let left = required;
  // No more leave than there was to be worked.
  const used = taken.map(({ spell, minutes }) => {
    const part = Math.min(minutes, left);
    left -= part;
    return { spell, minutes: part };
  });
  const attended = Math.min(left, lengthOfBoth(rest, pairs));
  const lacking = left - attended;
  const marks: DayMark[] = [];
  const reasons: Reason[] = [];
  if (settled) {
    if (lacking > 0 && !facts.incomplete) {
      const nobody = pairs.length === 0;
      marks.push(nobody ? "absent" : "short");
      reasons.push(nobody ? { code: "absent", why: "no-punch", minutes: lacking } : { code: "short", requiredMinutes: left, workedMinutes: attended });
    }
    if (facts.missingIn) tellMissing("in", marks, reasons);
    if (facts.missingOut) tellMissing("out", marks, reasons);
    if (marks.length === 0 && facts.inAt !== null && facts.outAt !== null) reasons.push({ code: "on-time", inMs: ms(facts.inAt), outMs: ms(facts.outAt) });
  }
  return { planned: required, attended, late: 0, early: 0, absent: settled ? lacking : 0, taken: used.filter(({ minutes }) => minutes > 0), from: facts.start, to: facts.end, marks, reasons };
}

function tellLate({ group, inAt }: PeriodFacts, from: number, minutes: number, marks: DayMark[], reasons: Reason[]): void {
  const serious = group.seriousLateMinutes !== null && minutes >= group.seriousLateMinutes;
  marks.push(serious ? "serious-late" : "late");
  reasons.push({ code: "late", inMs: ms(inAt ?? from), startMs: ms(from), minutes, grace: group.graceLateMinutes, serious });
}

function tellEarly({ group, outAt }: PeriodFacts, to: number, minutes: number, marks: DayMark[], reasons: Reason[]): void {
  marks.push("early");
  reasons.push({ code: "early", outMs: ms(outAt ?? to), endMs: ms(to), minutes, grace: group.graceEarlyMinutes });
}

function tellMissing(direction: "in" | "out", marks: DayMark[], reasons: Reason[]): void {
  marks.push(direction === "in" ? "missing-in" : "missing-out");
  reasons.push({ code: "missing", direction });
}

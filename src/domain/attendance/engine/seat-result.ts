import { openUntil } from "./attach.ts";
import type { Seat } from "./attach.ts";
import { judgePeriod } from "./period.ts";
import type { JudgedPeriod } from "./period.ts";
import { presenceOf } from "./presence.ts";
import type { Presence } from "./presence.ts";
import { rounded } from "./rounding.ts";
import { lengthOf, ms, NOTHING, within, without } from "./segments.ts";
import type { Segments } from "./segments.ts";
import type { Duty, Slot } from "./slots.ts";
import { takeOff } from "./spells.ts";
import type { Spell, Taken } from "./spells.ts";
import type { PeriodResult, Reason } from "./types.ts";

/** What a slot came to on one day of one person. */
export interface SeatResult {
  readonly periods: readonly PeriodResult[];
  readonly reasons: readonly Reason[];
  readonly taken: readonly Taken[];
  /** Outside the slot, as the rules' switches let it count. */
  readonly extra: Segments;
  /** Until when everything has to be known for the slot to be judged, minutes. */
  readonly settlesAt: number;
  readonly settled: boolean;
  readonly troubled: boolean;
  /** By the last punch, which nobody filled in; null where it is missing. */
  readonly leftAt: number | null;
  readonly spanMinutes: number;
}

export interface SeatFacts {
  readonly seat: Seat;
  readonly off: readonly Spell[];
  /** Every tablet was heard of until then, minutes. */
  readonly heard: number;
  /** By how much later the first shift may begin, since yesterday's ended late: 0 for none. */
  readonly later: { readonly stayedMinutes: number; readonly laterMinutes: number } | null;
  readonly hourOffset: number;
}

export function seatResult({ seat, off, heard, later, hourOffset }: SeatFacts): SeatResult {
  const { slot } = seat;
  const { group } = slot;
  const reasons: Reason[] = [];
  const seen = presenceOf(seat, group.pairing);
  const last = seat.stamps.at(-1);
  const begun = last?.direction === "in" ? last.at : null;
  const settlesAt = Math.max(slot.hi, begun === null ? 0 : openUntil(seat, begun), begun === null || group.autoOutAfterMinutes === null ? 0 : slot.end + group.autoOutAfterMinutes);
  const settled = heard >= settlesAt;
  const moved = movedDuties(slot, off, seen.inAt, later);
  if (later !== null && moved.byLateFinish > 0) reasons.push({ code: "later-start", stayedMinutes: later.stayedMinutes, laterMinutes: later.laterMinutes });

  const end = moved.duties.at(-1)?.end ?? slot.end;
  const automatic = begun !== null && begun < end && group.autoOutAfterMinutes !== null && heard >= end + group.autoOutAfterMinutes;
  const presence = automatic ? closedAt(seen, group.pairing, begun, end) : seen;
  if (automatic) reasons.push({ code: "auto-out", outMs: ms(end) });
  const { pairs } = presence;
  const span: Segments = roundedPairs(pairs, group, hourOffset);
  const incomplete = presence.missingIn || presence.missingOut;

  const { duties } = moved;
  const isOpen = ({ planned }: MovedDuty): boolean => lengthOf(off.length === 0 ? planned : takeOff(planned, off).rest) > 0;
  const firstOpen = presence.missingIn ? duties.findIndex(isOpen) : -1;
  const lastOpen = presence.missingOut || automatic ? duties.findLastIndex(isOpen) : -1;
  const taken: Taken[] = [];
  const periods: PeriodResult[] = [];
  let before: MovedDuty | undefined;
  for (const [index, moving] of duties.entries()) {
    const { duty, start, end: until, planned } = moving;
    const after = duties[index + 1];
    const arrived = arrivalIn(presence, before?.end ?? null, after === undefined ? null : until);
    const left = departureIn(presence, before === undefined ? null : start, after?.start ?? null);
    const missingIn = presence.missingIn && index === firstOpen;
    const missingOut = presence.missingOut && index === lastOpen;
    const judged = judgePeriod({ duty, group, start, end: until, planned, off, pairs, inAt: arrived, outAt: left, incomplete, missingIn, missingOut, settled, heard });
    for (const each of judged.taken) taken.push(each);
    for (const each of judged.reasons) reasons.push(each);
    const auto = automatic && index === lastOpen;
    periods.push({
      shiftId: duty.shift.id,
      index: duty.index,
      startMs: ms(judged.from),
      endMs: ms(judged.to),
      inMs: arrived === null ? null : ms(rounded(arrived, group.roundIn, hourOffset)),
      outMs: left === null ? null : ms(auto ? left : rounded(left, group.roundOut, hourOffset)),
      marks: auto ? [...judged.marks, "auto-out"] : judged.marks,
      minutes: periodMinutes(judged, workedIn(span, duty, before === undefined ? null : start, after === undefined ? null : until)),
    });
    before = moving;
  }

  return {
    periods,
    reasons,
    taken,
    extra: automatic || pairs.length === 0 ? NOTHING : outside(pairs, seat, duties),
    settlesAt,
    settled,
    troubled: periods.some(({ marks }) => marks.length > 0),
    leftAt: seen.outAt,
    spanMinutes: pairs.length === 0 ? 0 : (pairs.at(-1) ?? 0) - (pairs[0] ?? 0),
  };
}

interface MovedDuty {
  readonly duty: Duty;
  readonly start: number;
  readonly end: number;
  readonly planned: Segments;
}

/** The hours of this day: a flexible shift begins when the person comes, and the first period later after a late finish. */
function movedDuties({ duties }: Slot, off: readonly Spell[], inAt: number | null, later: SeatFacts["later"]): { readonly duties: readonly MovedDuty[]; readonly byLateFinish: number } {
  const first = duties[0];
  const laterMinutes = later?.laterMinutes ?? 0;
  if (first === undefined || inAt === null || first.shift.kind === "hours" || inAt <= first.start || (first.latestStart === first.start && laterMinutes === 0) || off.some(({ from, to }) => from <= first.start && to > first.start)) {
    return { duties: duties.map(still), byLateFinish: 0 };
  }
  const flex = Math.min(inAt, first.latestStart) - first.start;
  const allowed = Math.min(Math.max(0, inAt - first.latestStart), laterMinutes);
  const start = first.start + flex + allowed;
  const end = first.end + flex;
  const planned = flex === 0 ? within(first.planned, start, end) : shiftedPlan(first, start, end);
  return { duties: [{ duty: first, start: Math.min(start, end), end, planned }, ...duties.slice(1).map(still)], byLateFinish: allowed };
}

const still = (duty: Duty): MovedDuty => ({ duty, start: duty.start, end: duty.end, planned: duty.planned });

/** Breaks are at their time of the day, wherever the shift has moved to. */
function shiftedPlan({ planned, start: from, end: to }: Duty, start: number, end: number): Segments {
  let moved: Segments = end > start ? [start, end] : NOTHING;
  let before = from;
  for (let i = 0; i + 1 < planned.length; i += 2) {
    moved = without(moved, before, planned[i] ?? before);
    before = planned[i + 1] ?? before;
  }
  return before < to ? without(moved, before, to) : moved;
}

/** The arrival as far as it lies in this period: null where the person was there since an earlier one, or comes only later. */
function arrivalIn({ inAt }: Presence, earlierEnd: number | null, end: number | null): number | null {
  return inAt === null || (earlierEnd !== null && inAt < earlierEnd) || (end !== null && inAt >= end) ? null : inAt;
}

function departureIn({ outAt }: Presence, start: number | null, laterStart: number | null): number | null {
  return outAt === null || (start !== null && outAt <= start) || (laterStart !== null && outAt > laterStart) ? null : outAt;
}

/** The open arrival closed at the end of the shift. */
function closedAt(presence: Presence, pairing: Slot["group"]["pairing"], begun: number, end: number): Presence {
  const { pairs, inAt } = presence;
  const closed = pairing === "multiple" ? [...pairs, begun, end] : [pairs[0] ?? inAt ?? begun, end];
  return { ...presence, pairs: closed, outAt: end, missingOut: false };
}

function roundedPairs(pairs: Segments, { roundIn, roundOut }: Slot["group"], hourOffset: number): Segments {
  const first = pairs[0];
  const last = pairs.at(-1);
  if (first === undefined || last === undefined || (roundIn.unitMinutes === 1 && roundOut.unitMinutes === 1)) return pairs;
  const from = rounded(first, roundIn, hourOffset);
  const to = rounded(last, roundOut, hourOffset);
  if (to <= from) return NOTHING;
  const kept = [...within(pairs, from, to)];
  if (kept.length === 0) return [from, to];
  kept[0] = from;
  kept[kept.length - 1] = to;
  return kept;
}

/**
 * Minutes that somebody was here for in one period, without unpaid breaks.
 *
 * @param from null in the first period: what lies before it counts, too
 * @param to null in the last
 */
function workedIn(span: Segments, { planned, start, end }: Duty, from: number | null, to: number | null): number {
  if (span.length === 0) return 0;
  let worked = from === null && to === null ? span : within(span, from ?? Number.NEGATIVE_INFINITY, to ?? Number.POSITIVE_INFINITY);
  let before = start;
  for (let i = 0; i + 1 < planned.length; i += 2) {
    worked = without(worked, before, planned[i] ?? before);
    before = planned[i + 1] ?? before;
  }
  return lengthOf(before < end ? without(worked, before, end) : worked);
}

function outside(pairs: Segments, { slot, nextStart }: Seat, duties: readonly MovedDuty[]): Segments {
  const { overtime } = slot.group;
  const first = duties[0];
  const last = duties.at(-1);
  if (first === undefined || last === undefined) return NOTHING;
  if (first.duty.shift.kind === "hours") return outsideHours(pairs, first, overtime);
  const early = overtime.beforeShift ? within(pairs, Number.NEGATIVE_INFINITY, first.duty.start) : NOTHING;
  const late = overtime.afterShift ? within(pairs, last.end, nextStart) : NOTHING;
  return early.length === 0 ? late : [...early, ...late];
}

/** Of an hours shift: what comes after the required minutes are reached, and what lies before the period. */
function outsideHours(pairs: Segments, { duty, planned, start, end }: MovedDuty, { beforeShift, afterShift }: Slot["group"]["overtime"]): Segments {
  const early = beforeShift ? within(pairs, Number.NEGATIVE_INFINITY, start) : NOTHING;
  if (!afterShift) return early;
  let left = duty.shift.requiredMinutes ?? lengthOf(planned);
  const late: number[] = [];
  for (let i = 0; i + 1 < planned.length; i += 2) {
    const here = within(pairs, planned[i] ?? 0, planned[i + 1] ?? 0);
    for (let j = 0; j + 1 < here.length; j += 2) {
      const from = here[j] ?? 0;
      const to = here[j + 1] ?? 0;
      const used = Math.min(left, to - from);
      left -= used;
      if (from + used < to) late.push(from + used, to);
    }
  }
  return [...early, ...late, ...within(pairs, end, Number.POSITIVE_INFINITY)];
}

function periodMinutes(judged: JudgedPeriod, worked: number): PeriodResult["minutes"] {
  const { planned, attended, late, early, absent, taken } = judged;
  let leave = 0;
  let away = 0;
  for (const { spell, minutes } of taken) {
    if (spell.approved.kind === "leave") leave += minutes;
    else away += minutes;
  }
  return { planned, attended, late, early, absent, leave, away, worked };
}

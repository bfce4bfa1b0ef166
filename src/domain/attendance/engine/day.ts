import type { ShiftOnDay } from "../rules/shift-on-day.ts";
import type { PersonId } from "../../people/types.ts";
import type { OpenDay } from "./attach.ts";
import { NO_OVERTIME, overtimeOf } from "./overtime.ts";
import type { DayOvertime } from "./overtime.ts";
import { extraPairs } from "./presence.ts";
import { ms, NOTHING, within, without } from "./segments.ts";
import type { Segments } from "./segments.ts";
import { seatResult } from "./seat-result.ts";
import type { SeatFacts, SeatResult } from "./seat-result.ts";
import type { PersonSpells } from "./spells.ts";
import type { Stamp } from "./stamps.ts";
import { DAY_MARKS } from "./types.ts";
import type { DayMark, DayMinutes, DayResult, OutageSpell, PunchUse, Reason } from "./types.ts";

/** A longer stay is worth a look, minutes: usually a departure that was forgotten. */
const LONG_DAY_MINUTES = 14 * 60;

/** A punch so near to approved overtime belongs to it, minutes. */
const NEAR_OVERTIME_MINUTES = 60;

/** Until when the tablets that serve a day were heard of. */
export interface Heard {
  /** The earliest of them and of the present, minutes. */
  readonly until: number;
  /** The tablet that was heard of least; null where there is none. */
  readonly device: string | null;
  readonly deviceUntilMs: number | null;
}

export interface DayFacts {
  readonly personId: PersonId;
  readonly planned: ShiftOnDay;
  readonly open: OpenDay;
  readonly spells: PersonSpells;
  readonly heard: Heard;
  readonly now: number;
  readonly later: SeatFacts["later"];
  readonly outages: readonly OutageSpell[];
}

export function dayResult(facts: DayFacts): DayResult {
  const { planned, open } = facts;
  if (planned.group === null || planned.group.pairing === "record-only" || isOutside(planned)) return kept(facts);
  if (open.seats.length === 0 && open.extra.length === 0 && open.idle.length === 0) return empty(facts);
  return judged(facts, open.seats.map((seat, index) => seatOf(facts, seat, index)));
}

const isOutside = ({ free }: ShiftOnDay): boolean => free === "exempt" || free === "left" || free === "not-yet-employed";

function seatOf({ spells, heard, later, open }: DayFacts, seat: OpenDay["seats"][number], index: number): SeatResult {
  return seatResult({ seat, off: spells.off.length === 0 ? spells.off : near(spells.off, seat.slot), heard: heard.until, later: index === 0 ? later : null, hourOffset: open.frame.hourOffset });
}

/** A flexible shift can end as much later as it can begin. */
function near(off: PersonSpells["off"], { start, hi }: OpenDay["seats"][number]["slot"]): PersonSpells["off"] {
  return off.filter(({ from, to }) => from < hi && to > start);
}

/** Punches are kept, and nothing is judged. */
function kept({ personId, planned, open, now }: DayFacts): DayResult {
  const stamps = [...open.extra, ...open.seats.flatMap((seat) => seat.stamps)];
  for (const stamp of stamps) stamp.use = stamp.direction;
  const reasons: Reason[] = planned.rulesVersion === null || (planned.group === null && planned.free === null) ? [{ code: "no-rules" }] : freeReason(planned);
  return {
    personId,
    day: planned.day,
    rulesVersion: planned.rulesVersion,
    groupId: planned.group === null ? null : planned.group.id,
    dayKind: planned.dayKind,
    calendar: calendarOf(planned),
    periods: [],
    punches: usesOf(stamps, open.idle),
    marks: inOrder(marksOfPunches(stamps, open.idle)),
    minutes: NO_MINUTES,
    state: open.frame.from > now ? "ahead" : "settled",
    reasons: [...reasons, ...reasonsOfPunches(stamps, open.idle)],
    requestIds: requestsOf(stamps, open.idle, []),
  };
}

/** Nobody had to come, and nobody came. */
function empty(facts: DayFacts): DayResult {
  const { personId, planned, open } = facts;
  return {
    personId,
    day: planned.day,
    rulesVersion: planned.rulesVersion,
    groupId: planned.group === null ? null : planned.group.id,
    dayKind: planned.dayKind,
    calendar: calendarOf(planned),
    periods: [],
    punches: NO_PUNCHES,
    marks: NO_MARKS,
    minutes: NO_MINUTES,
    state: stateOf(facts, open.frame.to, 0),
    reasons: planReasons(planned),
    requestIds: NO_IDS,
  };
}

function judged(facts: DayFacts, seats: readonly SeatResult[]): DayResult {
  const { personId, planned, open, spells, heard, now, outages } = facts;
  const { frame, extra, idle } = open;
  const { group } = planned;
  const extraTime = extraPairs(extra);
  const marks: DayMark[] = [];
  const reasons: Reason[] = [...planReasons(planned)];
  const requestIds: string[] = [];
  const sum = { planned: 0, attended: 0, late: 0, early: 0, absent: 0, leave: 0, away: 0, worked: 0 };
  let outside: Segments = NOTHING;
  let span = 0;

  for (const seat of seats) {
    for (const { minutes, marks: own } of seat.periods) {
      for (const mark of own) marks.push(mark);
      sum.planned += minutes.planned;
      sum.attended += minutes.attended;
      sum.late += minutes.late;
      sum.early += minutes.early;
      sum.absent += minutes.absent;
      sum.leave += minutes.leave;
      sum.away += minutes.away;
      sum.worked += minutes.worked;
    }
    for (const { spell, minutes } of seat.taken) {
      const { kind, requestId, leaveKind } = spell.approved;
      if (kind === "overtime") continue;
      marks.push(kind);
      requestIds.push(requestId);
      reasons.push(leaveKind === undefined ? { code: kind, requestId, minutes } : { code: kind, requestId, minutes, leaveKind });
    }
    for (const reason of seat.reasons) reasons.push(reason);
    if (seat.extra.length > 0) outside = [...outside, ...betweenShifts(seat.extra, open.seats)];
    span = Math.max(span, seat.spanMinutes);
  }

  if (extraTime.length > 0) {
    for (let i = 0; i + 1 < extraTime.length; i += 2) {
      const minutes = (extraTime[i + 1] ?? 0) - (extraTime[i] ?? 0);
      sum.worked += minutes;
      span = Math.max(span, minutes);
    }
    outside = merged([...outside, ...extraOutside(extraTime, facts)]);
  }
  const over: DayOvertime = group === null || outside.length === 0 ? NO_OVERTIME : overtimeOf(outside, planned.dayKind, group, spells.overtime);
  for (const reason of over.reasons) reasons.push(reason);
  for (const id of over.requestIds) requestIds.push(id);
  if (over.overtime[planned.dayKind] > 0) marks.push("overtime");
  if (over.pending > 0) marks.push("overtime-pending");
  if (span >= LONG_DAY_MINUTES) reasons.push({ code: "long-day", hours: Math.round(span / 60) });

  const stamps = stampsOn(open);
  const astray = extra.length === 0 ? 0 : tellHalves(extra, spells.overtime, marks, reasons);
  if (astray > 0) {
    marks.push("stray");
    reasons.push({ code: "stray", count: astray });
  }
  for (const mark of marksOfPunches(stamps, idle)) marks.push(mark);
  for (const reason of reasonsOfPunches(stamps, idle)) reasons.push(reason);
  if (marks.length > 0) tellOutages(facts, seats, outages, marks, reasons);

  let settlesAt = seats.length === 0 ? frame.to : 0;
  for (const seat of seats) settlesAt = Math.max(settlesAt, seat.settlesAt);
  const state = stateOf(facts, settlesAt, stamps.length);
  if (state === "waiting" && (seats.length > 0 || stamps.length > 0)) {
    marks.push("waiting");
    reasons.push(waitingReason(heard, now, settlesAt));
  }
  // Each name by itself: a spread here costs more than all of the reckoning.
  return {
    personId,
    day: planned.day,
    rulesVersion: planned.rulesVersion,
    groupId: group === null ? null : group.id,
    dayKind: planned.dayKind,
    calendar: calendarOf(planned),
    periods: periodsOf(seats),
    punches: usesOf(stamps, idle),
    marks: inOrder(marks),
    minutes: {
      planned: sum.planned,
      attended: sum.attended,
      late: sum.late,
      early: sum.early,
      absent: sum.absent,
      leave: sum.leave,
      away: sum.away,
      worked: sum.worked,
      overtime: over.overtime,
      overtimePending: over.pending,
    },
    state,
    reasons,
    requestIds: requestsOf(stamps, idle, requestIds),
  };
}

const NO_PUNCHES: readonly PunchUse[] = [];
const NO_MARKS: readonly DayMark[] = [];
const NO_IDS: readonly string[] = [];
const NO_MINUTES: DayMinutes = { planned: 0, attended: 0, late: 0, early: 0, absent: 0, leave: 0, away: 0, worked: 0, overtime: NO_OVERTIME.overtime, overtimePending: 0 };

function calendarOf({ calendar }: ShiftOnDay): DayResult["calendar"] {
  return calendar === null ? null : { kind: calendar.kind, name: calendar.name };
}

function stampsOn({ seats, extra }: OpenDay): readonly Stamp[] {
  const only = seats[0];
  if (seats.length === 1 && only !== undefined && extra.length === 0) return only.stamps;
  return [...seats.flatMap((seat) => seat.stamps), ...extra];
}

function periodsOf(seats: readonly SeatResult[]): DayResult["periods"] {
  const only = seats[0];
  return seats.length === 1 && only !== undefined ? only.periods : seats.flatMap(({ periods }) => periods);
}

/** People who work the same share one object, and so what is said of it. */
const plansTold = new WeakMap<ShiftOnDay, readonly Reason[]>();

function planReasons(planned: ShiftOnDay): readonly Reason[] {
  const known = plansTold.get(planned);
  if (known !== undefined) return known;
  const told = planReasonsOf(planned);
  plansTold.set(planned, told);
  return told;
}

function planReasonsOf(planned: ShiftOnDay): readonly Reason[] {
  const { shifts, source, calendar, dayKind } = planned;
  if (shifts.length === 0) return freeReason(planned);
  const reasons: Reason[] = source === "none" ? [] : shifts.map(({ shift }) => ({ code: "planned", shiftId: shift.id, source }));
  if (calendar?.kind === "workday" && dayKind === "workday") reasons.push({ code: "called-in", name: calendar.name });
  return reasons;
}

function freeReason({ free, calendar }: ShiftOnDay): Reason[] {
  if (free === null) return [];
  return [{ code: "free", why: free, ...(calendar !== null && (free === "holiday" || free === "rest") ? { name: calendar.name } : {}) }];
}

/** Of what lies outside every shift: on a free day all, else before the first and after the last as the rules let it count. */
function extraOutside(time: Segments, { planned: { group, shifts }, open: { seats } }: DayFacts): Segments {
  const first = seats[0]?.slot.start;
  const last = seats.at(-1)?.slot.end;
  if (group === null || shifts.length === 0 || first === undefined || last === undefined) return time;
  const { beforeShift, afterShift } = group.overtime;
  return [...(beforeShift ? within(time, Number.NEGATIVE_INFINITY, first) : NOTHING), ...(afterShift ? within(time, last, Number.POSITIVE_INFINITY) : NOTHING)];
}

/** Somebody who stays after one shift until the next has begun is in the next. */
function betweenShifts(extra: Segments, seats: OpenDay["seats"]): Segments {
  return seats.length < 2 ? extra : seats.reduce((rest, { slot }) => without(rest, slot.start, slot.end), extra);
}

/** Punches without their other half: at approved overtime it is missing, elsewhere they are astray. @returns how many are */
function tellHalves(extra: readonly Stamp[], overtime: PersonSpells["overtime"], marks: DayMark[], reasons: Reason[]): number {
  let astray = 0;
  for (const { use, at, direction } of extra) {
    if (use !== "stray") continue;
    if (overtime.some(({ from, to }) => at >= from - NEAR_OVERTIME_MINUTES && at <= to + NEAR_OVERTIME_MINUTES)) {
      marks.push(direction === "in" ? "missing-out" : "missing-in");
      reasons.push({ code: "missing", direction: direction === "in" ? "out" : "in" });
    } else {
      astray++;
    }
  }
  return astray;
}

/** In order and without overlap, so that no minute counts twice. */
function merged(time: Segments): Segments {
  const pairs: [number, number][] = [];
  for (let i = 0; i + 1 < time.length; i += 2) pairs.push([time[i] ?? 0, time[i + 1] ?? 0]);
  pairs.sort(([one], [other]) => one - other);
  const flat: number[] = [];
  for (const [from, to] of pairs) {
    const before = flat.at(-1);
    if (before !== undefined && from <= before) flat[flat.length - 1] = Math.max(before, to);
    else flat.push(from, to);
  }
  return flat;
}

function stateOf({ open: { frame, seats }, heard, now }: DayFacts, settlesAt: number, punches: number): DayResult["state"] {
  const begins = seats[0]?.slot.lo ?? frame.from;
  if (now < begins && punches === 0) return "ahead";
  return heard.until >= settlesAt ? "settled" : "waiting";
}

function waitingReason({ device, deviceUntilMs }: Heard, now: number, settlesAt: number): Reason {
  if (now < settlesAt || device === null) return { code: "waiting", why: "not-over" };
  return { code: "waiting", why: "device", device, ...(deviceUntilMs === null ? {} : { heardUntil: deviceUntilMs as never }) };
}

function marksOfPunches(stamps: readonly Stamp[], idle: readonly Stamp[]): readonly DayMark[] {
  let marks: DayMark[] | null = null;
  for (const stamp of stamps) {
    if (stamp.punch.requestId !== undefined) (marks ??= []).push("made-up");
    if (stamp.correctedBy !== null) (marks ??= []).push("corrected");
    if (isDoubted(stamp)) (marks ??= []).push("clock-doubt");
  }
  for (const { use, correctedBy } of idle) {
    if (correctedBy !== null) (marks ??= []).push("corrected");
    if (use === "suppressed" || use === "undone") (marks ??= []).push(use);
  }
  return marks ?? NO_MARKS;
}

/**
 * The clock went back or disagreed; a made-up punch has no clock, and an approved time is no doubt any more. That no trusted
 * clock ever confirmed it says nothing against it: on a tablet without a network nothing ever does.
 */
const isDoubted = ({ punch, wallMs }: Stamp): boolean => punch.requestId === undefined && wallMs === punch.wallMs && punch.timeState === "T2";

function reasonsOfPunches(stamps: readonly Stamp[], idle: readonly Stamp[]): readonly Reason[] {
  let reasons: Reason[] | null = null;
  let doubted = 0;
  for (const stamp of stamps) {
    const { punch, wallMs, direction, correctedBy } = stamp;
    if (punch.requestId !== undefined) (reasons ??= []).push({ code: "made-up", requestId: punch.requestId, wallMs, direction });
    if (correctedBy !== null) (reasons ??= []).push({ code: "corrected", requestId: correctedBy });
    if (isDoubted(stamp)) doubted++;
  }
  if (doubted > 0) (reasons ??= []).push({ code: "clock-doubt", count: doubted });
  if (idle.length > 0) {
    reasons ??= [];
    for (const { correctedBy } of idle) if (correctedBy !== null) reasons.push({ code: "corrected", requestId: correctedBy });
    for (const code of ["suppressed", "undone"] as const) {
      const count = idle.filter(({ use }) => use === code).length;
      if (count > 0) reasons.push({ code, count });
    }
  }
  return reasons ?? NO_REASONS;
}

const NO_REASONS: readonly Reason[] = [];

/** An outage in the window of a shift that did not come out whole can be why. */
function tellOutages({ open }: DayFacts, seats: readonly SeatResult[], outages: readonly OutageSpell[], marks: DayMark[], reasons: Reason[]): void {
  if (outages.length === 0) return;
  const troubled = open.seats.filter((_, index) => seats[index]?.troubled === true).map(({ slot }) => slot);
  for (const { device, fromMs, toMs, reason } of outages) {
    if (!troubled.some(({ lo, hi }) => fromMs <= ms(hi) && (toMs === null || toMs >= ms(lo)))) continue;
    marks.push("outage");
    reasons.push({ code: "outage", device, fromMs, toMs, reason });
  }
}

function usesOf(stamps: readonly Stamp[], idle: readonly Stamp[]): readonly PunchUse[] {
  if (stamps.length === 0 && idle.length === 0) return NO_PUNCHES;
  const uses: PunchUse[] = [];
  for (const stamp of stamps) uses.push(useOf(stamp));
  for (const stamp of idle) uses.push(useOf(stamp));
  return uses.sort((one, other) => one.wallMs - other.wallMs || (one.device === other.device ? one.seq - other.seq : one.device < other.device ? -1 : 1));
}

function useOf({ punch, wallMs, direction, use, correctedBy }: Stamp): PunchUse {
  const requestId = correctedBy ?? punch.requestId;
  const { device, seq, method } = punch;
  return requestId === undefined ? { device, seq, wallMs, direction: punch.direction, method, use } : { device, seq, wallMs, direction, method, use, requestId };
}

function requestsOf(stamps: readonly Stamp[], idle: readonly Stamp[], others: readonly string[]): readonly string[] {
  if (others.length === 0 && !stamps.some(isOfRequest) && !idle.some(isOfRequest)) return NO_IDS;
  const ids = new Set(others);
  for (const each of [stamps, idle]) {
    for (const { punch, correctedBy } of each) {
      if (punch.requestId !== undefined) ids.add(punch.requestId);
      if (correctedBy !== null) ids.add(correctedBy);
    }
  }
  return [...ids].sort();
}

const isOfRequest = ({ punch, correctedBy }: Stamp): boolean => correctedBy !== null || punch.requestId !== undefined;

/** Each once. */
function inOrder(marks: readonly DayMark[]): readonly DayMark[] {
  return marks.length === 0 ? NO_MARKS : DAY_MARKS.filter((mark) => marks.includes(mark));
}

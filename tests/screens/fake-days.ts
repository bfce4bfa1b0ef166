import { DAY_MARKS, type DayMark, type DayMinutes, type DayResult, type MonthTotals, type PunchUse, type Reason } from "../../src/domain/attendance/engine/types.ts";
import type { ShiftOnDay } from "../../src/domain/attendance/rules/shift-on-day.ts";
import type { Day, Month, Shift } from "../../src/domain/attendance/rules/types.ts";
import type { PunchMethod } from "../../src/domain/attendance/types.ts";
import type { EpochMs } from "../../src/domain/clock.ts";
import type { PersonId } from "../../src/domain/people/types.ts";
import { CALENDAR, DAY_SHIFT, FLEX_SHIFT, HOURS_SHIFT, NIGHT_SHIFT, SITE_RULES } from "./fake-rules.ts";

/** Five past nine on the second of March, a Monday, in Shanghai. */
export const TODAY: Day = "2026-03-02";
const NOW_MS = Date.parse("2026-03-02T01:05:30Z");
const DAY_MS = 86_400_000;

export const utcDay = (day: Day): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS;
export const dayOfUtc = (utc: number): Day => new Date(utc * DAY_MS).toISOString().slice(0, 10);
/** Minutes after midnight in Shanghai. */
export const when = (day: Day, minute: number): EpochMs => (Date.parse(`${day}T00:00:00Z`) + (minute - 480) * 60_000) as EpochMs;

export function daysBetween(from: Day, to: Day): Day[] {
  return Array.from({ length: Math.max(0, utcDay(to) - utcDay(from) + 1) }, (_, index) => dayOfUtc(utcDay(from) + index));
}

type Story =
  | "late" | "serious-late" | "early" | "absent" | "half-absent" | "missing-in" | "missing-out" | "short" | "overtime" | "overtime-pending" | "leave" | "half-leave" | "trip" | "outing"
  | "made-up" | "corrected" | "suppressed" | "undone" | "auto-out" | "stray" | "clock-doubt" | "outage" | "after-lock" | "waiting" | "rest-overtime";

/** What happened to whom, by the person's number and the day: every mark at least once. */
const STORIES: Readonly<Record<string, Story>> = {
  "0:2026-02-03": "late", "0:2026-02-10": "overtime", "0:2026-02-25": "suppressed", "0:2026-02-27": "missing-out",
  "1:2026-02-04": "leave", "1:2026-02-05": "leave", "1:2026-02-11": "early", "1:2026-02-26": "made-up",
  "2:2026-02-06": "serious-late", "2:2026-02-12": "absent", "2:2026-02-24": "trip", "2:2026-02-25": "trip",
  "3:2026-02-05": "late", "3:2026-02-09": "auto-out", "3:2026-02-17": "outage", "3:2026-02-22": "missing-out",
  "4:2026-02-02": "overtime-pending", "4:2026-02-13": "half-leave", "4:2026-02-27": "clock-doubt",
  "5:2026-02-03": "missing-in", "5:2026-02-09": "undone", "5:2026-02-14": "late", "5:2026-02-26": "outing",
  "6:2026-02-10": "corrected", "6:2026-02-18": "rest-overtime", "6:2026-02-24": "half-absent",
  "7:2026-02-04": "short", "7:2026-02-12": "stray",
  "8:2026-02-06": "after-lock", "8:2026-02-11": "late", "8:2026-02-25": "overtime",
  "9:2026-02-13": "early", "9:2026-02-24": "missing-out", "9:2026-02-28": "absent",
  "10:2026-02-27": "waiting", "10:2026-02-28": "waiting", "10:2026-02-03": "serious-late",
  "11:2026-02-07": "rest-overtime", "11:2026-02-26": "late",
  "2:2026-03-02": "late", "5:2026-03-02": "leave", "8:2026-03-02": "trip",
};

export function shiftOf(index: number): Shift {
  if (index % 12 === 3) return NIGHT_SHIFT;
  if (index % 12 === 4) return FLEX_SHIFT;
  return index % 12 === 7 ? HOURS_SHIFT : DAY_SHIFT;
}

function timed(shift: Shift, day: Day): ShiftOnDay["shifts"][number] {
  const { latestStart } = shift;
  const spell = ({ start, end }: { readonly start: number; readonly end: number }): { readonly startMs: EpochMs; readonly endMs: EpochMs } => ({ startMs: when(day, start), endMs: when(day, end) });
  return { shift, periods: shift.periods.map(spell), breaks: shift.breaks.map((pause) => ({ ...spell(pause), paid: pause.paid })), latestStartMs: latestStart === undefined ? null : when(day, latestStart) };
}

/** What a person works on a day, by the pattern alone. */
export function plannedOn(index: number, day: Day): ShiftOnDay {
  const shift = shiftOf(index);
  const calendar = CALENDAR.find((entry) => entry.day === day) ?? null;
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  const inCycle = (((utcDay(day) - utcDay("2026-02-02")) % 6) + 6) % 6;
  const holiday = shift !== NIGHT_SHIFT && calendar?.kind === "holiday";
  const works = shift === NIGHT_SHIFT ? inCycle < 4 : calendar?.kind === "workday" || (calendar === null && weekday !== 0 && weekday !== 6);
  return {
    day,
    rulesVersion: 2,
    group: SITE_RULES.groups.at(shift === NIGHT_SHIFT ? 1 : shift === HOURS_SHIFT ? 0 : 2) ?? null,
    dayKind: works ? "workday" : holiday ? "holiday" : "rest",
    calendar,
    shifts: works ? [timed(shift, day)] : [],
    source: works ? "pattern" : "none",
    free: works ? null : holiday ? "holiday" : "rest",
  };
}

const ZERO: DayMinutes = { planned: 0, attended: 0, late: 0, early: 0, absent: 0, leave: 0, away: 0, worked: 0, overtime: { workday: 0, rest: 0, holiday: 0 }, overtimePending: 0 };

/** One day of one person, worked out as the rules say. */
export function dayResult(index: number, personId: PersonId, day: Day): DayResult {
  const plan = plannedOn(index, day);
  const shift = plan.shifts[0]?.shift;
  const story = STORIES[`${index % 12}:${day}`] ?? null;
  const base = { personId, day, rulesVersion: 2, groupId: plan.group?.id ?? null, dayKind: plan.dayKind, calendar: plan.calendar && { kind: plan.calendar.kind, name: plan.calendar.name } };
  const punches: PunchUse[] = [];
  const seq = (utcDay(day) - 20_480) * 100 + (index % 12) * 6;
  const add = (wallMs: number, direction: "in" | "out", use: PunchUse["use"], part: Partial<PunchUse> = {}): void => {
    const method: PunchMethod = (index + utcDay(day)) % 7 === 0 ? "pin" : (index + utcDay(day)) % 11 === 0 ? "badge" : "face";
    punches.push({ device: index % 5 === 4 ? "device-2" : "device-1", seq: seq + punches.length + 1, wallMs: wallMs as EpochMs, direction, method, use, ...part });
  };

  if (shift === undefined) {
    const reasons: Reason[] = [{ code: "free", why: plan.free ?? "rest", ...(plan.calendar === null ? {} : { name: plan.calendar.name }) }];
    if (story !== "rest-overtime") return { ...base, periods: [], punches, marks: [], minutes: ZERO, state: day > TODAY ? "ahead" : "settled", reasons, requestIds: [] };
    const kind = plan.dayKind === "holiday" ? "holiday" : "rest";
    add(when(day, 600), "in", "in");
    add(when(day, 840), "out", "out");
    reasons.push({ code: "overtime", kind, minutes: 240, approval: "request", multiplier: kind === "holiday" ? 3 : 2, requestId: "r-rest" });
    return { ...base, periods: [], punches, marks: ["overtime"], minutes: { ...ZERO, worked: 240, overtime: { ...ZERO.overtime, [kind]: 240 } }, state: "settled", reasons, requestIds: ["r-rest"] };
  }

  const { start, end } = shift.periods[0] ?? { start: 540, end: 1080 };
  const pause = shift.breaks.reduce((sum, each) => sum + each.end - each.start, 0);
  const full = shift.requiredMinutes ?? end - start - pause;
  const jitter = (index * 7 + utcDay(day) * 13) % 11;
  const reasons: Reason[] = [{ code: "planned", shiftId: shift.id, source: "pattern" }];
  if (plan.calendar?.kind === "workday") reasons.unshift({ code: "called-in", name: plan.calendar.name });
  const marks: DayMark[] = [];
  const period = { shiftId: shift.id, index: 0, startMs: when(day, start), endMs: when(day, end) };
  const done = (minutes: Partial<DayMinutes>, inMs: number | null, outMs: number | null, state: DayResult["state"] = "settled", requestIds: readonly string[] = []): DayResult => {
    const all = { ...ZERO, planned: full, ...minutes };
    const { planned, attended, late, early, absent, leave, away, worked } = all;
    return {
      ...base,
      periods: [{ ...period, inMs: inMs as EpochMs | null, outMs: outMs as EpochMs | null, marks, minutes: { planned, attended, late, early, absent, leave, away, worked } }],
      punches: punches.sort((one, other) => one.wallMs - other.wallMs),
      marks,
      minutes: all,
      state,
      reasons,
      requestIds,
    };
  };
  if (day > TODAY || (day === TODAY && period.startMs > NOW_MS)) return done({}, null, null, "ahead");

  let inMinute = shift.kind === "hours" ? start + 30 : start - 4 - jitter;
  let outMinute = shift.kind === "hours" ? start + 30 + 240 + jitter : end + 2 + jitter;
  if (shift.kind === "flexible") {
    inMinute = start + 10 + jitter * 6;
    outMinute = end + 12 + jitter * 6;
  }
  const minutes: { -readonly [K in keyof DayMinutes]?: DayMinutes[K] } = {};
  const requestIds: string[] = [];
  let hasIn = true;
  let hasOut = day !== TODAY;
  switch (story) {
    case "late":
    case "serious-late": {
      const late = story === "late" ? 12 + jitter : 48;
      inMinute = start + late;
      minutes.late = late;
      marks.push("late", ...(story === "serious-late" ? (["serious-late"] as const) : []));
      reasons.push({ code: "late", inMs: when(day, inMinute), startMs: period.startMs, minutes: late, grace: 5, serious: story === "serious-late" });
      break;
    }
    case "early":
      outMinute = end - 35;
      minutes.early = 35;
      marks.push("early");
      reasons.push({ code: "early", outMs: when(day, outMinute), endMs: period.endMs, minutes: 35, grace: 0 });
      break;
    case "absent":
      hasIn = hasOut = false;
      minutes.absent = full;
      marks.push("absent");
      reasons.push({ code: "absent", why: "no-punch", minutes: full });
      break;
    case "half-absent":
      inMinute = start + 150;
      minutes.absent = full / 2;
      marks.push("half-absent");
      reasons.push({ code: "half-absent", minutes: full / 2 });
      break;
    case "missing-in":
      hasIn = false;
      minutes.attended = 0;
      minutes.absent = full;
      marks.push("missing-in");
      reasons.push({ code: "missing", direction: "in" });
      break;
    case "missing-out":
      hasOut = false;
      minutes.absent = full;
      marks.push("missing-out");
      reasons.push({ code: "missing", direction: "out" });
      break;
    case "short":
      outMinute = inMinute + 180;
      minutes.early = 60;
      marks.push("short");
      reasons.push({ code: "short", requiredMinutes: full, workedMinutes: 180 });
      break;
    case "overtime":
      outMinute = end + 125;
      minutes.overtime = { ...ZERO.overtime, workday: 120 };
      marks.push("overtime");
      requestIds.push("r-overtime");
      reasons.push({ code: "overtime", kind: "workday", minutes: 120, approval: "request", multiplier: 1.5, requestId: "r-overtime" });
      break;
    case "overtime-pending":
      outMinute = end + 95;
      minutes.overtimePending = 90;
      marks.push("overtime-pending");
      reasons.push({ code: "overtime-not-counted", minutes: 90, why: "not-approved" });
      break;
    case "leave":
    case "trip": {
      hasIn = hasOut = false;
      minutes[story === "leave" ? "leave" : "away"] = full;
      marks.push(story);
      requestIds.push(`r-${story}`);
      reasons.push({ code: story, requestId: `r-${story}`, minutes: full, ...(story === "leave" ? { leaveKind: "annual" } : {}) });
      break;
    }
    case "half-leave":
      inMinute = 770;
      minutes.leave = 240;
      marks.push("leave");
      requestIds.push("r-half");
      reasons.push({ code: "leave", requestId: "r-half", minutes: 240, leaveKind: "personal" });
      break;
    case "outing":
      minutes.away = 120;
      marks.push("outing");
      requestIds.push("r-outing");
      reasons.push({ code: "outing", requestId: "r-outing", minutes: 120 });
      break;
    case "made-up":
      hasOut = false;
      add(when(day, end), "out", "out", { requestId: "r-made-up" });
      marks.push("made-up");
      requestIds.push("r-made-up");
      reasons.push({ code: "made-up", requestId: "r-made-up", wallMs: period.endMs, direction: "out" });
      break;
    case "corrected":
      marks.push("corrected");
      requestIds.push("r-corrected");
      reasons.push({ code: "corrected", requestId: "r-corrected" });
      break;
    case "suppressed":
      add(when(day, inMinute) + 24_000, "in", "suppressed");
      marks.push("suppressed");
      reasons.push({ code: "suppressed", count: 1 });
      break;
    case "undone":
      add(when(day, inMinute) - 41_000, "in", "undone");
      marks.push("undone");
      reasons.push({ code: "undone", count: 1 });
      break;
    case "auto-out":
      hasOut = false;
      marks.push("auto-out");
      reasons.push({ code: "auto-out", outMs: period.endMs });
      break;
    case "stray":
      add(when(day, 1_300), "in", "stray");
      marks.push("stray");
      reasons.push({ code: "stray", count: 1 });
      break;
    case "clock-doubt":
      marks.push("clock-doubt");
      reasons.push({ code: "clock-doubt", count: 1 });
      break;
    case "outage":
      marks.push("outage");
      reasons.push({ code: "outage", device: "device-1", fromMs: when(day, start - 20), toMs: when(day, start + 15), reason: "camera/gone" });
      break;
    case "after-lock":
      marks.push("after-lock");
      reasons.push({ code: "locked", at: when("2026-03-01", 600) }, { code: "after-lock", count: 2 });
      break;
    case "waiting":
      hasIn = hasOut = false;
      marks.push("waiting");
      reasons.push({ code: "waiting", why: "device", device: "device-2", heardUntil: when("2026-02-26", 1_100) });
      return done({}, null, null, "waiting");
    case "rest-overtime":
    case null:
      if (day !== TODAY) reasons.push({ code: "on-time", inMs: when(day, inMinute), outMs: when(day, outMinute) });
  }
  if (hasIn) add(when(day, inMinute) + jitter * 4_000, "in", "in");
  if (hasOut) add(when(day, outMinute) + jitter * 3_000, "out", "out");
  if (day === TODAY && minutes.leave === undefined && minutes.away === undefined) {
    marks.push("waiting");
    reasons.push({ code: "waiting", why: "not-over" });
    const missing = index % 12 === 9;
    if (missing) punches.length = 0;
    return done({ late: minutes.late ?? 0 }, missing ? null : when(day, inMinute), null, "waiting");
  }
  const lost = (minutes.late ?? 0) + (minutes.early ?? 0) + (minutes.absent ?? 0) + (minutes.leave ?? 0) + (minutes.away ?? 0);
  const attended = full - lost;
  const over = minutes.overtime?.workday ?? 0;
  const outMs = hasOut || story === "made-up" || story === "auto-out" ? when(day, hasOut ? outMinute : end) : null;
  return done({ ...minutes, attended, worked: attended === 0 ? 0 : attended + over + (minutes.overtimePending ?? 0) }, hasIn ? when(day, inMinute) : null, outMs, story === "after-lock" ? "locked" : "settled", requestIds);
}

/** Sums of a month, as administration shows them. */
export function monthTotals(personId: PersonId, month: Month, days: readonly DayResult[]): MonthTotals {
  const mine = days.filter((day) => day.day.startsWith(month));
  const sum = (read: (minutes: DayMinutes) => number): number => mine.reduce((total, { minutes }) => total + read(minutes), 0);
  const overtime = { workday: sum(({ overtime: { workday } }) => workday), rest: sum(({ overtime: { rest } }) => rest), holiday: sum(({ overtime: { holiday } }) => holiday) };
  const leaveMinutes: Record<string, number> = {};
  for (const { reasons } of mine) for (const reason of reasons) if (reason.code === "leave") leaveMinutes[reason.leaveKind ?? ""] = (leaveMinutes[reason.leaveKind ?? ""] ?? 0) + reason.minutes;
  return {
    personId,
    month,
    workdays: mine.filter(({ dayKind }) => dayKind === "workday").length,
    attendedDays: mine.filter(({ minutes }) => minutes.attended > 0).length,
    minutes: {
      planned: sum(({ planned }) => planned), attended: sum(({ attended }) => attended), late: sum(({ late }) => late), early: sum(({ early }) => early), absent: sum(({ absent }) => absent),
      leave: sum(({ leave }) => leave), away: sum(({ away }) => away), worked: sum(({ worked }) => worked), overtime, overtimePending: sum(({ overtimePending }) => overtimePending),
    },
    overtimeWeighted: overtime.workday * 1.5 + overtime.rest * 2 + overtime.holiday * 3,
    counts: Object.fromEntries(DAY_MARKS.map((mark) => [mark, mine.filter(({ marks }) => marks.includes(mark)).length])) as Record<DayMark, number>,
    leaveMinutes,
    open: mine.filter(({ state }) => state === "waiting" || state === "ahead").length,
  };
}

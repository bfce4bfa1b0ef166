import { msg, str } from "@lit/localize";

import type { DayMark, Reason } from "../../domain/attendance/engine/types.ts";
import type { OvertimeKind } from "../../domain/attendance/rules/types.ts";
import { directionText } from "./direction.ts";
import { dateAndTime, timeToTheMinute } from "./format.ts";
import { locale } from "./localize.ts";
import { markWord } from "./mark-words.ts";

/** Names that the sentences need: what is gone is called by its id. */
export interface ReasonWords {
  /** IANA name. */
  readonly zone: string;
  readonly shiftName: (shiftId: string) => string;
  readonly leaveName: (leaveKind: string) => string;
  readonly deviceName: (device: string) => string;
}

type Of<Code extends Reason["code"]> = Extract<Reason, { readonly code: Code }>;

/** Why a day is what it is, one sentence for each reason: what happened and what follows, and nothing about the person. */
export function reasonSentence(reason: Reason, words: ReasonWords): string {
  const at = (ms: number): string => timeToTheMinute(ms, words.zone);
  switch (reason.code) {
    case "planned":
      return plannedSentence(reason, words);
    case "free":
      return freeSentence(reason);
    case "called-in":
      return msg(str`This day of rest is a workday by the calendar: ${reason.name}.`, { id: "reason.called-in" });
    case "on-time":
      return msg(str`Arrived at ${at(reason.inMs)} and left at ${at(reason.outMs)}, as planned.`, { id: "reason.on-time" });
    case "late":
      return lateSentence(reason, at);
    case "within-grace":
      return msg(str`Arrived at ${at(reason.inMs)}, within the ${duration(reason.grace)} that are allowed: not late.`, { id: "reason.within-grace" });
    case "later-start":
      return msg(str`The day before ended ${duration(reason.stayedMinutes)} later than planned, so this one may begin up to ${duration(reason.laterMinutes)} later.`, { id: "reason.later-start" });
    case "early":
      return reason.grace > 0
        ? msg(str`Left at ${at(reason.outMs)}, ${duration(reason.minutes)} before ${at(reason.endMs)}; up to ${duration(reason.grace)} are allowed.`, { id: "reason.early.grace" })
        : msg(str`Left at ${at(reason.outMs)}, ${duration(reason.minutes)} before ${at(reason.endMs)}.`, { id: "reason.early" });
    case "short":
      return msg(str`${duration(reason.workedMinutes)} of ${duration(reason.requiredMinutes)} are recorded.`, { id: "reason.short" });
    case "absent":
      return absentSentence(reason);
    case "half-absent":
      return msg(str`By the site's rules so late an arrival or so early a departure counts as half a shift: ${duration(reason.minutes)}.`, { id: "reason.half-absent" });
    case "missing":
      return msg(str`There is no ${directionText(reason.direction)} punch. The time counts once it is made up.`, { id: "reason.missing" });
    case "auto-out":
      return msg(str`There is no OUT punch; the end of the shift, ${at(reason.outMs)}, was taken by the site's rules.`, { id: "reason.auto-out" });
    case "suppressed":
      return msg(str`Scans right after another one: ${reason.count}. They are kept and do not count.`, { id: "reason.suppressed" });
    case "undone":
      return msg(str`Punches that were taken back at the tablet: ${reason.count}.`, { id: "reason.undone" });
    case "stray":
      return msg(str`Punches that lie near no shift: ${reason.count}. They are kept and do not count.`, { id: "reason.stray" });
    case "made-up":
      return msg(str`The ${directionText(reason.direction)} punch at ${at(reason.wallMs)} was made up by an approved request.`, { id: "reason.made-up" });
    case "corrected":
      return msg("A punch was corrected by an approved request.", { id: "reason.corrected" });
    case "leave":
      return reason.leaveKind === undefined
        ? msg(str`${duration(reason.minutes)} of approved leave.`, { id: "reason.leave" })
        : msg(str`${duration(reason.minutes)} of approved leave: ${words.leaveName(reason.leaveKind)}.`, { id: "reason.leave.kind" });
    case "trip":
      return msg(str`${duration(reason.minutes)} on an approved business trip.`, { id: "reason.trip" });
    case "outing":
      return msg(str`${duration(reason.minutes)} on an approved outing.`, { id: "reason.outing" });
    case "cancelled":
      return cancelledSentence(reason);
    case "overtime":
      return overtimeSentence(reason);
    case "overtime-not-counted":
      return notCountedSentence(reason);
    case "waiting":
      return waitingSentence(reason, words);
    case "outage":
      return reason.toMs === null
        ? msg(str`${words.deviceName(reason.device)} cannot record faces since ${at(reason.fromMs)}. A make-up request can cite this.`, { id: "reason.outage.open" })
        : msg(str`${words.deviceName(reason.device)} could not record faces from ${at(reason.fromMs)} to ${at(reason.toMs)}. A make-up request can cite this.`, { id: "reason.outage" });
    case "clock-doubt":
      return msg(str`The tablet's clock was in doubt for ${reason.count} of the punches. They count as recorded.`, { id: "reason.clock-doubt" });
    case "long-day":
      return msg(str`About ${reason.hours} hours lie between arrival and departure. Please check whether a punch is missing.`, { id: "reason.long-day" });
    case "locked":
      return msg("The month is closed: this day stays as it is.", { id: "reason.locked" });
    case "after-lock":
      return msg(str`Came in after the month was closed: ${reason.count}. It changes nothing here; HR can agree to a correction.`, { id: "reason.after-lock" });
    case "no-rules":
      return msg("No rules are in force for this day: nothing is judged.", { id: "reason.no-rules" });
  }
}

/** `2 h 5 min`, `2小时5分钟`. */
export function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return msg(str`${rest} min`, { id: "reason.minutes" });
  return rest === 0 ? msg(str`${hours} h`, { id: "reason.hours" }) : msg(str`${hours} h ${rest} min`, { id: "reason.hours-minutes" });
}

function plannedSentence({ shiftId, source }: Of<"planned">, { shiftName }: ReasonWords): string {
  const name = shiftName(shiftId);
  switch (source) {
    case "pattern":
      return msg(str`Planned: ${name}.`, { id: "reason.planned" });
    case "roster":
      return msg(str`Planned for this day: ${name}.`, { id: "reason.planned.roster" });
    case "swap":
      return msg(str`Changed with a colleague: ${name}.`, { id: "reason.planned.swap" });
  }
}

function freeSentence({ why, name }: Of<"free">): string {
  switch (why) {
    case "rest":
      return name === undefined ? msg("A day of rest.", { id: "reason.rest" }) : msg(str`A day of rest: ${name}.`, { id: "reason.rest.name" });
    case "holiday":
      return name === undefined ? msg("A holiday.", { id: "reason.holiday" }) : msg(str`A holiday: ${name}.`, { id: "reason.holiday.name" });
    case "not-yet-employed":
      return msg("Before the first day of duty.", { id: "reason.not-yet" });
    case "left":
      return msg("After the last day of duty.", { id: "reason.left" });
    case "exempt":
      return msg("Attendance is not judged here; punches are kept.", { id: "reason.exempt" });
  }
}

function lateSentence({ inMs, startMs, minutes, grace, serious }: Of<"late">, at: (ms: number) => string): string {
  const [came, start, late] = [at(inMs), at(startMs), duration(minutes)];
  if (serious) return msg(str`Arrived at ${came}, ${late} after ${start}: very late by the site's rules.`, { id: "reason.serious-late" });
  return grace > 0
    ? msg(str`Arrived at ${came}, ${late} after ${start}; up to ${duration(grace)} are allowed.`, { id: "reason.late.grace" })
    : msg(str`Arrived at ${came}, ${late} after ${start}.`, { id: "reason.late" });
}

function absentSentence({ why, minutes }: Of<"absent">): string {
  const time = duration(minutes);
  switch (why) {
    case "no-punch":
      return msg(str`No punch is recorded for this shift, and all tablets were heard of: ${time} absent.`, { id: "reason.absent" });
    case "too-late":
      return msg(str`By the site's rules so late an arrival counts as absence: ${time}.`, { id: "reason.absent.late" });
    case "too-early":
      return msg(str`By the site's rules so early a departure counts as absence: ${time}.`, { id: "reason.absent.early" });
  }
}

function cancelledSentence({ what }: Of<"cancelled">): string {
  switch (what) {
    case "leave":
      return msg("Leave that was approved for this day was cancelled.", { id: "reason.cancelled.leave" });
    case "trip":
      return msg("A business trip that was approved for this day was cancelled.", { id: "reason.cancelled.trip" });
    case "outing":
      return msg("An outing that was approved for this day was cancelled.", { id: "reason.cancelled.outing" });
    case "overtime":
      return msg("Overtime that was approved for this day was cancelled.", { id: "reason.cancelled.overtime" });
    case "swap":
      return msg("A change of shifts that was approved for this day was cancelled.", { id: "reason.cancelled.swap" });
  }
}

function overtimeKindText(kind: OvertimeKind): string {
  switch (kind) {
    case "workday":
      return msg("on a workday", { id: "reason.overtime.workday" });
    case "rest":
      return msg("on a day of rest", { id: "reason.overtime.rest" });
    case "holiday":
      return msg("on a holiday", { id: "reason.overtime.holiday" });
  }
}

function overtimeSentence({ kind, minutes, approval, multiplier }: Of<"overtime">): string {
  const [time, when] = [duration(minutes), overtimeKindText(kind)];
  return approval === "automatic"
    ? msg(str`${time} of overtime ${when}; an hour counts ${multiplier} times.`, { id: "reason.overtime" })
    : msg(str`${time} of approved overtime ${when}; an hour counts ${multiplier} times.`, { id: "reason.overtime.approved" });
}

function notCountedSentence({ minutes, why }: Of<"overtime-not-counted">): string {
  const time = duration(minutes);
  switch (why) {
    case "not-approved":
      return msg(str`${time} outside the shift are not approved as overtime.`, { id: "reason.not-counted.not-approved" });
    case "below-minimum":
      return msg(str`${time} outside the shift are less than overtime begins with.`, { id: "reason.not-counted.minimum" });
    case "above-cap":
      return msg(str`${time} of overtime are above what counts in a day.`, { id: "reason.not-counted.cap" });
    case "not-reckoned":
      return msg(str`${time} outside the shift; overtime is not reckoned here.`, { id: "reason.not-counted.none" });
    case "auto-out":
      return msg(str`${time} outside the shift do not count, since the OUT punch is missing.`, { id: "reason.not-counted.auto-out" });
  }
}

function waitingSentence({ why, device, heardUntil }: Of<"waiting">, { deviceName, zone }: ReasonWords): string {
  if (why === "not-over" || device === undefined) return msg("Not over yet: it is judged afterwards.", { id: "reason.waiting" });
  return heardUntil === undefined
    ? msg(str`Nothing was heard of ${deviceName(device)} yet: it is judged once its records are here.`, { id: "reason.waiting.never" })
    : msg(str`${deviceName(device)} was last heard of on ${dateAndTime(heardUntil, zone, locale.value)}: it is judged once its later records are here.`, { id: "reason.waiting.device" });
}

/** A mark's word, and the name of the icon that stands beside it: colour is never alone. */
export interface MarkText {
  readonly word: string;
  readonly icon: "clock" | "door" | "question" | "plus" | "calendar" | "case" | "pen" | "copy" | "undo" | "gauge" | "warning" | "lock" | "dots" | "cross";
}

const ICONS: Readonly<Record<DayMark, MarkText["icon"]>> = {
  late: "clock",
  "serious-late": "clock",
  early: "door",
  absent: "cross",
  "half-absent": "cross",
  "missing-in": "question",
  "missing-out": "question",
  short: "gauge",
  overtime: "plus",
  "overtime-pending": "plus",
  leave: "calendar",
  trip: "case",
  outing: "case",
  "made-up": "pen",
  corrected: "pen",
  suppressed: "copy",
  undone: "undo",
  "auto-out": "door",
  stray: "question",
  "clock-doubt": "warning",
  outage: "warning",
  "after-lock": "lock",
  waiting: "dots",
};

/** The word begins with a capital: it stands alone. */
export function markText(mark: DayMark): MarkText {
  const word = markWord(mark);
  return { word: word.charAt(0).toLocaleUpperCase(locale.value) + word.slice(1), icon: ICONS[mark] };
}

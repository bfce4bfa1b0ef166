import { msg, str } from "@lit/localize";

import type { Failure } from "../../../domain/errors.ts";
import type { PunchUse } from "../../../domain/attendance/engine/types.ts";
import { startOfDay } from "../../../domain/attendance/day.ts";
import type { ShiftOnDay } from "../../../domain/attendance/rules/shift-on-day.ts";
import type { Day, LeaveKind, Month } from "../../../domain/attendance/rules/types.ts";
import type { RequestContent } from "../../../domain/exceptions/types.ts";
import { directionText } from "../../i18n/direction.ts";
import type { FailureText } from "../../i18n/failure-text.ts";
import { failureText } from "../../i18n/failures.ts";
import { calendarMonth, dayInWords, timeToTheMinute } from "../../i18n/format.ts";
import { locale } from "../../i18n/localize.ts";
import { markText } from "../../i18n/reasons.ts";
import { REQUEST_FAILURES } from "../../i18n/request-failures.ts";
import { leaveKindWord, requestKindWord } from "../../i18n/requests.ts";

/** `Friday 27 February`. */
export function dayWord(day: Day, zone: string): string {
  return dayInWords(startOfDay(day, zone), zone, locale.value);
}

/** `February 2026`. */
export function monthWord(month: Month): string {
  return calendarMonth(month, locale.value);
}

/** `Day shift 09:00-18:00`, or why nothing is worked. */
export function shiftWord(on: ShiftOnDay | null, zone: string): string {
  if (on === null) return msg("No shift is planned", { id: "own.shift.none" });
  if (on.shifts.length > 0) {
    return on.shifts.map(({ shift, periods }) => `${shift.name} ${periods.map(({ startMs, endMs }) => `${timeToTheMinute(startMs, zone)}–${timeToTheMinute(endMs, zone)}`).join(", ")}`).join(" · ");
  }
  switch (on.free) {
    case "rest":
      return msg("Day of rest", { id: "own.shift.rest" });
    case "holiday":
      return on.calendar === null ? msg("Public holiday", { id: "own.shift.holiday" }) : locale.value === "zh-Hans" ? (on.calendar.nameZh ?? on.calendar.name) : on.calendar.name;
    case "not-yet-employed":
      return msg("Before your first day", { id: "own.shift.before" });
    case "left":
      return msg("After your last day", { id: "own.shift.left" });
    case "exempt":
      return msg("Your attendance is not judged: punches are kept, nothing is reckoned", { id: "own.shift.exempt" });
    case null:
      return msg("No shift is planned", { id: "own.shift.none" });
  }
}

export function untilWord(day: Day): string {
  return msg(str`Until ${day}`, { id: "own.missing.until" });
}

export function confirmMonthWord(month: Month): string {
  return msg(str`Please confirm ${monthWord(month)}`, { id: "own.notice.month" });
}

/** What the request is about, in a line. */
export function contentWord(content: RequestContent, zone: string, leaveKinds: readonly LeaveKind[]): string {
  const span = (fromMs: number, toMs: number): string => `${dayInWords(fromMs, zone, locale.value)} ${timeToTheMinute(fromMs, zone)} – ${dayInWords(toMs, zone, locale.value)} ${timeToTheMinute(toMs, zone)}`;
  switch (content.kind) {
    case "cancel":
      return `${requestKindWord(content.content.kind)} · ${contentWord(content.content, zone, leaveKinds)}`;
    case "make-up":
      return `${directionText(content.direction)} · ${dayWord(content.day, zone)} ${timeToTheMinute(content.wallMs, zone)}`;
    case "leave":
      return `${leaveKindWord(content.leaveKind, leaveKinds, locale.value)} · ${span(content.fromMs, content.toMs)}`;
    case "overtime":
      return span(content.fromMs, content.toMs);
    case "trip":
    case "outing":
      return `${content.place} · ${span(content.fromMs, content.toMs)}`;
    case "swap":
      return msg(str`Your ${dayWord(content.day, zone)} for the colleague's ${dayWord(content.withDay, zone)}`, { id: "own.swap.what" });
    case "correction":
      return dayWord(content.day, zone);
    case "appeal":
      return "day" in content.about ? dayWord(content.about.day, zone) : "requestId" in content.about ? msg("A decision", { id: "own.appeal.request" }) : msg("A note", { id: "own.appeal.note" });
  }
}

/** How a punch was used, where it is not what everybody expects. */
export function punchUseWord({ use, requestId }: Pick<PunchUse, "use" | "requestId">): string | null {
  if (requestId !== undefined) return markText("made-up").word;
  switch (use) {
    case "in":
    case "out":
      return null;
    case "between":
      return msg("In between", { id: "own.use.between" });
    case "suppressed":
      return msg("A repeat: does not count", { id: "kiosk.own.punch.suppressed" });
    case "undone":
      return msg("Taken back: does not count", { id: "kiosk.own.punch.undone" });
    case "ignored":
      return msg("Taken out by a correction", { id: "own.use.ignored" });
    case "stray":
      return msg("Outside any shift", { id: "own.use.stray" });
  }
}

const MONTH_FAILURES: Readonly<Record<string, () => FailureText>> = {
  "month/not-over": () => ({ happened: msg("The month is not over yet", { id: "own.month.not-over" }), todo: msg("It can be confirmed from the first of the next month.", { id: "own.month.not-over.todo" }) }),
  "month/locked": () => ({ happened: msg("The month is closed", { id: "request.late.locked" }), todo: msg("Ask HR if something in it is wrong: it can still be corrected.", { id: "own.month.locked.todo" }) }),
  "month/open-requests": () => ({ happened: msg("A request of that month is not decided yet", { id: "own.month.open-requests" }), todo: msg("Confirm it once the decision is there, or withdraw the request.", { id: "own.month.open-requests.todo" }) }),
  "month/unsettled": () => ({ happened: msg("Some days are not judged yet", { id: "own.month.unsettled" }), todo: msg("A tablet has not been heard of since. Please come back later.", { id: "own.month.unsettled.todo" }) }),
  "month/changed-meanwhile": () => ({ happened: msg("The month has changed just now", { id: "own.month.changed" }), todo: msg("Look at it once more, then confirm it.", { id: "own.month.changed.todo" }) }),
};

/** What went wrong with one's own attendance, in words. */
export function ownFailureText({ kind }: Failure): FailureText {
  const own = MONTH_FAILURES[kind] ?? (Object.hasOwn(REQUEST_FAILURES, kind) ? REQUEST_FAILURES[kind as keyof typeof REQUEST_FAILURES] : undefined);
  return own?.() ?? failureText({ kind });
}

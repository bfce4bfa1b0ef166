import { calendarDay } from "../attendance/day.ts";
import { addDays, dayNumber } from "../attendance/rules/days.ts";
import type { Day } from "../attendance/rules/types.ts";
import type { EpochMs } from "../clock.ts";
import type { CancellableContent, RequestContent } from "./types.ts";
import type { PersonId } from "../people/types.ts";

/** From when to when; null for what is about days and punches. */
export function timesOf(content: RequestContent): { readonly fromMs: EpochMs; readonly toMs: EpochMs } | null {
  return "fromMs" in content ? { fromMs: content.fromMs, toMs: content.toMs } : null;
}

/** What can be cancelled once it was approved; null for the rest. */
export function cancellable(content: RequestContent): CancellableContent | null {
  switch (content.kind) {
    case "leave":
    case "overtime":
    case "trip":
    case "outing":
    case "swap":
      return content;
    case "make-up":
    case "correction":
    case "appeal":
    case "cancel":
      return null;
  }
}

/** Who has to agree before anybody decides: the other one of a swap, and of its cancelling. */
export function colleagueOf(content: RequestContent): PersonId | null {
  const asked = content.kind === "cancel" ? content.content : content;
  return asked.kind === "swap" ? asked.withPersonId : null;
}

/** The days that a request is about, both included; null for an appeal about a decision or a note. */
export function daysOfContent(content: RequestContent, zone: string): { readonly from: Day; readonly to: Day } | null {
  switch (content.kind) {
    case "make-up":
    case "correction":
      return { from: content.day, to: content.day };
    case "swap":
      return content.day <= content.withDay ? { from: content.day, to: content.withDay } : { from: content.withDay, to: content.day };
    case "appeal":
      return "day" in content.about ? { from: content.about.day, to: content.about.day } : null;
    case "cancel":
      return daysOfContent(content.content, zone);
    case "leave":
    case "overtime":
    case "trip":
    case "outing":
      // What ends at midnight is over on the day before.
      return { from: calendarDay(content.fromMs, zone), to: calendarDay(Math.max(content.fromMs, content.toMs - 1) as EpochMs, zone) };
  }
}

/** Last day that a request concerns, days since 1970-01-01; a day more, since shifts reach over midnight. */
export function lastDayNumber(content: RequestContent, zone: string, today: Day): number {
  return dayNumber(addDays(daysOfContent(content, zone)?.to ?? today, 1));
}

import { msg } from "@lit/localize";

import { DAY_MARKS, type DayMark } from "../../domain/attendance/engine/types.ts";

const WORDS: Readonly<Record<DayMark, () => string>> = {
  late: () => msg("late", { id: "report.mark.late" }),
  "serious-late": () => msg("very late", { id: "report.mark.serious-late" }),
  early: () => msg("left early", { id: "report.mark.early" }),
  absent: () => msg("absent", { id: "report.mark.absent" }),
  "half-absent": () => msg("half absent", { id: "report.mark.half-absent" }),
  "missing-in": () => msg("IN missing", { id: "report.mark.missing-in" }),
  "missing-out": () => msg("OUT missing", { id: "report.mark.missing-out" }),
  short: () => msg("short hours", { id: "report.mark.short" }),
  overtime: () => msg("overtime", { id: "report.mark.overtime" }),
  "overtime-pending": () => msg("overtime, not approved", { id: "report.mark.overtime-pending" }),
  leave: () => msg("leave", { id: "report.mark.leave" }),
  trip: () => msg("business trip", { id: "report.mark.trip" }),
  outing: () => msg("outing", { id: "report.mark.outing" }),
  "made-up": () => msg("made up", { id: "report.mark.made-up" }),
  corrected: () => msg("corrected", { id: "report.mark.corrected" }),
  suppressed: () => msg("repeat", { id: "report.mark.suppressed" }),
  undone: () => msg("taken back", { id: "report.mark.undone" }),
  "auto-out": () => msg("OUT taken as the end", { id: "report.mark.auto-out" }),
  stray: () => msg("outside any shift", { id: "report.mark.stray" }),
  "clock-doubt": () => msg("clock in doubt", { id: "report.mark.clock-doubt" }),
  outage: () => msg("outage", { id: "report.mark.outage" }),
  "after-lock": () => msg("after closing", { id: "report.mark.after-lock" }),
  waiting: () => msg("waiting", { id: "report.mark.waiting" }),
};

/** A mark's short word, as it stands in tables and calendars. */
export const markWord = (mark: DayMark): string => WORDS[mark]();

export function markWords(): Readonly<Record<DayMark, string>> {
  return Object.fromEntries(DAY_MARKS.map((mark) => [mark, markWord(mark)])) as Record<DayMark, string>;
}

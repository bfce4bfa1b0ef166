import { msg, str } from "@lit/localize";

import type { ShiftOnDay } from "../../../domain/attendance/rules/shift-on-day.ts";
import type { Day } from "../../../domain/attendance/rules/types.ts";
import { locale } from "../../i18n/localize.ts";
import { periodWords } from "../rules/summary.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

/** `Mon 23`, `周一 23`. */
export function dayHeading(day: Day): string {
  const key = locale.value;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(key, { weekday: "short", timeZone: "UTC" });
  formats.set(key, format);
  return `${format.format(Date.parse(day))} ${Number(day.slice(8))}`;
}

/** A stretch of days, as a heading. */
export function stretch(from: Day, to: Day): string {
  return new Intl.DateTimeFormat(locale.value, { dateStyle: "medium", timeZone: "UTC" }).formatRange(Date.parse(from), Date.parse(to));
}

/** What a cell says to whoever does not see it. */
export function cellWords({ shifts, free, source, calendar }: ShiftOnDay): string {
  const what = shifts.length > 0 ? shifts.map(({ shift }) => `${shift.name} ${periodWords(shift)}`).join(", ") : freeWord(free);
  const name = calendar === null ? "" : locale.value === "zh-Hans" ? (calendar.nameZh ?? calendar.name) : calendar.name;
  const by = source === "roster" ? msg("planned for this day", { id: "schedule.by.roster" }) : source === "swap" ? msg("swapped", { id: "schedule.by.swap" }) : "";
  return [what, name, by].filter((part) => part !== "").join(", ");
}

function freeWord(free: ShiftOnDay["free"]): string {
  switch (free) {
    case "holiday":
      return msg("Holiday", { id: "rules.calendar.holiday" });
    case "not-yet-employed":
      return msg("Not here yet", { id: "schedule.free.not-yet" });
    case "left":
      return msg("Has left", { id: "schedule.free.left" });
    case "exempt":
      return msg("Exempt", { id: "schedule.free.exempt" });
    case "rest":
    case null:
      return msg("Free", { id: "rules.pattern.free" });
  }
}

export const changedWord = (count: number): string => msg(str`${count} days changed.`, { id: "schedule.changed" });

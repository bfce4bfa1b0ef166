import { msg, str } from "@lit/localize";

import type { RuleGroup, Shift, ShiftPattern, SiteRules } from "../../../domain/attendance/rules/types.ts";
import { healthFieldWord, minutesWord, routeWord } from "../../i18n/requests.ts";
import { locale } from "../../i18n/localize.ts";
import { employmentType } from "../parts/words.ts";
import { clockText, wallClock } from "./clock-text.ts";

/** `09:00–18:00`, `22:00–06:00 the day after`. */
export function periodWords({ periods }: Pick<Shift, "periods">): string {
  return periods.map(({ start, end }) => (end >= 1440 ? msg(str`${clockText(start)}–${wallClock(end)} the day after`, { id: "rules.sum.next-day" }) : `${clockText(start)}–${clockText(end)}`)).join(", ");
}

export function shiftSentence(shift: Shift): string {
  const times = periodWords(shift);
  switch (shift.kind) {
    case "fixed":
      return msg(str`Work ${times}.`, { id: "rules.sum.fixed" });
    case "flexible":
      return msg(str`Come from ${clockText(shift.periods[0]?.start ?? 0)} to ${clockText(shift.latestStart ?? 0)}, and stay as long as ${times} is.`, { id: "rules.sum.flexible" });
    case "hours":
      return msg(str`Be there for ${minutesWord(shift.requiredMinutes ?? 0)} within ${times}, whenever.`, { id: "rules.sum.hours" });
  }
}

export function weekdayNames(locale: string): readonly string[] {
  const format = new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" });
  // 1 January 2024 was a Monday.
  return Array.from({ length: 7 }, (_, index) => format.format(Date.UTC(2024, 0, 1 + index)));
}

/** Sentences one after the other, as the language sets them. */
export function inARow(sentences: readonly string[]): string {
  return sentences.join(locale.value === "zh-Hans" ? "" : " ");
}

export const dayOfCycle = (number: number): string => msg(str`Day ${number}`, { id: "rules.pattern.day" });

export function patternSentence({ kind, days, followsCalendar }: ShiftPattern): string {
  const worked = days.filter((ids) => ids.length > 0).length;
  const turn = kind === "weekly" ? msg(str`${worked} days a week.`, { id: "rules.sum.weekly" }) : msg(str`${worked} of every ${days.length} days.`, { id: "rules.sum.cycle" });
  const calendar = followsCalendar ? msg("Holidays are free.", { id: "rules.sum.follows" }) : msg("Goes on over holidays.", { id: "rules.sum.goes-on" });
  return inARow([turn, calendar]);
}

/** Whom a group is for. */
export function belongsWord({ departments, employmentTypes }: RuleGroup): string {
  const who = [...(departments ?? []), ...(employmentTypes ?? []).map(employmentType)];
  return who.length === 0 ? msg("Everybody", { id: "rules.sum.everybody" }) : who.join(locale.value === "zh-Hans" ? "、" : ", ");
}

/** What the group's rules mean for whoever belongs to it, sentence by sentence. */
export function groupSentences(group: RuleGroup, rules: SiteRules): readonly string[] {
  if (group.pairing === "record-only") return [msg("Punches are kept. Nobody is judged.", { id: "rules.sum.record-only" })];
  const said = [lateness(group, rules), ...thresholds(group), overtime(group), makeUp(group)];
  const { health } = group.makeUp;
  if (health.length > 0) said.push(msg(str`A make-up punch asks for: ${health.map(healthFieldWord).join(locale.value === "zh-Hans" ? "、" : ", ")}.`, { id: "rules.sum.health" }));
  const route = routeWord(group.approval);
  said.push(msg(str`Decided by: ${route}, each within ${group.decideWithinHours} hours.`, { id: "rules.sum.approval" }));
  said.push(msg(str`Months are to be confirmed by day ${group.confirmByDay} of the next.`, { id: "rules.sum.confirm" }));
  return said;
}

function lateness({ graceLateMinutes, patternId }: RuleGroup, rules: SiteRules): string {
  const pattern = rules.patterns.find(({ id }) => id === patternId);
  const first = pattern?.days.find((ids) => ids.length > 0)?.[0];
  const shift = rules.shifts.find(({ id }) => id === first);
  const start = shift?.kind === "flexible" ? shift.latestStart : shift?.kind === "fixed" ? shift.periods[0]?.start : undefined;
  if (start === undefined || Number.isNaN(graceLateMinutes)) return msg(str`Late after a grace of ${graceLateMinutes} min.`, { id: "rules.sum.late-grace" });
  return msg(str`Late after ${clockText(start + graceLateMinutes)}.`, { id: "rules.sum.late" });
}

function thresholds({ seriousLateMinutes, halfDayMinutes, absentMinutes }: RuleGroup): readonly string[] {
  return [
    ...(seriousLateMinutes === null ? [] : [msg(str`Very late from ${seriousLateMinutes} min.`, { id: "rules.sum.serious" })]),
    ...(halfDayMinutes === null ? [] : [msg(str`Half a day absent from ${halfDayMinutes} min.`, { id: "rules.sum.half" })]),
    ...(absentMinutes === null ? [] : [msg(str`Absent from ${absentMinutes} min.`, { id: "rules.sum.absent" })]),
  ];
}

function overtime({ overtime: rule }: RuleGroup): string {
  const { workday, rest, holiday } = rule.multiplier;
  switch (rule.approval) {
    case "none":
      return msg("No overtime is reckoned.", { id: "rules.sum.no-overtime" });
    case "request":
      return msg(str`Overtime counts with an approved request, from ${rule.minimumMinutes} min; ×${workday}, days off ×${rest}, holidays ×${holiday}.`, { id: "rules.sum.overtime.request" });
    case "after":
      return msg(str`Overtime is recorded and counts once approved, from ${rule.minimumMinutes} min; ×${workday}, days off ×${rest}, holidays ×${holiday}.`, { id: "rules.sum.overtime.after" });
    case "automatic":
      return msg(str`Overtime counts by itself, from ${rule.minimumMinutes} min; ×${workday}, days off ×${rest}, holidays ×${holiday}.`, { id: "rules.sum.overtime.automatic" });
  }
}

function makeUp({ makeUp: { kinds, quota, quotaPer, windowDays, windowIn, cutOffDay } }: RuleGroup): string {
  if (kinds.length === 0 || quota === 0) return msg("No make-up punches.", { id: "rules.sum.no-make-up" });
  const many =
    quota === -1
      ? msg("Make-up punches without a limit", { id: "rules.sum.unlimited" })
      : quotaPer === "month"
        ? msg(str`${quota} make-up punches a month`, { id: "rules.sum.quota.month" })
        : msg(str`${quota} make-up punches a quarter`, { id: "rules.sum.quota.quarter" });
  const within = windowIn === "natural" ? msg(str`${many}, within ${windowDays} days`, { id: "rules.sum.window.natural" }) : msg(str`${many}, within ${windowDays} working days`, { id: "rules.sum.window.working" });
  return cutOffDay === null ? msg(str`${within}.`, { id: "rules.sum.no-cut-off" }) : msg(str`${within}, until day ${cutOffDay} of the next month.`, { id: "rules.sum.cut-off" });
}

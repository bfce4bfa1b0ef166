import { msg, str } from "@lit/localize";

import type { PlanFailure, RulesFailure } from "../../../app/api/attendance.ts";
import type { RuleChange, RulePart } from "../../../domain/attendance/rules/changed.ts";
import type { CalendarKind, OvertimeApproval, Pairing, ShiftKind, SiteRules } from "../../../domain/attendance/rules/types.ts";
import type { RuleProblem } from "../../../domain/attendance/rules/validate.ts";
import type { Failure } from "../../../domain/errors.ts";
import { locale } from "../../i18n/localize.ts";
import { otherFailure } from "../parts/words.ts";
import { clockText } from "./clock-text.ts";

export function shiftKindWord(kind: ShiftKind): string {
  switch (kind) {
    case "fixed":
      return msg("Fixed times", { id: "rules.kind.fixed" });
    case "flexible":
      return msg("Flexible start", { id: "rules.kind.flexible" });
    case "hours":
      return msg("Hours within a span", { id: "rules.kind.hours" });
  }
}

export function pairingWord(pairing: Pairing): string {
  switch (pairing) {
    case "single":
      return msg("First in, last out", { id: "rules.pairing.single" });
    case "multiple":
      return msg("In and out in turns", { id: "rules.pairing.multiple" });
    case "record-only":
      return msg("Only record, judge nobody", { id: "rules.pairing.record-only" });
  }
}

export function overtimeApprovalWord(approval: OvertimeApproval): string {
  switch (approval) {
    case "request":
      return msg("Up to what was approved", { id: "rules.overtime.request" });
    case "after":
      return msg("Once approved afterwards", { id: "rules.overtime.after" });
    case "automatic":
      return msg("By itself", { id: "rules.overtime.automatic" });
    case "none":
      return msg("No overtime", { id: "rules.overtime.none" });
  }
}

export function calendarKindWord(kind: CalendarKind): string {
  switch (kind) {
    case "holiday":
      return msg("Holiday", { id: "rules.calendar.holiday" });
    case "workday":
      return msg("Make-up workday", { id: "rules.calendar.workday" });
    case "rest":
      return msg("Day off", { id: "rules.calendar.rest" });
  }
}

export function partWord(part: RulePart): string {
  switch (part) {
    case "zone":
      return msg("Time zone", { id: "admin.setup.zone" });
    case "dayChange":
      return msg("Day change", { id: "rules.day-change" });
    case "shifts":
      return msg("Shifts", { id: "rules.shifts" });
    case "patterns":
      return msg("Patterns", { id: "rules.patterns" });
    case "groups":
      return msg("Groups", { id: "rules.groups" });
    case "calendar":
      return msg("Calendar", { id: "rules.calendar" });
    case "leaveKinds":
      return msg("Leave", { id: "rules.leave" });
    case "devices":
      return msg("Tablets", { id: "rules.devices" });
  }
}

/** What the parts without names say: `04:00`. */
function valueWord(part: RulePart, rules: SiteRules): string | null {
  switch (part) {
    case "zone":
      return rules.zone.replaceAll("_", " ");
    case "dayChange":
      return clockText(rules.dayChange);
    case "devices":
      return rules.devices.length === 0 ? msg("every one that was ever heard of", { id: "rules.change.every-tablet" }) : rules.devices.join(locale.value === "zh-Hans" ? "、" : ", ");
    case "shifts":
    case "patterns":
    case "groups":
    case "calendar":
    case "leaveKinds":
      return null;
  }
}

/**
 * `Groups: Night staff added`, `Day change: from 04:00 to 05:00`.
 *
 * @param before null where there were no rules
 */
export function changeWord({ part, how, name = "" }: RuleChange, before: SiteRules | null, after: SiteRules): string {
  const where = partWord(part);
  const [was, is] = [before === null ? null : valueWord(part, before), valueWord(part, after)];
  if (how === "changed" && was !== null && is !== null) return msg(str`${where}: from ${was} to ${is}`, { id: "rules.change.value" });
  switch (how) {
    case "added":
      return name === "" ? msg(str`${where}: new`, { id: "rules.change.new" }) : msg(str`${where}: ${name} added`, { id: "rules.change.added" });
    case "changed":
      return name === "" ? msg(str`${where}: changed`, { id: "rules.change.changed-all" }) : msg(str`${where}: ${name} changed`, { id: "rules.change.changed" });
    case "removed":
      return msg(str`${where}: ${name} removed`, { id: "rules.change.removed" });
    case "order":
      return msg(str`${where}: other order`, { id: "rules.change.order" });
  }
}

/** What is wrong beside a field, and what to do. */
export function problemWord({ kind, path }: RuleProblem): string {
  switch (kind) {
    case "empty":
      return msg("This is needed.", { id: "admin.setup.error.missing" });
    case "too-long":
      return msg("This is too long. Shorten it.", { id: "rules.problem.too-long" });
    case "out-of-range":
      if (path === "dayChange") return msg("Enter a time from 00:00 to 12:00.", { id: "rules.problem.day-change" });
      return path.includes("breaks") ? msg("A break lies inside a working period.", { id: "rules.problem.break" }) : msg("This value is not possible here.", { id: "rules.problem.range" });
    case "overlap":
      return msg("This overlaps with what comes before it.", { id: "rules.problem.overlap" });
    case "order":
      return path.endsWith("end") ? msg("The end comes after the start. Write 26:00 for two in the morning of the next day.", { id: "rules.problem.end" }) : msg("This is out of order with the values beside it.", { id: "rules.problem.order" });
    case "duplicate":
      return msg("There is one like this already.", { id: "rules.problem.duplicate" });
    case "unknown-shift":
      return msg("This shift is no longer there. Choose another.", { id: "rules.problem.unknown-shift" });
    case "unknown-pattern":
      return msg("This pattern is no longer there. Choose another.", { id: "rules.problem.unknown-pattern" });
    case "wrong-count":
      return msg("There are too few or too many of these.", { id: "rules.problem.count" });
    case "no-fallback":
      return msg("The last group has to be for everybody, so that nobody is without rules.", { id: "rules.problem.no-fallback" });
    case "bad-day":
      return msg("Enter a date.", { id: "rules.problem.day" });
    case "bad-zone":
      return msg("This time zone is not known.", { id: "rules.problem.zone" });
  }
}

export function rulesFailureWord(failure: RulesFailure): string {
  switch (failure.kind) {
    case "rules/invalid":
      return msg("Something in the rules cannot stand. The fields say what.", { id: "rules.failure.invalid" });
    case "rules/closed-days":
      return msg(str`Months before ${failure.firstOpenDay ?? ""} are closed. Rules can begin on that day at the earliest; closed days never change.`, { id: "rules.failure.closed" });
    case "rules/changed-meanwhile":
      return msg("Somebody else has saved rules in the meantime. Your draft is kept: look at the new version, then make your changes on it.", { id: "rules.failure.meanwhile" });
    case "rules/no-holidays":
      return msg("The holidays of this year are not known yet. Update the app later, or enter the days by hand.", { id: "rules.failure.no-holidays" });
    case "attendance/store-failed":
      return msg("The tablet could not save this. Nothing was changed; try again.", { id: "admin.person.store-failed" });
    case "attendance/storage-full":
      return msg("The tablet's storage is full. Nothing was changed; free some space first.", { id: "admin.person.storage-full" });
    case "access/not-signed-in":
    case "access/not-allowed":
    case "access/own-record":
    case "access/confirm-needed":
    case "access/not-logged":
      return otherFailure(failure);
  }
}

export function planFailureWord(failure: PlanFailure, nameOf: (id: string) => string): string {
  const who = failure.personId === undefined ? "" : nameOf(failure.personId);
  const when = failure.day ?? "";
  switch (failure.kind) {
    case "plan/closed-days":
      return msg(str`${who}: the month of ${when} is closed. A change there is a correction.`, { id: "rules.plan.closed" });
    case "plan/no-such-shift":
      return msg("The rules of those days do not know this shift or pattern.", { id: "rules.plan.no-shift" });
    case "plan/overlap":
      return msg(str`${who}, ${when}: a shift would begin before the one before it is over. Nothing was changed.`, { id: "rules.plan.overlap" });
    case "plan/no-such-person":
      return msg("This person is no longer in the list.", { id: "admin.person.no-such" });
    case "attendance/no-rules":
      return noRulesWord();
    case "attendance/store-failed":
      return msg("The tablet could not save this. Nothing was changed; try again.", { id: "admin.person.store-failed" });
    case "attendance/storage-full":
      return msg("The tablet's storage is full. Nothing was changed; free some space first.", { id: "admin.person.storage-full" });
    case "access/not-signed-in":
    case "access/not-allowed":
    case "access/own-record":
    case "access/confirm-needed":
    case "access/not-logged":
      return otherFailure(failure);
  }
}

export function noRulesWord(): string {
  return msg("There are no rules yet. HR writes the first ones on the Rules page.", { id: "rules.none" });
}

export function previewFailureWord(failure: Failure): string {
  return failure.kind === "attendance/no-rules" ? noRulesWord() : otherFailure(failure);
}

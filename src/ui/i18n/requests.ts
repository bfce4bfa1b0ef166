import { msg, str } from "@lit/localize";

import type { ApprovalStep, HealthField, LeaveKind, MakeUpKind } from "../../domain/attendance/rules/types.ts";
import { COMPENSATORY } from "../../domain/exceptions/types.ts";
import type { AppealOutcome, ExceptionRequest, LateReason, MakeUpAllowance, RequestKind, RequestState, RequestStep, StepAction } from "../../domain/exceptions/types.ts";
import type { Locale } from "../../domain/people/types.ts";

/** The words for requests, for the kiosk and for administration. One function for each family, so that a new kind without words is a type error. */

export function requestKindWord(kind: RequestKind): string {
  switch (kind) {
    case "make-up":
      return msg("Make-up punch", { id: "request.kind.make-up" });
    case "leave":
      return msg("Leave", { id: "request.kind.leave" });
    case "overtime":
      return msg("Overtime", { id: "request.kind.overtime" });
    case "trip":
      return msg("Business trip", { id: "request.kind.trip" });
    case "outing":
      return msg("Outing", { id: "request.kind.outing" });
    case "swap":
      return msg("Shift swap", { id: "request.kind.swap" });
    case "correction":
      return msg("Correction", { id: "request.kind.correction" });
    case "appeal":
      return msg("Appeal", { id: "request.kind.appeal" });
    case "cancel":
      return msg("Cancellation", { id: "request.kind.cancel" });
  }
}

/** What a kind is for, in a sentence. */
export function requestKindMeaning(kind: RequestKind): string {
  switch (kind) {
    case "make-up":
      return msg("You were here and the punch is missing or came out wrong.", { id: "request.kind.make-up.what" });
    case "leave":
      return msg("You will not be at work, or were not.", { id: "request.kind.leave.what" });
    case "overtime":
      return msg("You work longer than planned, or on a free day.", { id: "request.kind.overtime.what" });
    case "trip":
      return msg("You work in another place, for a day or longer.", { id: "request.kind.trip.what" });
    case "outing":
      return msg("You are out for work for some hours.", { id: "request.kind.outing.what" });
    case "swap":
      return msg("You and a colleague change shifts.", { id: "request.kind.swap.what" });
    case "correction":
      return msg("A punch that was recorded is wrong.", { id: "request.kind.correction.what" });
    case "appeal":
      return msg("You do not agree with a day, a decision or a note.", { id: "request.kind.appeal.what" });
    case "cancel":
      return msg("What was approved is not needed any more. It is taken back as a whole.", { id: "request.kind.cancel.what" });
  }
}

export function requestStateWord(state: RequestState): string {
  switch (state) {
    case "draft":
      return msg("Draft", { id: "request.state.draft" });
    case "colleague":
      return msg("Waits for the colleague", { id: "request.state.colleague" });
    case "supervisor":
      return msg("Waits for the supervisor", { id: "request.state.supervisor" });
    case "hr":
      return msg("Waits for HR", { id: "request.state.hr" });
    case "approved":
      return msg("Approved", { id: "request.state.approved" });
    case "rejected":
      return msg("Rejected", { id: "request.state.rejected" });
    case "withdrawn":
      return msg("Withdrawn", { id: "request.state.withdrawn" });
    case "expired":
      return msg("Expired", { id: "request.state.expired" });
    case "late":
      return msg("Too late: with HR as a special case", { id: "request.state.late" });
    case "cancelled":
      return msg("Cancelled after approval", { id: "request.state.cancelled" });
  }
}

/** The same where there is little room: for whom it waits. */
export function requestStateShort(state: RequestState): string {
  switch (state) {
    case "colleague":
      return msg("Colleague", { id: "request.state.short.colleague" });
    case "supervisor":
      return msg("Supervisor", { id: "request.step.supervisor" });
    case "hr":
      return msg("HR", { id: "request.step.hr" });
    case "late":
      return msg("Special case", { id: "request.state.short.late" });
    case "cancelled":
      return msg("Cancelled", { id: "request.state.short.cancelled" });
    case "draft":
    case "approved":
    case "rejected":
    case "withdrawn":
    case "expired":
      return requestStateWord(state);
  }
}

/** An icon of its own for each, so that colour is never alone. */
export function requestStateMark(state: RequestState): { readonly icon: string; readonly tone: "good" | "care" | "quiet" | "plain" } {
  switch (state) {
    case "approved":
      return { icon: "circle-check", tone: "good" };
    case "rejected":
      return { icon: "circle-xmark", tone: "care" };
    case "late":
      return { icon: "warning", tone: "care" };
    case "colleague":
    case "supervisor":
    case "hr":
      return { icon: "clock", tone: "plain" };
    case "draft":
      return { icon: "pencil", tone: "quiet" };
    case "withdrawn":
    case "expired":
    case "cancelled":
      return { icon: "xmark", tone: "quiet" };
  }
}

export function approvalStepWord(step: ApprovalStep): string {
  return step === "supervisor" ? msg("Supervisor", { id: "request.step.supervisor" }) : msg("HR", { id: "request.step.hr" });
}

/** `Supervisor, then HR`. */
export function routeWord(route: readonly ApprovalStep[]): string {
  return route.map(approvalStepWord).join(msg(", then ", { id: "request.route.then" }));
}

/** What happened in a step, without who did it. */
export function stepWord({ action, as, by }: Pick<RequestStep, "action" | "as" | "by">): string {
  switch (action) {
    case "submitted":
      return msg("Handed in", { id: "request.action.submitted" });
    case "agreed":
      return msg("Agreed to the swap", { id: "request.action.agreed" });
    case "approved":
      return as === undefined ? msg("Approved", { id: "request.state.approved" }) : msg(str`Approved (${approvalStepWord(as)})`, { id: "request.action.approved.as" });
    case "rejected":
      if (by === "colleague") return msg("Did not agree to the swap", { id: "request.action.declined" });
      return as === undefined ? msg("Rejected", { id: "request.state.rejected" }) : msg(str`Rejected (${approvalStepWord(as)})`, { id: "request.action.rejected.as" });
    case "withdrawn":
      return msg("Withdrawn", { id: "request.state.withdrawn" });
    case "expired":
      return msg("Expired without a decision", { id: "request.action.expired" });
    case "refused-late":
      return msg("Refused by the rules, and put before HR", { id: "request.action.refused-late" });
    case "special-case":
      return msg("Granted as a special case", { id: "request.action.special-case" });
    case "commented":
      return msg("Comment", { id: "request.action.commented" });
    case "delegated":
      return msg("Handed to", { id: "request.action.delegated" });
    case "reminded":
      return msg("Reminder", { id: "request.action.reminded" });
    case "passed-on":
      return msg("Not decided in time: passed on to HR", { id: "request.action.passed-on" });
    case "noticed":
      return by === "rules" ? msg("Put before the person", { id: "request.action.noticed" }) : msg("Seen by the person", { id: "request.action.seen" });
    case "cancelled":
      return msg("Cancelled by an approved request", { id: "request.action.cancelled" });
  }
}

/** What comes of an appeal, as it is chosen and as it is told. */
export function outcomeWord(outcome: AppealOutcome["kind"]): string {
  switch (outcome) {
    case "corrected":
      return msg("The day is corrected", { id: "request.outcome.corrected" });
    case "note-withdrawn":
      return msg("The note is withdrawn", { id: "request.outcome.note-withdrawn" });
    case "reopened":
      return msg("It is put before HR and decided anew", { id: "request.outcome.reopened" });
    case "answered":
      return msg("Answered in words; the record stays", { id: "request.outcome.answered" });
  }
}

export const stepIcon: Readonly<Record<StepAction, string>> = {
  submitted: "upload",
  agreed: "check",
  approved: "circle-check",
  rejected: "circle-xmark",
  withdrawn: "xmark",
  expired: "xmark",
  "refused-late": "warning",
  "special-case": "circle-check",
  commented: "pencil",
  delegated: "user",
  reminded: "clock",
  "passed-on": "refresh",
  noticed: "eye",
  cancelled: "xmark",
};

/** Why the rules refuse it. */
export function lateWord(late: LateReason): string {
  switch (late) {
    case "window":
      return msg("Time-out: the days for making it up are over", { id: "request.late.window" });
    case "cut-off":
      return msg("Time-out: the month was cut off", { id: "request.late.cut-off" });
    case "quota":
      return msg("No make-up punch is left in this period", { id: "request.late.quota" });
    case "locked":
      return msg("The month is closed", { id: "request.late.locked" });
  }
}

/** What can still be done. */
export function lateTodo(late: LateReason): string {
  return late === "locked"
    ? msg("HR can still decide it as a special case; it is then added to the closed month.", { id: "request.late.todo.locked" })
    : msg("HR can still decide it as a special case.", { id: "request.late.todo" });
}

export function healthFieldWord(field: HealthField): string {
  switch (field) {
    case "condition":
      return msg("How you are", { id: "request.health.condition" });
    case "temperature":
      return msg("Temperature (°C)", { id: "request.health.temperature" });
    case "itinerary":
      return msg("Where you have been", { id: "request.health.itinerary" });
    case "attachment":
      return msg("Attachment (health code, test report)", { id: "request.health.attachment" });
  }
}

export function conditionWord(condition: "well" | "unwell"): string {
  return condition === "well" ? msg("Well", { id: "request.health.well" }) : msg("Unwell", { id: "request.health.unwell" });
}

export function makeUpKindWord(kind: MakeUpKind): string {
  switch (kind) {
    case "missing":
      return msg("missing", { id: "request.make-up.missing" });
    case "late":
      return msg("late", { id: "request.make-up.late" });
    case "early":
      return msg("early", { id: "request.make-up.early" });
    case "normal":
      return msg("in time", { id: "request.make-up.normal" });
  }
}

/** The name of a kind of leave as its site gave it; the built-in one has its own. */
export function leaveKindWord(id: string, kinds: readonly LeaveKind[], locale: Locale): string {
  const kind = kinds.find((one) => one.id === id);
  if (kind !== undefined) return locale === "zh-Hans" ? (kind.nameZh ?? kind.name) : kind.name;
  return id === COMPENSATORY ? msg("Compensatory leave", { id: "request.leave.compensatory" }) : id;
}

/** Minutes as `2 h 30 min`. */
export function minutesWord(minutes: number): string {
  const sign = minutes < 0 ? "−" : "";
  const all = Math.abs(minutes);
  const hours = Math.floor(all / 60);
  const rest = all % 60;
  if (hours === 0) return msg(str`${sign}${rest} min`, { id: "request.minutes" });
  return rest === 0 ? msg(str`${sign}${hours} h`, { id: "request.hours" }) : msg(str`${sign}${hours} h ${rest} min`, { id: "request.hours-minutes" });
}

/** How many make-up punches are left, and until when the day can be made up. */
export function allowanceWord({ quota, remaining, renewsOn, lastDay }: Pick<MakeUpAllowance, "quota" | "remaining" | "renewsOn" | "lastDay">): string {
  return quota < 0
    ? msg(str`This day can be made up until ${lastDay}. The number is not limited.`, { id: "request.allowance.unlimited" })
    : msg(str`${remaining} of ${quota} left until ${renewsOn}. This day can be made up until ${lastDay}.`, { id: "request.allowance" });
}

/** What the request waits for, for the person who asked. */
export function waitingWord({ state, delegatedTo }: Pick<ExceptionRequest, "state" | "delegatedTo">): string {
  return state === "supervisor" && delegatedTo !== undefined ? msg("Waits for whoever stands in for the supervisor", { id: "request.state.delegated" }) : requestStateWord(state);
}

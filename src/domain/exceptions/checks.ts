import type { DayResult } from "../attendance/engine/types.ts";
import { attendanceDay } from "../attendance/day.ts";
import { daysBetween, monthOf } from "../attendance/rules/days.ts";
import type { ShiftOnDay } from "../attendance/rules/shift-on-day.ts";
import type { Day, MakeUpKind, Month, RuleGroup, SiteRules } from "../attendance/rules/types.ts";
import type { Direction } from "../attendance/types.ts";
import type { EpochMs } from "../clock.ts";
import { failure } from "../errors.ts";
import type { Failure } from "../errors.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { cutOffOf, makeUpAllowance } from "./allowance.ts";
import { cancellable, daysOfContent, timesOf } from "./content-days.ts";
import { checkHealth } from "./health.ts";
import { leaveSpan } from "./leave-minutes.ts";
import { COMPENSATORY } from "./types.ts";
import type { ExceptionRequest, LateReason, LeaveBalance, MakeUpAllowance, RequestContent, RequestId, RequestKind } from "./types.ts";
import { isOpen } from "./workflow.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** The longest that one request reaches, and the furthest ahead that it begins. */
const LONGEST_MS = 366 * DAY_MS;
const PLACE_MAX_LENGTH = 100;

/** These say why in words; leave is a person's own business, and a trip names its place. */
export const NEEDS_REASON: ReadonlySet<RequestKind> = new Set<RequestKind>(["make-up", "overtime", "correction", "appeal", "cancel"]);

export type CheckFailure = Failure<
  | "request/reason-missing" | "request/bad-time" | "request/overlap" | "request/holiday" | "request/balance" | "request/waiting-already" | "request/kind-not-allowed" | "request/exempt"
  | "request/health-missing" | "request/attachment-missing" | "request/no-such-colleague" | "request/no-such" | "request/not-now" | "request/closed" | "request/leave-used" | "attendance/no-rules"
> & { readonly field?: string; readonly with?: RequestId };

/** What a request is checked against: the person's own duty, requests and balances. */
export interface CheckContext {
  readonly now: EpochMs;
  readonly rules: SiteRules;
  readonly group: RuleGroup;
  readonly shiftOn: (day: Day) => ShiftOnDay;
  readonly lockedMonths: ReadonlySet<Month>;
  /** All of the person's. */
  readonly requests: readonly ExceptionRequest[];
  /** The day that a make-up punch or a correction is about, as it was worked out. */
  readonly result: DayResult | null;
  readonly balanceOf: (leaveKind: string) => LeaveBalance | null;
  /** The overtime that is to be cancelled has earned leave that is used or asked for already. */
  readonly leaveUsed: boolean;
  /** What the other one of a swap works; null where there is nobody of that kind to ask. */
  readonly colleagueOn: ((day: Day) => ShiftOnDay) | null;
  readonly attachments: number;
  readonly reason: string;
}

/** A request as it would be kept. `late`: the rules refuse it, and HR may grant it all the same. */
export interface Checked {
  readonly content: RequestContent;
  readonly late: LateReason | null;
  readonly allowance: MakeUpAllowance | null;
}

type Outcome = Result<Checked, CheckFailure>;

export function checkRequest(content: RequestContent, context: CheckContext): Outcome {
  const first = daysOfContent(content, context.rules.zone)?.from;
  if (first !== undefined && context.shiftOn(first).free === "exempt") return err(failure("request/exempt"));
  if (NEEDS_REASON.has(content.kind) && context.reason === "") return err({ ...failure("request/reason-missing"), field: "reason" });
  switch (content.kind) {
    case "make-up":
      return checkMakeUp(content, context);
    case "leave":
      return checkLeave(content, context);
    case "overtime":
      return checkOvertime(content, context);
    case "trip":
    case "outing":
      return checkAway(content, context);
    case "swap":
      return checkSwap(content, context);
    case "correction":
      return checkCorrection(content, context);
    case "appeal":
      return checkAppeal(content, context);
    case "cancel":
      return checkCancel(content, context);
  }
}

/** What kind of punch is to be made up, by the shift's side that is nearest to it. */
export function makeUpKind(result: DayResult | null, direction: Direction, wallMs: EpochMs): MakeUpKind {
  const edge = (period: DayResult["periods"][number]): number => Math.abs((direction === "in" ? period.startMs : period.endMs) - wallMs);
  const period = [...(result?.periods ?? [])].sort((one, other) => edge(one) - edge(other))[0];
  if (period === undefined || (direction === "in" ? period.inMs : period.outMs) === null) return "missing";
  if (direction === "in" && (period.minutes.late > 0 || period.marks.includes("late") || period.marks.includes("serious-late"))) return "late";
  return direction === "out" && (period.minutes.early > 0 || period.marks.includes("early")) ? "early" : "normal";
}

function checkMakeUp(content: Extract<RequestContent, { readonly kind: "make-up" }>, context: CheckContext): Outcome {
  const { now, rules, group, requests, result, shiftOn } = context;
  const duty = shiftOn(content.day);
  if (content.wallMs > now || !isOn(content.day, content.wallMs, duty, rules)) return err({ ...failure("request/bad-time"), field: "wallMs" });
  const same = requests.find((other) => isLive(other) && other.content.kind === "make-up" && other.content.day === content.day && other.content.direction === content.direction && (isOpen(other) || sameMinute(other.content.wallMs, content.wallMs)));
  if (same !== undefined) return err({ ...failure("request/waiting-already"), with: same.id });
  const covered = requests.find((other) => isLive(other) && (other.content.kind === "leave" || other.content.kind === "trip") && content.wallMs > other.content.fromMs && content.wallMs < other.content.toMs);
  if (covered !== undefined) return err({ ...failure("request/overlap"), with: covered.id });
  const calledIn = requests.some((other) => other.state === "approved" && other.content.kind === "overtime" && Math.abs(other.content.fromMs - content.wallMs) < DAY_MS);
  if (duty.shifts.length === 0 && !calledIn && (result?.punches.length ?? 0) === 0) return err(failure("request/holiday"));
  if (!group.makeUp.kinds.includes(makeUpKind(result, content.direction, content.wallMs))) return err(failure("request/kind-not-allowed"));
  const health = checkHealth(content.health, context.attachments, group.makeUp.health, group.makeUp.healthRequired);
  if (!health.ok) return health;
  const { kind, day, direction, wallMs, outage } = content;
  const asked = { kind, day, direction, wallMs, ...(outage === undefined ? {} : { outage }) };
  const allowance = makeUpAllowance(content.day, { policy: group.makeUp, now, zone: rules.zone, dayChange: rules.dayChange, shiftOn, requests, lockedMonths: context.lockedMonths });
  return ok({ content: health.value === null ? asked : { ...asked, health: health.value }, late: allowance.late, allowance });
}

function checkLeave(content: Extract<RequestContent, { readonly kind: "leave" }>, context: CheckContext): Outcome {
  const { rules, shiftOn } = context;
  const kind = rules.leaveKinds.find(({ id }) => id === content.leaveKind);
  if (kind === undefined && content.leaveKind !== COMPENSATORY) return err({ ...failure("request/kind-not-allowed"), field: "leaveKind" });
  if (!isSpell(content, context)) return err({ ...failure("request/bad-time"), field: "fromMs" });
  if (kind?.needsAttachment === true && context.attachments === 0) return err({ ...failure("request/attachment-missing"), field: "attachments" });
  const span = leaveSpan(content.fromMs, content.toMs, kind?.unit ?? "hour", rules.zone, shiftOn);
  if (span.minutes === 0) return err(failure("request/holiday"));
  const whole = { ...content, fromMs: span.fromMs, toMs: span.toMs, minutes: span.minutes };
  const other = overlapping(whole, context);
  if (other !== null) return err({ ...failure("request/overlap"), with: other.id });
  const balance = context.balanceOf(content.leaveKind);
  if (balance !== null && balance.remaining < span.minutes) return err({ ...failure("request/balance"), field: "leaveKind" });
  return ok({ content: whole, late: lateOf(whole, context), allowance: null });
}

function checkOvertime(content: Extract<RequestContent, { readonly kind: "overtime" }>, context: CheckContext): Outcome {
  if (context.group.overtime.approval === "none") return err(failure("request/kind-not-allowed"));
  if (!isSpell(content, context)) return err({ ...failure("request/bad-time"), field: "fromMs" });
  const whole = { ...content, minutes: Math.round((content.toMs - content.fromMs) / MINUTE_MS) };
  // What is planned anyway is no overtime.
  const planned = leaveSpan(content.fromMs, content.toMs, "minute", context.rules.zone, context.shiftOn).minutes;
  if (planned >= whole.minutes) return err({ ...failure("request/bad-time"), field: "fromMs" });
  return spellOutcome(whole, context);
}

function checkAway(content: Extract<RequestContent, { readonly kind: "trip" | "outing" }>, context: CheckContext): Outcome {
  const place = content.place.replace(/[\p{Cc}\s]+/gu, " ").trim().slice(0, PLACE_MAX_LENGTH);
  if (place === "") return err({ ...failure("request/reason-missing"), field: "place" });
  return isSpell(content, context) ? spellOutcome({ ...content, place }, context) : err({ ...failure("request/bad-time"), field: "fromMs" });
}

function checkSwap(content: Extract<RequestContent, { readonly kind: "swap" }>, context: CheckContext): Outcome {
  const { colleagueOn, shiftOn, rules, now, requests } = context;
  const today = attendanceDay(now, rules.zone, rules.dayChange);
  if (content.day < today || content.withDay < today) return err({ ...failure("request/bad-time"), field: "day" });
  if (colleagueOn === null) return err({ ...failure("request/no-such-colleague"), field: "withPersonId" });
  if (colleagueOn(content.day).free === "exempt") return err({ ...failure("request/no-such-colleague"), field: "withPersonId" });
  const worked = shiftOn(content.day).shifts.length > 0;
  if (!worked) return err({ ...failure("request/holiday"), field: "day" });
  if (colleagueOn(content.withDay).shifts.length === 0) return err({ ...failure("request/no-such-colleague"), field: "withDay" });
  const same = requests.find((other) => isOpen(other) && other.content.kind === "swap" && (other.content.day === content.day || other.content.withDay === content.day));
  if (same !== undefined) return err({ ...failure("request/waiting-already"), with: same.id });
  return ok({ content, late: null, allowance: null });
}

function checkCorrection(content: Extract<RequestContent, { readonly kind: "correction" }>, context: CheckContext): Outcome {
  const { now, rules, result, requests, shiftOn } = context;
  const { cites, change } = content;
  const punch = result?.punches.find(({ device, seq }) => device === cites.device && seq === cites.seq);
  if (punch === undefined) return err({ ...failure("request/no-such"), field: "cites" });
  if (change.kind === "time" && (change.wallMs > now || !isOn(content.day, change.wallMs, shiftOn(content.day), rules))) return err({ ...failure("request/bad-time"), field: "wallMs" });
  if (change.kind === "direction" && change.direction === punch.direction) return err({ ...failure("request/bad-time"), field: "direction" });
  const same = requests.find((other) => isOpen(other) && other.content.kind === "correction" && other.content.cites.device === cites.device && other.content.cites.seq === cites.seq);
  if (same !== undefined) return err({ ...failure("request/waiting-already"), with: same.id });
  return ok({ content, late: lateOf(content, context), allowance: null });
}

/** An appeal is answered, whenever it comes. */
function checkAppeal(content: Extract<RequestContent, { readonly kind: "appeal" }>, { requests, now, rules }: CheckContext): Outcome {
  const key = JSON.stringify(content.about);
  if ("day" in content.about && content.about.day > attendanceDay(now, rules.zone, rules.dayChange)) return err({ ...failure("request/bad-time"), field: "day" });
  const same = requests.find((other) => isOpen(other) && other.content.kind === "appeal" && JSON.stringify(other.content.about) === key);
  return same === undefined ? ok({ content, late: null, allowance: null }) : err({ ...failure("request/waiting-already"), with: same.id });
}

/** All of an approved request, until its month is closed: then nothing of it is taken back by itself, not even as a special case. */
function checkCancel({ cancels }: Extract<RequestContent, { readonly kind: "cancel" }>, { now, rules, requests, lockedMonths, leaveUsed }: CheckContext): Outcome {
  const approved = requests.find(({ id }) => id === cancels);
  const content = approved === undefined ? null : cancellable(approved.content);
  if (approved === undefined || content === null) return err(failure("request/no-such"));
  if (approved.state !== "approved") return err(failure("request/not-now"));
  const waiting = requests.find((other) => isOpen(other) && other.content.kind === "cancel" && other.content.cancels === cancels);
  if (waiting !== undefined) return err({ ...failure("request/waiting-already"), with: waiting.id });
  const days = daysOfContent(content, rules.zone);
  if (days !== null && daysBetween(days.from, days.to).some((day) => lockedMonths.has(monthOf(day)))) return err(failure("request/closed"));
  // Shifts that were worked already are nobody's to give back.
  if (content.kind === "swap" && (days?.from ?? "") < attendanceDay(now, rules.zone, rules.dayChange)) return err({ ...failure("request/bad-time"), field: "day" });
  if (leaveUsed) return err(failure("request/leave-used"));
  return ok({ content: { kind: "cancel", cancels, content }, late: null, allowance: null });
}

function spellOutcome(content: RequestContent, context: CheckContext): Outcome {
  const other = overlapping(content, context);
  return other === null ? ok({ content, late: lateOf(content, context), allowance: null }) : err({ ...failure("request/overlap"), with: other.id });
}

/** Another stretch that was granted or waits and has a minute in common. */
function overlapping(content: RequestContent, { requests }: CheckContext): ExceptionRequest | null {
  const times = timesOf(content);
  if (times === null) return null;
  return (
    requests.find((other) => {
      const taken = isLive(other) ? timesOf(other.content) : null;
      return taken !== null && taken.fromMs < times.toMs && taken.toMs > times.fromMs;
    }) ?? null
  );
}

/** Nothing of a month is taken after its cut-off, or by itself once it is closed. */
function lateOf(content: RequestContent, { now, rules, group, lockedMonths }: CheckContext): LateReason | null {
  const days = daysOfContent(content, rules.zone);
  if (days === null) return null;
  if (daysBetween(days.from, days.to).some((day) => lockedMonths.has(monthOf(day)))) return "locked";
  const cutOff = cutOffOf(days.from, group.makeUp.cutOffDay);
  return cutOff !== null && attendanceDay(now, rules.zone, rules.dayChange) > cutOff ? "cut-off" : null;
}

function isSpell({ fromMs, toMs }: { readonly fromMs: EpochMs; readonly toMs: EpochMs }, { now }: CheckContext): boolean {
  return toMs - fromMs >= MINUTE_MS && toMs - fromMs <= LONGEST_MS && fromMs - now <= LONGEST_MS;
}

/** A punch belongs to a day by the clock, or by standing near the shift that the day began. */
function isOn(day: Day, wallMs: EpochMs, { shifts, group }: ShiftOnDay, { zone, dayChange }: SiteRules): boolean {
  if (attendanceDay(wallMs, zone, dayChange) === day) return true;
  const first = shifts[0]?.periods[0]?.startMs;
  const last = shifts.at(-1)?.periods.at(-1)?.endMs;
  if (first === undefined || last === undefined || group === null) return false;
  return wallMs >= first - group.windowBeforeMinutes * MINUTE_MS && wallMs <= last + group.windowAfterMinutes * MINUTE_MS;
}

/** Granted, or still waiting. */
const isLive = (request: ExceptionRequest): boolean => request.state === "approved" || isOpen(request);
const sameMinute = (one: number, other: number): boolean => Math.floor(one / MINUTE_MS) === Math.floor(other / MINUTE_MS);

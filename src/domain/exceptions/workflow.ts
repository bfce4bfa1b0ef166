import type { ApprovalStep } from "../attendance/rules/types.ts";
import type { EpochMs } from "../clock.ts";
import { failure } from "../errors.ts";
import type { Failure } from "../errors.ts";
import type { EntryRef } from "../attendance/engine/types.ts";
import type { UserId } from "../people/access.ts";
import type { PersonId } from "../people/types.ts";
import { err, ok } from "../result.ts";
import type { Result } from "../result.ts";
import { cancellable, colleagueOf } from "./content-days.ts";
import type { AppealOutcome, ExceptionRequest, LateReason, RequestId, RequestContent, RequestState, RequestStep, StepAction } from "./types.ts";

/** Longest comment or reason that is kept, characters. */
export const COMMENT_MAX_LENGTH = 500;

/**
 * Who acts on a request. A user's `roles` are those that reach the person it is about; `personId` is the employee that the
 * user is, where that is known.
 */
export type RequestActor =
  | { readonly kind: "self" }
  | { readonly kind: "colleague" }
  | { readonly kind: "rules" }
  | { readonly kind: "user"; readonly id: UserId; readonly roles: readonly ApprovalStep[]; readonly personId?: PersonId };

export type RequestAction =
  /** `late`: the rules refuse it, and the person puts it before HR all the same. */
  | { readonly kind: "submit"; readonly late: LateReason | null }
  | { readonly kind: "agree" | "decline" | "withdraw" | "expire" | "remind" | "pass-on" | "notice" }
  | { readonly kind: "reject"; readonly comment: string }
  | { readonly kind: "special-case" | "comment"; readonly comment: string }
  /** `outcome`: of an appeal, by whoever approves it last; `made`: the request that comes of it. */
  | { readonly kind: "approve"; readonly comment: string; readonly outcome?: AppealOutcome["kind"]; readonly made?: RequestId }
  /** Comes of the approval of the request that asked for it, and is no decision of its own. */
  | { readonly kind: "cancel"; readonly cancelledBy: RequestId }
  | { readonly kind: "delegate"; readonly to: { readonly id: UserId; readonly personId?: PersonId } };

export interface StepContext {
  readonly at: EpochMs;
  readonly actor: RequestActor;
  /** How long whoever is to act next has for it, milliseconds. */
  readonly withinMs: number;
}

export type StepFailure = Failure<"request/not-now" | "request/not-yours" | "request/own" | "request/reason-missing" | "request/outcome-missing">;

/** A step that is not in the log yet. */
export type NewStep = Omit<RequestStep, "entry">;

/** The request as it is after the step, which it does not hold yet: {@link recorded} adds it once it is in the log. */
export interface Stepped {
  readonly request: ExceptionRequest;
  readonly step: NewStep;
}

/** It waits for somebody. */
export const OPEN_STATES: ReadonlySet<RequestState> = new Set<RequestState>(["colleague", "supervisor", "hr", "late"]);
/** Nobody decides it any more. What was approved can still be cancelled by a request of its own. */
export const FINAL_STATES: ReadonlySet<RequestState> = new Set<RequestState>(["approved", "rejected", "withdrawn", "expired", "cancelled"]);

export const isOpen = ({ state }: Pick<ExceptionRequest, "state">): boolean => OPEN_STATES.has(state);

/**
 * One step of a request. Nothing but this changes a state, and every step is kept: a request is approved when each step of
 * its route was passed, or when HR granted it as a special case, and in no other way.
 */
export function step(request: ExceptionRequest, action: RequestAction, context: StepContext): Result<Stepped, StepFailure> {
  switch (action.kind) {
    case "submit":
      return submit(request, action.late, context);
    case "agree":
    case "decline":
      return answerColleague(request, action.kind, context);
    case "approve":
    case "reject":
      return decide(request, action, context);
    case "special-case":
      return grant(request, action.comment, context);
    case "withdraw":
      return withdraw(request, context);
    case "expire":
      return byRules(request, context, OPEN_STATES, { state: "expired", deadlineMs: null, unseen: true }, "expired");
    case "pass-on":
      return byRules(request, context, new Set(["supervisor"]), { state: "hr", deadlineMs: later(context), unseen: true }, "passed-on");
    case "comment":
      return comment(request, action.comment, context);
    case "cancel":
      return cancel(request, action.cancelledBy, context);
    case "delegate":
      return delegate(request, action.to, context);
    case "remind":
      return remind(request, context);
    case "notice":
      return notice(request, context);
  }
}

/** The request with the step that is in the log now. */
export function recorded({ request, step: done }: Stepped, entry: EntryRef): ExceptionRequest {
  return { ...request, steps: [...request.steps, { ...done, entry }] };
}

/** In which role a user decides it now: null when it is not theirs, `own` when it never is. */
export function roleToDecide(request: ExceptionRequest, actor: RequestActor): ApprovalStep | "own" | null {
  if (actor.kind !== "user" || !isOpen(request) || request.state === "colleague") return null;
  const role = roleIn(request, actor);
  if (role === null) return null;
  return concerns(request, actor) ? "own" : role;
}

/** For whom it waits. */
export function waitsFor({ state }: Pick<ExceptionRequest, "state">): "colleague" | ApprovalStep | null {
  if (state === "colleague" || state === "supervisor" || state === "hr") return state;
  return state === "late" ? "hr" : null;
}

function submit(request: ExceptionRequest, late: LateReason | null, context: StepContext): Result<Stepped, StepFailure> {
  const { actor, at } = context;
  if (request.state !== "draft") return err(failure("request/not-now"));
  if (actor.kind === "user") {
    if (actor.personId === request.personId) return err(failure("request/own"));
    if (actor.roles.length === 0 || request.onBehalf?.by !== actor.id) return err(failure("request/not-yours"));
    if (request.onBehalf.reason === "") return err(failure("request/reason-missing"));
  } else if (actor.kind !== "self") {
    return err(failure("request/not-yours"));
  }
  const first = request.route[0] ?? "hr";
  const state: RequestState = late !== null ? "late" : colleagueOf(request.content) !== null ? "colleague" : first;
  return stepped(request, context, late === null ? "submitted" : "refused-late", { state, submittedAt: at, passed: 0, deadlineMs: later(context) }, late === null ? {} : { late });
}

function answerColleague(request: ExceptionRequest, answer: "agree" | "decline", context: StepContext): Result<Stepped, StepFailure> {
  if (request.state !== "colleague") return err(failure("request/not-now"));
  if (context.actor.kind !== "colleague") return err(failure("request/not-yours"));
  return answer === "agree"
    ? stepped(request, context, "agreed", { state: request.route[0] ?? "hr", deadlineMs: later(context), unseen: true })
    : stepped(request, context, "rejected", { state: "rejected", deadlineMs: null, unseen: true });
}

function decide(request: ExceptionRequest, action: Extract<RequestAction, { readonly kind: "approve" | "reject" }>, context: StepContext): Result<Stepped, StepFailure> {
  const { actor } = context;
  const { state } = request;
  const { kind: decision } = action;
  if (state !== "supervisor" && state !== "hr" && !(state === "late" && decision === "reject")) return err(failure("request/not-now"));
  const as = actor.kind === "user" ? roleIn(request, actor) : null;
  if (actor.kind !== "user" || as === null) return err(failure("request/not-yours"));
  if (concerns(request, actor)) return err(failure("request/own"));
  const said = tidy(action.comment);
  // HR in place of a supervisor says so, an appeal is answered, and nobody is refused without a reason.
  const needed = decision === "reject" || request.content.kind === "appeal" || (state === "supervisor" && as === "hr");
  if (needed && said === "") return err(failure("request/reason-missing"));
  const more = { as, ...(said === "" ? {} : { comment: said }) };
  if (action.kind === "reject") return stepped(request, context, "rejected", { state: "rejected", deadlineMs: null, unseen: true }, more);
  // HR stands at the end of every route: what it approves has passed them all.
  const passed = as === "hr" ? request.route.length : request.passed + 1;
  const next = request.route[passed];
  if (next !== undefined) return stepped(request, context, "approved", { state: next, passed, deadlineMs: later(context), unseen: true }, more);
  const { outcome, made } = action;
  if (request.content.kind === "appeal" && (outcome === undefined || !outcomesOf(request.content).includes(outcome))) return err(failure("request/outcome-missing"));
  const came = request.content.kind !== "appeal" || outcome === undefined ? {} : { outcome, ...(made === undefined ? {} : { made }) };
  return stepped(request, context, "approved", { state: "approved", passed, deadlineMs: null, unseen: true }, { ...more, ...came });
}

/** What can come of an appeal, the strongest first: by what it is about. */
export function outcomesOf({ about }: Extract<RequestContent, { readonly kind: "appeal" }>): readonly AppealOutcome["kind"][] {
  if ("day" in about) return ["corrected", "answered"];
  return ["noteId" in about ? "note-withdrawn" : "reopened", "answered"];
}

/** Whether an approval by somebody of these roles would be the last. */
export function approvesLast(request: ExceptionRequest, roles: readonly ApprovalStep[]): boolean {
  return roles.includes("hr") || request.passed + 1 >= request.route.length;
}

function grant(request: ExceptionRequest, entered: string, context: StepContext): Result<Stepped, StepFailure> {
  const { actor } = context;
  if (request.state !== "late") return err(failure("request/not-now"));
  if (actor.kind !== "user" || !actor.roles.includes("hr")) return err(failure("request/not-yours"));
  if (concerns(request, actor)) return err(failure("request/own"));
  const said = tidy(entered);
  if (said === "") return err(failure("request/reason-missing"));
  return stepped(request, context, "special-case", { state: "approved", deadlineMs: null, unseen: true }, { as: "hr", comment: said });
}

function withdraw(request: ExceptionRequest, context: StepContext): Result<Stepped, StepFailure> {
  const { actor } = context;
  if (!isOpen(request) && request.state !== "draft") return err(failure("request/not-now"));
  const filer = actor.kind === "user" && request.onBehalf?.by === actor.id;
  if (actor.kind !== "self" && !filer) return err(failure("request/not-yours"));
  return stepped(request, context, "withdrawn", { state: "withdrawn", deadlineMs: null, ...(filer ? { unseen: true } : {}) });
}

function cancel(request: ExceptionRequest, cancelledBy: RequestId, context: StepContext): Result<Stepped, StepFailure> {
  const { actor } = context;
  if (request.state !== "approved" || cancellable(request.content) === null) return err(failure("request/not-now"));
  if (actor.kind !== "user" || actor.roles.length === 0) return err(failure("request/not-yours"));
  if (isPart(request, actor)) return err(failure("request/own"));
  return stepped(request, context, "cancelled", { state: "cancelled" }, { cancelledBy });
}

function comment(request: ExceptionRequest, entered: string, context: StepContext): Result<Stepped, StepFailure> {
  const { actor } = context;
  if (request.state === "draft") return err(failure("request/not-now"));
  if (actor.kind === "rules" || actor.kind === "colleague" || (actor.kind === "user" && actor.roles.length === 0 && request.delegatedTo !== actor.id)) return err(failure("request/not-yours"));
  const said = tidy(entered);
  if (said === "") return err(failure("request/reason-missing"));
  return stepped(request, context, "commented", actor.kind === "self" ? {} : { unseen: true }, { comment: said });
}

function delegate(request: ExceptionRequest, to: { readonly id: UserId; readonly personId?: PersonId }, context: StepContext): Result<Stepped, StepFailure> {
  const { actor } = context;
  if (request.state !== "supervisor") return err(failure("request/not-now"));
  if (actor.kind !== "user" || roleIn(request, actor) === null || to.id === actor.id) return err(failure("request/not-yours"));
  if (concerns(request, actor) || concerns(request, to)) return err(failure("request/own"));
  return stepped(request, context, "delegated", { delegatedTo: to.id }, { to: to.id });
}

function remind(request: ExceptionRequest, context: StepContext): Result<Stepped, StepFailure> {
  const { actor } = context;
  if (!isOpen(request)) return err(failure("request/not-now"));
  if (actor.kind === "colleague" || (actor.kind === "user" && actor.roles.length === 0)) return err(failure("request/not-yours"));
  return stepped(request, context, "reminded", {});
}

/** Put before the person, or seen by them. */
function notice(request: ExceptionRequest, context: StepContext): Result<Stepped, StepFailure> {
  const { actor } = context;
  if (request.state === "draft") return err(failure("request/not-now"));
  if (actor.kind === "rules") return stepped(request, context, "noticed", { unseen: true });
  if (actor.kind !== "self") return err(failure("request/not-yours"));
  if (request.unseen !== true) return err(failure("request/not-now"));
  return stepped(request, context, "noticed", { unseen: false });
}

function byRules(request: ExceptionRequest, context: StepContext, states: ReadonlySet<RequestState>, change: Partial<ExceptionRequest>, action: StepAction): Result<Stepped, StepFailure> {
  if (!states.has(request.state)) return err(failure("request/not-now"));
  return context.actor.kind === "rules" ? stepped(request, context, action, change) : err(failure("request/not-yours"));
}

/** Which of the actor's roles decides in this state; whoever it was handed to stands in for the supervisor. */
function roleIn({ state, delegatedTo }: ExceptionRequest, actor: Extract<RequestActor, { readonly kind: "user" }>): ApprovalStep | null {
  if (state === "supervisor" && (actor.roles.includes("supervisor") || (delegatedTo === actor.id && actor.roles.length > 0))) return "supervisor";
  return actor.roles.includes("hr") ? "hr" : null;
}

/** Nobody decides what is their own, what they wrote down for somebody, or a swap that they are part of. */
function concerns(request: ExceptionRequest, user: { readonly id: UserId; readonly personId?: PersonId }): boolean {
  return request.onBehalf?.by === user.id || isPart(request, user);
}

function isPart({ personId, content }: ExceptionRequest, user: { readonly personId?: PersonId }): boolean {
  return user.personId !== undefined && (user.personId === personId || user.personId === colleagueOf(content));
}

function stepped(request: ExceptionRequest, { at, actor }: StepContext, action: StepAction, change: Partial<ExceptionRequest>, more: Partial<NewStep> = {}): { readonly ok: true; readonly value: Stepped } {
  return ok({ request: { ...request, ...change }, step: { at, action, by: actor.kind === "user" ? actor.id : actor.kind, ...more } });
}

const later = ({ at, withinMs }: StepContext): EpochMs => (at + withinMs) as EpochMs;

/** As a comment or a reason is kept. */
export function tidy(entered: string): string {
  return entered.normalize("NFC").replace(/[^\P{Cc}\n]/gu, " ").trim().slice(0, COMMENT_MAX_LENGTH);
}

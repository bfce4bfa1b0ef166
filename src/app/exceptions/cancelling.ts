import type { EntryDraft } from "../../domain/attendance/entries.ts";
import { daysBetween, monthOf } from "../../domain/attendance/rules/days.ts";
import { shiftsOnDay } from "../../domain/attendance/rules/shift-on-day.ts";
import type { PersonPlan } from "../../domain/attendance/rules/types.ts";
import { failure } from "../../domain/errors.ts";
import { isLeaveUsed } from "../../domain/exceptions/balances.ts";
import type { EarnedLeave } from "../../domain/exceptions/balances.ts";
import { daysOfContent } from "../../domain/exceptions/content-days.ts";
import { swapDays, unswappedPlan } from "../../domain/exceptions/effects.ts";
import type { ExceptionRequest, RequestContent, RequestId } from "../../domain/exceptions/types.ts";
import { recorded, step } from "../../domain/exceptions/workflow.ts";
import type { RequestActor } from "../../domain/exceptions/workflow.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { RequestFailure } from "../api/attendance.ts";
import { planPaper } from "../attendance/plans.ts";
import { overlapAround } from "../attendance/schedule-changes.ts";
import type { Effects } from "./effects.ts";
import type { PersonDuty } from "./person-duty.ts";
import { stepEntry } from "./step-entry.ts";
import type { StepsDependencies } from "./steps.ts";

type Cancel = Extract<RequestContent, { readonly kind: "cancel" }>;
type Swap = Extract<RequestContent, { readonly kind: "swap" }>;

interface ChangedPlan {
  readonly plan: PersonPlan;
  readonly entry: EntryDraft;
}

/**
 * An approved cancelling: the request that it is about gets a step of its own, and a swap's plans are changed back. The month
 * must be open still for everybody whom it is about. The balance follows, since nothing but approved leave is taken off it; it
 * is not overdrawn by cancelling overtime whose leave is used or asked for already.
 *
 * @param duty of the person who asked
 * @param earned compensatory leave with and without the overtime that is cancelled
 */
export async function cancelling(dependencies: StepsDependencies, request: ExceptionRequest, { cancels, content }: Cancel, duty: PersonDuty | null, actor: RequestActor, earned?: EarnedLeave): Promise<Result<Effects, RequestFailure>> {
  const { store, papers, duties } = dependencies;
  const approved = await papers.one(cancels);
  if (approved?.personId !== request.personId) return err(failure("request/no-such"));
  const days = daysOfContent(content, duties.zone);
  for (const personId of [request.personId, ...(content.kind === "swap" ? [content.withPersonId] : [])]) {
    const closed = await papers.closedMonths(personId);
    if (days !== null && daysBetween(days.from, days.to).some((day) => closed.has(monthOf(day)))) return err(failure("request/closed"));
  }
  if (earned !== undefined) {
    const [requests, entries] = await Promise.all([papers.ofPerson(request.personId), papers.balanceEntries(request.personId)]);
    if (isLeaveUsed({ zone: duties.zone, requests, entries }, earned)) return err(failure("request/leave-used"));
  }
  const done = step(approved, { kind: "cancel", cancelledBy: request.id }, { at: store.now().wallMs, actor, withinMs: 0 });
  if (!done.ok) return done;
  const by = actor.kind === "user" ? actor.id : actor.kind;
  const plans = content.kind === "swap" ? await changedBack(dependencies, request.id, content, cancels, duty, by) : ok([]);
  if (!plans.ok) return plans;
  return ok({
    entries: [stepEntry(done.value), ...plans.value.map(({ entry }) => entry)],
    papers: (ref) => [papers.paperOf(recorded(done.value, ref(0))), ...plans.value.map(({ plan }) => planPaper(plan))],
    cited: false,
  });
}

async function changedBack({ duties, rules }: StepsDependencies, id: RequestId, content: Swap, swapped: RequestId, duty: PersonDuty | null, by: string): Promise<Result<readonly ChangedPlan[], RequestFailure>> {
  const other = await duties.of(content.withPersonId);
  if (duty === null || other === null) return err(failure("request/no-such-colleague"));
  const book = rules.book.value;
  const days = swapDays(content);
  const sorted = [...days].sort();
  const plans: ChangedPlan[] = [];
  for (const [own, theirs] of [[duty, other], [other, duty]] as const) {
    const bare = days.map((day) => shiftsOnDay({ ...own.person, plan: own.plan === null ? null : { ...own.plan, days: [] } }, book, day));
    const plan = unswappedPlan(own.plan, swapped, id, days.map(theirs.shiftOn), bare);
    if (plan === null) return err(failure("request/plan-changed"));
    if (overlapAround(own.person, plan, book, days) !== null) return err(failure("request/overlap"));
    const { personId } = plan;
    const changed = JSON.stringify({ days: plan.days.filter(({ requestId }) => requestId === id), cancels: swapped });
    plans.push({ plan, entry: { type: "plan", subject: personId, body: { by, personId, cause: "swap", from: sorted[0] ?? "", to: sorted.at(-1) ?? "", content: changed } } });
  }
  return ok(plans);
}

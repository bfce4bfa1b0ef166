import type { EntryDraft } from "../attendance/entries.ts";
import type { ApprovedCorrection, ApprovedSpell, CancelledRequest, EnginePunch, EntryRef } from "../attendance/engine/types.ts";
import type { ShiftOnDay } from "../attendance/rules/shift-on-day.ts";
import type { Day, LeaveKind, PersonPlan, PlannedDay } from "../attendance/rules/types.ts";
import type { PersonId } from "../people/types.ts";
import { cancellable, daysOfContent } from "./content-days.ts";
import { COMPENSATORY } from "./types.ts";
import type { ExceptionRequest, RequestContent } from "./types.ts";

/** What an approved request adds for the engine. Nothing that was recorded is changed by it. */
export interface RequestEffects {
  readonly punches: readonly EnginePunch[];
  readonly spells: readonly ApprovedSpell[];
  readonly corrections: readonly ApprovedCorrection[];
}

/** An entry that is not written: what the engine is given for a punch that would be made up. */
const NOT_WRITTEN: EntryRef = { device: "", seq: 0 };

/** What a request does to attendance as if it were approved, whatever its state. */
export function effectsOf(request: ExceptionRequest, siteId: string, kinds: readonly LeaveKind[]): RequestEffects {
  const punch = madeUpPunch(request, siteId);
  const spell = spellOf(request, kinds);
  const correction = correctionOf(request);
  return { punches: punch ? [punch] : [], spells: spell ? [spell] : [], corrections: correction ? [correction] : [] };
}

/** Somebody who may do so vouches for the time: it counts like an attested punch, and cites the request. */
export function madeUpPunch({ id, content, effect }: Pick<ExceptionRequest, "id" | "content" | "effect">, siteId: string): EnginePunch | null {
  if (content.kind !== "make-up") return null;
  return { ...(effect ?? NOT_WRITTEN), wallMs: content.wallMs, direction: content.direction, directionSource: "person", method: "attested", status: "accepted", timeState: "T0", siteId, requestId: id };
}

export function spellOf({ id, content }: Pick<ExceptionRequest, "id" | "content">, kinds: readonly LeaveKind[]): ApprovedSpell | null {
  switch (content.kind) {
    case "leave":
      return { requestId: id, kind: "leave", fromMs: content.fromMs, toMs: content.toMs, leaveKind: content.leaveKind, paid: isPaid(content.leaveKind, kinds) };
    case "overtime":
      return { requestId: id, kind: "overtime", fromMs: content.fromMs, toMs: content.toMs, compensation: content.compensation };
    case "trip":
    case "outing":
      return { requestId: id, kind: content.kind, fromMs: content.fromMs, toMs: content.toMs };
    case "make-up":
    case "swap":
    case "correction":
    case "appeal":
    case "cancel":
      return null;
  }
}

export function correctionOf({ id, content }: Pick<ExceptionRequest, "id" | "content">): ApprovedCorrection | null {
  return content.kind === "correction" ? { requestId: id, cites: content.cites, change: content.change } : null;
}

/** The entry that an approval adds to the log beside its step; null where the request itself says all. Swaps change plans. */
export function effectEntry({ id, personId, content }: Pick<ExceptionRequest, "id" | "personId" | "content">, site: { readonly siteId: string; readonly zone: string }): EntryDraft | null {
  if (content.kind === "make-up") {
    return { type: "made-up", subject: personId, body: { personId, request: id, siteId: site.siteId, zone: site.zone, direction: content.direction, atMs: content.wallMs } };
  }
  if (content.kind !== "correction") return null;
  const { cites, change } = content;
  return {
    type: "corrected",
    subject: personId,
    body: {
      personId,
      request: id,
      device: cites.device,
      cites: cites.seq,
      change: change.kind,
      ...(change.kind === "direction" ? { direction: change.direction } : {}),
      ...(change.kind === "time" ? { atMs: change.wallMs } : {}),
    },
  };
}

/** The days on which two people change shifts: each works what the other had. */
export function swapDays(content: Extract<RequestContent, { readonly kind: "swap" }>): readonly Day[] {
  return content.day === content.withDay ? [content.day] : [content.day, content.withDay];
}

/** What the days say of a request that was cancelled: nothing of it counts. @param zone the site's */
export function cancelledOf({ id, content }: Pick<ExceptionRequest, "id" | "content">, zone: string): readonly CancelledRequest[] {
  const what = cancellable(content);
  const days = daysOfContent(content, zone);
  if (what === null || days === null) return [];
  if (what.kind === "swap") return swapDays(what).map((day) => ({ requestId: id, what: what.kind, from: day, to: day }));
  return [{ requestId: id, what: what.kind, ...days }];
}

/** The same from the plan: the request of a swap lies with whoever asked for it, and both people's days say that it is gone. */
export function cancelledSwapsOf(plan: PersonPlan | null): readonly CancelledRequest[] {
  return (plan?.cancelledSwaps ?? []).map(({ day, requestId }) => ({ requestId, what: "swap", from: day, to: day }));
}

/**
 * One person's plan once a swap is cancelled: on each of its days again what they had. Where the pattern alone gives that,
 * the single day goes; else it stays as one of the roster. The plan keeps that there was a swap.
 *
 * @param swapped the request whose days they are
 * @param hers what the other one works on those days now, which is what this one had
 * @param bare what this one works on those days without single days
 * @returns null where somebody has planned one of those days otherwise since
 */
export function unswappedPlan(plan: PersonPlan | null, swapped: string, cancelling: string, hers: readonly ShiftOnDay[], bare: readonly ShiftOnDay[]): PersonPlan | null {
  const days = new Set(hers.map(({ day }) => day));
  if (plan === null || plan.days.filter(({ day, requestId }) => days.has(day) && requestId === swapped).length < days.size) return null;
  const ids = ({ shifts }: ShiftOnDay): readonly string[] => shifts.map(({ shift }) => shift.id);
  const back = hers.flatMap((theirs, index): readonly PlannedDay[] => {
    const own = bare[index];
    return own !== undefined && ids(own).join() === ids(theirs).join() ? [] : [{ day: theirs.day, shiftIds: ids(theirs), cause: "roster", requestId: cancelling }];
  });
  const told = [...days].map((day) => ({ day, requestId: swapped }));
  return { ...plan, days: [...plan.days.filter(({ day }) => !days.has(day)), ...back].sort((one, other) => (one.day < other.day ? -1 : 1)), cancelledSwaps: [...(plan.cancelledSwaps ?? []), ...told] };
}

/** One person's plan after a swap: on each of the days what the other had. */
export function swappedPlan(personId: PersonId, plan: PersonPlan | null, requestId: string, others: readonly ShiftOnDay[]): PersonPlan {
  const days: readonly PlannedDay[] = others.map(({ day, shifts }) => ({ day, shiftIds: shifts.map(({ shift }) => shift.id), cause: "swap", requestId }));
  const before = plan ?? { personId, assignments: [], days: [] };
  const changed = new Set(days.map(({ day }) => day));
  return { ...before, days: [...before.days.filter(({ day }) => !changed.has(day)), ...days].sort((one, other) => (one.day < other.day ? -1 : 1)) };
}

const isPaid = (leaveKind: string, kinds: readonly LeaveKind[]): boolean => kinds.find(({ id }) => id === leaveKind)?.paid ?? leaveKind === COMPENSATORY;

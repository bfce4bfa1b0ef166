import type { DayResult } from "../../domain/attendance/engine/types.ts";
import { addDays } from "../../domain/attendance/rules/days.ts";
import type { Day, LeaveKind } from "../../domain/attendance/rules/types.ts";
import { makeUpAllowance } from "../../domain/exceptions/allowance.ts";
import { colleagueOf, daysOfContent, timesOf } from "../../domain/exceptions/content-days.ts";
import { cancelledOf, effectsOf } from "../../domain/exceptions/effects.ts";
import type { ExceptionRequest, LeaveBalance, MakeUpAllowance, RequestId } from "../../domain/exceptions/types.ts";
import { isOpen, waitsFor } from "../../domain/exceptions/workflow.ts";
import type { UserId } from "../../domain/people/access.ts";
import type { Person } from "../../domain/people/types.ts";
import type { RequestFacts } from "../api/attendance.ts";
import type { ReckonOptions } from "../attendance/ports.ts";
import type { RecordRing } from "../ports/store.ts";
import type { RequestsDependencies } from "./requests.ts";

const DAY_MS = 86_400_000;
/** Days of a long request that are shown. */
const DAYS_SHOWN = 14;
const EARLIER_DAYS = 90;

type Parts = Pick<RequestsDependencies, "store" | "reckoning" | "papers" | "duties" | "sheets">;

/** Everything that is to be known for deciding a request, but whose turn it is. */
export async function gatherFacts(parts: Parts, request: ExceptionRequest, person: Person, ring: RecordRing): Promise<Omit<RequestFacts, "mine" | "outcomes">> {
  const { papers, duties } = parts;
  const duty = await duties.of(person.id, ring);
  const own = await papers.ofPerson(person.id, ring);
  const days = daysOfContent(request.content, duties.zone);
  const asked = request.content.kind === "cancel" ? request.content.content : request.content;
  const leaveKind = asked.kind === "leave" ? asked.leaveKind : null;
  const [results, allowance, balance, alsoAway] = await Promise.all([
    days === null ? [] : daysOf(parts, request, days, ring),
    duty === null ? null : allowanceOf(parts, request, duty, own, ring),
    duty === null || leaveKind === null ? null : balanceOf(parts, leaveKind, duty, ring),
    awayMeanwhile(parts, request, person, ring),
  ]);
  return { request, person, waitsFor: waitsFor(request), days: results, allowance, balance, alsoAway, earlier: earlierOnes(request, own), cancelling: cancellingOf(request, own), names: namesOf(parts, request) };
}

async function daysOf({ reckoning, store, duties }: Parts, request: ExceptionRequest, { from, to }: { readonly from: Day; readonly to: Day }, ring: RecordRing): Promise<RequestFacts["days"]> {
  const last = to < addDays(from, DAYS_SHOWN) ? to : addDays(from, DAYS_SHOWN - 1);
  const query = { from, to: last, people: [request.personId] };
  const now = await reckoning.days(query, { ring });
  const before = now.ok ? (now.value.people[0]?.days ?? []) : [];
  const duty = isOpen(request) ? await duties.of(request.personId, ring) : null;
  const rules = duty === null ? null : duties.rulesFor(duty, request.content);
  // A swap changes what is planned, which these results do not hold; a decided one has nothing left to change.
  const changes = colleagueOf(request.content) === null && request.content.kind !== "appeal" && rules !== null;
  const then = changes ? await reckoning.days(query, { ring, asIf: { personId: request.personId, ...changesOf(request, store.settings?.siteId ?? "", duties.zone, rules.rules.leaveKinds) } }) : null;
  const after = new Map<Day, DayResult>(then?.ok ? (then.value.people[0]?.days ?? []).map((result) => [result.day, result]) : []);
  return before.map((result) => ({ now: result, then: after.get(result.day) ?? null }));
}

function changesOf(request: ExceptionRequest, siteId: string, zone: string, kinds: readonly LeaveKind[]): Omit<NonNullable<ReckonOptions["asIf"]>, "personId"> {
  const { content } = request;
  return content.kind === "cancel" ? { cancelled: cancelledOf({ id: content.cancels, content: content.content }, zone) } : effectsOf(request, siteId, kinds);
}

/** The request that asks for this one to be cancelled and waits, or did so; null where there is none. */
function cancellingOf({ id, state, steps }: ExceptionRequest, own: readonly ExceptionRequest[]): RequestId | null {
  if (state === "cancelled") return steps.findLast(({ cancelledBy }) => cancelledBy !== undefined)?.cancelledBy ?? null;
  return own.find((other) => isOpen(other) && other.content.kind === "cancel" && other.content.cancels === id)?.id ?? null;
}

/** As it is without this request, so that "one is left" does not count the one that is asked for. */
async function allowanceOf({ store, papers, duties }: Parts, request: ExceptionRequest, duty: NonNullable<Awaited<ReturnType<Parts["duties"]["of"]>>>, own: readonly ExceptionRequest[], ring: RecordRing): Promise<MakeUpAllowance | null> {
  const { content } = request;
  const found = content.kind === "make-up" ? duties.rulesFor(duty, content) : null;
  if (content.kind !== "make-up" || found === null) return null;
  const closed = await papers.closedMonths(duty.person.id, ring);
  return makeUpAllowance(content.day, {
    policy: found.group.makeUp,
    now: request.submittedAt ?? store.now().wallMs,
    zone: found.rules.zone,
    dayChange: found.rules.dayChange,
    shiftOn: duty.shiftOn,
    requests: own.filter(({ id }) => id !== request.id),
    lockedMonths: new Set(closed.keys()),
  });
}

async function balanceOf({ sheets }: Parts, leaveKind: string, duty: NonNullable<Awaited<ReturnType<Parts["duties"]["of"]>>>, ring: RecordRing): Promise<LeaveBalance | null> {
  return (await sheets.of(duty, ring)).balances.find((balance) => balance.leaveKind === leaveKind) ?? null;
}

/** Others of the department who are granted, or ask for, time away that meets this one. */
async function awayMeanwhile({ papers, store, duties }: Parts, request: ExceptionRequest, { id, department }: Person, ring: RecordRing): Promise<RequestFacts["alsoAway"]> {
  const times = timesOf(request.content);
  const days = daysOfContent(request.content, duties.zone);
  if (times === null || days === null || request.content.kind === "overtime") return [];
  return (await papers.requests(days.from, ring)).flatMap((other) => {
    const person = store.people.get(other.personId)?.person;
    const away = other.content.kind === "leave" || other.content.kind === "trip" || other.content.kind === "outing" ? timesOf(other.content) : null;
    if (person === undefined || person.id === id || person.department !== department || away === null) return [];
    if (!(isOpen(other) || other.state === "approved") || away.fromMs >= times.toMs || away.toMs <= times.fromMs) return [];
    // Why somebody else is away is theirs.
    return [{ person, request: { ...other, reason: "", attachments: [], steps: [] } }];
  });
}

function namesOf({ store }: Parts, { steps, onBehalf }: ExceptionRequest): Readonly<Record<string, string>> {
  const ids = [...steps.flatMap(({ by, to }) => [by, ...(to === undefined ? [] : [to])]), ...(onBehalf === undefined ? [] : [onBehalf.by])];
  return Object.fromEntries(ids.flatMap((id) => (store.users.has(id as UserId) ? [[id, store.users.get(id as UserId)?.name ?? id]] : [])));
}

function earlierOnes(request: ExceptionRequest, own: readonly ExceptionRequest[]): number {
  const until = request.submittedAt ?? Number.POSITIVE_INFINITY;
  return own.filter(({ id, state, content, submittedAt }) => id !== request.id && state !== "draft" && content.kind === request.content.kind && submittedAt !== undefined && submittedAt <= until && submittedAt > until - EARLIER_DAYS * DAY_MS).length;
}

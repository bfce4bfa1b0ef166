import { failure } from "../../domain/errors.ts";
import type { Day } from "../../domain/attendance/rules/types.ts";
import type { EarnedLeave } from "../../domain/exceptions/balances.ts";
import { daysOfContent } from "../../domain/exceptions/content-days.ts";
import type { AppealOutcome, BalanceEntry, ExceptionRequest, HealthDeclaration, RequestContent, RequestId } from "../../domain/exceptions/types.ts";
import { isReopenable, lateAnew } from "../../domain/exceptions/reopening.ts";
import { approvesLast, outcomesOf, roleToDecide, tidy } from "../../domain/exceptions/workflow.ts";
import type { RequestAction, RequestActor } from "../../domain/exceptions/workflow.ts";
import type { Operation, UserId } from "../../domain/people/access.ts";
import { may } from "../../domain/people/access.ts";
import type { Person, PersonId } from "../../domain/people/types.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { SessionAccess } from "../access/session-access.ts";
import type { Decision, RequestFacts, RequestFailure, RequestInput, RequestQuery, Requests } from "../api/attendance.ts";
import type { RequestSource, RuleSource, Reckoning } from "../attendance/ports.ts";
import { Subject } from "../observable.ts";
import type { Observable } from "../observable.ts";
import type { Actor } from "../ports/access.ts";
import type { RecordRing, Store } from "../ports/store.ts";
import type { SettledOutcome } from "./appealed.ts";
import type { BalanceSheet, BalanceSheets } from "./balance-sheets.ts";
import { guarded, storeFailed } from "./failures.ts";
import type { Filing } from "./filing.ts";
import type { Duties } from "./person-duty.ts";
import { gatherFacts } from "./request-facts.ts";
import type { RequestPapers } from "./request-papers.ts";
import type { Move, Steps } from "./steps.ts";
import { ownMark } from "../access/own-record.ts";

/** Whatever there is. */
const ALL: Day = "1970-01-01";
/** Longest time that can be put on a balance at once: a year of days, minutes. */
const ADJUSTED_AT_MOST = 366 * 1440;

export interface RequestsDependencies {
  readonly store: Store;
  readonly access: Pick<SessionAccess, "check" | "viewed" | "ring" | "actor" | "departmentOf">;
  /** Another one for each session, and once its keys are open. */
  readonly session: Observable<unknown>;
  readonly rules: RuleSource;
  readonly reckoning: Pick<Reckoning, "days">;
  readonly papers: RequestPapers;
  readonly duties: Duties;
  readonly sheets: BalanceSheets;
  readonly filing: Filing;
  readonly steps: Steps;
}

/** {@link Requests} for whoever is signed in: each step asks for the right to it, and nothing is shown before the log says who looks. */
export class SiteRequests implements Requests, RequestSource {
  readonly revision = new Subject(0);
  readonly waiting = new Subject(0);
  readonly #dependencies: RequestsDependencies;
  /** Those that were shown, for the names whom one could be handed to. */
  readonly #shown = new Map<RequestId, ExceptionRequest>();
  #counting = 0;

  constructor(dependencies: RequestsDependencies) {
    this.#dependencies = dependencies;
    const { store, session } = dependencies;
    store.subscribe(({ all, papers }) => {
      if (!all && papers?.some((kind) => kind === "request" || kind === "balance") !== true) return;
      this.revision.next(this.revision.value + 1);
      void this.#count();
    });
    session.subscribe(() => {
      this.#shown.clear();
      void this.#count();
    });
  }

  requests(from: Day, ring?: RecordRing, personId?: PersonId): Promise<readonly ExceptionRequest[]> {
    return this.#dependencies.papers.requests(from, ring, personId);
  }

  list(query: RequestQuery): Promise<Result<readonly { readonly request: ExceptionRequest; readonly person: Person; readonly mine: boolean }[], RequestFailure>> {
    const { access } = this.#dependencies;
    return this.#allowed("requests.read", query.personId, async (actor, ring) => {
      const rows = (await this.#rows(actor, ring, query)).filter(({ mine }) => query.mine !== true || mine);
      const seen = await access.viewed({ what: "requests", department: access.departmentOf(actor, "requests.read"), people: new Set(rows.map(({ person }) => person.id)).size });
      if (!seen.ok) return seen;
      for (const { request } of rows) this.#shown.set(request.id, request);
      return ok(rows.map(({ request, person, mine }) => ({ request: withoutHealth(request), person, mine })));
    });
  }

  facts(id: RequestId): Promise<Result<RequestFacts, RequestFailure>> {
    const { access } = this.#dependencies;
    return this.#one("requests.read", id, async (request, person, actor, ring) => {
      const seen = await access.viewed({ what: "request", personId: person.id });
      if (!seen.ok) return seen;
      this.#shown.set(id, request);
      const role = access.check("requests.decide", person.id).ok ? roleToDecide(request, this.#as(actor, person)) : null;
      const facts = await gatherFacts(this.#dependencies, request, person, ring);
      const mine = role !== null && role !== "own";
      const outcomes = mine && approvesLast(request, role === "hr" ? ["hr"] : ["supervisor"]) ? await this.#outcomes(request, ring) : [];
      return ok({ ...facts, request: withoutHealth(request), mine, outcomes });
    });
  }

  health(id: RequestId): Promise<Result<HealthDeclaration, RequestFailure>> {
    const { access, papers } = this.#dependencies;
    return this.#one("requests.decide", id, async (request, person, _actor, ring) => {
      const declared = await papers.health(request, ring);
      if (declared === null) return err(failure("request/no-such"));
      const seen = await access.viewed({ what: "health", personId: person.id });
      return seen.ok ? ok(declared) : seen;
    });
  }

  /** What comes with a request can be a doctor's paper: it is opened by whoever decides, and nobody else. */
  attachment(id: RequestId, attachmentId: string): Promise<Result<Blob, RequestFailure>> {
    const { access, store } = this.#dependencies;
    return this.#one("requests.decide", id, async ({ attachments, erased }, person, _actor, ring) => {
      const attachment = attachments.find((one) => one.id === attachmentId);
      if (attachment === undefined || erased?.attachment !== undefined) return err(failure("request/no-such"));
      const seen = await access.viewed({ what: "attachment", personId: person.id });
      if (!seen.ok) return seen;
      const paper = await store.paper(attachmentId, ring);
      if (paper?.kind !== "attachment" || !(paper.value instanceof Uint8Array)) return err(failure("attachment/unreadable"));
      return ok(new Blob([new Uint8Array(paper.value)], { type: attachment.type }));
    });
  }

  async decide(ids: readonly RequestId[], decision: Decision): Promise<readonly { readonly id: RequestId; readonly result: Result<void, RequestFailure> }[]> {
    const done: { readonly id: RequestId; readonly result: Result<void, RequestFailure> }[] = [];
    for (const id of new Set(ids)) {
      done.push({ id, result: await this.#decide(id, decision) });
    }
    return done;
  }

  comment(id: RequestId, text: string): Promise<Result<void, RequestFailure>> {
    return this.#step("requests.decide", id, { kind: "comment", comment: text });
  }

  remind(id: RequestId): Promise<Result<void, RequestFailure>> {
    return this.#step("requests.decide", id, { kind: "remind" });
  }

  delegate(id: RequestId, to: UserId): Promise<Result<void, RequestFailure>> {
    if (!this.delegates(id).some(({ userId }) => userId === to)) return Promise.resolve(err(failure("request/not-yours")));
    const { personId } = this.#dependencies.store.users.get(to) ?? {};
    return this.#step("requests.decide", id, { kind: "delegate", to: { id: to, ...(personId === undefined ? {} : { personId }) } });
  }

  delegates(id: RequestId): readonly { readonly userId: UserId; readonly name: string }[] {
    const { store, access } = this.#dependencies;
    const request = this.#shown.get(id);
    const person = request === undefined ? undefined : store.people.get(request.personId)?.person;
    const self = access.actor?.userId;
    if (request === undefined || person === undefined || self === undefined || !access.check("requests.decide", person.id).ok) return [];
    const now = store.now().wallMs;
    return [...store.users.values()]
      .filter((user) => user.id !== self && user.status === "active" && may(user.grants, "requests.decide", now, person.department))
      .filter((user) => user.id !== request.onBehalf?.by && (user.personId === undefined || user.personId !== person.id))
      .map(({ id: userId, name }) => ({ userId, name }))
      .sort((one, other) => one.name.localeCompare(other.name));
  }

  file(personId: PersonId, input: RequestInput, onBehalfReason: string): Promise<Result<ExceptionRequest, RequestFailure>> {
    const { store, filing } = this.#dependencies;
    return this.#allowed("requests.file", personId, (actor, ring) => {
      const person = store.people.get(personId)?.person;
      return person === undefined ? Promise.resolve(err(failure("request/no-such"))) : filing.submit(personId, input, { kind: "user", actor: this.#as(actor, person), reason: onBehalfReason }, ring);
    });
  }

  balances(personId: PersonId): Promise<Result<BalanceSheet, RequestFailure>> {
    const { access, duties, sheets } = this.#dependencies;
    return this.#allowed("requests.read", personId, async (_actor, ring) => {
      const duty = await duties.of(personId, ring);
      if (duty === null) return err(failure("request/no-such"));
      const seen = await access.viewed({ what: "attendance", personId });
      return seen.ok ? ok(await sheets.of(duty, ring)) : seen;
    });
  }

  adjustBalance(personId: PersonId, leaveKind: string, minutes: number, entered: string): Promise<Result<void, RequestFailure>> {
    const { store, papers, duties } = this.#dependencies;
    const reason = tidy(entered);
    return this.#allowed("balances.change", personId, ({ userId }, ring) => {
      if (reason === "") return Promise.resolve(err({ ...failure("request/reason-missing"), field: "reason" }));
      if (!Number.isSafeInteger(minutes) || minutes === 0 || Math.abs(minutes) > ADJUSTED_AT_MOST) return Promise.resolve(err({ ...failure("request/bad-time"), field: "minutes" }));
      return store.exclusively(async () => {
        if (!store.people.has(personId)) return err(failure("request/no-such"));
        const year = Number(duties.today.slice(0, 4));
        const entry: BalanceEntry = { leaveKind, minutes, reason, by: userId, at: store.now().wallMs, year };
        const kept = await papers.balanceEntries(personId, ring);
        const written = await store.commit({ entries: [{ type: "balance", subject: personId, body: { personId, leaveKind, minutes, year, reason, by: userId, ...ownMark(store, userId, personId) } }], papers: [papers.balancePaper(personId, [...kept, entry])] });
        return written.ok ? ok() : err(storeFailed(written.error));
      });
    });
  }

  async #rows(actor: Actor, ring: RecordRing, { states, personId, from, to }: RequestQuery): Promise<readonly { readonly request: ExceptionRequest; readonly person: Person; readonly mine: boolean }[]> {
    const { store, papers, access, duties } = this.#dependencies;
    const rows = [];
    for (const request of await papers.requests(from ?? ALL, ring, personId)) {
      const person = store.people.get(request.personId)?.person;
      if (person === undefined || !access.check("requests.read", person.id).ok) continue;
      if (states !== undefined && !states.includes(request.state)) continue;
      const days = daysOfContent(request.content, duties.zone);
      if (days !== null && ((to !== undefined && days.from > to) || (from !== undefined && days.to < from))) continue;
      rows.push({ request, person, mine: access.check("requests.decide", person.id).ok && waitsForMe(request, this.#as(actor, person)) });
    }
    return rows.sort((one, other) => Number(other.mine) - Number(one.mine) || (other.request.submittedAt ?? 0) - (one.request.submittedAt ?? 0));
  }

  /** How many wait: read with the same keys as the list, and nothing of them is told but their number. */
  async #count(): Promise<void> {
    const { access } = this.#dependencies;
    const turn = ++this.#counting;
    const { actor, ring } = access;
    let count = 0;
    if (actor && ring && access.check("requests.decide").ok) {
      try {
        count = (await this.#rows(actor, ring, { states: ["supervisor", "hr", "late"] })).filter(({ mine }) => mine).length;
      } catch {
        // The list itself says what is wrong; until then the count stays what it was.
        return;
      }
    }
    if (turn === this.#counting) this.waiting.next(count);
  }

  async #decide(id: RequestId, { kind, comment, outcome }: Decision): Promise<Result<void, RequestFailure>> {
    if (kind !== "approve") return this.#step(kind === "special-case" ? "requests.special" : "requests.decide", id, { kind, comment });
    if (outcome === undefined) {
      const earned = await this.#earnedBut(id);
      return earned.ok ? this.#step("requests.decide", id, { kind, comment }, earned.value === null ? {} : { earned: earned.value }) : earned;
    }
    const checked = await this.#outcome(id, outcome, comment);
    if (!checked.ok) return checked;
    const made = outcome.kind === "corrected" || outcome.kind === "reopened" ? { made: crypto.randomUUID() as RequestId } : {};
    return this.#step("requests.decide", id, { kind, comment, outcome: outcome.kind, ...made }, { outcome: checked.value });
  }

  /** What approving it would take off compensatory leave; null for anything but the cancelling of such overtime. */
  #earnedBut(id: RequestId): Promise<Result<EarnedLeave | null, RequestFailure>> {
    return this.#one("requests.decide", id, async ({ content }, person, _actor, ring) => ok(content.kind === "cancel" ? await this.#dependencies.sheets.earnedBut(person.id, content, ring) : null));
  }

  /** What was refused can be decided anew only where it is still there and nothing came of it before. */
  async #outcomes({ personId, content }: ExceptionRequest, ring: RecordRing): Promise<readonly AppealOutcome["kind"][]> {
    if (content.kind !== "appeal") return [];
    const outcomes = outcomesOf(content);
    return outcomes.includes("reopened") && (await this.#refused(personId, content, ring)) === null ? outcomes.filter((outcome) => outcome !== "reopened") : outcomes;
  }

  async #refused(personId: PersonId, { about }: Extract<RequestContent, { readonly kind: "appeal" }>, ring: RecordRing): Promise<ExceptionRequest | null> {
    const own = "requestId" in about ? await this.#dependencies.papers.ofPerson(personId, ring) : [];
    const refused = own.find(({ id }) => "requestId" in about && id === about.requestId);
    return refused !== undefined && isReopenable(refused, own) ? refused : null;
  }

  /** What is to come of an appeal must be theirs to do, and the correction one that the rules take; HR may go beyond them. */
  #outcome(id: RequestId, outcome: AppealOutcome, comment: string): Promise<Result<SettledOutcome, RequestFailure>> {
    const { access, filing, papers } = this.#dependencies;
    return this.#one("requests.decide", id, async ({ content }, person, _actor, ring): Promise<Result<SettledOutcome, RequestFailure>> => {
      if (outcome.kind === "answered") return ok(outcome);
      if (outcome.kind === "reopened") {
        const refused = content.kind === "appeal" ? await this.#refused(person.id, content, ring) : null;
        if (refused === null) return err(failure("request/not-now"));
        const anew = await filing.checked(person.id, (await papers.whole(refused, ring)).content, refused.reason, ring, refused.attachments.length);
        return anew.ok ? ok({ kind: outcome.kind, content: anew.value.content, late: lateAnew(refused, anew.value.late) }) : anew;
      }
      if (outcome.kind === "note-withdrawn") {
        const allowed = access.check("notes.write", person.id);
        return allowed.ok ? ok(outcome) : allowed;
      }
      if (content.kind !== "appeal" || !("day" in content.about) || content.about.day !== outcome.content.day) return err(failure("request/outcome-missing"));
      const checked = await filing.checked(person.id, outcome.content, comment, ring);
      if (!checked.ok) return checked;
      const { content: asked, late } = checked.value;
      if (asked.kind !== "correction" && asked.kind !== "make-up") return err(failure("request/outcome-missing"));
      const beyond = late === null ? ok() : access.check("requests.special", person.id);
      return beyond.ok ? ok({ kind: "corrected", content: asked }) : err({ ...failure(`request/${late ?? "window"}`), ...(late === null ? {} : { late }) });
    });
  }

  async #step(operation: Operation, id: RequestId, action: RequestAction, more: Pick<Move, "outcome" | "earned"> = {}): Promise<Result<void, RequestFailure>> {
    const { access, steps } = this.#dependencies;
    return this.#one(operation, id, async (_request, person, _actor, ring) => {
      const done = await steps.take(
        id,
        () => {
          // The right is asked for again while the store is held: it may have ended meanwhile.
          const still = access.check(operation, person.id);
          return still.ok ? ok({ action, actor: this.#as(still.value, person), ...more }) : still;
        },
        ring,
      );
      return done.ok ? ok() : done;
    });
  }

  /** In which roles a user acts on this person's requests. */
  #as({ userId, grants }: Actor, { department }: Person): Extract<RequestActor, { readonly kind: "user" }> {
    const { store } = this.#dependencies;
    const now = store.now().wallMs;
    const holds = (role: "supervisor" | "hr"): boolean =>
      may(
        grants.filter((grant) => grant.role === role),
        "requests.decide",
        now,
        department,
      );
    const { personId } = store.users.get(userId) ?? {};
    return { kind: "user", id: userId, roles: (["supervisor", "hr"] as const).filter(holds), ...(personId === undefined ? {} : { personId }) };
  }

  async #one<T>(operation: Operation, id: RequestId, work: (request: ExceptionRequest, person: Person, actor: Actor, ring: RecordRing) => Promise<Result<T, RequestFailure>>): Promise<Result<T, RequestFailure>> {
    const { store, papers, access } = this.#dependencies;
    return this.#allowed(operation, undefined, async (_actor, ring) => {
      const request = await papers.one(id, ring);
      const person = request === null ? undefined : store.people.get(request.personId)?.person;
      if (request === null || request.state === "draft" || person === undefined) return err(failure("request/no-such"));
      const reached = access.check(operation, person.id);
      return reached.ok ? work(request, person, reached.value, ring) : reached;
    });
  }

  #allowed<T>(operation: Operation, personId: PersonId | undefined, work: (actor: Actor, ring: RecordRing) => Promise<Result<T, RequestFailure>>): Promise<Result<T, RequestFailure>> {
    const { access } = this.#dependencies;
    return guarded(() => {
      const checked = access.check(operation, personId);
      const { ring } = access;
      if (!checked.ok) return Promise.resolve(checked);
      return ring === null ? Promise.resolve(err(failure("access/not-signed-in"))) : work(checked.value, ring);
    });
  }
}

/** It is this user's turn: HR stands in for a supervisor only where it says so. */
function waitsForMe(request: ExceptionRequest, actor: Extract<RequestActor, { readonly kind: "user" }>): boolean {
  const role = roleToDecide(request, actor);
  if (role === null || role === "own") return false;
  if (request.state !== "supervisor") return role === "hr";
  return request.delegatedTo === undefined ? role === "supervisor" : request.delegatedTo === actor.id;
}

/** That something was declared is shown, and what only on request. */
function withoutHealth(request: ExceptionRequest): ExceptionRequest {
  const { content } = request;
  return content.kind === "make-up" && content.health !== undefined ? { ...request, content: { ...content, health: {} } } : request;
}

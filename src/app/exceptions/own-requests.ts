import type { Day } from "../../domain/attendance/rules/types.ts";
import type { EpochMs } from "../../domain/clock.ts";
import { failure } from "../../domain/errors.ts";
import { makeUpAllowance } from "../../domain/exceptions/allowance.ts";
import { colleagueOf } from "../../domain/exceptions/content-days.ts";
import { leaveSpan } from "../../domain/exceptions/leave-minutes.ts";
import { COMPENSATORY } from "../../domain/exceptions/types.ts";
import type { ExceptionRequest, LeaveBalance, MakeUpAllowance, RequestId } from "../../domain/exceptions/types.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { RequestFailure, RequestInput } from "../api/attendance.ts";
import type { OwnRequests } from "../attendance/own-ports.ts";
import type { Store } from "../ports/store.ts";
import type { BalanceSheets } from "./balance-sheets.ts";
import { guarded } from "./failures.ts";
import type { Filing } from "./filing.ts";
import type { Duties } from "./person-duty.ts";
import type { RequestPapers } from "./request-papers.ts";
import type { Steps } from "./steps.ts";

/** How far back swaps that wait are looked for: they end when their day begins. */
const WAITING_FROM = "1970-01-01";

export interface OwnRequestsDependencies {
  readonly store: Store;
  readonly papers: RequestPapers;
  readonly duties: Duties;
  readonly sheets: BalanceSheets;
  readonly filing: Filing;
  readonly steps: Steps;
}

/** {@link OwnRequests} with the device's own keys: whoever calls it has shown who they are. */
export class PersonRequests implements OwnRequests {
  readonly #dependencies: OwnRequestsDependencies;

  constructor(dependencies: OwnRequestsDependencies) {
    this.#dependencies = dependencies;
  }

  async list(personId: PersonId): Promise<readonly ExceptionRequest[]> {
    const { papers } = this.#dependencies;
    // A draft is gone on with where it was left.
    const requests = await Promise.all((await papers.ofPerson(personId)).map(async (request) => (request.state === "draft" ? papers.whole(request) : request)));
    return requests.sort((one, other) => (other.submittedAt ?? Number.POSITIVE_INFINITY) - (one.submittedAt ?? Number.POSITIVE_INFINITY) || 0);
  }

  async swaps(personId: PersonId): Promise<readonly ExceptionRequest[]> {
    const requests = await this.#dependencies.papers.requests(WAITING_FROM);
    return requests.filter(({ state, content }) => state === "colleague" && colleagueOf(content) === personId).map((request) => ({ ...request, attachments: [] }));
  }

  async balances(personId: PersonId): Promise<readonly LeaveBalance[]> {
    const { duties, sheets } = this.#dependencies;
    const duty = await duties.of(personId);
    return duty === null ? [] : (await sheets.of(duty)).balances;
  }

  allowance(personId: PersonId, day: Day): Promise<Result<MakeUpAllowance, RequestFailure>> {
    const { duties, papers, store } = this.#dependencies;
    return guarded(async () => {
      const duty = await duties.of(personId);
      if (duty === null) return err(failure("request/no-such"));
      const found = duties.rulesOn(duty, day);
      if (found === null) return err(failure("attendance/no-rules"));
      if (duty.shiftOn(day).free === "exempt") return err(failure("request/exempt"));
      const [requests, closed] = await Promise.all([papers.ofPerson(personId), papers.closedMonths(personId)]);
      const { rules, group } = found;
      return ok(makeUpAllowance(day, { policy: group.makeUp, now: store.now().wallMs, zone: rules.zone, dayChange: rules.dayChange, shiftOn: duty.shiftOn, requests, lockedMonths: new Set(closed.keys()) }));
    });
  }

  leaveMinutes(personId: PersonId, fromMs: EpochMs, toMs: EpochMs, leaveKind?: string): Promise<Result<number, RequestFailure>> {
    const { duties } = this.#dependencies;
    return guarded(async () => {
      const duty = await duties.of(personId);
      if (duty === null) return err(failure("request/no-such"));
      const found = duties.rulesFor(duty, { kind: "leave", leaveKind: leaveKind ?? "", fromMs, toMs, minutes: 0 });
      if (found === null) return err(failure("attendance/no-rules"));
      const unit = leaveKind === COMPENSATORY ? "hour" : (found.rules.leaveKinds.find(({ id }) => id === leaveKind)?.unit ?? "minute");
      return toMs > fromMs ? ok(leaveSpan(fromMs, toMs, unit, found.rules.zone, duty.shiftOn).minutes) : err({ ...failure("request/bad-time"), field: "toMs" });
    });
  }

  submit(personId: PersonId, input: RequestInput): Promise<Result<ExceptionRequest, RequestFailure>> {
    return this.#dependencies.filing.submit(personId, input, { kind: "self" });
  }

  keepDraft(personId: PersonId, input: RequestInput): Promise<Result<ExceptionRequest, RequestFailure>> {
    return this.#dependencies.filing.keepDraft(personId, input);
  }

  async withdraw(personId: PersonId, id: RequestId): Promise<Result<void, RequestFailure>> {
    const { papers, steps } = this.#dependencies;
    const kept = await papers.one(id);
    if (kept?.personId !== personId) return err(failure("request/no-such"));
    if (kept.state === "draft") return steps.dropDraft(kept);
    const done = await steps.take(id, () => ok({ action: { kind: "withdraw" }, actor: { kind: "self" } }));
    return done.ok ? ok() : done;
  }

  async agree(personId: PersonId, id: RequestId, agreed: boolean): Promise<Result<void, RequestFailure>> {
    const done = await this.#dependencies.steps.take(id, ({ content }) =>
      colleagueOf(content) === personId ? ok({ action: { kind: agreed ? "agree" : "decline" }, actor: { kind: "colleague" } }) : err(failure("request/not-yours")),
    );
    return done.ok ? ok() : done;
  }

  /** Each is a step of its own: that somebody was told can be shown. */
  async seen(personId: PersonId, ids: readonly RequestId[]): Promise<void> {
    for (const id of ids) {
      await this.#dependencies.steps.take(id, (request) => (request.personId === personId && request.unseen === true ? ok({ action: { kind: "notice" }, actor: { kind: "self" } }) : ok(null)));
    }
  }
}

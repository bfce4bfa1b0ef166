import type { EntryDraft } from "../../domain/attendance/entries.ts";
import { failure } from "../../domain/errors.ts";
import { effectEntry, swapDays, swappedPlan } from "../../domain/exceptions/effects.ts";
import type { EarnedLeave } from "../../domain/exceptions/balances.ts";
import type { ExceptionRequest, RequestId } from "../../domain/exceptions/types.ts";
import { recorded, step } from "../../domain/exceptions/workflow.ts";
import type { RequestAction, RequestActor, Stepped } from "../../domain/exceptions/workflow.ts";
import type { PersonPlan } from "../../domain/attendance/rules/types.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { RequestFailure } from "../api/attendance.ts";
import { planPaper } from "../attendance/plans.ts";
import { overlapAround } from "../attendance/schedule-changes.ts";
import type { RuleSource } from "../attendance/ports.ts";
import type { RecordRing, Store } from "../ports/store.ts";
import { appealed } from "./appealed.ts";
import type { SettledOutcome } from "./appealed.ts";
import { cancelling } from "./cancelling.ts";
import { NONE } from "./effects.ts";
import type { Effects } from "./effects.ts";
import { guarded, storeFailed } from "./failures.ts";
import { draftPapers } from "./filing.ts";
import type { Duties, PersonDuty } from "./person-duty.ts";
import { refOf } from "./request-papers.ts";
import type { RequestPapers } from "./request-papers.ts";
import { stepEntry } from "./step-entry.ts";

export interface StepsDependencies {
  readonly store: Store;
  readonly papers: RequestPapers;
  readonly duties: Duties;
  readonly rules: Pick<RuleSource, "book">;
}

export interface Move {
  readonly action: RequestAction;
  readonly actor: RequestActor;
  /** Of an appeal that is approved. */
  readonly outcome?: SettledOutcome;
  /** Of a cancelling that is approved: worked out before the store is held. */
  readonly earned?: EarnedLeave;
}

/** Takes requests one step on: the entry, the paper and what an approval adds become durable together, or not at all. */
export class Steps {
  readonly #dependencies: StepsDependencies;

  constructor(dependencies: StepsDependencies) {
    this.#dependencies = dependencies;
  }

  /**
   * @param move decided from the request as it is kept at that moment; null for nothing to do
   * @param ring whose papers it may be; the device's own when absent
   */
  take(id: RequestId, move: (request: ExceptionRequest) => Result<Move | null, RequestFailure>, ring?: RecordRing): Promise<Result<ExceptionRequest, RequestFailure>> {
    const { store, papers, duties } = this.#dependencies;
    return guarded(() =>
      store.exclusively(async () => {
        const request = await papers.one(id, ring);
        if (request === null) return err(failure("request/no-such"));
        const decided = move(request);
        if (!decided.ok) return decided;
        if (decided.value === null) return ok(request);
        // Rules and shifts are the device's business here: the decision has been made by whoever may.
        const duty = await duties.of(request.personId);
        const done = step(request, decided.value.action, { at: store.now().wallMs, actor: decided.value.actor, withinMs: duties.withinMs(duty, request.content) });
        if (!done.ok) return done;
        const effects = done.value.request.state === "approved" && request.state !== "approved" ? await this.#effects(request, duty, done.value, decided.value) : ok(NONE);
        if (!effects.ok) return effects;
        let kept = request;
        const written = await store.commit({
          entries: [stepEntry(done.value), ...effects.value.entries],
          papers: (appended) => {
            kept = recorded(done.value, refOf(appended, 0));
            if (effects.value.cited) kept = { ...kept, effect: refOf(appended, 1) };
            return [papers.paperOf(kept), ...effects.value.papers((index) => refOf(appended, index + 1))];
          },
        });
        return written.ok ? ok(kept) : err(storeFailed(written.error));
      }),
    );
  }

  /** Throws a draft away with its files: it never was in the log. */
  dropDraft(draft: ExceptionRequest): Promise<Result<void, RequestFailure>> {
    const { store } = this.#dependencies;
    return guarded(() =>
      store.exclusively(async () => {
        const written = await store.commit({ entries: [], removePapers: draftPapers(draft) });
        return written.ok ? ok() : err(storeFailed(written.error));
      }),
    );
  }

  async #effects(request: ExceptionRequest, duty: PersonDuty | null, done: Stepped, { actor, outcome, earned }: Move): Promise<Result<Effects, RequestFailure>> {
    const { store, duties, rules } = this.#dependencies;
    const { settings } = store;
    const { content } = request;
    if (content.kind === "cancel") return cancelling(this.#dependencies, request, content, duty, actor, earned);
    if (content.kind === "appeal") return appealed(this.#dependencies, request, content, done, outcome);
    if (content.kind !== "swap") {
      const entry = effectEntry(request, { siteId: settings?.siteId ?? "", zone: settings?.zone ?? "UTC" });
      return ok({ entries: entry === null ? [] : [entry], papers: () => [], cited: entry !== null });
    }
    const other = await duties.of(content.withPersonId);
    if (duty === null || other === null) return err(failure("request/no-such-colleague"));
    const days = swapDays(content);
    const plans = [
      { duty, plan: swappedPlan(duty.person.id, duty.plan, request.id, days.map(other.shiftOn)) },
      { duty: other, plan: swappedPlan(other.person.id, other.plan, request.id, days.map(duty.shiftOn)) },
    ];
    for (const one of plans) if (overlapAround(one.duty.person, one.plan, rules.book.value, days) !== null) return err(failure("request/overlap"));
    const by = actor.kind === "user" ? actor.id : actor.kind;
    return ok({ entries: plans.map(({ plan }) => planEntry(plan, request.id, by)), papers: () => plans.map(({ plan }) => planPaper(plan)), cited: false });
  }
}

function planEntry({ personId, days }: PersonPlan, requestId: string, by: string): EntryDraft {
  const changed = days.filter((day) => day.requestId === requestId);
  const sorted = changed.map(({ day }) => day).sort();
  return { type: "plan", subject: personId, body: { by, personId, cause: "swap", from: sorted[0] ?? "", to: sorted.at(-1) ?? "", content: JSON.stringify({ days: changed }) } };
}

import type { EntryDraft } from "../../domain/attendance/entries.ts";
import { failure } from "../../domain/errors.ts";
import { checkRequest } from "../../domain/exceptions/checks.ts";
import type { Checked } from "../../domain/exceptions/checks.ts";
import { daysOfContent } from "../../domain/exceptions/content-days.ts";
import { isLeaveUsed, leaveBalances } from "../../domain/exceptions/balances.ts";
import type { EarnedLeave } from "../../domain/exceptions/balances.ts";
import { healthPaperId } from "../../domain/exceptions/enclosures.ts";
import { COMPENSATORY } from "../../domain/exceptions/types.ts";
import type { ExceptionRequest, RequestContent, RequestId } from "../../domain/exceptions/types.ts";
import { recorded, step, tidy } from "../../domain/exceptions/workflow.ts";
import type { RequestActor, Stepped } from "../../domain/exceptions/workflow.ts";
import type { UserId } from "../../domain/people/access.ts";
import type { PersonId } from "../../domain/people/types.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { RequestFailure, RequestInput } from "../api/attendance.ts";
import type { RecordRing, Store } from "../ports/store.ts";
import { attachmentPaper, prepareAttachments } from "./attachments.ts";
import type { PreparedAttachment } from "./attachments.ts";
import type { BalanceSheets } from "./balance-sheets.ts";
import { guarded, storeFailed } from "./failures.ts";
import type { Duties, PersonDuty, RulesFor } from "./person-duty.ts";
import { refOf } from "./request-papers.ts";
import type { RequestPapers } from "./request-papers.ts";
import { stepEntry } from "./step-entry.ts";

export interface FilingDependencies {
  readonly store: Store;
  readonly papers: RequestPapers;
  readonly duties: Duties;
  readonly sheets: BalanceSheets;
}

/** Who hands it in: the person, or a user for them and why. */
export type Filer = { readonly kind: "self" } | { readonly kind: "user"; readonly actor: Extract<RequestActor, { readonly kind: "user" }>; readonly reason: string };

/** Takes requests in: what the rules refuse is not kept, unless the person puts it before HR. */
export class Filing {
  readonly #dependencies: FilingDependencies;

  constructor(dependencies: FilingDependencies) {
    this.#dependencies = dependencies;
  }

  async submit(personId: PersonId, input: RequestInput, filer: Filer, ring?: RecordRing): Promise<Result<ExceptionRequest, RequestFailure>> {
    const { store, duties, papers } = this.#dependencies;
    const reason = tidy(input.reason);
    const behalf = filer.kind === "user" ? tidy(filer.reason) : null;
    if (behalf === "") return err({ ...failure("request/reason-missing"), field: "onBehalf" });
    return guarded(async () => {
      const files = await prepareAttachments(input.attachments.map(({ file }) => file));
      if (!files.ok) return err({ ...files.error, field: "attachments" });
      // Worked out before the store is held: it may take a moment, and punches do not wait for it.
      const duty = await duties.of(personId, ring);
      const rules = duty === null ? null : duties.rulesFor(duty, input.content);
      if (duty === null || duty.person.status !== "active") return err(failure("request/no-such"));
      if (rules === null) return err(failure("attendance/no-rules"));
      const known = await this.#known(duty, input.content, ring);
      return store.exclusively(async () => {
        const checked = await this.#check(duty, rules, input, reason, files.value.length, known, ring);
        if (!checked.ok) return checked;
        const { content, late, allowance } = checked.value;
        // The way by which it was approved is the way by which it is cancelled.
        const cancelled = content.kind === "cancel" ? await papers.one(content.cancels, ring) : null;
        if (late !== null && input.specialCase !== true) return err({ ...failure(`request/${late}`), late, ...(allowance === null ? {} : { allowance }) });
        const draft: ExceptionRequest = {
          id: crypto.randomUUID() as RequestId,
          personId,
          content,
          reason,
          attachments: files.value.map(({ attachment }) => attachment),
          state: "draft",
          route: cancelled?.route ?? (rules.group.approval.length === 0 ? ["hr"] : rules.group.approval),
          passed: 0,
          rulesVersion: rules.version,
          deadlineMs: null,
          steps: [],
          ...(behalf === null || filer.kind !== "user" ? {} : { onBehalf: { by: filer.actor.id, reason: behalf } }),
        };
        const at = store.now().wallMs;
        const withinMs = duties.withinMs(duty, content);
        const submitted = step(draft, { kind: "submit", late }, { at, withinMs, actor: filer.kind === "self" ? { kind: "self" } : filer.actor });
        if (!submitted.ok) return submitted;
        const noticed = filer.kind === "self" ? null : step(submitted.value.request, { kind: "notice" }, { at, withinMs, actor: { kind: "rules" } });
        if (noticed?.ok === false) return noticed;
        return this.#write(submitted.value, noticed?.value ?? null, files.value, await this.#draftToGo(personId, input, papers));
      });
    });
  }

  /** As it would be kept if it were handed in now; nothing is. */
  checked(personId: PersonId, content: RequestContent, reason: string, ring?: RecordRing, attachments = 0): Promise<Result<Checked, RequestFailure>> {
    const { duties } = this.#dependencies;
    return guarded(async () => {
      const duty = await duties.of(personId, ring);
      const rules = duty === null ? null : duties.rulesFor(duty, content);
      if (duty === null) return err(failure("request/no-such"));
      if (rules === null) return err(failure("attendance/no-rules"));
      return this.#check(duty, rules, { content, reason, attachments: [] }, tidy(reason), attachments, await this.#known(duty, content, ring), ring);
    });
  }

  /** Kept unchecked, and not in the log: nobody was asked for anything yet. */
  async keepDraft(personId: PersonId, input: RequestInput): Promise<Result<ExceptionRequest, RequestFailure>> {
    const { store, papers } = this.#dependencies;
    return guarded(async () => {
      const files = await prepareAttachments(input.attachments.map(({ file }) => file));
      if (!files.ok) return err({ ...files.error, field: "attachments" });
      return store.exclusively(async () => {
        const gone = await this.#draftToGo(personId, input, papers);
        const draft: ExceptionRequest = {
          id: crypto.randomUUID() as RequestId,
          personId,
          content: input.content,
          reason: tidy(input.reason),
          attachments: files.value.map(({ attachment }) => attachment),
          state: "draft",
          route: [],
          passed: 0,
          rulesVersion: null,
          deadlineMs: null,
          steps: [],
        };
        const written = await store.commit({ entries: [], papers: [...papers.papersOf(draft), ...files.value.map((file) => attachmentPaper(personId, file, null))], removePapers: gone });
        return written.ok ? ok(draft) : err(storeFailed(written.error));
      });
    });
  }

  /** What the check needs that is worked out: the day in question, and the balance of the leave. */
  async #known(duty: PersonDuty, content: RequestContent, ring?: RecordRing): Promise<Known> {
    const { duties, sheets } = this.#dependencies;
    const result = content.kind === "make-up" || content.kind === "correction" ? await duties.resultOf(duty.person.id, content.day, ring) : null;
    const sheet = content.kind === "leave" ? await sheets.of(duty, ring) : null;
    const cancelled = content.kind === "cancel" ? await sheets.earnedBut(duty.person.id, content, ring) : null;
    return { result, earned: sheet?.balances.find(({ leaveKind }) => leaveKind === COMPENSATORY) ?? null, cancelled };
  }

  async #check(duty: PersonDuty, { rules, group }: RulesFor, { content }: RequestInput, reason: string, attachments: number, { result, earned, cancelled }: Known, ring?: RecordRing): Promise<Result<Checked, RequestFailure>> {
    const { store, duties, papers } = this.#dependencies;
    const { person, plan, shiftOn } = duty;
    const [requests, entries, closed] = await Promise.all([papers.ofPerson(person.id, ring), papers.balanceEntries(person.id, ring), papers.closedMonths(person.id, ring)]);
    const year = Number((daysOfContent(content, rules.zone)?.from ?? duties.today).slice(0, 4));
    const balances = leaveBalances({ year, zone: rules.zone, kinds: rules.leaveKinds, requests, entries, earned: earned === null ? 0 : earned.granted - adjusted(entries), ...(plan?.firstDay === undefined ? {} : { firstDay: plan.firstDay }) });
    const counted = (leaveKind: string): boolean => leaveKind === COMPENSATORY || rules.leaveKinds.some(({ id, balance }) => id === leaveKind && balance);
    const nothing = (leaveKind: string): { readonly leaveKind: string; readonly granted: 0; readonly used: 0; readonly pending: 0; readonly remaining: 0 } => ({ leaveKind, granted: 0, used: 0, pending: 0, remaining: 0 });
    const colleague = content.kind === "swap" ? await this.#colleague(person.department, person.id, content.withPersonId) : null;
    return checkRequest(content, {
      now: store.now().wallMs,
      rules,
      group,
      shiftOn,
      lockedMonths: new Set(closed.keys()),
      requests,
      result,
      balanceOf: (leaveKind) => (counted(leaveKind) ? (balances.find((one) => one.leaveKind === leaveKind) ?? nothing(leaveKind)) : null),
      leaveUsed: cancelled !== null && isLeaveUsed({ zone: rules.zone, requests, entries }, cancelled),
      colleagueOn: colleague?.shiftOn ?? null,
      attachments,
      reason,
    });
  }

  /** Somebody else of the same department who is here: their shifts are read with the device's own keys, since they are asked. */
  async #colleague(department: string, self: PersonId, other: PersonId): Promise<PersonDuty | null> {
    const duty = other === self ? null : await this.#dependencies.duties.of(other);
    return duty?.person.status === "active" && duty.person.department === department ? duty : null;
  }

  async #draftToGo(personId: PersonId, { draft }: RequestInput, papers: RequestPapers): Promise<readonly string[]> {
    const kept = draft === undefined ? null : await papers.one(draft);
    return kept?.state === "draft" && kept.personId === personId ? draftPapers(kept) : [];
  }

  async #write(submitted: Stepped, noticed: Stepped | null, files: readonly PreparedAttachment[], removePapers: readonly string[]): Promise<Result<ExceptionRequest, RequestFailure>> {
    const { store, papers } = this.#dependencies;
    const { request } = submitted;
    let kept = request;
    const entries: readonly EntryDraft[] = [requestEntry(request), stepEntry(submitted), ...(noticed === null ? [] : [stepEntry(noticed)])];
    const written = await store.commit({
      entries,
      removePapers,
      papers: (appended) => {
        kept = recorded(submitted, refOf(appended, 1));
        if (noticed !== null) kept = recorded({ ...noticed, request: { ...kept, ...(noticed.request.unseen === undefined ? {} : { unseen: noticed.request.unseen }) } }, refOf(appended, 2));
        return [...papers.papersOf(kept), ...files.map((file) => attachmentPaper(request.personId, file, null))];
      },
    });
    return written.ok ? ok(kept) : err(storeFailed(written.error));
  }
}

/** Ids of everything that is kept of a draft. */
export function draftPapers({ id, attachments }: ExceptionRequest): readonly string[] {
  return [id, healthPaperId(id), ...attachments.map((attachment) => attachment.id)];
}

interface Known {
  readonly result: Awaited<ReturnType<Duties["resultOf"]>>;
  readonly earned: { readonly granted: number } | null;
  readonly cancelled: EarnedLeave | null;
}

/** What was put on or taken off compensatory leave by hand: it is no part of what overtime has earned. */
function adjusted(entries: readonly { readonly leaveKind: string; readonly minutes: number }[]): number {
  return entries.filter(({ leaveKind }) => leaveKind === COMPENSATORY).reduce((sum, { minutes }) => sum + minutes, 0);
}

/** @param by whoever wrote it down, where that is not the person */
export function requestEntry({ id, personId, content, reason, attachments, onBehalf, appeal }: ExceptionRequest, by: UserId | "self" = onBehalf?.by ?? "self"): EntryDraft {
  return {
    type: "request",
    subject: personId,
    body: { personId, request: id, kind: content.kind, content: forTheLog(content), reason, attachments: attachments.map(({ hash }) => hash), by, ...(onBehalf === undefined ? {} : { onBehalf: onBehalf.reason }), ...(appeal === undefined ? {} : { appeal }) },
  };
}

/** Health is read by whoever decides; auditors read the log. It says which parts were declared, and no more. */
function forTheLog(content: RequestContent): string {
  const said = content.kind === "make-up" && content.health !== undefined ? { ...content, health: Object.keys(content.health).sort() } : content;
  return JSON.stringify(said, (_key, value: unknown) => (typeof value === "object" && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))) : value));
}

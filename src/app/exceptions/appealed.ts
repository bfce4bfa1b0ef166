import { failure } from "../../domain/errors.ts";
import { effectEntry } from "../../domain/exceptions/effects.ts";
import { isReopenable, reopened } from "../../domain/exceptions/reopening.ts";
import type { Reopening } from "../../domain/exceptions/reopening.ts";
import type { AppealOutcome, ExceptionRequest, LateReason, RequestContent } from "../../domain/exceptions/types.ts";
import { recorded } from "../../domain/exceptions/workflow.ts";
import type { Stepped } from "../../domain/exceptions/workflow.ts";
import type { UserId } from "../../domain/people/access.ts";
import { err, ok } from "../../domain/result.ts";
import type { Result } from "../../domain/result.ts";
import type { RequestFailure } from "../api/attendance.ts";
import { notesIn, notePaperId, takenBack } from "../attendance/notes.ts";
import type { Store } from "../ports/store.ts";
import { NONE } from "./effects.ts";
import type { Effects } from "./effects.ts";
import { attachmentPaper } from "./attachments.ts";
import type { PreparedAttachment } from "./attachments.ts";
import { requestEntry } from "./filing.ts";
import { stepEntry } from "./step-entry.ts";
import type { StepsDependencies } from "./steps.ts";

/** What comes of an appeal, with what was worked out of it before the store is held. */
export type SettledOutcome = Exclude<AppealOutcome, { readonly kind: "reopened" }> | { readonly kind: "reopened"; readonly content: RequestContent; readonly late: LateReason | null };

/**
 * What an approved appeal does to the record, in the step that approves it. A correction is a request of its own with the facts that
 * the decider filled in, written down and approved by them: the person had asked for it with the appeal. A note is
 * withdrawn with the words of the decision. What was refused is put before HR as a request of its own. An appeal that is answered in words adds nothing but its step, which says so.
 *
 * @param done the last approval: its comment is the reason, its actor a user
 */
export async function appealed(
  dependencies: StepsDependencies,
  appeal: ExceptionRequest,
  { about }: Extract<RequestContent, { readonly kind: "appeal" }>,
  { step: approval }: Stepped,
  outcome: SettledOutcome | undefined,
): Promise<Result<Effects, RequestFailure>> {
  const { store, papers } = dependencies;
  if (outcome === undefined || outcome.kind !== approval.outcome) return err(failure("request/outcome-missing"));
  if (outcome.kind === "answered") return ok(NONE);
  const by = approval.by as UserId;
  const reason = approval.comment ?? "";
  if (outcome.kind === "note-withdrawn") {
    const [note] = "noteId" in about ? notesIn([await store.paper(notePaperId(about.noteId))]) : [];
    if (note?.personId !== appeal.personId || note.withdrawn !== undefined) return err(failure("request/no-such"));
    const { entry, paper } = takenBack(note, { by, at: approval.at, reason });
    return ok({ entries: [entry], papers: () => [paper], cited: false });
  }
  if (approval.made === undefined) return err(failure("request/outcome-missing"));
  if (outcome.kind === "reopened") return anew(dependencies, appeal, about, { ...outcome, id: approval.made, by, at: approval.at });
  const { personId, route, rulesVersion } = appeal;
  const asked: ExceptionRequest = { id: approval.made, personId, content: outcome.content, reason, attachments: [], state: "approved", route, passed: route.length, submittedAt: approval.at, rulesVersion, deadlineMs: null, steps: [], appeal: appeal.id, unseen: true };
  const submitted: Stepped = { request: asked, step: { at: approval.at, action: "submitted", by } };
  const approved: Stepped = { request: asked, step: { at: approval.at, action: "approved", by, ...(approval.as === undefined ? {} : { as: approval.as }) } };
  const { settings } = store;
  const effect = effectEntry(asked, { siteId: settings?.siteId ?? "", zone: settings?.zone ?? "UTC" });
  if (effect === null) return err(failure("request/outcome-missing"));
  return ok({
    entries: [requestEntry(asked, by), stepEntry(submitted), stepEntry(approved), effect],
    papers: (ref) => papers.papersOf({ ...recorded({ ...approved, request: recorded(submitted, ref(1)) }, ref(2)), effect: ref(3) }),
    cited: false,
  });
}

async function anew(
  { store, papers, duties }: StepsDependencies,
  appeal: ExceptionRequest,
  about: Extract<RequestContent, { readonly kind: "appeal" }>["about"],
  made: Pick<Reopening, "id" | "content" | "late" | "by" | "at">,
): Promise<Result<Effects, RequestFailure>> {
  const refused = "requestId" in about ? await papers.one(about.requestId) : null;
  if (refused?.personId !== appeal.personId || !isReopenable(refused, await papers.ofPerson(appeal.personId))) return err(failure("request/not-now"));
  const withinMs = duties.withinMs(await duties.of(appeal.personId), made.content);
  const files = await copied(store, refused);
  const submitted = reopened({ ...refused, attachments: files.map(({ attachment }) => attachment) }, { ...made, appeal: appeal.id, withinMs });
  return ok({ entries: [requestEntry(submitted.request, made.by), stepEntry(submitted)], papers: (ref) => [...papers.papersOf(recorded(submitted, ref(1))), ...files.map((file) => attachmentPaper(refused.personId, file, null))], cited: false });
}

/** Each request has files of its own: they end with its own decision. What cannot be read stays behind. */
async function copied(store: Pick<Store, "paper">, { attachments }: ExceptionRequest): Promise<readonly PreparedAttachment[]> {
  const papers = await Promise.all(attachments.map(({ id }) => store.paper(id)));
  return attachments.flatMap((attachment, index) => {
    const bytes = papers[index]?.value;
    return bytes instanceof Uint8Array ? [{ attachment: { ...attachment, id: crypto.randomUUID() }, bytes }] : [];
  });
}

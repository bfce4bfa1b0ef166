import type { EpochMs } from "../clock.ts";
import type { UserId } from "../people/access.ts";
import { colleagueOf } from "./content-days.ts";
import type { ExceptionRequest, LateReason, RequestContent, RequestId } from "./types.ts";
import { isOpen } from "./workflow.ts";
import type { Stepped } from "./workflow.ts";

/**
 * Whether a refusal can be decided anew: whoever decides gave it, and nothing that came of it before is granted or waits. A
 * colleague's no to a swap is nobody else's to change, and what has lost what came with it is not complete.
 *
 * @param own all of the person's
 */
export function isReopenable({ id, state, steps, erased }: ExceptionRequest, own: readonly ExceptionRequest[]): boolean {
  if (state !== "rejected" || erased !== undefined || steps.findLast(({ action }) => action === "rejected")?.by === "colleague") return false;
  const appeals = new Set(own.flatMap((each) => (each.content.kind === "appeal" && "requestId" in each.content.about && each.content.about.requestId === id ? [each.id] : [])));
  return !own.some((each) => each.appeal !== undefined && appeals.has(each.appeal) && (each.state === "approved" || isOpen(each)));
}

/** It was handed in while there was time for it; what else the rules refuse, they refuse now, too. */
export function lateAnew({ steps }: ExceptionRequest, late: LateReason | null): LateReason | null {
  return steps.find((step) => step.late !== undefined)?.late ?? (late === "window" || late === "cut-off" ? null : late);
}

export interface Reopening {
  readonly id: RequestId;
  /** The appeal whose approval makes it. */
  readonly appeal: RequestId;
  /** As it would be kept if it were handed in now. */
  readonly content: RequestContent;
  readonly late: LateReason | null;
  readonly by: UserId;
  readonly at: EpochMs;
  readonly withinMs: number;
}

/** What was refused as a request of its own that waits for HR; of a swap, for the colleague first. The refused one stays as it is. */
export function reopened({ personId, reason, attachments, onBehalf, rulesVersion }: ExceptionRequest, { id, appeal, content, late, by, at, withinMs }: Reopening): Stepped {
  const state = late !== null ? "late" : colleagueOf(content) === null ? "hr" : "colleague";
  const request: ExceptionRequest = {
    id,
    personId,
    content,
    reason,
    attachments,
    state,
    route: ["hr"],
    passed: 0,
    submittedAt: at,
    ...(onBehalf === undefined ? {} : { onBehalf }),
    rulesVersion,
    deadlineMs: (at + withinMs) as EpochMs,
    steps: [],
    appeal,
    unseen: true,
  };
  return { request, step: { at, action: late === null ? "submitted" : "refused-late", by, ...(late === null ? {} : { late }) } };
}

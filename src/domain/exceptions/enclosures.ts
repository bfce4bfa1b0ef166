import type { EpochMs } from "../clock.ts";
import { FINAL_STATES } from "./workflow.ts";
import type { ExceptionRequest, HealthDeclaration, RequestId, StepAction } from "./types.ts";

/** What comes with a request and ends before it. */
export const ENCLOSURE_KINDS = ["health", "attachment"] as const;
export type EnclosureKind = (typeof ENCLOSURE_KINDS)[number];

const DECISIONS: ReadonlySet<StepAction> = new Set<StepAction>(["approved", "rejected", "withdrawn", "expired", "special-case", "cancelled"]);

export const healthPaperId = (id: RequestId): string => `health:${id}`;

/** The request as it is kept, and what is kept apart from it: of a health declaration it says that there was one, and no more. */
export function separated(request: ExceptionRequest): { readonly request: ExceptionRequest; readonly health: HealthDeclaration | null } {
  const { content } = request;
  if (content.kind !== "make-up" || content.health === undefined || Object.keys(content.health).length === 0) return { request, health: null };
  return { request: { ...request, content: { ...content, health: {} } }, health: content.health };
}

/** Ids of the papers that an enclosure lies in; none where there is nothing of that kind any more. */
export function enclosurePapers({ id, content, attachments, erased }: ExceptionRequest, kind: EnclosureKind): readonly string[] {
  if (erased?.[kind] !== undefined) return [];
  if (kind === "attachment") return attachments.map((attachment) => attachment.id);
  return content.kind === "make-up" && content.health !== undefined ? [healthPaperId(id)] : [];
}

/** Since when nobody decides it any more; a comment afterwards changes nothing. Null while it waits, or is a draft. */
export function decidedAt({ state, steps }: ExceptionRequest): EpochMs | null {
  return FINAL_STATES.has(state) ? (steps.findLast(({ action }) => DECISIONS.has(action))?.at ?? null) : null;
}

/** The request without an enclosure, which it says since when it is without. */
export function withoutEnclosure(request: ExceptionRequest, kind: EnclosureKind, at: EpochMs): ExceptionRequest {
  return { ...separated(request).request, erased: { ...request.erased, [kind]: at } };
}

import type { EntryDraft } from "../../domain/attendance/entries.ts";
import type { Stepped } from "../../domain/exceptions/workflow.ts";

/** What the log says of a step. */
export function stepEntry({ request, step }: Stepped): EntryDraft {
  const { id, personId, state } = request;
  const { action, by, as, comment, late, to, cancelledBy, outcome, made } = step;
  return {
    type: "request-step",
    subject: personId,
    body: {
      personId,
      request: id,
      action,
      state,
      by,
      ...(as === undefined ? {} : { as }),
      ...(comment === undefined ? {} : { comment }),
      ...(late === undefined ? {} : { late }),
      ...(to === undefined ? {} : { to }),
      ...(cancelledBy === undefined ? {} : { cancelledBy }),
      ...(outcome === undefined ? {} : { outcome }),
      ...(made === undefined ? {} : { made }),
    },
  };
}

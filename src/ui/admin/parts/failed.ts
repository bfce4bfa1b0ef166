import { html, nothing, type TemplateResult } from "lit";

import type { Failure } from "../../../domain/errors.ts";
import { REPORT_FAILURES, type ReportFailureKind } from "../../i18n/report-failures.ts";
import { isAccessFailure } from "../users/words.ts";
import { otherFailure } from "./words.ts";

const isKnown = (kind: string): kind is ReportFailureKind => Object.hasOwn(REPORT_FAILURES, kind);

/** What went wrong in attendance and what to do, in a box of its own; nothing when nothing did. */
export function failed(failure: Failure | null): TemplateResult | typeof nothing {
  // Whoever cancels knows it.
  if (failure === null || failure.kind === "attendance/cancelled") return nothing;
  const text = !isAccessFailure(failure.kind) && isKnown(failure.kind) ? REPORT_FAILURES[failure.kind]() : { happened: otherFailure(failure), todo: "" };
  return html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon><strong>${text.happened}</strong><br />${text.todo}</wa-callout>`;
}

import { msg, str } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import type { ComplianceConcerns } from "../../../app/api/compliance.ts";
import { filingLevel } from "../../../domain/compliance/filing.ts";
import { AdminElement } from "../parts/element.ts";
import { Follow } from "../parts/follow.ts";
import { base } from "../parts/styles.ts";
import { paths } from "../route.ts";

/** How many things wait on the page of compliance. */
export function complianceToDo(concerns: ComplianceConcerns | null | undefined): number {
  if (concerns === null || concerns === undefined) return 0;
  const { assessmentMissing, reviewDue, openIncidents, filing } = concerns;
  return (assessmentMissing ? 1 : 0) + (reviewDue ? 1 : 0) + openIncidents + (filingLevel(filing) === null ? 0 : 1);
}

/** @summary What nobody should overlook, above every other page: a clock that ran out, faces without an assessment, the filing duty. */
@customElement("cf-compliance-notice")
export class ComplianceNoticeElement extends AdminElement {
  static override styles = [
    base,
    css`
      wa-callout {
        margin: var(--cf-space-3) var(--cf-space-4) 0;
      }
    `,
  ];

  private readonly concerns = new Follow(this, () => this.administration.compliance.concerns);

  override render(): TemplateResult | typeof nothing {
    const concerns = this.concerns.value ?? null;
    if (concerns === null) return nothing;
    const { assessmentMissing, overdue, filing } = concerns;
    const count = overdue.length;
    return html`${count === 0
      ? nothing
      : this.callout("danger", count === 1 ? msg("The clock of an incident has run out.", { id: "compliance.notice.overdue.one" }) : msg(str`${count} clocks of incidents have run out.`, { id: "compliance.notice.overdue" }), paths.incidents, msg("To the incidents", { id: "compliance.notice.incidents" }))}
    ${assessmentMissing ? this.callout("warning", msg("Faces are in use here, and no impact assessment is recorded.", { id: "compliance.notice.assessment" }), paths.compliance, msg("Record it", { id: "compliance.notice.record" })) : nothing}
    ${filingLevel(filing) === 100 ? this.callout("warning", msg("The company stores the faces of 100,000 people: a filing is due.", { id: "compliance.notice.filing" }), paths.faceUse, msg("To the count", { id: "compliance.notice.count" })) : nothing}`;
  }

  private callout(variant: "danger" | "warning", what: string, address: string, way: string): TemplateResult {
    return html`<wa-callout variant=${variant} role=${variant === "danger" ? "alert" : nothing}><wa-icon slot="icon" name="warning"></wa-icon><strong>${what}</strong> <a href=${address}>${way}</a></wa-callout>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-compliance-notice": ComplianceNoticeElement;
  }
}

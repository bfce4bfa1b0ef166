import { msg } from "@lit/localize";
import { html, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import { AdminElement } from "../parts/element.ts";
import { base } from "../parts/styles.ts";
import { tabs, tabStyles } from "../parts/tabs.ts";
import { keepInAddress } from "../route.ts";
import "./cf-assessment.ts";
import "./cf-face-use.ts";
import "./cf-incidents.ts";
import "./cf-register.ts";
import { registerTitle } from "./register.ts";

const TABS = ["assessment", "register", "incidents", "faces"] as const;
type Tab = (typeof TABS)[number];

/** What laws ask of whoever runs the site, as far as the tablet can keep it. */
@customElement("cf-compliance")
export class ComplianceElement extends AdminElement {
  static override styles = [base, tabStyles];

  @state() private tab: Tab = tabOf(location.search);

  private readonly moved = (): void => {
    this.tab = tabOf(location.search);
  };

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("popstate", this.moved);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("popstate", this.moved);
  }

  private choose(tab: Tab): void {
    this.tab = tab;
    keepInAddress({ tab: tab === TABS[0] ? "" : tab });
  }

  override render(): TemplateResult {
    return html`<div class="page">
      <h1 tabindex="-1">${msg("Compliance", { id: "admin.nav.compliance" })}</h1>
      ${tabs<Tab>({
        label: msg("Compliance", { id: "admin.nav.compliance" }),
        chosen: this.tab,
        of: [
          ["assessment", msg("Impact assessment", { id: "admin.audit.type.assessment" })],
          ["register", registerTitle()],
          ["incidents", msg("Incidents", { id: "compliance.incidents" })],
          ["faces", msg("Use of faces", { id: "compliance.tab.faces" })],
        ],
        onChoose: (tab) => this.choose(tab),
      })}
      <div id="panel" role="tabpanel" aria-labelledby="tab-${this.tab}">${this.panel()}</div>
    </div>`;
  }

  private panel(): TemplateResult {
    switch (this.tab) {
      case "assessment":
        return html`<cf-assessment .administration=${this.administration}></cf-assessment>`;
      case "register":
        return html`<cf-register .administration=${this.administration}></cf-register>`;
      case "incidents":
        return html`<cf-incidents .administration=${this.administration}></cf-incidents>`;
      case "faces":
        return html`<cf-face-use .administration=${this.administration}></cf-face-use>`;
    }
  }
}

function tabOf(search: string): Tab {
  const named = new URLSearchParams(search).get("tab");
  return TABS.find((tab) => tab === named) ?? TABS[0];
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-compliance": ComplianceElement;
  }
}

import { msg } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import type { AccessFailure } from "../../../app/ports/access.ts";
import { KEPT_KINDS, keptKind, keptUntil } from "../../i18n/retention-words.ts";
import { scheduleOf } from "../../../domain/retention/schedule.ts";
import { Allowed } from "../parts/allowed.ts";
import { AdminElement } from "../parts/element.ts";
import { Follow } from "../parts/follow.ts";
import { base } from "../parts/styles.ts";
import { handOut } from "./paper.ts";
import type { SiteFacts } from "./prepared-answers.ts";
import { headings, processings, registerPaper, registerTitle, retentionPaper, retentionTitle } from "./register.ts";
import { complianceFailure } from "./words.ts";

/** What is processed here and for how long, made of the settings in force; printed for authorities and for the notice board. */
@customElement("cf-register")
export class RegisterElement extends AdminElement {
  static override styles = [
    base,
    css`
      .card > * + * {
        margin-block-start: var(--cf-space-3);
      }

      .scroll {
        overflow-x: auto;
      }

      table {
        inline-size: 100%;
        min-inline-size: 720px;
        border-collapse: collapse;
      }

      .scroll.narrow table {
        min-inline-size: 0;
      }

      th,
      td {
        padding: 8px 12px 8px 0;
        border-block-end: 1px solid var(--cf-line);
        text-align: start;
        vertical-align: top;
      }

      th {
        color: var(--cf-ink-quiet);
        font-weight: 500;
      }

      tr:last-child td {
        border: 0;
      }
    `,
  ];

  @state() private failure: AccessFailure | null = null;

  readonly #allowed = new Allowed(this);
  private readonly settings = new Follow(this, () => this.administration.setup.settings);

  private get facts(): SiteFacts | null {
    const settings = this.settings.value ?? null;
    return settings && { settings, boot: this.administration.boot.policy.value, hub: this.administration.sync.status.value.hub !== null };
  }

  private async out(what: "register" | "retention", facts: SiteFacts, way: "print" | "file"): Promise<void> {
    const done = await handOut(this, what, what === "register" ? "register-of-processing" : "retention-schedule", what === "register" ? registerPaper(facts) : retentionPaper(facts), way);
    this.failure = done.ok ? null : done.error;
  }

  override render(): TemplateResult {
    const { facts } = this;
    if (facts === null) return html``;
    return html`<div class="stack wide">
      ${this.failure === null ? nothing : html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${complianceFailure(this.failure)}</wa-callout>`}
      <section class="card" aria-labelledby="register">
        <div class="head"><h2 id="register">${registerTitle()}</h2>${this.ways("register", facts)}</div>
        <p>${msg("Made of the settings in force. Legal basis, recipients and measures are added to the printed one; say there too what you process outside this tablet.", { id: "compliance.register.how" })}</p>
        <div class="scroll" role="group" aria-labelledby="register" tabindex="0">
          <table>
            <thead><tr>${headings().map((text) => html`<th scope="col">${text}</th>`)}</tr></thead>
            <tbody>${processings(facts).map(({ data, whose, purpose, readers, until }) => html`<tr><td>${data}</td><td>${whose}</td><td>${purpose}</td><td>${readers}</td><td>${until}</td></tr>`)}</tbody>
          </table>
        </div>
      </section>
      <section class="card" aria-labelledby="retention">
        <div class="head"><h2 id="retention">${retentionTitle()}</h2>${this.ways("retention", facts)}</div>
        <p>${msg("Anybody reads this at /me without signing in. Print it and hang it beside the tablet. The times are chosen under Data rights.", { id: "compliance.retention.how" })}</p>
        <div class="scroll narrow" role="group" aria-labelledby="retention" tabindex="0">
          <table>
            <thead><tr><th scope="col">${msg("Kind of data", { id: "retention.kind" })}</th><th scope="col">${msg("Erased", { id: "retention.until" })}</th></tr></thead>
            <tbody>${KEPT_KINDS.map((kind) => html`<tr><td>${keptKind(kind)}</td><td>${keptUntil(kind, scheduleOf(facts.settings))}</td></tr>`)}</tbody>
          </table>
        </div>
      </section>
    </div>`;
  }

  private ways(what: "register" | "retention", facts: SiteFacts): TemplateResult | typeof nothing {
    if (!this.#allowed.has("compliance.export")) return nothing;
    return html`<div class="row">
      <wa-button size="s" appearance="outlined" @click=${() => void this.out(what, facts, "print")}><wa-icon slot="start" name="file"></wa-icon>${msg("Print", { id: "admin.certificate.print" })}</wa-button>
      <wa-button size="s" appearance="outlined" @click=${() => void this.out(what, facts, "file")}><wa-icon slot="start" name="download"></wa-icon>${msg("Download", { id: "admin.certificate.download" })}</wa-button>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-register": RegisterElement;
  }
}

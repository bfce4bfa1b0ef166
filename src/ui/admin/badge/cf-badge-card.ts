import { msg } from "@lit/localize";
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { Person } from "../../../domain/people/types.ts";
import { AdminElement } from "../parts/element.ts";
import { base } from "../parts/styles.ts";
import "./cf-badge-print.ts";

/** A person's badge: whether there is one, and handing out or ending it. */
@customElement("cf-badge-card")
export class BadgeCardElement extends AdminElement {
  static override styles = [
    base,
    css`
      .card {
        gap: var(--cf-space-3);
      }
    `,
  ];

  @property({ attribute: false }) person: Person | null = null;

  @state() private has: boolean | null = null;

  @state() private failed = false;

  @state() private working = false;

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("person") && changed.get("person")?.id !== this.person?.id) void this.read();
  }

  private async read(): Promise<void> {
    const { person } = this;
    this.has = person === null ? null : await this.administration.attendance.badges.has(person.id);
  }

  private readonly issue = async (): Promise<void> => {
    const { person } = this;
    if (person === null || this.working) return;
    this.working = true;
    const issued = await this.administration.attendance.badges.issue(person.id);
    this.working = false;
    this.failed = !issued.ok;
    await this.read();
    if (!issued.ok) return;
    const card = document.createElement("cf-badge-print");
    card.code = issued.value;
    card.name = person.name;
    card.number = person.employeeNumber;
    card.site = this.administration.setup.settings.value?.organisation ?? "";
    card.addEventListener("cf-close", () => card.remove(), { once: true });
    document.body.append(card);
  };

  private readonly end = async (): Promise<void> => {
    const { person } = this;
    if (person === null || this.working) return;
    this.working = true;
    const ended = await this.administration.attendance.badges.end(person.id);
    this.working = false;
    this.failed = !ended.ok;
    await this.read();
  };

  override render(): TemplateResult | typeof nothing {
    const { has } = this;
    if (this.person === null || has === null) return nothing;
    return html`<section class="card" aria-labelledby="badge">
      <h2 id="badge">${msg("Badge", { id: "admin.badge" })}</h2>
      <p>${has ? html`<span class="mark good"><wa-icon name="circle-check"></wa-icon>${msg("Issued", { id: "admin.pin.issued" })}</span>` : html`<span class="quiet">${msg("None", { id: "admin.pin.none" })}</span>`}</p>
      ${this.failed ? html`<p class="field-error" role="alert">${msg("It was not written. Please try again.", { id: "admin.badge.failed" })}</p>` : nothing}
      <div class="row">
        <wa-button appearance="outlined" ?loading=${this.working} @click=${() => void this.issue()}><wa-icon slot="start" name="file"></wa-icon>${has ? msg("Issue a new badge", { id: "admin.badge.again" }) : msg("Issue a badge", { id: "admin.badge.issue" })}</wa-button>
        ${has ? html`<wa-button appearance="plain" ?disabled=${this.working} @click=${() => void this.end()}>${msg("End it", { id: "admin.badge.end" })}</wa-button>` : nothing}
      </div>
      ${has ? html`<p class="small quiet">${msg("A new one ends the present one at once.", { id: "admin.badge.replaces" })}</p>` : nothing}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-badge-card": BadgeCardElement;
  }
}

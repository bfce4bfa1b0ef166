import { msg, str } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import type { SiteTablet } from "../../../app/api/attendance.ts";
import { Follow } from "../parts/follow.ts";
import { dateTime } from "../parts/format.ts";
import { clockText } from "./clock-text.ts";
import { checkInput, clockInput, errorLine, selectInput } from "./inputs.ts";
import { RulesPart } from "./rules-part.ts";

/** What holds for the whole site: when a day ends, the time zone, and which tablets are waited for. */
@customElement("cf-rule-site")
export class RuleSiteElement extends RulesPart {
  static override styles = [
    ...RulesPart.styles,
    css`
      ul {
        display: grid;
        gap: 4px;
        padding: 0;
        list-style: none;
      }

      ul .check {
        flex-wrap: wrap;
        overflow-wrap: anywhere;
      }

      p .mark {
        white-space: normal;
      }
    `,
  ];

  @state() private tablets: readonly SiteTablet[] = [];

  private readonly settings = new Follow(this, () => this.administration.setup.settings);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.administration.attendance.rules.tablets().then((tablets) => (this.tablets = tablets));
  }

  override render(): TemplateResult {
    return html`${this.dayChange()} ${this.zone()} ${this.waitedFor()}`;
  }

  private dayChange(): TemplateResult {
    const { dayChange } = this.rules;
    return html`<section class="card stack" aria-labelledby="day-change">
      <h2 id="day-change">${msg("When a day ends", { id: "rules.site.day-change" })}</h2>
      <div class="fields">
        ${clockInput(this.form, { path: "dayChange", label: msg("Day change", { id: "rules.day-change" }), hint: msg("From 00:00 to 12:00", { id: "rules.site.day-change.hint" }), value: dayChange, onChange: (minute) => this.change({ dayChange: minute }) })}
      </div>
      ${Number.isNaN(dayChange) ? nothing : html`<p>${msg(str`A punch before ${clockText(dayChange)} counts for the day before, as when somebody works late on a day off. Punches round a shift belong to the shift, also through the night.`, { id: "rules.site.day-change.what" })}</p>`}
    </section>`;
  }

  /** The zone is the site's, and is settled at set-up: what is shown and what is judged must not part. */
  private zone(): TemplateResult {
    const { zone } = this.rules;
    const site = this.settings.value?.zone ?? zone;
    const words = (name: string): string => name.replaceAll("_", " ");
    return html`<section class="card stack" aria-labelledby="zone">
      <h2 id="zone">${msg("Time zone", { id: "admin.setup.zone" })}</h2>
      <p><strong>${words(zone)}</strong></p>
      ${errorLine(this.form, "zone")}
      ${site === zone
        ? html`<p class="quiet">${msg("Settled when the site was set up, for every tablet and every record. Shifts are judged by the same clock, so it is not changed here.", { id: "rules.site.zone.what" })}</p>`
        : html`<wa-callout variant="warning"><wa-icon slot="icon" name="warning"></wa-icon>${msg(str`The site's clocks show ${words(site)}, but shifts are judged by ${words(zone)}: times on the screen and results do not fit together.`, { id: "rules.site.zone.other" })}</wa-callout>
            ${this.form.locked ? nothing : html`<div><wa-button appearance="outlined" @click=${() => this.change({ zone: site })}>${msg(str`Judge by ${words(site)}`, { id: "rules.site.zone.take" })}</wa-button></div>`}`}
    </section>`;
  }

  private waitedFor(): TemplateResult {
    const { devices } = this.rules;
    const known = this.tablets.map(({ device }) => device);
    const inUse = this.tablets.filter(({ retired }) => !retired).map(({ device }) => device);
    const named = devices.length > 0;
    return html`<section class="card stack" aria-labelledby="tablets">
      <h2 id="tablets">${msg("Tablets that are waited for", { id: "rules.site.tablets" })}</h2>
      <p class="quiet">${msg("Somebody is absent only once each of these was heard of past the end of the shift: a punch may still be on one that has no network.", { id: "rules.site.tablets.what" })}</p>
      <div class="fields">
        ${selectInput(this.form, {
          path: "devices",
          label: msg("Wait for", { id: "rules.site.tablets.which" }),
          value: named ? "named" : "all",
          of: [
            ["all", msg("Every tablet that was ever heard of", { id: "rules.site.tablets.all" })],
            ["named", msg("These tablets alone", { id: "rules.site.tablets.named" })],
          ],
          onChange: (which) => this.change({ devices: which === "named" ? inUse : [] }),
        })}
      </div>
      ${named ? html`<ul>${[...known, ...devices.filter((device) => !known.includes(device))].map((device) => this.tablet(device))}</ul>` : nothing}
    </section>`;
  }

  private tablet(device: string): TemplateResult {
    const { devices } = this.rules;
    const on = devices.includes(device);
    const last = on && devices.length === 1;
    return html`<li>
      ${checkInput({ ...this.form, locked: this.form.locked || last }, device, on, (wanted) => this.change({ devices: wanted ? [...devices, device] : devices.filter((each) => each !== device) }))}
      <p class="small">${this.heardOf(device, on)} ${last && !this.form.locked ? html`<span class="quiet">${msg("One has to stay. To wait for all, choose that above.", { id: "rules.site.tablet.last" })}</span>` : nothing}</p>
    </li>`;
  }

  private heardOf(device: string, on: boolean): TemplateResult {
    const tablet = this.tablets.find((each) => each.device === device);
    if (tablet?.own === true) return html`<span class="quiet">${msg("This tablet", { id: "rules.site.tablet.own" })}</span>`;
    if (tablet?.retired === true) return html`<span class="quiet">${msg("Retired: nothing more comes of it, and nobody waits for it.", { id: "rules.site.tablet.retired" })}</span>`;
    if (tablet === undefined || tablet.untilMs === null) {
      return on
        ? html`<span class="mark care"><wa-icon name="warning"></wa-icon>${msg("Never heard of. As long as that is so, nobody is judged absent.", { id: "rules.site.tablet.never" })}</span>`
        : html`<span class="quiet">${msg("Never heard of", { id: "rules.site.tablet.silent" })}</span>`;
    }
    return html`<span class="quiet">${msg(str`Heard of until ${dateTime(tablet.untilMs, this.settings.value?.zone ?? this.rules.zone)}`, { id: "rules.site.tablet.until" })}</span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-rule-site": RuleSiteElement;
  }
}

import { msg, str } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import type { ComplianceFailure } from "../../../app/api/compliance.ts";
import { REASON_MAX_LENGTH } from "../../../domain/compliance/face-use.ts";
import { FILING_PEOPLE, filingLevel, type FilingCount } from "../../../domain/compliance/filing.ts";
import type { Result } from "../../../domain/result.ts";
import { Allowed } from "../parts/allowed.ts";
import { confirmed } from "../parts/confirm.ts";
import { AdminElement } from "../parts/element.ts";
import { textField } from "../parts/fields.ts";
import { Follow } from "../parts/follow.ts";
import { count, dateTime } from "../parts/format.ts";
import { base } from "../parts/styles.ts";
import { regionWord } from "../parts/words.ts";
import { complianceFailure } from "./words.ts";

/** The site's switch for faces, and the count towards the filing duty. */
@customElement("cf-face-use")
export class FaceUseElement extends AdminElement {
  static override styles = [
    base,
    css`
      .card > * + * {
        margin-block-start: var(--cf-space-3);
      }
    `,
  ];

  @state() private reason = "";
  @state() private elsewhere: string | null = null;
  @state() private failure: ComplianceFailure | null = null;
  @state() private said: string | null = null;
  @state() private working = false;

  readonly #allowed = new Allowed(this);
  private readonly settings = new Follow(this, () => this.administration.setup.settings);
  private readonly concerns = new Follow(this, () => this.administration.compliance.concerns);
  private readonly users = new Follow(this, () => this.administration.users.list);

  private async run(work: () => Promise<Result<void, ComplianceFailure>>, said: string): Promise<void> {
    if (this.working) return;
    this.working = true;
    this.failure = null;
    this.said = null;
    const outcome = await confirmed(this, work);
    this.working = false;
    if (!outcome.ok) {
      this.failure = outcome.error;
      return;
    }
    this.said = said;
    this.reason = "";
    this.elsewhere = null;
  }

  private turn(on: boolean): void {
    void this.run(() => this.administration.compliance.switchFaces(on, this.reason), on ? msg("Faces are used again.", { id: "compliance.switch.on.done" }) : msg("Faces are switched off. PIN and badge go on.", { id: "compliance.switch.off.done" }));
  }

  private saveElsewhere(): void {
    const entered = this.elsewhere?.trim() ?? "";
    const number = entered === "" ? Number.NaN : Number(entered);
    void this.run(() => this.administration.compliance.setFacesElsewhere(number), msg("Saved.", { id: "compliance.filing.saved" }));
  }

  override render(): TemplateResult {
    const filing = this.concerns.value?.filing;
    return html`<div class="stack wide">
      ${this.failure === null ? nothing : html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${complianceFailure(this.failure)}</wa-callout>`}
      ${this.said === null ? nothing : html`<wa-callout variant="success" role="status"><wa-icon slot="icon" name="circle-check"></wa-icon>${this.said}</wa-callout>`}
      ${this.faces()} ${filing === undefined ? nothing : this.filing(filing)}
    </div>`;
  }

  private faces(): TemplateResult {
    const settings = this.settings.value ?? null;
    const off = settings?.faceOff;
    const zone = settings?.zone ?? "UTC";
    return html`<section class="card" aria-labelledby="switch">
      <h2 id="switch">${msg("Use of faces at this site", { id: "compliance.switch" })}</h2>
      <p>
        ${off === undefined
          ? html`<span class="mark good"><wa-icon name="circle-check"></wa-icon>${msg("Switched on", { id: "compliance.switch.is-on" })}</span>`
          : html`<span class="mark care"><wa-icon name="circle-xmark"></wa-icon>${msg(str`Switched off since ${dateTime(off.at, zone).slice(0, 16)}, by ${this.users.value?.find(({ userId }) => userId === off.by)?.name ?? msg("a user", { id: "admin.audit.a-user" })}`, { id: "compliance.switch.is-off" })}</span>`}
      </p>
      ${off === undefined ? nothing : html`<p>${off.reason}</p>`}
      <p>
        ${msg("Off, nobody's face is compared or enrolled on this tablet, from that moment on and after every restart; the camera opens for badges alone. Faces that are kept stay sealed until their time ends or somebody withdraws. PIN, badge and attested punches go on.", { id: "compliance.switch.what" })}
      </p>
      <p class="small quiet">
        ${settings === null ? nothing : msg(str`Law region that was chosen: ${regionWord(settings.lawRegion)}. The tablet does not decide what your country allows; ask your counsel.`, { id: "compliance.switch.region" })}
        ${msg("The switch is this tablet's: switch each of the site's tablets.", { id: "compliance.switch.each" })}
      </p>
      ${this.#allowed.has("face.switch")
        ? html`${textField({
              label: msg("Why", { id: "admin.certificate.why" }),
              name: "face-reason",
              value: this.reason,
              maxlength: REASON_MAX_LENGTH,
              hint: off === undefined ? msg("For example: an order of the authority, or the law of the country.", { id: "compliance.switch.reason.hint" }) : msg("For example: the order was lifted.", { id: "compliance.switch.reason.back" }),
              onInput: (reason) => (this.reason = reason),
            })}
            <div>
              ${off === undefined
                ? html`<wa-button variant="danger" ?loading=${this.working} @click=${() => this.turn(false)}>${msg("Switch faces off", { id: "compliance.switch.off" })}</wa-button>`
                : html`<wa-button variant="brand" ?loading=${this.working} @click=${() => this.turn(true)}>${msg("Switch faces on", { id: "compliance.switch.on" })}</wa-button>`}
            </div>`
        : nothing}
    </section>`;
  }

  private filing(filing: FilingCount): TemplateResult {
    const level = filingLevel(filing);
    const total = filing.here + filing.elsewhere;
    return html`<section class="card" aria-labelledby="filing">
      <h2 id="filing">${msg("Filing duty from 100,000 people on", { id: "compliance.filing" })}</h2>
      <p>${msg("In China whoever stores the faces of 100,000 people files with the provincial cyberspace administration within 30 working days. A tablet knows only itself: count in the people of all other systems of the company.", { id: "compliance.filing.what" })}</p>
      <wa-progress-bar value=${Math.min(100, (total / FILING_PEOPLE) * 100)} label=${msg("Part of 100,000", { id: "compliance.filing.part" })}></wa-progress-bar>
      <dl class="facts numbers">
        <dt>${msg("Faces on this tablet", { id: "compliance.filing.here" })}</dt>
        <dd>${count(filing.here)}</dd>
        <dt>${msg("In other systems, as you said", { id: "compliance.filing.elsewhere" })}</dt>
        <dd>${count(filing.elsewhere)}</dd>
        <dt>${msg("Together", { id: "compliance.filing.total" })}</dt>
        <dd>${count(total)}</dd>
      </dl>
      ${level === null ? nothing : html`<wa-callout variant=${level === 100 ? "danger" : "warning"}><wa-icon slot="icon" name="warning"></wa-icon>${filingWord(level)}</wa-callout>`}
      ${this.#allowed.has("compliance.change")
        ? html`${textField({
              label: msg("People whose faces other systems hold", { id: "compliance.filing.field" }),
              name: "elsewhere",
              inputmode: "numeric",
              maxlength: 9,
              value: this.elsewhere ?? String(filing.elsewhere),
              onInput: (value) => (this.elsewhere = value),
            })}
            <div><wa-button appearance="outlined" ?disabled=${this.elsewhere === null || this.working} @click=${() => this.saveElsewhere()}>${msg("Save", { id: "admin.retention.save" })}</wa-button></div>`
        : nothing}
    </section>`;
  }
}

function filingWord(level: 80 | 95 | 100): string {
  if (level === 100) return msg("100,000 people are reached: file within 30 working days.", { id: "compliance.filing.100" });
  return level === 95 ? msg("95 % of 100,000 are reached: prepare the filing now.", { id: "compliance.filing.95" }) : msg("80 % of 100,000 are reached: find out who will file, and where.", { id: "compliance.filing.80" });
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-face-use": FaceUseElement;
  }
}

import { msg, str } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import type { ComplianceFailure } from "../../../app/api/compliance.ts";
import { ASSESSMENT_PARTS, type Assessment } from "../../../domain/compliance/assessment.ts";
import { Allowed } from "../parts/allowed.ts";
import { AdminElement } from "../parts/element.ts";
import { Follow } from "../parts/follow.ts";
import { dateTime, day } from "../parts/format.ts";
import { base, lineList } from "../parts/styles.ts";
import "./cf-assessment-form.ts";
import { aboutSite, handOut, type PaperDocument } from "./paper.ts";
import { complianceFailure, PART_WORDS } from "./words.ts";

/** The impact assessment in force, its earlier versions, and the way to the next. */
@customElement("cf-assessment")
export class AssessmentElement extends AdminElement {
  static override styles = [
    base,
    lineList,
    css`
      .text {
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }

      .card > * + * {
        margin-block-start: var(--cf-space-3);
      }
    `,
  ];

  /** Newest first; null until they were read. */
  @state() private versions: readonly Assessment[] | null = null;
  @state() private writing = false;
  @state() private shown: number | null = null;
  @state() private failure: ComplianceFailure | null = null;

  readonly #allowed = new Allowed(this);
  private readonly settings = new Follow(this, () => this.administration.setup.settings);

  override connectedCallback(): void {
    super.connectedCallback();
    void this.read();
  }

  private async read(): Promise<void> {
    const read = await this.administration.compliance.assessments();
    if (read.ok) this.versions = read.value;
    else this.failure = read.error;
  }

  private async recorded(): Promise<void> {
    this.writing = false;
    this.shown = null;
    await this.read();
    this.renderRoot.querySelector<HTMLElement>("h2")?.focus();
  }

  private async out(assessment: Assessment, way: "print" | "file"): Promise<void> {
    const settings = this.settings.value;
    if (settings === null || settings === undefined) return;
    const done = await handOut(this, "assessment", `impact-assessment-${assessment.version}`, paperOf(assessment, aboutSite(settings), settings.zone), way);
    this.failure = done.ok ? null : done.error;
  }

  override render(): TemplateResult {
    const { versions } = this;
    const latest = versions?.[0];
    return html`<div class="stack wide">
      ${this.failure === null ? nothing : html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${complianceFailure(this.failure)}</wa-callout>`}
      ${versions === null ? (this.failure === null ? html`<p role="status"><wa-spinner></wa-spinner></p>` : nothing) : this.writing || latest === undefined ? this.form(latest) : this.inForce(latest, versions)}
    </div>`;
  }

  private form(latest: Assessment | undefined): TemplateResult {
    const may = this.#allowed.has("compliance.change");
    return html`<section class="card" aria-labelledby="assessment">
      <h2 id="assessment" tabindex="-1">${latest === undefined ? msg("No impact assessment is recorded", { id: "compliance.assessment.none" }) : versionWord(latest.version + 1)}</h2>
      ${latest === undefined
        ? html`<p>${msg("Law asks whoever uses faces to think it through before, in writing: what for, with what risks, and what is done against them. On a new tablet no face is enrolled before that; PIN and badge work meanwhile.", { id: "compliance.assessment.why" })}</p>`
        : nothing}
      ${may
        ? html`<cf-assessment-form .administration=${this.administration} .earlier=${latest?.draft ?? null} @cf-recorded=${() => void this.recorded()}>
            ${latest === undefined ? nothing : html`<wa-button appearance="outlined" @click=${() => (this.writing = false)}>${msg("Cancel", { id: "admin.cancel" })}</wa-button>`}
          </cf-assessment-form>`
        : html`<p>${msg("A system administrator records it here.", { id: "compliance.assessment.who" })}</p>`}
    </section>`;
  }

  private inForce(latest: Assessment, versions: readonly Assessment[]): TemplateResult {
    const { zone = "UTC" } = this.settings.value ?? {};
    const shown = versions.find(({ version }) => version === this.shown) ?? latest;
    const due = latest.draft.nextReviewOn < day(Date.now(), zone);
    return html`${due ? html`<wa-callout variant="warning"><wa-icon slot="icon" name="clock"></wa-icon>${msg(str`It was to be looked at again by ${latest.draft.nextReviewOn}. Record a new version, even if nothing has changed.`, { id: "compliance.assessment.due" })}</wa-callout>` : nothing}
      <section class="card" aria-labelledby="assessment">
        <div class="head">
          <h2 id="assessment" tabindex="-1">${titleWord(shown)}</h2>
          <div class="row">
            ${this.#allowed.has("compliance.export")
              ? html`<wa-button size="s" appearance="outlined" @click=${() => void this.out(shown, "print")}><wa-icon slot="start" name="file"></wa-icon>${msg("Print", { id: "admin.certificate.print" })}</wa-button>
                  <wa-button size="s" appearance="outlined" @click=${() => void this.out(shown, "file")}><wa-icon slot="start" name="download"></wa-icon>${msg("Download", { id: "admin.certificate.download" })}</wa-button>`
              : nothing}
            ${this.#allowed.has("compliance.change") ? html`<wa-button size="s" variant="brand" @click=${() => (this.writing = true)}>${msg("New version", { id: "compliance.assessment.new" })}</wa-button>` : nothing}
          </div>
        </div>
        <dl class="facts">${linesOf(shown, zone).map(({ name, text }) => html`<dt>${name}</dt><dd class="text">${text}</dd>`)}</dl>
      </section>
      ${versions.length < 2
        ? nothing
        : html`<section class="card" aria-labelledby="versions">
            <h2 id="versions">${msg("All versions", { id: "compliance.assessment.all" })}</h2>
            <ul>
              ${versions.map(
                ({ version, at, draft }) =>
                  html`<li>
                    <span>${versionWord(version)} · ${draft.signedBy} · <span class="numbers">${dateTime(at, zone).slice(0, 16)}</span></span>
                    <wa-button size="s" appearance="outlined" ?disabled=${version === shown.version} @click=${() => (this.shown = version)}>${msg("Show", { id: "compliance.show" })}</wa-button>
                  </li>`,
              )}
            </ul>
          </section>`}`;
  }
}

function versionWord(version: number): string {
  return msg(str`Version ${version}`, { id: "compliance.assessment.number" });
}

function titleWord({ version }: Assessment): string {
  return msg(str`Impact assessment, version ${version}`, { id: "compliance.assessment.version" });
}

function linesOf({ draft, at }: Assessment, zone: string): readonly { readonly name: string; readonly text: string }[] {
  return [
    ...(draft.kind === "elsewhere" ? [{ name: msg("Done elsewhere", { id: "compliance.way.elsewhere" }), text: draft.reference }] : ASSESSMENT_PARTS.map((part) => ({ name: PART_WORDS[part](), text: draft[part] }))),
    { name: msg("Who signed it", { id: "compliance.signed-by" }), text: draft.signedBy },
    { name: msg("Signed on", { id: "compliance.signed-on" }), text: draft.signedOn },
    { name: msg("To be looked at again by", { id: "compliance.next-review" }), text: draft.nextReviewOn },
    { name: msg("Recorded", { id: "compliance.recorded-at" }), text: dateTime(at, zone) },
  ];
}

function paperOf(assessment: Assessment, about: readonly string[], zone: string): PaperDocument {
  return {
    title: titleWord(assessment),
    about,
    sections: linesOf(assessment, zone).map(({ name, text }) => ({ heading: name, paragraphs: [text] })),
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-assessment": AssessmentElement;
  }
}

import { msg, str } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { ComplianceFailure } from "../../../app/api/compliance.ts";
import { ASSESSMENT_PARTS, PART_MAX_LENGTH, type AssessmentDraft, type AssessmentPart, type AssessmentProblem } from "../../../domain/compliance/assessment.ts";
import { choices, choiceStyles } from "../parts/choices.ts";
import { AdminElement } from "../parts/element.ts";
import { textField, under } from "../parts/fields.ts";
import { day } from "../parts/format.ts";
import { base } from "../parts/styles.ts";
import { preparedAnswers } from "./prepared-answers.ts";
import { complianceFailure, PART_WORDS } from "./words.ts";

type Way = AssessmentDraft["kind"];
type Line = "reference" | "signedBy" | "signedOn" | "nextReviewOn";

const YEAR_MS = 365 * 86_400_000;

function problemWord(kind: AssessmentProblem["kind"]): string {
  switch (kind) {
    case "empty":
      return msg("Say something here.", { id: "compliance.problem.empty" });
    case "too-long":
      return msg("This is too long.", { id: "compliance.problem.long" });
    case "bad-day":
      return msg("Enter a day.", { id: "compliance.problem.day" });
    case "in-the-future":
      return msg("This day has not come yet.", { id: "compliance.problem.future" });
    case "not-after":
      return msg("Choose a day after today and after the signature.", { id: "compliance.problem.not-after" });
  }
}

/**
 * Records an impact assessment: written here, with the tablet's own answers to begin with, or done elsewhere and cited.
 *
 * @event cf-recorded - It is in force.
 */
@customElement("cf-assessment-form")
export class AssessmentFormElement extends AdminElement {
  static override styles = [
    base,
    choiceStyles,
    css`
      .answers {
        display: grid;
        gap: var(--cf-space-4);
        padding-block-start: var(--cf-space-3);
      }

      .signature {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(220px, 100%), 1fr));
        gap: var(--cf-space-3);
        align-items: start;
      }

      summary {
        min-block-size: 44px;
        padding-block: 10px;
        font-weight: 600;
        cursor: pointer;
      }
    `,
  ];

  /** The answers are folded away: where it stands in the way of something else. */
  @property({ type: Boolean }) brief = false;

  /** What is in force, to go on from. */
  @property({ attribute: false }) earlier: AssessmentDraft | null = null;

  @state() private way: Way = "here";
  @state() private answers: Partial<Record<AssessmentPart, string>> = {};
  @state() private lines: Partial<Record<Line, string>> = {};
  @state() private problems: readonly AssessmentProblem[] = [];
  @state() private failure: ComplianceFailure | null = null;
  @state() private working = false;
  @state() private unfolded = false;

  private get zone(): string {
    return this.administration.setup.settings.value?.zone ?? "UTC";
  }

  private answer(part: AssessmentPart): string {
    const { settings } = this.administration.setup;
    const written = this.answers[part] ?? (this.earlier?.kind === "here" ? this.earlier[part] : undefined);
    if (written !== undefined || settings.value === null) return written ?? "";
    return preparedAnswers({ settings: settings.value, boot: this.administration.boot.policy.value, hub: this.administration.sync.status.value.hub !== null })[part];
  }

  private line(name: Line): string {
    const written = this.lines[name];
    if (written !== undefined) return written;
    if (name === "signedOn") return day(Date.now(), this.zone);
    if (name === "nextReviewOn") return day(Date.now() + YEAR_MS, this.zone);
    if (name === "reference") return this.earlier?.kind === "elsewhere" ? this.earlier.reference : "";
    return "";
  }

  private problem(field: string): string | undefined {
    const found = this.problems.find((each) => each.field === field);
    return found === undefined ? undefined : problemWord(found.kind);
  }

  private async record(): Promise<void> {
    if (this.working) return;
    this.working = true;
    this.failure = null;
    const signed = { signedBy: this.line("signedBy"), signedOn: this.line("signedOn"), nextReviewOn: this.line("nextReviewOn") };
    const written = Object.fromEntries(ASSESSMENT_PARTS.map((part) => [part, this.answer(part)]));
    const outcome = await this.administration.compliance.recordAssessment(this.way === "here" ? { kind: "here", ...written, ...signed } : { kind: "elsewhere", reference: this.line("reference"), ...signed });
    this.working = false;
    this.problems = !outcome.ok && outcome.error.kind === "compliance/assessment-bad" ? outcome.error.problems : [];
    if (outcome.ok) {
      this.dispatchEvent(new CustomEvent("cf-recorded"));
      return;
    }
    this.failure = outcome.error;
    this.unfolded = this.unfolded || this.problems.some(({ field }) => (ASSESSMENT_PARTS as readonly string[]).includes(field));
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(".invalid")?.focus();
  }

  override render(): TemplateResult {
    return html`<form
      class="stack wide"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault();
        void this.record();
      }}
    >
      ${choices<Way>({
        name: "way",
        legend: msg("How it was done", { id: "compliance.way" }),
        chosen: this.way,
        of: [
          { value: "here", title: msg("Write it here", { id: "compliance.way.here" }), meaning: msg("The tablet has answered what it knows of itself. You read it, change it, and say what only you know.", { id: "compliance.way.here.what" }) },
          { value: "elsewhere", title: msg("Done elsewhere", { id: "compliance.way.elsewhere" }), meaning: msg("Your organisation has a paper of its own: say which, who signed it, and when.", { id: "compliance.way.elsewhere.what" }) },
        ],
        onChoose: (way) => (this.way = way),
      })}
      ${this.way === "here" ? this.written() : this.oneLine("reference", msg("Reference", { id: "compliance.reference" }), msg("Name or number of the paper, and where it is kept.", { id: "compliance.reference.hint" }))}
      <div class="signature">
        ${this.oneLine("signedBy", msg("Who signed it", { id: "compliance.signed-by" }), msg("Name and function of who answers for it.", { id: "compliance.signed-by.hint" }))}
        ${this.oneLine("signedOn", msg("Signed on", { id: "compliance.signed-on" }))}
        ${this.oneLine("nextReviewOn", msg("To be looked at again by", { id: "compliance.next-review" }))}
      </div>
      ${this.failure === null ? nothing : html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${complianceFailure(this.failure)}</wa-callout>`}
      <div class="row">
        <wa-button variant="brand" type="submit" ?loading=${this.working}>${msg("Record the assessment", { id: "compliance.record" })}</wa-button>
        <slot></slot>
      </div>
      <p class="small quiet">${msg("No legal advice. Each version is kept and cannot be changed; a change is a new version.", { id: "compliance.record.what" })}</p>
    </form>`;
  }

  private oneLine(name: Line, label: string, hint?: string): TemplateResult {
    const isDay = name === "signedOn" || name === "nextReviewOn";
    return textField({
      label,
      name,
      value: this.line(name),
      type: isDay ? "date" : "text",
      maxlength: 200,
      required: true,
      ...(hint === undefined ? {} : { hint }),
      error: this.problem(name),
      onInput: (value) => (this.lines = { ...this.lines, [name]: value }),
    });
  }

  private written(): TemplateResult {
    const answers = html`<div class="answers">${ASSESSMENT_PARTS.map((part) => this.question(part))}</div>`;
    if (!this.brief) return answers;
    return html`${this.question("opinion")}
      <details class="card" ?open=${this.unfolded} @toggle=${(event: Event) => (this.unfolded = (event.target as HTMLDetailsElement).open)}>
        <summary>${msg(str`Read and change the other ${ASSESSMENT_PARTS.length - 1} answers`, { id: "compliance.answers" })}</summary>
        <div class="answers">${ASSESSMENT_PARTS.filter((part) => part !== "opinion").map((part) => this.question(part))}</div>
      </details>`;
  }

  private question(part: AssessmentPart): TemplateResult {
    const error = this.problem(part);
    const hint = part === "opinion" ? msg("What they said, when, and what you did about it; or that there are none.", { id: "compliance.part.opinion.hint" }) : undefined;
    return html`<wa-textarea
      name=${part}
      label=${PART_WORDS[part]()}
      rows=${part === "opinion" ? 2 : 4}
      resize="auto"
      maxlength=${PART_MAX_LENGTH}
      class=${error === undefined ? "" : "invalid"}
      .value=${this.answer(part)}
      @input=${(event: Event) => (this.answers = { ...this.answers, [part]: (event.target as HTMLTextAreaElement).value })}
      >${under(error, hint)}</wa-textarea
    >`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-assessment-form": AssessmentFormElement;
  }
}

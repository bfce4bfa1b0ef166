import { msg, str } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { Progress, RulesEffect, RulesFailure, RulesPreview } from "../../../app/api/attendance.ts";
import { changesBetween } from "../../../domain/attendance/rules/changed.ts";
import { addDays, isDay, weekdayOf } from "../../../domain/attendance/rules/days.ts";
import type { DayResult } from "../../../domain/attendance/engine/types.ts";
import type { Day } from "../../../domain/attendance/rules/types.ts";
import type { Failure } from "../../../domain/errors.ts";
import type { PersonId } from "../../../domain/people/types.ts";
import { locale } from "../../i18n/localize.ts";
import { timeToTheMinute } from "../../i18n/format.ts";
import { markWords } from "../../i18n/mark-words.ts";
import { minutesWord } from "../../i18n/requests.ts";
import { Allowed } from "../parts/allowed.ts";
import { confirmed } from "../parts/confirm.ts";
import { count } from "../parts/format.ts";
import "../parts/cf-person-picker.ts";
import type { RulesDraft } from "./draft.ts";
import { selectInput, textInput } from "./inputs.ts";
import { RulesPart } from "./rules-part.ts";
import { changeWord, previewFailureWord, rulesFailureWord } from "./words.ts";

/**
 * The last step: what is otherwise, what comes of it in a week and in the last month, from when, and why.
 *
 * @event cf-meta - `detail`: another day of effect or another note
 * @event cf-saved - The rules are saved.
 * @event cf-show-errors - Fields are to show what is wrong with them.
 */
@customElement("cf-rules-review")
export class RulesReviewElement extends RulesPart {
  static override styles = [
    ...RulesPart.styles,
    css`
      .wide {
        overflow-x: auto;
      }

      table {
        inline-size: 100%;
        border-collapse: collapse;
        min-inline-size: 560px;
      }

      th,
      td {
        padding: 8px 12px 8px 0;
        border-block-end: 1px solid var(--cf-line);
        text-align: start;
        vertical-align: top;
      }

      tr.other td {
        background: var(--cf-care-ground);
      }

      tr.other td:first-child {
        box-shadow: inset 4px 0 0 var(--cf-care);
        padding-inline-start: 12px;
      }

      td:first-child,
      th:first-child {
        padding-inline-start: 12px;
      }

      ul {
        padding-inline-start: 1.2em;
      }
    `,
  ];

  @property({ attribute: false }) draft!: RulesDraft;
  @property({ attribute: false }) firstOpenDay: Day | null = null;

  @state() private groupId: string | null = null;
  @state() private personId: PersonId | null = null;
  @state() private preview: RulesPreview | null = null;
  @state() private effect: RulesEffect | null = null;
  @state() private progress: Progress | null = null;
  @state() private failure: Failure | null = null;
  @state() private notSaved: RulesFailure | null = null;
  @state() private busy = false;
  readonly #allowed = new Allowed(this);
  #shown: unknown = null;
  #stop: AbortController | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.abort();
  }

  protected override updated(): void {
    const key = [this.rules, this.draft.from, this.groupId, this.personId];
    if (Array.isArray(this.#shown) && key.every((each, index) => each === (this.#shown as readonly unknown[])[index])) return;
    this.#shown = key;
    void this.show();
  }

  private async show(): Promise<void> {
    const { rules, personId } = this;
    const groupId = this.groupId ?? rules.groups.at(-1)?.id ?? "";
    if (this.form.problems.length > 0 || !isDay(this.draft.from)) {
      this.preview = null;
      return;
    }
    const from = addDays(this.draft.from, (7 - weekdayOf(this.draft.from)) % 7);
    const found = await this.administration.attendance.rules.preview(rules, from, personId === null ? { groupId } : { personId });
    if (rules !== this.rules) return;
    this.preview = found.ok ? found.value : null;
    this.failure = found.ok ? null : found.error;
  }

  private async work(): Promise<void> {
    this.#stop = new AbortController();
    this.progress = { done: 0, total: 0 };
    const found = await this.administration.attendance.rules.effect(this.rules, (progress) => (this.progress = progress), this.#stop.signal);
    this.progress = null;
    if (found.ok) this.effect = found.value;
    else if (found.error.kind !== "attendance/cancelled") this.failure = found.error;
  }

  private async save(): Promise<void> {
    this.notSaved = null;
    if (this.form.problems.length > 0) {
      this.dispatchEvent(new CustomEvent("cf-show-errors"));
      return;
    }
    this.busy = true;
    const { from, note, base } = this.draft;
    const saved = await confirmed(this, () => this.administration.attendance.rules.save(this.rules, from, note, base));
    this.busy = false;
    if (saved.ok) this.dispatchEvent(new CustomEvent("cf-saved"));
    else this.notSaved = saved.error;
  }

  private meta(change: Partial<Pick<RulesDraft, "from" | "note">>): void {
    this.dispatchEvent(new CustomEvent("cf-meta", { detail: change }));
  }

  override render(): TemplateResult {
    const before = this.administration.attendance.rules.inForce(this.draft.from);
    const changes = changesBetween(before, this.rules);
    const { form, draft, firstOpenDay } = this;
    const tooEarly = firstOpenDay !== null && draft.from < firstOpenDay;
    return html`
      ${form.problems.length === 0
        ? nothing
        : html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${msg(str`${form.problems.length} fields need a look before this can be saved. They are marked in the other tabs.`, { id: "rules.review.problems" })}</wa-callout>`}
      <section class="card stack" aria-labelledby="changes">
        <h2 id="changes">${msg("What is otherwise", { id: "rules.review.changes" })}</h2>
        ${changes.length === 0 ? html`<p>${msg("Nothing. The draft says the same as the rules in force.", { id: "rules.review.same" })}</p>` : html`<ul>${changes.map((change) => html`<li>${changeWord(change, before, this.rules)}</li>`)}</ul>`}
      </section>
      <section class="card stack" aria-labelledby="effect">
        <h2 id="effect">${msg("What comes of it", { id: "rules.review.effect" })}</h2>
        ${this.week()}
        ${changes.some(({ part }) => part === "devices") ? html`<p class="small quiet">${msg("In a made-up week every tablet was heard of. Which ones are waited for says when a day is judged, not how.", { id: "rules.review.devices" })}</p>` : nothing}
        ${this.lastMonth()}
      </section>
      <section class="card stack" aria-labelledby="when">
        <h2 id="when">${msg("From when, and why", { id: "rules.review.when" })}</h2>
        <div class="fields">
          ${textInput(form, { path: "from", type: "date", label: msg("In force from", { id: "rules.review.from" }), ...(firstOpenDay === null ? {} : { hint: msg(str`Earliest ${firstOpenDay}: days before that are closed.`, { id: "rules.review.earliest" }) }), value: draft.from, onChange: (from) => this.meta({ from }) })}
          ${textInput(form, { path: "note", label: msg("Reason", { id: "rules.review.note" }), hint: msg("Kept with this version, for whoever asks later", { id: "rules.review.note.hint" }), value: draft.note, maxlength: 500, onChange: (note) => this.meta({ note }) })}
        </div>
        ${tooEarly ? html`<p class="field-error" role="alert"><wa-icon name="warning"></wa-icon>${rulesFailureWord({ kind: "rules/closed-days", firstOpenDay })}</p>` : nothing}
        ${this.notSaved === null ? nothing : html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${rulesFailureWord(this.notSaved)}</wa-callout>`}
        <p class="small quiet">${msg("Days before that date stay as they are. Days from it on are worked out anew; closed months never.", { id: "rules.review.consequence" })}</p>
        <div><wa-button variant="brand" ?loading=${this.busy} ?disabled=${changes.length === 0 || tooEarly || !isDay(draft.from) || this.busy} @click=${() => void this.save()}>${msg("Put in force", { id: "rules.review.save" })}</wa-button></div>
      </section>`;
  }

  private week(): TemplateResult {
    const { rules, preview } = this;
    const groups = rules.groups.map(({ id, name }) => [id, name] as const);
    return html`<div class="fields">
        ${selectInput({ ...this.form, locked: false }, { path: "sample-group", label: msg("A made-up week of the group", { id: "rules.review.sample" }), value: this.groupId ?? rules.groups.at(-1)?.id ?? "", of: groups, onChange: (id) => {
          this.groupId = id;
          this.personId = null;
        } })}
        ${this.#allowed.has("attendance.read") ? html`<div class="field"><cf-person-picker .administration=${this.administration} .picked=${this.personId} empty=${msg("Or somebody's last week", { id: "rules.review.person" })} @cf-pick=${(event: CustomEvent<{ readonly id: PersonId | null }>) => (this.personId = event.detail.id)}></cf-person-picker></div>` : nothing}
      </div>
      ${this.failure === null ? nothing : html`<p class="field-error" role="alert"><wa-icon name="warning"></wa-icon>${previewFailureWord(this.failure)}</p>`}
      ${preview === null
        ? nothing
        : html`<div class="wide" tabindex="0"><table>
            <thead><tr><th scope="col">${msg("Day", { id: "rules.calendar.day" })}</th><th scope="col">${msg("Punches", { id: "admin.nav.punches" })}</th><th scope="col">${msg("Until now", { id: "rules.review.before" })}</th><th scope="col">${msg("With the draft", { id: "rules.review.after" })}</th></tr></thead>
            <tbody>${preview.days.map(({ before, after }) => this.dayRow(before, after))}</tbody>
          </table></div>`}`;
  }

  private dayRow(before: DayResult | null, after: DayResult): TemplateResult {
    const day = new Intl.DateTimeFormat(locale.value, { weekday: "short", month: "numeric", day: "numeric", timeZone: "UTC" }).format(Date.parse(after.day));
    const [was, is] = [before === null ? "–" : outcome(before), outcome(after)];
    const other = before !== null && was !== is;
    const punches = after.punches.map(({ wallMs }) => timeToTheMinute(wallMs, this.rules.zone)).join(" · ");
    return html`<tr class=${other ? "other" : ""}><td>${day}</td><td class="numbers">${punches === "" ? "–" : punches}</td><td>${was}</td><td>${other ? html`<strong>${is}</strong>` : is}</td></tr>`;
  }

  private lastMonth(): TemplateResult | typeof nothing {
    if (!this.#allowed.has("attendance.read") || this.administration.attendance.rules.book.value.versions.length === 0) return nothing;
    const { effect, progress } = this;
    if (progress !== null) {
      return html`<div class="row loose" role="status"><wa-spinner></wa-spinner>${msg(str`${count(progress.done)} of ${count(progress.total)} people`, { id: "rules.review.progress" })}<wa-button size="small" appearance="outlined" @click=${() => this.#stop?.abort()}>${msg("Cancel", { id: "admin.cancel" })}</wa-button></div>`;
    }
    return html`<div class="row loose">
      <wa-button size="small" appearance="outlined" ?disabled=${this.form.problems.length > 0} @click=${() => void this.work()}>${msg("Try it on last month", { id: "rules.review.try" })}</wa-button>
      ${effect === null ? nothing : html`<span role="status">${msg(str`${count(effect.days)} of ${count(effect.ofDays)} days of last month would have come out otherwise, for ${count(effect.people)} people.`, { id: "rules.review.otherwise" })}</span>`}
    </div>`;
  }
}

/** What is seen of a day in a few words. */
function outcome({ marks, minutes, dayKind, periods }: DayResult): string {
  const words = markWords();
  const said = marks.map((mark) => words[mark]);
  const overtime = minutes.overtime.workday + minutes.overtime.rest + minutes.overtime.holiday;
  const parts = [
    ...(minutes.late > 0 ? [`${words.late} ${minutesWord(minutes.late)}`] : []),
    ...(minutes.early > 0 ? [`${words.early} ${minutesWord(minutes.early)}`] : []),
    ...(overtime > 0 ? [`${words.overtime} ${minutesWord(overtime)}`] : []),
  ];
  const rest = said.filter((word) => word !== words.late && word !== words.early && word !== words.overtime);
  if (parts.length + rest.length > 0) return [...parts, ...rest].join(", ");
  if (periods.length === 0) return dayKind === "holiday" ? msg("Holiday", { id: "rules.calendar.holiday" }) : msg("Free", { id: "rules.pattern.free" });
  return msg("In time", { id: "rules.review.in-time" });
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-rules-review": RulesReviewElement;
  }
}

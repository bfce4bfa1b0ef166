import { msg, str } from "@lit/localize";
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { PlanFailure } from "../../../app/api/attendance.ts";
import type { Day, PersonPlan } from "../../../domain/attendance/rules/types.ts";
import type { PersonId } from "../../../domain/people/types.ts";
import { AdminElement } from "../parts/element.ts";
import { base } from "../parts/styles.ts";
import { dayOfCycle } from "../rules/summary.ts";
import { planFailureWord } from "../rules/words.ts";

/** Who has another duty, and what it was. */
export interface DutyChanged {
  readonly personId: PersonId;
  readonly before: Pick<PersonPlan, "exempt" | "firstDay" | "lastDay">;
}

/**
 * What is settled for one person: patterns with their dates, first and last day of duty, and whether anybody judges them.
 *
 * @event cf-done - It was changed.
 * @event cf-close - It is done with.
 */
@customElement("cf-duty-dialog")
export class DutyDialogElement extends AdminElement {
  static override styles = [
    base,
    css`
      .check {
        display: flex;
        gap: 12px;
        align-items: flex-start;
      }

      .check input {
        inline-size: 22px;
        block-size: 22px;
        flex: none;
        accent-color: var(--cf-accent);
      }

      ul {
        padding-inline-start: 1.2em;
      }
    `,
  ];

  @property() personId!: PersonId;
  @property() name = "";
  @property({ type: Boolean }) mayChange = false;

  @state() private plan: PersonPlan | null = null;
  @state() private exempt = false;
  @state() private firstDay = "";
  @state() private lastDay = "";
  @state() private failure: PlanFailure | null = null;
  @state() private read = false;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("personId")) void this.load();
  }

  private async load(): Promise<void> {
    const plan = await this.administration.attendance.schedule.plan(this.personId);
    this.plan = plan;
    this.exempt = plan?.exempt === true;
    this.firstDay = plan?.firstDay ?? "";
    this.lastDay = plan?.lastDay ?? "";
    this.read = true;
  }

  private async save(): Promise<void> {
    this.failure = null;
    const { exempt, firstDay, lastDay } = this;
    const done = await this.administration.attendance.schedule.setDuty(this.personId, { ...(exempt ? { exempt } : {}), ...(firstDay === "" ? {} : { firstDay }), ...(lastDay === "" ? {} : { lastDay }) });
    if (!done.ok) {
      this.failure = done.error;
      return;
    }
    const { plan } = this;
    const before = { ...(plan?.exempt === true ? { exempt: true } : {}), ...(plan?.firstDay === undefined ? {} : { firstDay: plan.firstDay }), ...(plan?.lastDay === undefined ? {} : { lastDay: plan.lastDay }) };
    this.dispatchEvent(new CustomEvent<DutyChanged>("cf-done", { detail: { personId: this.personId, before } }));
    this.dispatchEvent(new CustomEvent("cf-close"));
  }

  private async takeBack(from: Day): Promise<void> {
    this.failure = null;
    const done = await this.administration.attendance.schedule.takeBack([this.personId], from);
    if (done.ok) await this.load();
    else this.failure = done.error;
  }

  override render(): TemplateResult {
    const day = (id: "firstDay" | "lastDay", label: string, hint: string): TemplateResult =>
      html`<div>
        <label class="native-label" for=${id}>${label}</label>
        <input class="native" id=${id} type="date" .value=${this[id]} ?disabled=${!this.mayChange} aria-describedby="${id}-hint" @input=${(event: Event) => (this[id] = (event.target as HTMLInputElement).value)} />
        <span class="small quiet" id="${id}-hint">${hint}</span>
      </div>`;
    const wrong = this.firstDay !== "" && this.lastDay !== "" && this.lastDay < this.firstDay;
    return html`<wa-dialog
      open
      label=${msg(str`Duty of ${this.name}`, { id: "schedule.duty.title" })}
      @wa-after-hide=${(event: Event) => {
        if (event.target === event.currentTarget) this.dispatchEvent(new CustomEvent("cf-close"));
      }}
    >
      ${this.read
        ? html`<div class="stack">
            ${this.assignments()}
            ${day("firstDay", msg("First day of duty", { id: "schedule.duty.first" }), msg("Empty: from being added on", { id: "schedule.duty.first.hint" }))}
            ${day("lastDay", msg("Last day of duty", { id: "schedule.duty.last" }), msg("Empty: until leaving", { id: "schedule.duty.last.hint" }))}
            ${wrong ? html`<p class="field-error small" role="alert"><wa-icon name="warning"></wa-icon>${msg("The last day comes after the first.", { id: "schedule.duty.wrong" })}</p>` : nothing}
            <label class="check"><input type="checkbox" .checked=${this.exempt} ?disabled=${!this.mayChange} @change=${(event: Event) => (this.exempt = (event.target as HTMLInputElement).checked)} /><span>${msg("Exempt: punches are kept, nothing is judged, and nothing is asked of this person", { id: "schedule.duty.exempt" })}</span></label>
            ${this.failure === null ? nothing : html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${planFailureWord(this.failure, () => this.name)}</wa-callout>`}
          </div>`
        : html`<p role="status"><wa-spinner></wa-spinner></p>`}
      <wa-button slot="footer" appearance="outlined" data-dialog="close">${this.mayChange ? msg("Cancel", { id: "admin.cancel" }) : msg("Close", { id: "schedule.close" })}</wa-button>
      ${this.mayChange ? html`<wa-button slot="footer" variant="brand" ?disabled=${!this.read || wrong} @click=${() => void this.save()}>${msg("Save", { id: "schedule.save" })}</wa-button>` : nothing}
    </wa-dialog>`;
  }

  private assignments(): TemplateResult {
    const assignments = this.plan?.assignments ?? [];
    if (assignments.length === 0) return html`<p class="quiet">${msg("Works what the group's pattern says.", { id: "schedule.duty.group" })}</p>`;
    return html`<ul>
      ${assignments.map(({ from, groupId, patternId, offset }) => {
        const rules = this.administration.attendance.rules.inForce(from);
        const names = [rules?.groups.find(({ id }) => id === groupId)?.name, rules?.patterns.find(({ id }) => id === patternId)?.name, offset === undefined ? undefined : dayOfCycle(offset + 1)].filter((name) => name !== undefined);
        return html`<li>${this.mayChange ? html`<wa-button class="back" size="s" appearance="outlined" aria-label=${msg(str`Take back what was given from ${from}`, { id: "schedule.duty.take-back.of" })} @click=${() => void this.takeBack(from)}>${msg("Take back", { id: "schedule.duty.take-back" })}</wa-button> ` : nothing}${msg(str`From ${from}: ${names.length === 0 ? msg("the group's pattern", { id: "schedule.duty.own-group" }) : names.join(", ")}`, { id: "schedule.duty.from" })}</li>`;
      })}
    </ul>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-duty-dialog": DutyDialogElement;
  }
}

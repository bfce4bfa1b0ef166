import { msg, str } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { PlanFailure } from "../../../app/api/attendance.ts";
import { isDay } from "../../../domain/attendance/rules/days.ts";
import type { Day, SiteRules } from "../../../domain/attendance/rules/types.ts";
import type { PersonId } from "../../../domain/people/types.ts";
import { AdminElement } from "../parts/element.ts";
import { count } from "../parts/format.ts";
import { base } from "../parts/styles.ts";
import { planFailureWord } from "../rules/words.ts";

/** What was given, as far as it can be taken back. */
export interface Assigned {
  readonly people: readonly PersonId[];
  readonly from: Day;
}

/**
 * Gives a group or a pattern to several people from a day on.
 *
 * @event cf-close - Nothing was given.
 * @event cf-done - It was.
 */
@customElement("cf-assign-dialog")
export class AssignDialogElement extends AdminElement {
  static override styles = [
    base,
    css`
      .fields {
        display: grid;
        gap: var(--cf-space-3);
      }
    `,
  ];

  @property({ attribute: false }) people: readonly PersonId[] = [];
  @property() from: Day = "";

  @state() private groupId = "";
  @state() private patternId = "";
  @state() private offset = 1;
  @state() private failure: PlanFailure | null = null;
  @state() private working = false;

  private get rules(): SiteRules | null {
    return this.administration.attendance.rules.inForce(this.from);
  }

  private async give(): Promise<void> {
    this.failure = null;
    this.working = true;
    const pattern = this.rules?.patterns.find(({ id }) => id === this.patternId);
    const done = await this.administration.attendance.schedule.assign(this.people, {
      from: this.from,
      ...(this.groupId === "" ? {} : { groupId: this.groupId }),
      ...(this.patternId === "" ? {} : { patternId: this.patternId }),
      ...(pattern?.kind === "cycle" ? { offset: this.offset - 1 } : {}),
    });
    this.working = false;
    if (done.ok) this.dispatchEvent(new CustomEvent<Assigned>("cf-done", { detail: { people: this.people, from: this.from } }));
    else this.failure = done.error;
  }

  override render(): TemplateResult {
    const { rules } = this;
    const pattern = rules?.patterns.find(({ id }) => id === this.patternId);
    const choose = (id: string, label: string, first: string, list: readonly { readonly id: string; readonly name: string }[], value: string, put: (value: string) => void): TemplateResult =>
      html`<div>
        <label class="native-label" for=${id}>${label}</label>
        <select class="native" id=${id} @change=${(event: Event) => put((event.target as HTMLSelectElement).value)}><option value="" ?selected=${value === ""}>${first}</option>${list.map((each) => html`<option value=${each.id} ?selected=${each.id === value}>${each.name}</option>`)}</select>
      </div>`;
    return html`<wa-dialog
      open
      label=${msg(str`A pattern for ${count(this.people.length)} people`, { id: "schedule.assign.title" })}
      @wa-after-hide=${(event: Event) => {
        if (event.target === event.currentTarget) this.dispatchEvent(new CustomEvent("cf-close"));
      }}
    >
      <div class="fields">
        <div>
          <label class="native-label" for="from">${msg("From", { id: "schedule.assign.from" })}</label>
          <input class="native" id="from" type="date" .value=${this.from} @input=${(event: Event) => (this.from = (event.target as HTMLInputElement).value)} />
        </div>
        ${choose("pattern", msg("Pattern", { id: "rules.pattern" }), msg("That of their group", { id: "schedule.assign.groups" }), rules?.patterns ?? [], this.patternId, (id) => (this.patternId = id))}
        ${pattern?.kind === "cycle"
          ? html`<div>
              <label class="native-label" for="offset">${msg("Day of the cycle that its day 1 is for them", { id: "schedule.assign.offset" })}</label>
              <input class="native numbers" id="offset" type="number" min="1" max=${pattern.days.length} .value=${String(this.offset)} @input=${(event: Event) => (this.offset = (event.target as HTMLInputElement).valueAsNumber)} />
            </div>`
          : nothing}
        ${choose("group", msg("Group", { id: "schedule.assign.group" }), msg("The first that fits", { id: "schedule.assign.first" }), rules?.groups ?? [], this.groupId, (id) => (this.groupId = id))}
        <p class="small quiet">${msg("Days before that date stay as they are, and single days go before the pattern.", { id: "schedule.assign.consequence" })}</p>
        ${this.failure === null ? nothing : html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${planFailureWord(this.failure, (id) => this.administration.people.rows.value.find(({ person }) => person.id === id)?.person.name ?? "")}</wa-callout>`}
      </div>
      <wa-button slot="footer" appearance="outlined" data-dialog="close">${msg("Cancel", { id: "admin.cancel" })}</wa-button>
      <wa-button slot="footer" variant="brand" ?loading=${this.working} ?disabled=${!isDay(this.from) || this.working || (pattern?.kind === "cycle" && !(this.offset >= 1 && this.offset <= pattern.days.length))} @click=${() => void this.give()}>${msg("Give it", { id: "schedule.assign.do" })}</wa-button>
    </wa-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-assign-dialog": AssignDialogElement;
  }
}

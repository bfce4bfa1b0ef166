import { msg } from "@lit/localize";
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { PersonFailure, PersonInput } from "../../../app/api/administration.ts";
import { checkRosterInput } from "../../../domain/people/roster.ts";
import { EMPLOYMENT_TYPES, type EmploymentType, type Person, type PersonId } from "../../../domain/people/types.ts";
import { AdminElement } from "../parts/element.ts";
import { textField } from "../parts/fields.ts";
import { base } from "../parts/styles.ts";
import { employmentType, fieldWord, personFailure } from "../parts/words.ts";

const EMPTY: PersonInput = { employeeNumber: "", name: "", department: "", employmentType: "full-time" };
/** Fills the fields that are not being looked at. */
const GOOD: PersonInput = { employeeNumber: "1", name: "1", department: "", employmentType: "full-time" };

/**
 * Adds a person, or changes one.
 *
 * @event cf-saved - `detail.id`: the person's id.
 * @event cf-cancel - The form was left without saving.
 */
@customElement("cf-person-form")
export class PersonFormElement extends AdminElement {
  static override styles = [
    base,
    css`
      form {
        max-inline-size: 560px;
      }

      .foot {
        display: flex;
        flex-wrap: wrap-reverse;
        gap: 12px;
      }
    `,
  ];

  /** Absent when somebody is added. */
  @property({ attribute: false }) person: Person | null = null;
  @property({ attribute: "submit-label" }) submitLabel = "";
  @property({ attribute: "cancel-label" }) cancelLabel = "";

  @state() private input: PersonInput = EMPTY;
  @state() private left: ReadonlySet<keyof PersonInput> = new Set();
  @state() private failure: PersonFailure | null = null;
  @state() private saving = false;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("person") || this.person === null) return;
    const { employeeNumber, name, department, employmentType: type } = this.person;
    this.input = { employeeNumber, name, department, employmentType: type };
  }

  private change(part: Partial<PersonInput>): void {
    this.input = { ...this.input, ...part };
    const field = this.failure?.field;
    if (field !== undefined && field in part) this.failure = null;
  }

  private leave(field: keyof PersonInput): void {
    this.left = new Set([...this.left, field]);
  }

  private error(field: keyof PersonInput): string | undefined {
    if (this.failure?.field === field) return personFailure(this.failure.kind);
    if (!this.left.has(field)) return undefined;
    const checked = checkRosterInput({ ...GOOD, [field]: this.input[field] });
    return checked.ok ? undefined : personFailure(checked.error.kind);
  }

  private async save(event: Event): Promise<void> {
    event.preventDefault();
    if (this.saving) return;
    this.left = new Set(["employeeNumber", "name", "department"]);
    if (!checkRosterInput(this.input).ok) {
      this.focusFirstError();
      return;
    }
    this.saving = true;
    const { people } = this.administration;
    const outcome = this.person === null ? await people.add(this.input) : await people.update(this.person.id, this.input);
    this.saving = false;
    if (!outcome.ok) {
      this.failure = outcome.error;
      this.focusFirstError();
      return;
    }
    this.failure = null;
    this.dispatchEvent(new CustomEvent<{ readonly id: PersonId }>("cf-saved", { detail: { id: outcome.value.id } }));
  }

  private focusFirstError(): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>("wa-input.invalid")?.focus());
  }

  override render(): TemplateResult {
    const { input } = this;
    return html`<form class="stack wide" novalidate @submit=${(event: Event) => void this.save(event)}>
      ${textField({
        label: fieldWord("employeeNumber"),
        name: "employeeNumber",
        value: input.employeeNumber,
        maxlength: 40,
        required: true,
        hint: msg("As on the badge. Typed at the kiosk together with the PIN.", { id: "admin.person.number.hint" }),
        error: this.error("employeeNumber"),
        onInput: (employeeNumber) => this.change({ employeeNumber }),
        onLeave: () => this.leave("employeeNumber"),
      })}
      ${textField({
        label: fieldWord("name"),
        name: "name",
        value: input.name,
        maxlength: 120,
        required: true,
        error: this.error("name"),
        onInput: (name) => this.change({ name }),
        onLeave: () => this.leave("name"),
      })}
      ${textField({
        label: fieldWord("department"),
        name: "department",
        value: input.department,
        maxlength: 120,
        hint: msg("May stay empty.", { id: "admin.person.department.hint" }),
        error: this.error("department"),
        onInput: (department) => this.change({ department }),
        onLeave: () => this.leave("department"),
      })}
      <div>
        <label class="native-label" for="type">${fieldWord("employmentType")}</label>
        <select id="type" class="native" @change=${(event: Event) => this.change({ employmentType: (event.target as HTMLSelectElement).value as EmploymentType })}>
          ${EMPLOYMENT_TYPES.map((type) => html`<option value=${type} ?selected=${type === input.employmentType}>${employmentType(type)}</option>`)}
        </select>
      </div>
      ${this.failure !== null && this.failure.field === undefined
        ? html`<wa-callout variant="warning"><wa-icon slot="icon" name="warning"></wa-icon>${personFailure(this.failure.kind)}</wa-callout>`
        : nothing}
      <div class="foot">
        <wa-button appearance="outlined" @click=${() => this.dispatchEvent(new CustomEvent("cf-cancel"))}>${this.cancelLabel === "" ? msg("Cancel", { id: "admin.cancel" }) : this.cancelLabel}</wa-button>
        <wa-button variant="brand" type="submit" ?loading=${this.saving}>${this.submitLabel === "" ? msg("Save", { id: "admin.save" }) : this.submitLabel}</wa-button>
      </div>
    </form>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-person-form": PersonFormElement;
  }
}

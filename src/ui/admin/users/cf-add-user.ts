import { msg, str } from "@lit/localize";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { UserFailure } from "../../../app/api/access.ts";
import type { UserId } from "../../../domain/people/access.ts";
import { confirmed } from "../parts/confirm.ts";
import { AdminElement } from "../parts/element.ts";
import { textField } from "../parts/fields.ts";
import { base } from "../parts/styles.ts";
import "./cf-shown-once.ts";
import { userFailureWord } from "./words.ts";

const NAME_LENGTH = 60;

/**
 * Adds somebody who may sign in: a name, then the temporary passphrase, once.
 *
 * @event cf-close - `detail.userId`: who was added, or null.
 */
@customElement("cf-add-user")
export class AddUserElement extends AdminElement {
  static override styles = [base];

  @property({ type: Boolean }) open = false;
  @state() private name = "";
  @state() private working = false;
  @state() private failure: UserFailure["kind"] | null = null;
  @state() private added: { readonly userId: UserId; readonly temporaryPassphrase: string } | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("open") || !this.open) return;
    this.name = "";
    this.failure = null;
    this.added = null;
  }

  private async add(): Promise<void> {
    const name = this.name.trim();
    if (this.working) return;
    this.failure = name === "" ? "user/name-bad" : null;
    if (name === "") return;
    this.working = true;
    const added = await confirmed(this, () => this.administration.users.add(name));
    this.working = false;
    if (added.ok) this.added = added.value;
    else this.failure = added.error.kind;
  }

  private close(): void {
    const userId = this.added?.userId ?? null;
    this.added = null;
    this.dispatchEvent(new CustomEvent("cf-close", { detail: { userId } }));
  }

  override render(): TemplateResult {
    return html`<wa-dialog
      label=${msg("Add a user", { id: "admin.users.add" })}
      ?open=${this.open}
      @wa-after-show=${() => this.renderRoot.querySelector<HTMLElement>("wa-input")?.focus()}
      @wa-after-hide=${(event: Event) => {
        if (event.target === event.currentTarget) this.close();
      }}
    >
      ${this.added === null ? this.form() : this.secret(this.added.temporaryPassphrase)}
      ${this.added === null
        ? html`<wa-button slot="footer" appearance="outlined" data-dialog="close">${msg("Cancel", { id: "admin.cancel" })}</wa-button>
            <wa-button slot="footer" variant="brand" ?loading=${this.working} @click=${() => void this.add()}>${msg("Add", { id: "admin.users.add.do" })}</wa-button>`
        : html`<wa-button slot="footer" variant="brand" data-dialog="close">${msg("It is noted: give a role", { id: "admin.users.noted" })}</wa-button>`}
    </wa-dialog>`;
  }

  private form(): TemplateResult {
    const besideField = this.failure === "user/name-bad" || this.failure === "user/name-taken";
    return html`<form
      class="stack"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault();
        void this.add();
      }}
    >
      <p>${msg("For people who work in administration. Employees who only punch need no user.", { id: "admin.users.add.who" })}</p>
      ${textField({
        label: msg("Name", { id: "admin.field.name" }),
        name: "user",
        value: this.name,
        maxlength: NAME_LENGTH,
        required: true,
        hint: msg("It is entered at each sign-in and stands in the log.", { id: "admin.users.name.hint" }),
        error: besideField && this.failure !== null ? userFailureWord(this.failure) : undefined,
        onInput: (name) => (this.name = name),
      })}
      ${this.failure === null || besideField ? nothing : html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${userFailureWord(this.failure)}</wa-callout>`}
    </form>`;
  }

  private secret(passphrase: string): TemplateResult {
    return html`<div class="stack">
      <cf-shown-once label=${msg("Temporary passphrase", { id: "admin.users.temporary" })} secret=${passphrase}></cf-shown-once>
      <p>${msg(str`Shown this once. Give it to ${this.name.trim()} alone. At the first sign-in it is replaced by one of their own, and a second factor is set up.`, { id: "admin.users.temporary.what" })}</p>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-add-user": AddUserElement;
  }
}

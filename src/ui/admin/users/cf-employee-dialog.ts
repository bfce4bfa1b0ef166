import { msg, str } from "@lit/localize";
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { UserFailure, UserRow } from "../../../app/api/access.ts";
import type { PersonId } from "../../../domain/people/types.ts";
import { Allowed } from "../parts/allowed.ts";
import "../parts/cf-person-picker.ts";
import { confirmed } from "../parts/confirm.ts";
import { AdminElement } from "../parts/element.ts";
import { Follow } from "../parts/follow.ts";
import { base } from "../parts/styles.ts";
import { userFailureWord } from "./words.ts";

/**
 * Says which employee a user is, or that they are none.
 *
 * @event cf-close
 */
@customElement("cf-employee-dialog")
export class EmployeeDialogElement extends AdminElement {
  static override styles = [
    base,
    css`
      wa-dialog {
        --width: min(600px, calc(100vw - 24px));
      }

      /* The list of the people who are found stands inside. */
      .stack.choosing {
        min-block-size: min(560px, 68vh);
        align-content: start;
      }
    `,
  ];

  /** Null while it is closed. */
  @property({ attribute: false }) user: UserRow | null = null;
  @state() private chosen: PersonId | null = null;
  @state() private working = false;
  @state() private failure: UserFailure["kind"] | null = null;
  /** Stays while the dialog goes away. */
  @state() private shownUser: UserRow | null = null;

  readonly #allowed = new Allowed(this);
  private readonly people = new Follow(this, () => this.administration.people.rows);

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("user") || this.user === null) return;
    this.shownUser = this.user;
    this.failure = null;
    // Whoever may read nobody can still say that it is nobody.
    this.chosen = this.mayChoose ? (this.user.personId ?? null) : null;
  }

  private get mayChoose(): boolean {
    return this.#allowed.has("people.read") && this.#allowed.has("people.write");
  }

  private get hasLeft(): boolean {
    return this.people.value?.find(({ person }) => person.id === this.chosen)?.person.status === "left";
  }

  private async save(): Promise<void> {
    const { user, chosen } = this;
    if (user === null || this.working || this.hasLeft) return;
    if (chosen === (user.personId ?? null)) {
      this.close();
      return;
    }
    this.failure = null;
    this.working = true;
    const linked = await confirmed(this, () => this.administration.users.link(user.userId, chosen));
    this.working = false;
    if (linked.ok) this.close();
    else this.failure = linked.error.kind;
  }

  private close(): void {
    this.dispatchEvent(new CustomEvent("cf-close"));
  }

  override render(): TemplateResult {
    const name = this.shownUser?.name ?? "";
    const { mayChoose } = this;
    return html`<wa-dialog
      label=${msg(str`Which employee is ${name}?`, { id: "admin.users.employee.title" })}
      ?open=${this.user !== null}
      @wa-after-hide=${(event: Event) => {
        if (event.target === event.currentTarget) this.close();
      }}
    >
      <div class="stack wide ${mayChoose ? "choosing" : ""}">
        <p>${msg("When this employee leaves, the user ends the same day; when they move to another department, the supervisor role for the one they leave is taken back.", { id: "admin.users.employee.consequence" })}</p>
        ${mayChoose ? this.picker() : html`<p class="quiet">${msg("Your role cannot read who it is. You can say that this user is no employee here; HR chooses another.", { id: "admin.users.employee.unseen" })}</p>`}
        ${this.failure === null ? nothing : html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${userFailureWord(this.failure)}</wa-callout>`}
      </div>
      <wa-button slot="footer" appearance="outlined" data-dialog="close">${msg("Cancel", { id: "admin.cancel" })}</wa-button>
      <wa-button slot="footer" variant="brand" ?loading=${this.working} ?disabled=${this.hasLeft} @click=${() => void this.save()}
        >${this.chosen === null ? msg("No employee here", { id: "admin.users.employee.none.do" }) : msg("Is this employee", { id: "admin.users.employee.do" })}</wa-button
      >
    </wa-dialog>`;
  }

  private picker(): TemplateResult {
    return html`<cf-person-picker
        .administration=${this.administration}
        .picked=${this.chosen}
        .empty=${msg("Nobody: type a name or number", { id: "admin.users.employee.empty" })}
        @cf-pick=${(event: CustomEvent<{ readonly id: PersonId | null }>) => {
          this.chosen = event.detail.id;
          this.failure = null;
        }}
      ></cf-person-picker>
      ${this.hasLeft ? html`<p class="field-error" role="alert"><wa-icon name="warning"></wa-icon>${msg("This employee has left. End the user instead.", { id: "admin.users.employee.left" })}</p>` : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-employee-dialog": EmployeeDialogElement;
  }
}

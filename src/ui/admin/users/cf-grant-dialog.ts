import { msg, str } from "@lit/localize";
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { UserFailure, UserRow } from "../../../app/api/access.ts";
import type { EpochMs } from "../../../domain/clock.ts";
import { mayGrant, ROLE_NAMES, type Grant, type RoleName } from "../../../domain/people/access.ts";
import { locale } from "../../i18n/localize.ts";
import { choices, choiceStyles } from "../parts/choices.ts";
import { confirmed } from "../parts/confirm.ts";
import { AdminElement } from "../parts/element.ts";
import { Follow } from "../parts/follow.ts";
import { base } from "../parts/styles.ts";
import { departments } from "../people/query.ts";
import { auditorDays, endOf } from "./grant-time.ts";
import { roleMeaning, roleWord, userFailureWord } from "./words.ts";

/**
 * Gives one user one role.
 *
 * @event cf-close
 */
@customElement("cf-grant-dialog")
export class GrantDialogElement extends AdminElement {
  static override styles = [
    base,
    choiceStyles,
    css`
      wa-dialog {
        --width: min(600px, calc(100vw - 24px));
      }

      .choice {
        padding: 12px var(--cf-space-3);
      }
    `,
  ];

  /** Null while it is closed. */
  @property({ attribute: false }) user: UserRow | null = null;
  /** A grant that is to last longer: what it is for is filled in. */
  @property({ attribute: false }) longer: Grant | null = null;
  @state() private chosen: RoleName = "supervisor";
  @state() private department = "";
  @state() private until = "";
  @state() private tried = false;
  @state() private working = false;
  @state() private failure: UserFailure["kind"] | null = null;
  /** Stays while the dialog goes away. */
  @state() private shownUser: UserRow | null = null;

  private readonly session = new Follow(this, () => this.administration.sessions.current);
  private readonly settings = new Follow(this, () => this.administration.setup.settings);
  private readonly people = new Follow(this, () => this.administration.people.rows);

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("user") || this.user === null) return;
    this.shownUser = this.user;
    this.tried = false;
    this.failure = null;
    this.until = "";
    this.department = this.longer?.department ?? "";
    this.choose(this.longer?.role ?? this.roles[0] ?? "supervisor");
  }

  /** What whoever is signed in may hand on. */
  private get roles(): readonly RoleName[] {
    const held = this.session.value?.grants ?? [];
    return ROLE_NAMES.filter((role) => mayGrant(held, role, Date.now() as EpochMs));
  }

  private get zone(): string {
    return this.settings.value?.zone ?? "UTC";
  }

  private get departments(): readonly string[] {
    return departments(this.people.value ?? [], locale.value);
  }

  private choose(role: RoleName): void {
    this.chosen = role;
    this.until = role === "auditor" ? auditorDays(Date.now() as EpochMs, this.zone).offered : "";
  }

  /** On a phone they stand below the edge of the dialog. */
  private async showFields(): Promise<void> {
    await this.updateComplete;
    const field = this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]') ?? this.renderRoot.querySelector<HTMLElement>("#until-hint");
    field?.scrollIntoView({ block: "nearest" });
    if (field?.ariaInvalid === "true") field.focus();
  }

  private get dateError(): string | undefined {
    const { first, last } = auditorDays(Date.now() as EpochMs, this.zone);
    if (this.until === "") return this.chosen === "auditor" ? msg("An auditor's role needs a last day.", { id: "admin.grant.until.missing" }) : undefined;
    if (this.until < first) return msg("This day is over. Choose a later one.", { id: "admin.grant.until.past" });
    return this.chosen === "auditor" && this.until > last ? msg("At most 90 days from today.", { id: "admin.grant.until.far" }) : undefined;
  }

  private async give(): Promise<void> {
    const { user, chosen: role } = this;
    if (user === null || this.working) return;
    this.tried = true;
    this.failure = null;
    if (this.dateError !== undefined || (role === "supervisor" && this.department === "")) {
      void this.showFields();
      return;
    }
    const expiresAt = this.until === "" ? null : endOf(this.until, this.zone, Date.now() as EpochMs, role === "auditor");
    this.working = true;
    const given = await confirmed(this, () => this.administration.users.grant(user.userId, role, role === "supervisor" ? this.department : null, expiresAt));
    this.working = false;
    if (given.ok) this.close();
    else this.failure = given.error.kind;
  }

  private close(): void {
    this.dispatchEvent(new CustomEvent("cf-close"));
  }

  override render(): TemplateResult {
    const { roles } = this;
    const name = this.shownUser?.name ?? "";
    return html`<wa-dialog
      label=${msg(str`A role for ${name}`, { id: "admin.grant.title" })}
      ?open=${this.user !== null}
      @wa-after-hide=${(event: Event) => {
        if (event.target === event.currentTarget) this.close();
      }}
    >
      <div class="stack wide">
        ${choices<RoleName>({
          name: "role",
          legend: msg("Role", { id: "admin.grant.role" }),
          chosen: this.chosen,
          of: roles.map((role) => ({ value: role, title: roleWord(role), meaning: roleMeaning(role) })),
          onChoose: (role) => {
            this.choose(role);
            void this.showFields();
          },
        })}
        ${this.chosen === "supervisor" ? this.departmentField() : nothing} ${this.untilField()}
        ${this.failure === null ? nothing : html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${userFailureWord(this.failure)}</wa-callout>`}
      </div>
      <wa-button slot="footer" appearance="outlined" data-dialog="close">${msg("Cancel", { id: "admin.cancel" })}</wa-button>
      <wa-button slot="footer" variant="brand" ?loading=${this.working} @click=${() => void this.give()}>${msg("Give the role", { id: "admin.grant.do" })}</wa-button>
    </wa-dialog>`;
  }

  private departmentField(): TemplateResult {
    const known = this.departments;
    if (known.length === 0) return html`<p>${msg("No person has a department yet. Enter departments in People first.", { id: "admin.policy.departments.none" })}</p>`;
    const missing = this.tried && this.department === "";
    return html`<div>
      <label class="native-label" for="department">${msg("Department", { id: "admin.field.department" })}</label>
      <select id="department" class="native" aria-invalid=${missing ? "true" : "false"} @change=${(event: Event) => (this.department = (event.target as HTMLSelectElement).value)}>
        <option value="" ?selected=${this.department === ""}>${msg("Choose a department", { id: "admin.grant.department" })}</option>
        ${known.map((department) => html`<option value=${department} ?selected=${department === this.department}>${department}</option>`)}
      </select>
      ${missing ? html`<p class="field-error" role="alert"><wa-icon name="warning"></wa-icon>${msg("A supervisor's role is for one department.", { id: "admin.grant.department.missing" })}</p>` : nothing}
    </div>`;
  }

  private untilField(): TemplateResult {
    const auditor = this.chosen === "auditor";
    const { first, last } = auditorDays(Date.now() as EpochMs, this.zone);
    const error = this.tried ? this.dateError : undefined;
    return html`<div>
      <label class="native-label" for="until">${auditor ? msg("Last day", { id: "admin.grant.until" }) : msg("Last day, if there is one", { id: "admin.grant.until.maybe" })}</label>
      <input id="until" class="native" type="date" min=${first} max=${auditor ? last : nothing} .value=${this.until} aria-describedby="until-hint" aria-invalid=${error === undefined ? "false" : "true"} @input=${(event: Event) => (this.until = (event.target as HTMLInputElement).value)} />
      <p id="until-hint" class="small quiet">${auditor ? msg("At most 90 days from today.", { id: "admin.grant.until.far" }) : msg("Empty: the role stays until it is taken back.", { id: "admin.grant.until.hint" })}</p>
      ${error === undefined ? nothing : html`<p class="field-error" role="alert"><wa-icon name="warning"></wa-icon>${error}</p>`}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-grant-dialog": GrantDialogElement;
  }
}

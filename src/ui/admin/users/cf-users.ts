import { msg, str } from "@lit/localize";
import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import type { StaleGrant, UserFailure, UserRow } from "../../../app/api/access.ts";
import type { EpochMs } from "../../../domain/clock.ts";
import { inForce, mayGrant, ROLE_NAMES, type Grant, type Operation, type UserId } from "../../../domain/people/access.ts";
import type { Result } from "../../../domain/result.ts";
import { confirmed } from "../parts/confirm.ts";
import { AdminElement } from "../parts/element.ts";
import { Follow } from "../parts/follow.ts";
import { dateTime, dayInWords } from "../parts/format.ts";
import { base } from "../parts/styles.ts";
import "./cf-add-user.ts";
import "./cf-employee-dialog.ts";
import "./cf-grant-dialog.ts";
import { usersStyles } from "./users-styles.ts";
import { grantWord, roleMeaning, staleWord, untilWord, userFailureWord } from "./words.ts";

/** Who may sign in, what each may do and until when. */
@customElement("cf-users")
export class UsersElement extends AdminElement {
  static override styles = [base, usersStyles];

  @state() private adding = false;
  @state() private granting: { readonly userId: UserId; readonly longer?: Grant } | null = null;
  @state() private linking: UserId | null = null;
  @state() private ending: UserRow | null = null;
  @state() private endedShown = false;
  @state() private working = false;
  @state() private failure: UserFailure["kind"] | null = null;

  private readonly users = new Follow(this, () => this.administration.users.list);
  private readonly stale = new Follow(this, () => this.administration.users.stale);
  private readonly allowed = new Follow(this, () => this.administration.rights.allowed);
  private readonly session = new Follow(this, () => this.administration.sessions.current);
  private readonly people = new Follow(this, () => this.administration.people.rows);
  private readonly settings = new Follow(this, () => this.administration.setup.settings);

  private get zone(): string {
    return this.settings.value?.zone ?? "UTC";
  }

  private get mayAdd(): boolean {
    return this.allowed.value?.has("users.change") === true;
  }

  private mayGive(role: Grant["role"]): boolean {
    return this.allowed.value?.has("roles.grant") === true && mayGrant(this.session.value?.grants ?? [], role, Date.now() as EpochMs);
  }

  private async change(run: () => Promise<Result<void, UserFailure>>): Promise<boolean> {
    if (this.working) return false;
    this.working = true;
    this.failure = null;
    const outcome = await confirmed(this, run);
    this.working = false;
    if (!outcome.ok) this.failure = outcome.error.kind;
    return outcome.ok;
  }

  private revoke(userId: UserId, grant: Grant): void {
    void this.change(() => this.administration.users.revoke(userId, grant));
  }

  private async end(): Promise<void> {
    const user = this.ending;
    if (user === null) return;
    if (await this.change(() => this.administration.users.end(user.userId))) this.ending = null;
  }

  override render(): TemplateResult {
    const all = this.users.value ?? [];
    const active = all.filter(({ status }) => status === "active");
    const ended = all.filter(({ status }) => status === "ended");
    return html`<div class="page">
      <div class="head">
        <h1 tabindex="-1">${msg("Users", { id: "admin.nav.users" })}</h1>
        ${this.mayAdd ? html`<wa-button variant="brand" @click=${() => (this.adding = true)}><wa-icon slot="start" name="user-plus"></wa-icon>${msg("Add a user", { id: "admin.users.add" })}</wa-button>` : nothing}
      </div>
      <p class="quiet">${msg("People who sign in to administration, and what each of them may read and do. Every sign-in and every change here is an entry in the log.", { id: "admin.users.intro" })}</p>
      ${this.failure === null || this.ending !== null ? nothing : this.told(this.failure)} ${this.toDo()}
      <ul class="users">
        ${active.map((user) => this.user(user))}
      </ul>
      ${ended.length === 0
        ? nothing
        : html`<div><wa-button size="s" appearance="outlined" aria-expanded=${this.endedShown ? "true" : "false"} @click=${() => (this.endedShown = !this.endedShown)}>${msg(str`Ended users: ${ended.length}`, { id: "admin.users.ended" })}</wa-button></div>
            ${this.endedShown ? html`<ul class="users">${ended.map((user) => this.user(user))}</ul>` : nothing}`}
      ${this.endDialog()}
      <cf-add-user
        .administration=${this.administration}
        ?open=${this.adding}
        @cf-close=${(event: CustomEvent<{ readonly userId: UserId | null }>) => {
          this.adding = false;
          const { userId } = event.detail;
          if (userId !== null && this.canGiveAny) this.granting = { userId };
        }}
      ></cf-add-user>
      <cf-grant-dialog .administration=${this.administration} .user=${all.find(({ userId }) => userId === this.granting?.userId) ?? null} .longer=${this.granting?.longer ?? null} @cf-close=${() => (this.granting = null)}></cf-grant-dialog>
      <cf-employee-dialog .administration=${this.administration} .user=${all.find(({ userId }) => userId === this.linking) ?? null} @cf-close=${() => (this.linking = null)}></cf-employee-dialog>
    </div>`;
  }

  private get canGiveAny(): boolean {
    return ROLE_NAMES.some((role) => this.mayGive(role));
  }

  private told(kind: UserFailure["kind"]): TemplateResult {
    return html`<wa-callout variant="warning" role="alert"><wa-icon slot="icon" name="warning"></wa-icon>${userFailureWord(kind)}</wa-callout>`;
  }

  /** Roles that should be looked at. */
  private toDo(): TemplateResult | typeof nothing {
    const stale = this.stale.value ?? [];
    if (stale.length === 0) return nothing;
    return html`<section class="card to-do" aria-labelledby="stale">
      <h2 id="stale"><wa-icon name="warning"></wa-icon>${msg("Roles to look at", { id: "admin.users.stale" })}</h2>
      <ul>
        ${stale.map((row) => this.staleRow(row))}
      </ul>
    </section>`;
  }

  private staleRow(row: StaleGrant): TemplateResult {
    const { userId, name, grant } = row;
    const until = grant.expiresAt === null ? nothing : html` <span class="quiet numbers">(${dayInWords(grant.expiresAt, this.zone)})</span>`;
    return html`<li>
      <span class="grow"><strong>${name}</strong>, ${grantWord(grant)}: ${staleWord(row)}${until}</span>
      ${this.mayGive(grant.role)
        ? html`<span class="row">
            ${row.reason === "ends-soon" || row.reason === "expired" ? html`<wa-button size="s" appearance="outlined" @click=${() => (this.granting = { userId, longer: grant })}>${msg("Give it longer", { id: "admin.users.longer" })}</wa-button>` : nothing}
            <wa-button size="s" appearance="outlined" ?disabled=${this.working} @click=${() => this.revoke(userId, grant)}>${msg("Take it back", { id: "admin.users.revoke" })}</wa-button>
          </span>`
        : nothing}
    </li>`;
  }

  private user(user: UserRow): TemplateResult {
    const self = user.userId === this.session.value?.userId;
    const over = user.status === "ended";
    return html`<li class="card user">
      <div class="head">
        <h2>
          ${user.name}${self ? html` <span class="chip">${msg("You", { id: "admin.users.you" })}</span>` : nothing}${over ? html` <span class="chip">${msg("Ended", { id: "admin.users.over" })}</span>` : nothing}
        </h2>
        ${over
          ? nothing
          : html`<div class="row">
              ${this.canGiveAny ? html`<wa-button size="s" appearance="outlined" @click=${() => (this.granting = { userId: user.userId })}><wa-icon slot="start" name="plus"></wa-icon>${msg("Give a role", { id: "admin.users.give" })}</wa-button>` : nothing}
              ${this.mayAdd && !self ? html`<wa-button size="s" appearance="outlined" @click=${() => this.askEnd(user)}>${msg("End user", { id: "admin.users.end" })}</wa-button>` : nothing}
            </div>`}
      </div>
      ${user.grants.length === 0 ? (over ? nothing : html`<p class="quiet">${msg("No role: can sign in, and sees nothing.", { id: "admin.users.no-role" })}</p>`) : html`<ul class="grants">${user.grants.map((grant) => this.grant(user, grant, over))}</ul>`}
      ${over ? nothing : this.facts(user)}
    </li>`;
  }

  private grant(user: UserRow, grant: Grant, over: boolean): TemplateResult {
    const held = inForce(grant, Date.now() as EpochMs);
    const until =
      grant.expiresAt === null
        ? msg("no end", { id: "admin.users.no-end" })
        : held
          ? untilWord(dayInWords(grant.expiresAt - 1, this.zone))
          : msg(str`ended on ${dayInWords(grant.expiresAt, this.zone)}`, { id: "admin.users.ran-out" });
    return html`<li>
      <div class="grow">
        <p><strong>${grantWord(grant)}</strong> <span class="chip ${held ? "" : "care"}">${held ? nothing : html`<wa-icon name="warning"></wa-icon>`}${until}</span></p>
        <p class="small">${roleMeaning(grant.role)}</p>
        <p class="small quiet">${this.givenBy(grant)}</p>
      </div>
      ${!over && this.mayGive(grant.role)
        ? html`<wa-button size="s" appearance="outlined" ?disabled=${this.working} @click=${() => this.revoke(user.userId, grant)}>${msg("Take back", { id: "admin.users.take-back" })}<span class="visually-hidden">: ${grantWord(grant)}, ${user.name}</span></wa-button>`
        : nothing}
    </li>`;
  }

  private givenBy(grant: Grant): string {
    const on = dayInWords(grant.grantedAt, this.zone);
    if (grant.grantedBy === "set-up") return msg(str`Since set-up, ${on}`, { id: "admin.users.given.setup" });
    const by = this.users.value?.find(({ userId }) => userId === grant.grantedBy)?.name;
    return by === undefined ? msg(str`Given on ${on}`, { id: "admin.users.given" }) : msg(str`Given on ${on} by ${by}`, { id: "admin.users.given.by" });
  }

  private facts(user: UserRow): TemplateResult {
    const { totp, passkeys, recovery } = user.factors;
    const factors = [...(totp ? [msg("authenticator app", { id: "admin.users.factor.app" })] : []), ...(passkeys > 0 ? [passkeys === 1 ? msg("passkey", { id: "admin.users.factor.passkey" }) : msg(str`${passkeys} passkeys`, { id: "admin.users.factor.passkeys" })] : [])];
    const missing = (words: string): TemplateResult => html`<span class="mark care"><wa-icon name="warning"></wa-icon>${words}</span>`;
    return html`<dl class="facts">
      <dt>${msg("Second factor", { id: "admin.setup.factor" })}</dt>
      <dd>${factors.length > 0 ? factors.join(msg(", ", { id: "admin.list.comma" })) : missing(msg("none yet: set up at the next sign-in", { id: "admin.users.factor.none" }))}</dd>
      <dt>${msg("Recovery key", { id: "admin.recovery" })}</dt>
      <dd>${recovery ? msg("put away", { id: "admin.users.recovery" }) : html`<span class="quiet">${msg("none", { id: "admin.users.recovery.none" })}</span>`}</dd>
      <dt>${msg("Is an employee here", { id: "admin.users.employee" })}</dt>
      <dd>${this.employee(user)}</dd>
      <dt>${msg("Last sign-in", { id: "admin.users.last" })}</dt>
      <dd class="numbers">${user.lastSignInAt === null ? html`<span class="quiet">${msg("never yet", { id: "admin.users.never" })}</span>` : dateTime(user.lastSignInAt, this.zone).slice(0, 16)}</dd>
    </dl>`;
  }

  /** Choosing takes whoever writes people; to say that it is nobody, whoever gives roles. */
  private employee({ userId, name, personId }: UserRow): TemplateResult {
    const may = (operation: Operation): boolean => this.allowed.value?.has(operation) === true;
    const mayChoose = may("people.read") && may("people.write");
    const person = personId === undefined ? undefined : this.people.value?.find((row) => row.person.id === personId)?.person;
    const who =
      personId === undefined
        ? html`<span class="quiet">${msg("nobody", { id: "admin.users.employee.nobody" })}</span>`
        : person === undefined
          ? html`<span>${msg("yes", { id: "admin.users.employee.someone" })}</span>`
          : html`<span>${person.name} <span class="quiet numbers">${person.employeeNumber}</span></span>`;
    const words = personId === undefined ? msg("Choose the employee", { id: "admin.users.employee.choose" }) : msg("Change", { id: "admin.users.employee.change" });
    return html`<span class="row employee"
      >${who}
      ${mayChoose || (personId !== undefined && may("roles.grant"))
        ? html`<wa-button size="s" appearance="outlined" @click=${() => (this.linking = userId)}>${words}<span class="visually-hidden">: ${name}</span></wa-button>`
        : may("roles.grant")
          ? html`<span class="small quiet">${msg("HR chooses who it is", { id: "admin.users.employee.hr" })}</span>`
          : nothing}</span
    >`;
  }

  private askEnd(user: UserRow): void {
    this.failure = null;
    this.ending = user;
  }

  private endDialog(): TemplateResult {
    const name = this.ending?.name ?? "";
    return html`<wa-dialog
      label=${msg("End user", { id: "admin.users.end" })}
      ?open=${this.ending !== null}
      @wa-after-hide=${(event: Event) => {
        if (event.target === event.currentTarget) this.ending = null;
      }}
    >
      <div class="stack">
        <p>${msg(str`${name} can no longer sign in, loses every role at once and is signed out where they are. This cannot be undone: whoever comes back is added anew.`, { id: "admin.users.end.text" })}</p>
        ${this.failure === null ? nothing : this.told(this.failure)}
      </div>
      <wa-button slot="footer" appearance="outlined" data-dialog="close">${msg("Cancel", { id: "admin.cancel" })}</wa-button>
      <wa-button slot="footer" variant="danger" ?loading=${this.working} @click=${() => void this.end()}>${msg("End this user", { id: "admin.users.end.do" })}</wa-button>
    </wa-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "cf-users": UsersElement;
  }
}
